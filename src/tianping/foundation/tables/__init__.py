"""表格：Excel and CSV in, by a declared schema; what cannot be taken is refused by row, field, value and reason.

Pure: bytes in, values out. Nothing is written here, so a dry run and the real import read the same way.
"""

from tianping.foundation.tables.cells import Kind
from tianping.foundation.tables.refused import refused_as_xlsx
from tianping.foundation.tables.schema import Field, Schema
from tianping.foundation.tables.sheet import MOST_MB, TableUnreadable
from tianping.foundation.tables.table import Headings, Refusal, Row, TableRead, read_headings, read_table

__all__ = [
    "MOST_MB",
    "Field",
    "Headings",
    "Kind",
    "Refusal",
    "Row",
    "Schema",
    "TableRead",
    "TableUnreadable",
    "read_headings",
    "read_table",
    "refused_as_xlsx",
]
