"""测试环境：the settings themselves, under the environment a test needs. Nothing is switched inside the settings."""

import os
import tempfile
from pathlib import Path

EMPTY = tempfile.mkdtemp(prefix="tianping-test-")
(Path(EMPTY) / "static").mkdir()
os.environ.setdefault("TIANPING_SECRET_KEY", "only-for-tests-" + "0" * 32)
os.environ.setdefault("TIANPING_HOME", EMPTY)
os.environ.setdefault("TIANPING_DATABASE", os.environ.get("TIANPING_TEST_DATABASE", f"sqlite:///{EMPTY}/db.sqlite3"))
os.environ.setdefault("TIANPING_LAW", f"{EMPTY}/law")  # not what whoever runs the tests has imported
os.environ.setdefault("TIANPING_HTTPS", "false")
os.environ.setdefault("TIANPING_DEBUG", "true")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from tianping.config.settings import *  # noqa: E402, F403

DEBUG = False
# argon2 costs 180 ms a check; a test asks who may do what, not how slow a hash is.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
