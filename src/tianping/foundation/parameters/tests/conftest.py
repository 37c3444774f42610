"""The cast of tests/conftest.py, for tests that stand beside the code."""

from tests.conftest import client_of, court, files_home, now

__all__ = ["client_of", "court", "files_home", "now"]
