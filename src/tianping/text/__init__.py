"""文书：reading judgments and speaking about places in them. Pure Python; no database, no Django."""
