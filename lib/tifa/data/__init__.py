"""Plain-text lists, and the font. ``#`` opens a comment; each file's head says where its entries come from."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

FONT = files(__package__).joinpath("font", "TifaSansSC-Regular.ttf")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of a list, comments and blank lines left out.

    Examples
    --------
    >>> "社会面清零\\tno new cases outside quarantine" in lines("set_phrases.txt")
    True
    """
    text = files(__package__).joinpath(name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list that has several on a line.

    Examples
    --------
    >>> "的" in words("stop_words.txt")
    True
    """
    return frozenset(word for line in lines(name) for word in line.split())


def any_of(alternatives: Iterable[str]) -> str:
    """A pattern of alternatives, the longest first.

    Examples
    --------
    >>> any_of({"村", "社区", "小区"})
    '小区|社区|村'
    """
    return "|".join(sorted(map(re.escape, alternatives), key=lambda word: (-len(word), word)))
