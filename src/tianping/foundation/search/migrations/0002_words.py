"""全文索引：kept by the database itself from ``search_entry.words`` — FTS5 with triggers, or a generated tsvector.

``ascii`` and ``simple`` cut at spaces only: the words come cut already, and a rare character of a name is a character.
"""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5("
    "words, content='search_entry', content_rowid='id', tokenize='ascii', prefix='1 2', columnsize=0, detail=full)",
    "CREATE TRIGGER search_entry_inserted AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER search_entry_deleted AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER search_entry_updated AFTER UPDATE ON search_entry BEGIN "
    "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END",
)
SQLITE_BACK = (
    "DROP TRIGGER search_entry_inserted",
    "DROP TRIGGER search_entry_deleted",
    "DROP TRIGGER search_entry_updated",
    "DROP TABLE search_words",
)
POSTGRESQL = (
    "ALTER TABLE search_entry ADD COLUMN lexemes tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED",
    "CREATE INDEX search_entry_lexemes ON search_entry USING gin (lexemes)",
)
POSTGRESQL_BACK = ("ALTER TABLE search_entry DROP COLUMN lexemes",)


def _all(editor, statements):
    for statement in statements:
        editor.execute(statement)


def install(apps, editor):
    _all(editor, POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE)


def remove(apps, editor):
    _all(editor, POSTGRESQL_BACK if editor.connection.vendor == "postgresql" else SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
