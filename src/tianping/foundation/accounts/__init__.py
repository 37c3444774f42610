"""账号与可见：people who sign in, the tree of organisations, dated appointments, and who may see what.

Least eyes (最少知悉): a viewer's sight comes from roles held today on a branch of the tree and from the relation to
each record. The three administrators (三员) see no content; nobody holds two of their offices.
"""
