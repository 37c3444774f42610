"""演示法院的组织与人员：all fictional."""

from __future__ import annotations

from tianping.foundation.accounts.roles import Role

COURTS = {"LJ": "江州市临江区人民法院", "JZ": "江州市中级人民法院"}
DIVISIONS = {
    "LJ-LA": "立案庭",
    "LJ-M1": "民事审判第一庭",
    "LJ-M2": "民事审判第二庭",
    "LJ-XS": "刑事审判庭",
    "LJ-XZ": "行政审判庭",
    "LJ-ZX": "执行局",
    "LJ-SG": "审判管理办公室",
    "LJ-DC": "督察室",
    "LJ-ZZ": "政治部",
    "JZ-M1": "民事审判第一庭",
    "JZ-M2": "民事审判第二庭",
    "JZ-SG": "审判管理办公室",
    "JZ-DC": "督察室",
}
# 姓名: (部门, 职务, 部门之外的角色)
PEOPLE: dict[str, tuple[str, str, Role | None]] = {
    "裴景行": ("LJ", "院长", Role.LEADER),
    "丁叙白": ("LJ-M1", "庭长", Role.HEAD),
    "林知远": ("LJ-M1", "审判员", None),
    "沈若川": ("LJ-M1", "审判员", None),
    "苏映雪": ("LJ-M1", "审判员", None),
    "宋晚晴": ("LJ-M1", "书记员", None),
    "洪晏清": ("LJ-M2", "庭长", Role.HEAD),
    "韩江临": ("LJ-M2", "审判员", None),
    "贺清和": ("LJ-M2", "审判员", None),
    "方子衿": ("LJ-M2", "书记员", None),
    "简北辰": ("LJ-XS", "庭长", Role.HEAD),
    "邵明轩": ("LJ-XS", "审判员", None),
    "叶疏桐": ("LJ-XS", "审判员", None),
    "程知夏": ("LJ-XS", "书记员", None),
    "卫青禾": ("LJ-XZ", "庭长", Role.HEAD),
    "陆砚秋": ("LJ-XZ", "审判员", None),
    "詹牧野": ("LJ-ZX", "局长", Role.HEAD),
    "顾言蹊": ("LJ-ZX", "审判员", None),
    "周既明": ("LJ-SG", "主任", Role.TRIAL_OFFICE),
    "许清嘉": ("LJ-SG", "干部", Role.TRIAL_OFFICE),
    "程砚之": ("LJ-DC", "督察", Role.INSPECTOR),
    "白露晞": ("LJ-ZZ", "主任", Role.POLITICAL),
    "江映月": ("LJ-LA", "信访专员", Role.COMPLAINTS),
    "任知新": ("LJ-ZZ", "教研员", Role.TEACHER),
    "谢怀瑾": ("JZ-M1", "审判员", None),
    "陶知非": ("JZ-M1", "审判员", None),
    "梅若初": ("JZ-M1", "审判员", None),
    "秦望舒": ("JZ-M1", "书记员", None),
    "伊若水": ("JZ-M2", "审判员", None),
    "符清越": ("JZ-SG", "主任", Role.TRIAL_OFFICE),
    "阎道宁": ("JZ-DC", "督察", Role.INSPECTOR),
}
ADMINISTRATORS = {
    "石守一": Role.SYSTEM_ADMIN,
    "关慎行": Role.SECURITY_ADMIN,
    "簿鉴明": Role.AUDITOR,
}
# 有口令的演员：one for each part a newcomer may want to play
CAST = {
    "林知远": "法官：看到自己的问题，答复，整改",
    "贺清和": "法官：评查民一庭的文书",
    "丁叙白": "庭长：看本庭已核实的问题和整改",
    "周既明": "审管办：收录文书、指派评查、核实、交办",
    "许清嘉": "审管办：核验、销号",
    "程砚之": "督察：核实、核验",
    "裴景行": "院领导：循环总览",
    "白露晞": "政治部",
    "石守一": "系统管理员（看不到内容）",
    "关慎行": "安全管理员（看不到内容）",
    "簿鉴明": "审计员（看不到内容）",
}
PASSWORD = "linjiang-2026"  # noqa: S105 — the demo court's, printed to whoever starts it; it holds nothing real
REVIEWERS = {  # who reads whose judgments: always another division's
    "LJ-M1": "贺清和",
    "LJ-M2": "沈若川",
    "LJ-XS": "陆砚秋",
    "LJ-XZ": "叶疏桐",
    "LJ-ZX": "韩江临",
    "JZ-M1": "伊若水",
}
OFFICES = {"LJ": ("周既明", "程砚之", "许清嘉"), "JZ": ("符清越", "阎道宁", "阎道宁")}
"""by court: who takes, assigns and gives out; who verifies findings; who verifies duties."""
