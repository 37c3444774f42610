"""索引按类分段、带所在各支：the key says the record, and the branches of the tree stand beside the words.

The index is emptied and follows the audit chain anew; records that the chain does not name come back with
``tianping-server search rebuild``.
"""

from importlib import import_module

from django.db import migrations, models

words = import_module("tianping.foundation.search.migrations.0002_words")

SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5(words, marks, "
    "content='search_entry', content_rowid='id', tokenize='ascii', prefix='1 2', columnsize=0, detail=full)",
    "CREATE TRIGGER search_entry_inserted AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_words(rowid, words, marks) VALUES (new.id, new.words, new.marks); END",
    "CREATE TRIGGER search_entry_deleted AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_words(search_words, rowid, words, marks) VALUES ('delete', old.id, old.words, old.marks); END",
    "CREATE TRIGGER search_entry_updated AFTER UPDATE ON search_entry BEGIN "
    "INSERT INTO search_words(search_words, rowid, words, marks) VALUES ('delete', old.id, old.words, old.marks); "
    "INSERT INTO search_words(rowid, words, marks) VALUES (new.id, new.words, new.marks); END",
)
POSTGRESQL = (
    "ALTER TABLE search_entry ADD COLUMN lexemes tsvector GENERATED ALWAYS AS "
    "(to_tsvector('simple', words) || array_to_tsvector(array_remove(string_to_array(marks, ' '), ''))) STORED",
    "CREATE INDEX search_entry_lexemes ON search_entry USING gin (lexemes)",
)


def empty(apps, editor):
    words.remove(apps, editor)
    editor.execute("DELETE FROM search_entry")
    editor.execute("UPDATE search_cursor SET seq = 0")


def install(apps, editor):
    words._all(editor, POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE)


def back_to_words(apps, editor):
    words.install(apps, editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words")]
    operations = [
        migrations.RunPython(empty, back_to_words),
        migrations.AlterField("entry", "id", models.BigIntegerField(primary_key=True, serialize=False)),
        migrations.AddField("entry", "marks", models.TextField(default="")),
        migrations.RunPython(install, words.remove),
    ]
