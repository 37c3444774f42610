"""底座：accounts and sight, the audit chain, moves, numbers, pages, tables, the runner of the loop."""
