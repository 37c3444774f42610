"""写审计：in the transaction of the change, or not at all; and the database itself refuses to take it back."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from tianping.foundation.accounts import services as accounts
from tianping.foundation.accounts.models import User
from tianping.foundation.accounts.viewer import Viewer
from tianping.foundation.audit import chain, services, triggers
from tianping.foundation.audit.chain import Head
from tianping.foundation.audit.models import Entry
from tianping.foundation.audit.tests.conftest import NOW


@pytest.mark.django_db
class TestOneTransaction:
    def test_the_entry_says_who_did_what_to_which_record(self, writer: Viewer) -> None:
        user = accounts.user_register(staff_no="A001", name="林知远", by=writer, at=NOW)
        entry = Entry.objects.get()
        assert (entry.seq, entry.actor_name, entry.verb) == (1, "测试", "accounts.user.register")
        assert entry.object == f"accounts.user:{user.public_id}"
        assert json.loads(entry.changes) == {"staff_no": "A001"}
        assert entry.at == "2026-11-23T02:00:00.000000Z"
        assert entry.previous == chain.GENESIS

    def test_a_change_that_is_rolled_back_leaves_no_entry(self, writer: Viewer) -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            accounts.user_register(staff_no="A001", name="林知远", by=writer, at=NOW)
            assert Entry.objects.count() == 1
            raise RuntimeError("断电")
        assert (Entry.objects.count(), User.objects.count()) == (0, 0)

    def test_a_change_whose_entry_is_refused_does_not_happen(self, writer: Viewer) -> None:
        with pytest.raises(TypeError), transaction.atomic():
            user = accounts.user_register(staff_no="A001", name="林知远", by=writer, at=NOW)
            services.write("test.change", on=user, by=writer, at=NOW, what=object())
        assert User.objects.count() == 0

    def test_words_with_the_separator_of_the_chain_are_refused(self, writer: Viewer) -> None:
        with pytest.raises(ValueError, match="U\\+001F"):
            services.write("test.change", on="test.record:1\x1f", by=writer, at=NOW)
        assert Entry.objects.count() == 0


def test_outside_a_transaction_nothing_is_written(db: None, writer: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    # The test itself runs inside a transaction, so the connection is asked to say otherwise.
    monkeypatch.setattr(services, "connection", SimpleNamespace(in_atomic_block=False, vendor=connection.vendor))
    with pytest.raises(transaction.TransactionManagementError, match="同一事务"):
        services.write("test.change", on="test.record:1", by=writer, at=NOW)
    assert Entry.objects.count() == 0


def _refused(statement: str) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(refusal.value)


class TestTheDatabaseRefuses:
    def test_to_change_an_entry(self, head: Head) -> None:
        assert "只可追加" in _refused("UPDATE audit_entry SET actor_name = '他人' WHERE seq = 3")

    def test_to_remove_an_entry_or_all_of_them(self, head: Head) -> None:
        assert "只可追加" in _refused("DELETE FROM audit_entry WHERE seq = 3")
        assert "只可追加" in _refused("DELETE FROM audit_entry")
        assert Entry.objects.count() == 12

    def test_to_change_through_the_models(self, head: Head) -> None:
        for attempt in (Entry.objects.all().delete, lambda: Entry.objects.update(verb="x"), Entry(seq=3).delete):
            with pytest.raises(DatabaseError, match="只可追加"), transaction.atomic():
                attempt()

    def test_to_replace_an_entry_by_inserting_over_it(self, head: Head) -> None:
        columns = ", ".join(chain.FIELDS)
        if connection.vendor == "sqlite":
            over = f"INSERT OR REPLACE INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry WHERE seq = 3"
        else:
            over = (
                f"INSERT INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry WHERE seq = 3 "
                "ON CONFLICT (seq) DO UPDATE SET actor_name = '他人'"
            )
        assert "只可追加" in _refused(over)

    def test_to_truncate(self, head: Head) -> None:
        if connection.vendor == "sqlite":
            # SQLite has no TRUNCATE; its own short cut for DELETE without WHERE is off while a trigger stands.
            assert "syntax error" in _refused("TRUNCATE audit_entry")
        else:
            assert "只可追加" in _refused("TRUNCATE audit_entry")
        assert Entry.objects.count() == 12

    def test_to_forget_its_triggers_unnoticed(self, head: Head) -> None:
        assert triggers.installed(connection)
        triggers.remove(connection)
        assert not triggers.installed(connection)

    def test_also_a_session_that_calls_itself_a_replica(self, head: Head) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")
            else:
                cursor.execute("PRAGMA recursive_triggers = OFF")
        assert "只可追加" in _refused("UPDATE audit_entry SET actor_name = '他人' WHERE seq = 3")
