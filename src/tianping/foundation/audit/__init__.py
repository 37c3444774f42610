"""审计链：an append-only hash chain of who did what to which record, written in the same transaction as the change.

SM3 where OpenSSL has it, else SHA-256; the algorithm stands in each row. Database triggers refuse UPDATE, DELETE and
TRUNCATE. A chain cannot see its own tail cut off: only an exported head can show that (``audit verify --head``).
"""
