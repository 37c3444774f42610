"""账号的页面：one's own sign-in and password; the system administrator's and the security administrator's."""
