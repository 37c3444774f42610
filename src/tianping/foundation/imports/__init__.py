"""导入：a table from another system on its way in — chosen, its columns named, tried, written, and undone while lawful.

The file is kept only as long as the import needs it: it is the other system's export, never a judge's draft. What the
rows mean is told by the app they go to, under the name of its schema.
"""
