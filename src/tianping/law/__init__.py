"""法律：what the law says on a day — statutes and their versions, dated legal numbers, working days.

Facts only: no text of any statute comes with the package, but ``fulltext`` reads what a user has. Nothing here reads
the clock: a day is always a parameter.

    law.parameter("petition.handling_days").on(received_on)
    law.shipped().version_on("民事诉讼法", day)
    law.workdays.add_workdays(received_on, 5)
    law.fees.fee("property", amount)        law.periods.due("appeal-civil", served_on)
"""

from __future__ import annotations

from pathlib import Path

from tianping.law import workdays
from tianping.law.imported import FILE, folder_of_user
from tianping.law.parameters import NotYetInForce, Parameter, UnknownParameter, Value, parameter
from tianping.law.statutes import Law, Statute, StatuteTable, Version, shipped


def library(folder: Path | None = None) -> StatuteTable:
    """法律库：the shipped table, with the full text the user has imported (``folder``, or the one of the person)."""
    if not ((folder or folder_of_user()) / FILE).is_file():
        return shipped()
    from tianping.law.fulltext import full_text  # here: a check without full text need not load SQLite

    return shipped().with_texts(full_text(folder))


__all__ = [
    "Law",
    "NotYetInForce",
    "Parameter",
    "Statute",
    "StatuteTable",
    "UnknownParameter",
    "Value",
    "Version",
    "library",
    "parameter",
    "shipped",
    "workdays",
]
