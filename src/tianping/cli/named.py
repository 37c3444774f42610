"""名称：what a clerk calls a thing, found among codes and their Chinese terms."""

from __future__ import annotations

from collections.abc import Mapping

from tianping.cli.exits import UsageError


def code_named(given: str, terms: Mapping[str, str], option: str, command: str) -> str:
    """The code itself, the whole term, the one term that begins so, or the one term that has it inside — in this order.

    Where several do, the sentence lists them; nothing is guessed.
    """
    if given in terms:
        return given
    for found in (
        [code for code, term in terms.items() if term == given],
        [code for code, term in terms.items() if given and term.startswith(given)],
        [code for code, term in terms.items() if given and given in term],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            several = "、".join(f"{terms[code]}（{code}）" for code in found)
            raise UsageError(f"{option} 写的“{given}”不止一种：{several}。请写全名称或括号里的代码。")
    raise UsageError(f"{option} 没有“{given}”这一种。全部名称见 {command} --list。")
