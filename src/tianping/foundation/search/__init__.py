"""全站查找：one box over everything the viewer may see.

Each app says in its ``searchable.py`` which of its records can be found, by which words, and to whom they are visible.
What is found is always the index's hits met with ``visible_to`` in one question to the database, so that neither the
results nor their number tell of a record the viewer may not know.
"""
