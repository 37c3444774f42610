"""罪名事实表：write the shipped table of crimes, each with its article and the days its name held.

    python tools/crime_table.py 司法解释目录 src/tianping/law/crimes/crimes.csv

Reads the instruments that fix the names (the opinion of 1997, 罪名的意见, and the eight 补充规定) from a folder in the
layout of LawRefBook, and keeps facts only. A name withdrawn (取消……罪名) ends on the day the supplement took effect.
"""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

INSTRUMENTS = (
    ("罪名的意见(1997-12-25)", "1997-10-01", "最高人民检察院关于适用刑法分则规定的犯罪的罪名的意见"),
    ("罪名的补充规定(2002-03-15)", "2002-03-26", "确定罪名的补充规定"),
    ("罪名的补充规定（二）", "2003-08-21", "确定罪名的补充规定（二）"),
    ("罪名的补充规定（三）", "2007-11-06", "确定罪名的补充规定（三）"),
    ("罪名的补充规定（四）", "2009-10-16", "确定罪名的补充规定（四）"),
    ("罪名的补充规定（五）", "2011-05-01", "确定罪名的补充规定（五）"),
    ("罪名的补充规定（六）", "2015-11-01", "确定罪名的补充规定（六）"),
    ("罪名的补充规定（七）", "2021-03-01", "确定罪名的补充规定（七）"),
)
# The eighth supplement is one sentence, not a table.
EIGHTH = (
    "2024-03-01",
    "确定罪名的补充规定（八）",
    "徇私舞弊低价折股、出售国有资产罪",
    169,
    "徇私舞弊低价折股、出售公司、企业资产罪",
)
COURT = "最高人民法院关于执行《刑法》确定罪名的规定"
# Two names the opinion of the procuratorate and the provision of the court of 1997 word differently.
COURT_1997 = (("徇私枉法罪", 399), ("国家机关工作人员签订、履行合同失职被骗罪", 406))
# Names the supplement of 2002 replaced by a wider one without saying 取消.
WIDENED_2002 = (
    *("抢劫枪支、弹药、爆炸物罪", "盗窃、抢夺枪支、弹药、爆炸物罪", "伪造、变造、转让金融机构经营许可证罪"),
    *("编造并传播证券交易虚假信息罪", "诱骗投资者买卖证券罪", "操纵证券交易价格罪"),
)
# Slips of the copy read: a stroke, a comma, the article of a withdrawn name written into the name.
SLIPS = (("剌探", "刺探"), ("伪造变造国家有价证券罪", "伪造、变造国家有价证券罪"), ("取消刑法原第155条第3项", "取消"))

ARTICLE = re.compile(r"第([\d一二三四五六七八九十百零]+)条(?:之([一二三四五六]))?")
ENTRY = re.compile(r"([^（）\s\d．]+(?:（[^（）\d第]{1,3}）[^（）\s\d．]+)*罪)（([^（）]*第\d+条[^（）]*)）")
ROW = re.compile(r"^\|(?P<where>[^|]*)\|(?P<what>[^|]*)\|")
WITHDRAWN = re.compile(r"取消([^）]*?罪)(?:罪名)?(?=[）]|罪名|$)")
DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")}
INSERTS = "一二三四五六"


@dataclass
class Crime:
    name: str
    since: str
    basis: str
    articles: list[tuple[int, int]] = field(default_factory=list)
    until: str = ""


def crimes(folder: Path) -> list[Crime]:
    """All names ever fixed, in the order they were."""
    known: dict[str, Crime] = {}
    for mark, since, basis in INSTRUMENTS:
        text = _read(folder, mark)
        pairs = _opinion(text) if since.startswith("1997") else _supplement(text)
        for name, articles, withdrawn in pairs:
            for old in withdrawn:
                # What the opinion of 1997 worded otherwise stood in the provision of the court of the same year.
                known.setdefault(old, Crime(old, INSTRUMENTS[0][1], COURT, list(articles))).until = since
            if name:
                crime = known.setdefault(name, Crime(name, since, basis))
                crime.until = ""
                crime.articles += [one for one in articles if one not in crime.articles]
    for name, article in COURT_1997:
        known.setdefault(name, Crime(name, INSTRUMENTS[0][1], COURT)).articles[:] = [(article, 0)]
        known[name].since = INSTRUMENTS[0][1]
    for name in WIDENED_2002:
        known[name].until = "2002-03-26"
    since, basis, old, article, new = EIGHTH
    known[old].until = since
    known[new] = Crime(new, since, basis, [(article, 0)])
    return sorted(known.values(), key=lambda crime: (crime.articles, crime.since, crime.name))


def _read(folder: Path, mark: str) -> str:
    (path,) = (path for path in folder.glob("*罪名*.md") if mark in path.name)
    text = path.read_text(encoding="utf-8")
    for slip, right in SLIPS:
        text = text.replace(slip, right)
    return text


def _opinion(text: str) -> list[tuple[str, list[tuple[int, int]], list[str]]]:
    return [(name, _articles(where), []) for name, where in ENTRY.findall(text)]


def _supplement(text: str) -> list[tuple[str, list[tuple[int, int]], list[str]]]:
    made: list[tuple[str, list[tuple[int, int]], list[str]]] = []
    last: list[tuple[int, int]] = []
    for line in text.splitlines():
        row = ROW.match(line)
        if row is None or "罪" not in row["what"] or "罪名 " in row["what"][:4] or row["where"].strip() == "刑法条文":
            continue
        where = re.sub(r"（《[^（）]*(?:（[^（）]*）[^（）]*)*）", "", row["where"])
        articles = _articles(where) if "《" not in where.split("（")[0] else []
        last = articles or last
        what = row["what"].strip()
        withdrawn = [name for piece in WITHDRAWN.findall(what) for name in re.split(r"(?<=罪)和", piece)]
        kept = re.sub(r"（取消[^（）]*(?:（[^（）]*）[^（）]*)*）|取消.*$|[ \u3000]", " ", what)
        kept = re.sub(r"(?<!罪) ", "", kept)
        names = [name for name in re.split(r"[；\s]+|(?<=权罪)、", kept.strip()) if name.endswith("罪")]
        made.append(("", articles, withdrawn))
        made += [(name, articles or ([] if "《决定》" in row["where"] else last), []) for name in names]
    return made


def _articles(where: str) -> list[tuple[int, int]]:
    return [(_number(number), INSERTS.index(insert) + 1 if insert else 0) for number, insert in ARTICLE.findall(where)]


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    total = digit = 0
    for character in text:
        if character in DIGITS:
            digit = DIGITS[character]
        else:
            total += (digit or 1) * {"十": 10, "百": 100}[character]
            digit = 0
    return total + digit


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("用法：crime_table.py 司法解释目录 目标表.csv", file=sys.stderr)
        return 2
    found = crimes(Path(arguments[0]))
    with Path(arguments[1]).open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(["crime", "articles", "since", "until", "basis"])
        for crime in found:
            where = " ".join(f"{article}-{insert}" if insert else str(article) for article, insert in crime.articles)
            writer.writerow([crime.name, where, crime.since, crime.until, crime.basis])
    print(f"{len(found)} 个罪名，其中现用 {sum(not crime.until for crime in found)} 个")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
