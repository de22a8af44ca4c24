"""Puts right what a mirror site did to a page: readings inserted, characters torn."""

import re
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

from tifa.reading.readings import read_as

_LETTERS = "a-z\u00e0-\u00fc\u0101-\u01dc\u0251\u0261"
_RUN = re.compile(rf"(?:[^\x00-\xff。、]|[(?][{_LETTERS}]{{1,6}}\))+")
_SYMBOL = re.compile(rf"\?(?P<torn>[{_LETTERS}]{{1,6}})\)|\((?P<reading>[{_LETTERS}]{{1,6}})\)|(?P<char>.)")


class Repair(NamedTuple):
    """One repair: the line counted from 1, what stood there, what it became, by which rule, how sure (0 to 1)."""

    line: int
    seen: str
    became: str
    rule: str
    certainty: float


class Repaired(NamedTuple):
    """A text after repair, and what was done to it."""

    text: str
    ledger: list[Repair]


def repair(text: str) -> Repaired:
    """Take a mirror's insertions out of a text and put torn characters back.

    Parameters
    ----------
    text : str
        A page, or any part of it.

    Returns
    -------
    Repaired
        ``text`` with the same number of lines, and ``ledger``, a row for each repair in order.

    Examples
    --------
    >>> repair("再?gòu)?qiáng)調(diào)防控,村(社区)").text
    '再強調防控,村(社区)'
    """
    ledger, lines = [], text.split("\n")
    for n, line in enumerate(lines):
        lines[n] = _RUN.sub(lambda m, n=n: _mend(m.group(), n + 1, ledger), line)
    return Repaired("\n".join(lines), ledger)


def _mend(run: str, line: int, ledger: list) -> str:
    if ")" not in run:
        return run
    try:
        mended = _join(run)
    except (UnicodeError, LookupError, ValueError):
        return run
    if mended != run:
        ledger.append(Repair(line, run, mended, "torn" if "?" in run else "insertion", 0.9))
    return mended


def _join(run: str) -> str:
    joined = bytearray()
    for symbol in _SYMBOL.finditer(run):
        if symbol["torn"]:
            joined.append(_trail(joined[-1], symbol["torn"]))
        elif symbol["reading"]:
            if not read_as(symbol["reading"]):
                joined += symbol.group().encode("gbk")
        else:
            joined += symbol["char"].encode("gbk")
    return joined.decode("gbk")


def _trail(lead: int, reading: str) -> int:
    fitting = [c.encode("gbk") for c in read_as(reading) if c.encode("gbk")[0] == lead]
    return min(fitting, key=lambda pair: (_rare(pair), pair))[1]


@cache
def _rare(pair: bytes) -> bool:
    simplified = OpenCC("t2s").convert(pair.decode("gbk")).encode("gbk", "replace")
    return not 0xB0 <= simplified[0] <= 0xD7 or simplified[-1] < 0xA1
