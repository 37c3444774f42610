"""触发器：refuse UPDATE, DELETE and TRUNCATE on the chain."""

from django.db import migrations

from tianping.foundation.audit import triggers


def install(apps, editor):
    triggers.install(editor.connection)


def remove(apps, editor):
    triggers.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
