"""校对：wrong, extra, missing and swapped characters, found by counts of legal text and judged by trees."""

from __future__ import annotations

from .candidates import Kind
from .model import ModelError, load
from .proofreader import Edit, Preset, Proofreader, applied, shipped

__all__ = ["Edit", "Kind", "ModelError", "Preset", "Proofreader", "applied", "load", "shipped"]
