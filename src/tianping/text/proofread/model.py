"""模型文件：one file, memory-mapped: magic, version, checksum, a table of contents in JSON, the arrays.

The checksum is over everything after it. A file of another version, cut short or altered is refused in one sentence.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .alphabet import Alphabet
from .likelihood import Likelihood
from .ngrams import NGrams
from .tables import Confusion, Tables, Words
from .topic import Topic
from .trees import Trees

MAGIC = b"TPPROOF\n"
VERSION = 2
SHIPPED = Path(__file__).parent / "model" / "proofread.bin"
_HEAD = struct.Struct("<8sII32s")  # magic, version, length of the contents, sha256 of what follows
_ALIGN = 64


class ModelError(Exception):
    """校对模型不能用：one Chinese sentence, with the way out."""


@dataclass(frozen=True, slots=True)
class Model:
    """校对模型: its tables and what its maker wrote about it (thresholds, seed, corpus sizes)."""

    tables: Tables
    notes: dict[str, Any]
    sha256: str


def save(tables: Tables, notes: dict[str, Any], path: Path) -> str:
    """Write the file; returns its checksum. The same tables and notes give the same bytes."""
    arrays = _arrays(tables)
    places: dict[str, dict[str, Any]] = {}
    at = 0
    for name, array in arrays.items():
        at = -(-at // _ALIGN) * _ALIGN
        places[name] = {"dtype": array.dtype.str, "shape": list(array.shape), "at": at}
        at += array.nbytes
    grams = tables.likelihood.grams
    contents = {
        "characters": tables.alphabet.characters,
        "segment": grams.segment,
        "span": grams.span,
        "words": sorted(tables.words),
        "depth": tables.trees.depth if tables.trees else 0,
        "arrays": places,
        "size": at,
        "notes": notes,
    }
    told = json.dumps(contents, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    told += b" " * (-(_HEAD.size + len(told)) % _ALIGN)
    body = bytearray(at)
    for name, array in arrays.items():
        start = places[name]["at"]
        body[start : start + array.nbytes] = np.ascontiguousarray(array).tobytes()
    digest = hashlib.sha256(told)
    digest.update(body)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(_HEAD.pack(MAGIC, VERSION, len(told), digest.digest()))
        file.write(told)
        file.write(body)
    part.replace(path)
    return digest.hexdigest()


def load(path: Path = SHIPPED) -> Model:
    """Map the file and check it; ``ModelError`` says what is wrong with it."""
    try:
        with path.open("rb") as file:
            view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise ModelError(f"没有找到校对模型“{path.name}”，校对未进行；请重新安装，或用训练命令另建模型。") from None
    except (OSError, ValueError):
        raise ModelError(f"校对模型“{path.name}”打不开或是空文件，校对未进行；请重新安装。") from None
    if len(view) < _HEAD.size:
        raise ModelError(f"校对模型“{path.name}”不完整，校对未进行；请重新安装。")
    magic, version, length, expected = _HEAD.unpack_from(view)
    if magic != MAGIC:
        raise ModelError(f"“{path.name}”不是校对模型，校对未进行；请检查所给的路径。")
    if version != VERSION:
        raise ModelError(
            f"校对模型“{path.name}”是第 {version} 版，本程序只认第 {VERSION} 版，校对未进行；请换用同版模型。"
        )
    with memoryview(view) as whole:
        found = hashlib.sha256(whole[_HEAD.size :])
    if found.digest() != expected:
        raise ModelError(
            f"校对模型“{path.name}”不完整或被改动过（应为 {expected.hex()[:12]}，实为 {found.hexdigest()[:12]}），"
            "校对未进行；请重新安装。"
        )
    contents = json.loads(bytes(view[_HEAD.size : _HEAD.size + length]).decode("utf-8", "surrogatepass"))
    data = np.frombuffer(view, dtype=np.uint8, offset=_HEAD.size + length)
    return Model(_tables(contents, data), contents["notes"], found.hexdigest())


def _arrays(tables: Tables) -> dict[str, NDArray[Any]]:
    likelihood, grams = tables.likelihood, tables.likelihood.grams
    arrays: dict[str, NDArray[Any]] = {
        "checks": grams.checks,
        "levels": grams.levels,
        "attested": grams.attested,
        "counts": grams.counts,
        "unigrams": likelihood.unigrams,
        "rest": likelihood.rest,
        "rest_of_one": likelihood.rest_of_one,
        "confusion.start": tables.confusion.start,
        "confusion.other": tables.confusion.other,
        "confusion.kind": tables.confusion.kind,
        "syllable": tables.syllable,
        "after": tables.after,
        "before": tables.before,
        "topic.before": tables.topic.before,
        "topic.after": tables.topic.after,
    }
    for length, words in sorted(tables.words.items()):
        arrays[f"words.{length}.keys"] = words.keys
        arrays[f"words.{length}.words"] = words.words
    if tables.trees:
        for name in ("roots", "feature", "threshold", "left", "right", "value"):
            arrays[f"trees.{name}"] = getattr(tables.trees, name)
    return arrays


def _tables(contents: dict[str, Any], data: NDArray[np.uint8]) -> Tables:
    arrays = {}
    for name, place in contents["arrays"].items():
        dtype = np.dtype(place["dtype"])
        size = int(np.prod(place["shape"])) * dtype.itemsize
        arrays[name] = data[place["at"] : place["at"] + size].view(dtype).reshape(place["shape"])
    grams = NGrams(
        arrays["checks"], arrays["levels"], arrays["attested"], contents["segment"], contents["span"], arrays["counts"]
    )
    words = {n: Words(arrays[f"words.{n}.keys"], arrays[f"words.{n}.words"]) for n in contents["words"]}
    trees = None
    if "trees.roots" in arrays:
        trees = Trees(
            arrays["trees.roots"],
            arrays["trees.feature"],
            arrays["trees.threshold"],
            arrays["trees.left"],
            arrays["trees.right"],
            arrays["trees.value"],
            contents["depth"],
        )
    return Tables(
        Alphabet(contents["characters"]),
        Likelihood(grams, arrays["unigrams"], arrays["rest"], arrays["rest_of_one"]),
        Confusion(arrays["confusion.start"], arrays["confusion.other"], arrays["confusion.kind"]),
        arrays["syllable"],
        words,
        arrays["after"],
        arrays["before"],
        Topic(arrays["topic.before"], arrays["topic.after"]),
        trees,
    )
