"""How likely a character is after the two before it, in simplified official news."""

import re
from functools import cache
from importlib.resources import files
from unicodedata import normalize

STEP = 0.25  # data/likelihood.txt counts in quarters of a natural logarithm
LINE_END = "$"
_WORD_END = "^^"
_UNSEEN = 80
_QUOTES = dict(zip("「」『』", "“”‘’", strict=True))  # the newspapers that were counted have the one kind only
_LEVEL = re.compile(r"([0-9]+)([^0-9]+)")


@cache
def _lines() -> dict[str, str]:
    """The data's lines by their key, which is followed by the prices of leaving it."""
    text = (files("tifa") / "data" / "likelihood.txt").read_text(encoding="utf-8")
    return {line.partition("\t")[0].rstrip(" 0123456789"): line for line in text.splitlines() if line[:2] != "# "}


@cache
def _after(key: str) -> tuple[int, int, dict[str, int]] | None:
    """The prices of leaving this context and of a new word after it, and the characters seen after it with theirs."""
    line = _lines().get(key)
    if line is None:
        return None
    head, _, levels = line.partition("\t")
    leaving, _, ending = head[len(key) :].partition(" ")
    seen = {char: int(n) for n, chars in _LEVEL.findall(levels) for char in chars}
    return int(leaving or 0), int(ending or _UNSEEN), seen


@cache
def token(char: str) -> str:
    """The character as the data has it: digits and Latin letters are one token each."""
    if "\u4e00" <= char <= "\u9fff":
        return char
    if char == "\u3000":
        return LINE_END
    char = normalize("NFKC", _QUOTES.get(char, char))[:1]
    if char.isdigit():
        return "n"
    return "a" if char.isascii() and char.isalpha() else char


@cache
def price(before: str, char: str) -> int:
    """Price (minus the logarithm of the likelihood, in steps) of ``char`` after up to two tokens.

    Examples
    --------
    >>> price("疫", "情") < price("疫", "清")
    True
    """
    if not before:
        return _after("")[2].get(char, _UNSEEN)
    known = _after(before)
    if known is None:
        return price(before[1:], char)
    leaving, ending, seen = known
    if char in seen:
        return seen[char]
    return min(leaving + price(before[1:], char), ending + _after(_WORD_END)[2].get(char, _UNSEEN))


@cache
def followers(char: str, most: int) -> tuple[str, ...]:
    """The likeliest tokens after ``char``, at most so many."""
    known = _after(char)
    seen = known[2] if known else {}
    return tuple(sorted(seen, key=seen.get)[:most])
