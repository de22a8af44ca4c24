"""What a page tells about the mirror it comes from, before anything is repaired."""

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from tifa.reading import gbk
from tifa.reading.damage import LETTERS, SIGN, SPELT
from tifa.reading.options import counted
from tifa.reading.readings import read_as, toneless

INSERTION = re.compile(rf"(?P<char>[\u4e00-\u9fff])\((?P<reading>{SPELT})\)(?:\((?P=reading)\))*(?P<space> ?)")
DOUBLED = re.compile(
    rf",(?:(?<=[^\x00-\x7f],)|(?<=[{LETTERS}]\),))(?=[,，、。；](?:[^\x00-\x7f]|\(|$)|[?？][”\u4e00-\u9fff])"
)
_UNTYPED = re.compile(r",[、。；](?<=[^\x00-\x7f]..)")
_DAMAGED = re.compile(rf"(?:{SIGN.pattern})(?:[^\x00-\x7f。、]|[(?\ufffd]{SPELT}\))*")
_MONTH = re.compile(r"(?<![0-9?])(0?[1-9]|1[0-2])月[0-9]|20[0-9]{2}[-/.年]?(0?[1-9]|1[0-2])(?![0-9]{3})")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NOT_CHINESE = re.compile(r"[^\u4e00-\u9fff]+")


class Page(NamedTuple):
    """What the page tells of its mirror: script, annotated characters, characters that stand bare, its comma,
    characters side by side where nothing is damaged, months."""

    traditional: bool | None = None
    table: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    comma: str = ","
    familiar: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()


def n_chinese(text: str) -> int:
    """Number of Chinese characters."""
    return len(_NOT_CHINESE.sub("", text))


def doubles(text: str) -> bool:
    """Whether the page's commas are doubled by a machine: more than once, and before marks that nobody types so."""
    return bool(_UNTYPED.search(text)) and len(DOUBLED.findall(text)) > 1


def reads(char: str, reading: str) -> bool:
    """Whether a character can have this reading."""
    return char in read_as(reading)


def is_spaced(text: str) -> bool:
    """Whether the mirror puts a space behind its readings: behind those without tone, or behind all of several."""
    if ") " not in text:
        return False
    spaced = [m for m in INSERTION.finditer(text) if m[3] and CHINESE.match(text, m.end())]
    if all(m[2] == toneless(m[2]) for m in spaced):
        return bool(spaced)
    return len(spaced) > 1 and not any(not m[3] and CHINESE.match(text, m.end()) for m in INSERTION.finditer(text))


def learn(text: str, marked: Counter[str]) -> Page:
    """Script, table and comma of the page."""
    count = Counter(text)
    table = frozenset(char for char, n in marked.items() if 2 * n >= count[char])
    bare = frozenset(char for char in count if char not in marked and char in gbk.codes())
    return Page(_script(count), table, bare, "，" if count["，"] > count[","] else ",", _familiar(text), _months(text))


def _months(text: str) -> frozenset[str]:
    """The months that dates of the page name."""
    return frozenset(str(int(m[1] or m[2])) for m in _MONTH.finditer(text))


def _familiar(text: str) -> frozenset[str]:
    """Every two characters side by side in what no sign of damage stands before."""
    whole = INSERTION.sub(r"\1\3", _DAMAGED.sub("\n", text))
    return frozenset(counted(a) + counted(b) for a, b in {*pairwise(whole)} if min(a, b) > "\u3000")


def _script(count: Counter[str]) -> bool | None:
    """True for a traditional text, False for a simplified one, None where it could be either."""
    traditional = sum(n for char, n in count.items() if char in gbk.simplified())
    simplified = sum(n for char, n in count.items() if char in gbk.simplified_only())
    if max(traditional, simplified) < 2 * min(traditional, simplified) or traditional == simplified:
        return None
    return traditional > simplified
