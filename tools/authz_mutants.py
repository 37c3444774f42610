"""make authz-mutants：takes the guards away one by one, in a copy; a test must notice each. Prints `N/N caught`.

A mutant is (file, what stands there, what stands there instead, the tests that must fail). A mutant whose text is no
longer found is a failure too: the guard has moved, and nobody would know that it is not watched any more.
tests/authz/test_mutants.py says so at once, without running any.
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
WALKED = "tests/authz/test_walk.py::test_walk"
LISTED = "tests/authz/test_walk.py::test_a_list_and_its_export_hold_what_one_may_open_and_nothing_else"
EVERYBODY = '@open_to(*__import__("tianping.foundation.accounts.roles", fromlist=["Role"]).Role)'
ANY = "Q(pk__gt=0)"


@dataclass(frozen=True)
class Mutant:
    file: str
    old: str
    new: str
    tests: str
    everywhere: bool = False  # taken away wherever it stands in the file; else it stands there once

    def __str__(self) -> str:
        return f"{self.file}: {self.old.strip().splitlines()[0]}"

    def misplaced(self, root: Path) -> str:
        """Why this no longer fits the code below ``root``; nothing where it does."""
        found = (root / "src" / "tianping" / self.file).read_text("utf-8").count(self.old)
        if found == 0:
            return "找不到要拆的这一条：守卫改了样子，请在 tools/authz_mutants.py 里跟着改"
        if found > 1 and not self.everywhere:
            return f"要拆的这一条有 {found} 处，不知拆的是哪一处：请在 tools/authz_mutants.py 里写长一些"
        path, _, name = self.tests.partition("::")
        if not (root / path).exists():
            return f"没有 {path}"
        if name and f"\ndef {name}(" not in (root / path).read_text("utf-8"):
            return f"{path} 里没有 {name}"
        return ""


def door(file: str, roles: str) -> Mutant:
    """Every view of a file that lets these roles in lets everybody in."""
    return Mutant(file, f"@open_to({roles})", EVERYBODY, WALKED, everywhere=True)


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
    Mutant(ACCESS, 'if not request.viewer.holds(*getattr(view, "open_to", ())):', "if False:", WALKED),
    Mutant(
        "config/settings.py",
        '    "django.contrib.auth.middleware.LoginRequiredMiddleware",\n',
        "",
        WALKED,
    ),
    Mutant(
        "config/settings.py",
        '    "tianping.foundation.accounts.access.ViewerMiddleware",\n',
        "",
        WALKED,
    ),
    door("web/views.py", "*OVERSEEING"),
    door("web/views.py", "*ADMINISTRATORS"),
    door("court/views.py", "*CONTENT_ROLES"),
    door("evidence/register/views.py", "*CONTENT_ROLES"),
    door("evidence/documents/views.py", "*CONTENT_ROLES"),
    door("evidence/documents/views.py", "*selectors.READERS"),
    door("evidence/documents/views.py", "Role.TRIAL_OFFICE"),
    door("findings/views.py", "*CONTENT_ROLES"),
    door("remedy/views.py", "*CONTENT_ROLES"),
    # what a branch is
    Mutant(VIEWER, "condition = Q(pk__in=[])", "condition = Q(pk__gt=0)", LISTED),
    Mutant(VIEWER, 'f"{field}__startswith": path', 'f"{field}__contains": "/"', LISTED),
    Mutant(
        VIEWER, "any(path.startswith(branch) for branch", "any(True for branch", "tests/authz/test_services_refuse.py"
    ),
    Mutant(VIEWER, "() if roles & ADMINISTRATORS and len(roles) > 1 else ", "", OF_ACCOUNTS),
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
        LISTED,
    ),
    Mutant(COURT, "Q(judge_id=viewer.user_id, judge__isnull=False)", ANY, LISTED),
    Mutant(COURT, "Q(clerk_id=viewer.user_id, clerk__isnull=False)", ANY, LISTED),
    Mutant(COURT, "found if viewer.holds_over(path, *OVERSEERS) else found.visible_to(viewer)", "found", OF_COURT),
    Mutant(REGISTER, "within(viewer.paths(Role.TRIAL_OFFICE, Role.INSPECTOR))", ANY, LISTED),
    Mutant(REGISTER, "Q(registered_by_id=viewer.user_id)", ANY, LISTED),
    Mutant(REGISTER, "Q(subject_id=viewer.user_id)", ANY, LISTED),
    Mutant(
        DOCUMENTS,
        "within(viewer.paths(Role.TRIAL_OFFICE, Role.INSPECTOR, Role.LEADER, Role.HEAD))",
        ANY,
        LISTED,
    ),
    Mutant(DOCUMENTS, "Q(judge_id=viewer.user_id)", ANY, LISTED),
    Mutant(
        DOCUMENTS,
        'Q(pk__in=Review.objects.filter(reviewer_id=viewer.user_id).values("document_id"))',
        ANY,
        LISTED,
    ),
    Mutant(
        DOCUMENTS,
        'within(viewer.paths(Role.TRIAL_OFFICE), "document__organisation__path")',
        ANY,
        LISTED,
    ),
    Mutant(DOCUMENTS, "| Q(reviewer_id=viewer.user_id)\n", f"| {ANY}\n", LISTED),
    Mutant(DOCUMENTS, "& ~Q(document__judge_id=viewer.user_id)", "", "tests/authz/test_services_refuse.py"),
    Mutant(FINDINGS, "return Q(subject_id=viewer.user_id) |", f"return {ANY} |", LISTED),
    Mutant(FINDINGS, "(within(viewer.paths(*VERIFYING)) & ~kept_off)", "~kept_off", LISTED),
    Mutant(FINDINGS, "& ~kept_off)", ")", LISTED),
    Mutant(FINDINGS, " & verified\n", "\n", LISTED),
    Mutant(FINDINGS, "within(viewer.paths(Role.LEADER, Role.HEAD, *VERIFYING))", ANY, LISTED),
    Mutant(REMEDY, "within(viewer.paths(*ASSIGNING))", ANY, LISTED),
    Mutant(REMEDY, "Q(owner_id=viewer.user_id, owner__isnull=False)", ANY, LISTED),
    Mutant(REMEDY, "Q(verifier_id=viewer.user_id, verifier__isnull=False)", ANY, LISTED),
    Mutant(
        REMEDY,
        'Q(pk__in=DutyFinding.objects.filter(finding__subject_id=viewer.user_id).values("duty_id"))',
        ANY,
        LISTED,
    ),
    # questions that go through it
    Mutant("court/selectors.py", "Case.objects.visible_to(viewer).select", "Case.objects.select", LISTED),
    Mutant(
        "evidence/register/selectors.py",
        "Evidence.objects.visible_to(viewer)",
        "Evidence.objects.all()",
        LISTED,
    ),
    Mutant(
        "evidence/documents/selectors.py",
        "IssuedDocument.objects.visible_to(viewer)",
        "IssuedDocument.objects.all()",
        LISTED,
    ),
    Mutant(
        "evidence/documents/selectors.py",
        "Review.objects.visible_to(viewer)\n        .select_related",
        "Review.objects.all()\n        .select_related",
        LISTED,
    ),
    Mutant(
        "evidence/documents/selectors.py",
        "known = Review.objects.visible_to(viewer)",
        "known = Review.objects",
        "src/tianping/evidence/documents/tests/test_issued_pages.py",
    ),
    Mutant("findings/selectors.py", "Finding.objects.visible_to(viewer)", "Finding.objects.all()", LISTED),
    Mutant("remedy/selectors.py", "Duty.objects.visible_to(viewer).select", "Duty.objects.select", LISTED),
    Mutant("remedy/selectors.py", "duty__in=Duty.objects.visible_to(viewer)", "duty__in=Duty.objects.all()", WALKED),
    # who may do what: each relation, each recusal
    Mutant(REGISTER, "if self.registered_by_id == viewer.user_id else ()", "", WALKED),
    Mutant(DOCUMENTS, "if self.reviewer_id == viewer.user_id:", "if True:", WALKED),
    Mutant(
        DOCUMENTS,
        "if viewer.holds_over(self.document.organisation.path, Role.TRIAL_OFFICE):",
        "if True:",
        WALKED,
    ),
    Mutant(
        FINDINGS,
        "if viewer.user_id == self.subject_id:\n            return frozenset",
        "if True:\n            return frozenset",
        OF_FINDINGS,
    ),
    Mutant(FINDINGS, "if self.office_refusal(viewer):", "if False:", OF_FINDINGS),
    Mutant(FINDINGS, 'frozenset({"office"}) if self._registered(viewer) else ', "", OF_FINDINGS),
    Mutant(
        FINDINGS,
        "return self.links.filter(evidence__registered_by_id=viewer.user_id).exists()",
        "return False",
        OF_FINDINGS,
    ),
    Mutant(FINDINGS, 'return "您与责任人有上下级关系，应由他人办理。"', "pass", OF_FINDINGS),
    Mutant(FINDINGS, 'return "您与责任人有上下级关系，应由他人核实。"', "pass", OF_FINDINGS),
    Mutant(REMEDY, "if viewer.user_id == self.owner_id:", "if True:", WALKED),
    Mutant(
        REMEDY,
        "if not viewer.holds_over(self.organisation.path, *ASSIGNING):",
        "if False:",
        "tests/authz/test_services_refuse.py",
    ),
    Mutant(
        REMEDY,
        "return all(finding.subject_id != viewer.user_id for finding in self.concerned())",
        "return True",
        OF_REMEDY,
    ),
    Mutant(REMEDY, "if viewer.user_id == self.verifier_id and", "if", WALKED),
    Mutant(REMEDY, "if not candidate.holds_over(self.organisation.path, *VERIFYING):", "if False:", OF_REMEDY),
    Mutant(REMEDY, "if owner is not None and candidate.user_id == owner.pk:", "if False:", OF_REMEDY),
    Mutant(REMEDY, "if candidate.user_id in subjects:", "if False:", OF_REMEDY),
    Mutant(REMEDY, "if candidate.user_id in registrars:", "if False:", OF_REMEDY),
    Mutant(REMEDY, "if in_line(candidate, person):", "if False:", OF_REMEDY),
    Mutant(REMEDY, " and self.superior_refusal(viewer) is None:", ":", "src/tianping/remedy/tests/test_superiors.py"),
]


def caught(mutant: Mutant, copy: Path) -> str:
    """Why the mutant was not caught; nothing where a test failed."""
    place = copy / "src" / "tianping" / mutant.file
    before = place.read_text("utf-8")
    if why := mutant.misplaced(copy):
        return why
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
