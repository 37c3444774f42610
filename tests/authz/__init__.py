"""谁能看、谁能办：every address × every role × own, other division's and other court's records."""
