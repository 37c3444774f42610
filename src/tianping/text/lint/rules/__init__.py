"""规则：one file each, its cases (``.cases.md``) beside it. A rule never calls or inherits from another."""
