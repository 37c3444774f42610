"""正则：a regular expression, compiled when it is first asked for.

The rules know some four hundred; a short judgment needs a hundred of them, and a check of one file should not wait for
the others.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:

    def regex(pattern: str) -> re.Pattern[str]: ...

else:

    class regex:
        """正则, used as what ``re.compile`` returns is used."""

        def __init__(self, pattern: str) -> None:
            self.pattern = pattern

        @cached_property
        def compiled(self) -> re.Pattern[str]:
            return re.compile(self.pattern)

        def __getattr__(self, name: str) -> object:
            """Asked once for each method: from then on the compiled pattern's is an attribute of its own."""
            method = self.__dict__[name] = getattr(self.compiled, name)
            return method
