"""配置：settings from the environment, the table of URLs, the order of the loop, the server's commands."""
