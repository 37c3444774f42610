"""make authz-mutants：takes the guards away one by one, in a copy; a test must notice each. Prints `N/N caught`.

A mutant is (file, what stands there, what stands there instead, the tests that must fail). A mutant whose text is no
longer found is a failure too: the guard has moved, and nobody would know that it is not watched any more.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
WALK = "tests/authz/test_walk.py"
EVERYBODY = '@open_to(*__import__("tianping.foundation.accounts.roles", fromlist=["Role"]).Role)'
ANY = "Q(pk__gt=0)"


@dataclass(frozen=True)
class Mutant:
    file: str
    old: str
    new: str
    tests: str

    def __str__(self) -> str:
        return f"{self.file}: {self.old.strip().splitlines()[0]}"


def walk(stage: str) -> str:
    return f"{WALK}::test_walk[{stage}]"


def lists(url: str) -> str:
    return f"{WALK}::test_a_list_and_its_export_hold_what_one_may_open_and_nothing_else[{url}]"


ACCESS = "foundation/accounts/access.py"
VIEWER = "foundation/accounts/viewer.py"
COURT, REGISTER, DOCUMENTS = "court/models.py", "evidence/register/models.py", "evidence/documents/models.py"
FINDINGS, REMEDY = "findings/models.py", "remedy/models.py"
OF_FINDINGS, OF_REMEDY = "src/tianping/findings/tests/test_services.py", "src/tianping/remedy/tests/test_services.py"
OF_ACCOUNTS = "src/tianping/foundation/accounts/tests"
BEARER, OF_TOKENS = "foundation/tokens/bearer.py", "src/tianping/foundation/tokens"
OF_COURT = "src/tianping/court/tests/test_figures.py"

MUTANTS = [
    # who may come in at all
    Mutant(ACCESS, 'if not request.viewer.holds(*getattr(view, "open_to", ())):', "if False:", walk("web")),
    Mutant(
        "config/settings.py",
        '    "django.contrib.auth.middleware.LoginRequiredMiddleware",\n',
        "",
        walk("web"),
    ),
    Mutant(
        "config/settings.py",
        '    "tianping.foundation.accounts.access.ViewerMiddleware",\n',
        "",
        walk("web"),
    ),
    Mutant("web/views.py", "@open_to(*OVERSEEING)", EVERYBODY, walk("web")),
    Mutant("web/views.py", "@open_to(*ADMINISTRATORS)", EVERYBODY, walk("web")),
    Mutant("court/views.py", "@open_to(*CONTENT_ROLES)", EVERYBODY, walk("court")),
    Mutant("evidence/register/views.py", "@open_to(*CONTENT_ROLES)", EVERYBODY, walk("register")),
    Mutant("evidence/documents/views.py", "@open_to(*CONTENT_ROLES)", EVERYBODY, walk("documents")),
    Mutant("evidence/documents/views.py", "@open_to(*selectors.READERS)", EVERYBODY, walk("documents")),
    Mutant("evidence/documents/views.py", "@open_to(Role.TRIAL_OFFICE)", EVERYBODY, walk("documents")),
    Mutant("findings/views.py", "@open_to(*CONTENT_ROLES)", EVERYBODY, walk("findings")),
    Mutant("remedy/views.py", "@open_to(*CONTENT_ROLES)", EVERYBODY, walk("remedy")),
    # what a branch is
    Mutant(VIEWER, "condition = Q(pk__in=[])", "condition = Q(pk__gt=0)", lists("court:cases")),
    Mutant(VIEWER, 'f"{field}__startswith": path', 'f"{field}__contains": "/"', lists("court:cases")),
    Mutant(
        VIEWER, "any(path.startswith(branch) for branch", "any(True for branch", "tests/authz/test_services_refuse.py"
    ),
    Mutant(VIEWER, "if roles & ADMINISTRATORS and len(roles) > 1:", "if False:", OF_ACCOUNTS),
    Mutant("foundation/accounts/services.py", "if reason := clash(held, role):", "if reason := None:", OF_ACCOUNTS),
    # a token opens no more than its person could; a court's totals are entered by its own office
    Mutant(BEARER, "    _may_come_in(user, at=at, address=address)\n", "", OF_TOKENS),
    Mutant(BEARER, "if not viewer.holds(*CONTENT_ROLES):", "if False:", "tests/api/test_api.py"),
    Mutant("foundation/accounts/services.py", "if user.password_by_other:", "if False:", OF_TOKENS),
    Mutant(
        "court/yearly_stock/services.py",
        "if not by.holds_over(court.path, Role.TRIAL_OFFICE):",
        "if False:",
        "src/tianping/court/yearly_stock",
    ),
    Mutant(
        "foundation/backup/selectors.py",
        "if not viewer.holds(Role.SYSTEM_ADMIN):",
        "if False:",
        "src/tianping/foundation/backup/tests/test_daily.py",
    ),
    # who sees what: each clause of each visible_to
    Mutant(
        COURT,
        "within(viewer.paths(*OVERSEERS))\n            | Q(judge_id",
        f"{ANY}\n            | Q(judge_id",
        lists("court:cases"),
    ),
    Mutant(COURT, "Q(judge_id=viewer.user_id, judge__isnull=False)", ANY, lists("court:cases")),
    Mutant(COURT, "Q(clerk_id=viewer.user_id, clerk__isnull=False)", ANY, lists("court:cases")),
    Mutant(COURT, "found if viewer.holds_over(path, *OVERSEERS) else found.visible_to(viewer)", "found", OF_COURT),
    Mutant(REGISTER, "within(viewer.paths(Role.TRIAL_OFFICE, Role.INSPECTOR))", ANY, lists("register:list")),
    Mutant(REGISTER, "Q(registered_by_id=viewer.user_id)", ANY, lists("register:list")),
    Mutant(REGISTER, "Q(subject_id=viewer.user_id)", ANY, lists("register:list")),
    Mutant(
        DOCUMENTS,
        "within(viewer.paths(Role.TRIAL_OFFICE, Role.INSPECTOR, Role.LEADER, Role.HEAD))",
        ANY,
        lists("documents:issued"),
    ),
    Mutant(DOCUMENTS, "Q(judge_id=viewer.user_id)", ANY, lists("documents:issued")),
    Mutant(
        DOCUMENTS,
        'Q(pk__in=Review.objects.filter(reviewer_id=viewer.user_id).values("document_id"))',
        ANY,
        lists("documents:issued"),
    ),
    Mutant(
        DOCUMENTS,
        'within(viewer.paths(Role.TRIAL_OFFICE), "document__organisation__path")',
        ANY,
        lists("documents:reviews"),
    ),
    Mutant(DOCUMENTS, "| Q(reviewer_id=viewer.user_id)\n", f"| {ANY}\n", lists("documents:reviews")),
    Mutant(DOCUMENTS, "& ~Q(document__judge_id=viewer.user_id)", "", "tests/authz/test_services_refuse.py"),
    Mutant(FINDINGS, "return Q(subject_id=viewer.user_id) |", f"return {ANY} |", lists("findings:list")),
    Mutant(FINDINGS, "(within(viewer.paths(*VERIFYING)) & ~kept_off)", "~kept_off", lists("findings:list")),
    Mutant(FINDINGS, "& ~kept_off)", ")", lists("findings:list")),
    Mutant(FINDINGS, " & verified\n", "\n", lists("findings:list")),
    Mutant(FINDINGS, "within(viewer.paths(Role.LEADER, Role.HEAD, *VERIFYING))", ANY, lists("findings:list")),
    Mutant(REMEDY, "within(viewer.paths(*ASSIGNING))", ANY, lists("remedy:list")),
    Mutant(REMEDY, "Q(owner_id=viewer.user_id, owner__isnull=False)", ANY, lists("remedy:list")),
    Mutant(REMEDY, "Q(verifier_id=viewer.user_id, verifier__isnull=False)", ANY, lists("remedy:list")),
    Mutant(
        REMEDY,
        'Q(pk__in=DutyFinding.objects.filter(finding__subject_id=viewer.user_id).values("duty_id"))',
        ANY,
        lists("remedy:list"),
    ),
    # questions that go through it
    Mutant("court/selectors.py", "Case.objects.visible_to(viewer).select", "Case.objects.select", lists("court:cases")),
    Mutant(
        "evidence/register/selectors.py",
        "Evidence.objects.visible_to(viewer)",
        "Evidence.objects.all()",
        lists("register:list"),
    ),
    Mutant(
        "evidence/documents/selectors.py",
        "IssuedDocument.objects.visible_to(viewer)",
        "IssuedDocument.objects.all()",
        lists("documents:issued"),
    ),
    Mutant(
        "evidence/documents/selectors.py",
        "Review.objects.visible_to(viewer)",
        "Review.objects.all()",
        lists("documents:reviews"),
    ),
    Mutant(
        "findings/selectors.py", "Finding.objects.visible_to(viewer)", "Finding.objects.all()", lists("findings:list")
    ),
    Mutant("remedy/selectors.py", "Duty.objects.visible_to(viewer)", "Duty.objects.all()", lists("remedy:list")),
    # who may do what: each relation, each recusal
    Mutant(REGISTER, "if self.registered_by_id == viewer.user_id else ()", "", walk("register")),
    Mutant(DOCUMENTS, "if self.reviewer_id == viewer.user_id:", "if True:", walk("documents")),
    Mutant(
        DOCUMENTS,
        "if viewer.holds_over(self.document.organisation.path, Role.TRIAL_OFFICE):",
        "if True:",
        walk("documents"),
    ),
    Mutant(
        FINDINGS,
        "if viewer.user_id == self.subject_id:\n            return frozenset",
        "if True:\n            return frozenset",
        OF_FINDINGS,
    ),
    Mutant(FINDINGS, "if self.verifier_refusal(viewer):", "if False:", OF_FINDINGS),
    Mutant(
        FINDINGS, "if self.links.filter(evidence__registered_by_id=viewer.user_id).exists():", "if False:", OF_FINDINGS
    ),
    Mutant(FINDINGS, "if in_line(viewer, viewer_of(self.subject, on=viewer.on)):", "if False:", OF_FINDINGS),
    Mutant(REMEDY, "if viewer.user_id == self.owner_id:", "if True:", walk("remedy")),
    Mutant(
        REMEDY,
        "if not viewer.holds_over(self.organisation.path, *ASSIGNING):",
        "if False:",
        "tests/authz/test_services_refuse.py",
    ),
    Mutant(REMEDY, "return not self.findings().filter(subject_id=viewer.user_id).exists()", "return True", OF_REMEDY),
    Mutant(REMEDY, "if viewer.user_id == self.verifier_id and", "if", walk("remedy")),
    Mutant(REMEDY, "if not candidate.holds_over(self.organisation.path, *VERIFYING):", "if False:", OF_REMEDY),
    Mutant(REMEDY, "if owner is not None and candidate.user_id == owner.pk:", "if False:", OF_REMEDY),
    Mutant(REMEDY, "if any(f.subject_id == candidate.user_id for f in findings):", "if False:", OF_REMEDY),
    Mutant(
        REMEDY,
        "if links.filter(evidence__registered_by_id=candidate.user_id).exists():",
        "if False:",
        OF_REMEDY,
    ),
    Mutant(REMEDY, "if person.pk in line:", "if False:", OF_REMEDY),
    Mutant(REMEDY, " and self.superior_refusal(viewer) is None:", ":", "src/tianping/remedy/tests/test_superiors.py"),
]


def caught(mutant: Mutant, copy: Path) -> str:
    """Why the mutant was not caught; nothing where a test failed."""
    place = copy / "src" / "tianping" / mutant.file
    before = place.read_text("utf-8")
    if mutant.old not in before:
        return "找不到要拆的这一条：守卫改了样子，请在 tools/authz_mutants.py 里跟着改"
    place.write_text(before.replace(mutant.old, mutant.new), "utf-8")
    try:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", mutant.tests],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
    finally:
        place.write_text(before, "utf-8")
    if run.returncode == 1:
        return ""
    if run.returncode == 0:
        return f"没有测试发现（{mutant.tests}）"
    return f"测试没有跑起来（{mutant.tests}）：{(run.stdout + run.stderr)[-300:]}"


def main(words: list[str]) -> int:
    chosen = [m for m in MUTANTS if not words or any(word in str(m) for word in words)]
    with tempfile.TemporaryDirectory() as home:
        copies: Queue[Path] = Queue()
        for number in range(WORKERS):
            copy = Path(home) / str(number)
            for name in ("src", "tests", "examples"):
                shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            shutil.copy(ROOT / "pyproject.toml", copy)
            copies.put(copy)

        def one(mutant: Mutant) -> str:
            copy = copies.get()
            try:
                why = caught(mutant, copy)
            finally:
                copies.put(copy)
            print(f"{'漏网' if why else '发现'}  {mutant}" + (f"  {why}" if why else ""), flush=True)
            return why

        with ThreadPoolExecutor(WORKERS) as pool:
            missed = [why for why in pool.map(one, chosen) if why]
    print(f"{len(chosen) - len(missed)}/{len(chosen)} caught")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
