"""数据口径：what a number is before anybody prints it — code, definition, unit, boundary, version, and its records.

A figure yields its records for a viewer and a boundary; its value is their number (or that number over another), so
that a page, an export and a drill-down cannot disagree. A snapshot (快照) freezes value and records on a day.
"""
