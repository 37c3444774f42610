"""编号：2026-问-0013 — each court's register counts by year; people see the number only where sight allows."""
