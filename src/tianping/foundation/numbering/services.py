from __future__ import annotations

from django.db import transaction

from tianping.foundation.accounts.models import Organisation
from tianping.foundation.numbering.models import Series


@transaction.atomic
def next_number(*, court: Organisation, register: str, year: int) -> str:
    """取号：the next number of a register, given once; a rolled-back record leaves no gap."""
    Series.objects.get_or_create(court=court, register=register, year=year)
    series = Series.objects.select_for_update().get(court=court, register=register, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return str(series)
