"""证据·线索：how shortfalls come in.

``register`` is the one record; its doors stand beside it and never touch each other.
"""
