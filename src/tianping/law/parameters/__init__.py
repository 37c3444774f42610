"""法定参数：a number the law sets, with the days it held and the provision that set it.

One number, one YAML file: ``petition/handling_days.yaml`` is ``parameter("petition.handling_days")``. The same number
under a new provision is a new entry, because a reply must cite the law of its day.
"""

from __future__ import annotations

from tianping.law.parameters.model import NotYetInForce, Parameter, UnknownParameter, Value
from tianping.law.parameters.store import codes, parameter

__all__ = ["NotYetInForce", "Parameter", "UnknownParameter", "Value", "codes", "parameter"]
