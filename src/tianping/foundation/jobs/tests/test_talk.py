"""运行者说的话：what the package says in English is said in Chinese, or was said already."""

from __future__ import annotations

import ast
import inspect
import logging

from django_tasks_db.management.commands import db_worker

from tianping.foundation.jobs.worker import THEIRS, in_our_words


def line(msg: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("django_tasks_db", logging.WARNING, "db_worker.py", 1, msg, args, None)


def test_the_package_still_says_what_we_have_words_for() -> None:
    strings = {
        node.value for node in ast.walk(ast.parse(inspect.getsource(db_worker))) if isinstance(node, ast.Constant)
    }
    assert THEIRS.keys() <= strings, "django-tasks-db 换了说法：请改 foundation/jobs/worker.py 的 THEIRS"


def test_being_asked_to_stop_is_said_calmly() -> None:
    said = line("Received %s - shutting down gracefully... (press Ctrl+C again to force)", "Terminated")
    assert in_our_words(said)
    assert said.getMessage().startswith("收到停止的要求，办完手头的任务就停；")


def test_what_the_command_says_already_is_not_said_twice() -> None:
    assert not in_our_words(line("Starting worker worker_id=%s queues=%s", "vm-1", "*"))


def test_a_line_we_have_no_words_for_stays_as_it_is() -> None:
    fault = line("Task id=%s failed unexpectedly", "7")
    assert in_our_words(fault)
    assert fault.getMessage() == "Task id=7 failed unexpectedly"
