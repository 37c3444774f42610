"""罪名：the names of crimes, the article of 刑法 each stands in, and the days on which each name held.

Facts from the instruments of the two supreme organs that fix the names; ``crimes.csv`` is written by
``tools/crime_table.py``. 司法解释 after the eighth supplement (2024-03-01) is not in it: absence proves little.
"""

from __future__ import annotations

from tianping.law.crimes.table import ALSO_PUNISHED_BY, LAST_FIXED, Crime, crime, crimes, crimes_of

__all__ = ["ALSO_PUNISHED_BY", "LAST_FIXED", "Crime", "crime", "crimes", "crimes_of"]
