"""命令行：``tianping check 判决书.docx``. Results go to stdout, talk to stderr; exits.py has the exit codes."""
