"""杀进程测试的设置：the test settings, the probe beside the apps, and a pulse short enough for a test."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs_probe"]
JOB_PULSE_SECONDS = 0.3
JOB_SILENCE_SECONDS = 2
