"""断电：run as ``python -m tianping.remedy.tests.crashing PLACE``, works on the court in TIANPING_HOME and dies there.

prepare    builds the tables and the cast, and ends in peace
before     the evidence is committed; the power goes before the loop takes it
inside     while the first intake writes, before its commit
between    after the evidence became a finding, before the next stage runs
verified   a finding is verified; the power goes before the next stage gives it a duty
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable
from datetime import datetime


def power_cut() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Cut:
    """An intake that is no intake: with it the machine goes dark."""

    name = "断电"

    def waiting(self, at: datetime) -> Iterable[int]:
        power_cut()
        return ()

    def take(self, key: int, at: datetime) -> bool:
        return False


def intakes(place: str) -> tuple[object, ...]:
    from tianping.findings.intake import EvidenceIntake
    from tianping.remedy.intake import FindingIntake

    class Torn(EvidenceIntake):
        def take(self, key: int, at: datetime) -> bool:
            super().take(key, at)
            power_cut()
            return True

    return {
        "before": (Cut(), EvidenceIntake()),
        "inside": (Torn(),),
        "between": (EvidenceIntake(), Cut(), FindingIntake()),
        "verified": (EvidenceIntake(), FindingIntake()),
    }[place]


INTAKES: tuple[object, ...] = ()


def main(place: str) -> None:
    global INTAKES
    import django
    from django.core.management import call_command
    from django.test import override_settings

    django.setup()
    from tests.cast import Court, court_with_its_people
    from tests.conftest import NOW
    from tianping.foundation.accounts.models import Organisation, User

    if place == "prepare":
        call_command("migrate", verbosity=0)
        court_with_its_people(NOW)
        return
    people = {user.name: user for user in User.objects.all()}
    court = Court(NOW, {o.code: o for o in Organisation.objects.all()}, people)
    INTAKES = intakes(place)
    with override_settings(LOOP=f"{__name__}.INTAKES"):
        court.evidence()  # its commit runs the loop
        if place == "verified":
            from tianping.findings.models import Finding
            from tianping.findings.tests import factories

            finding = Finding.objects.get()
            factories.answer(court, finding)
            INTAKES = (Cut(),)
            factories.verify(court, finding)


if __name__ == "__main__":
    from tianping.remedy.tests import crashing  # the module the loop will import, not the one run as a script

    crashing.main(sys.argv[1])
