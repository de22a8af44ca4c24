"""The characters that a lost byte can have belonged to, by the bytes that are known."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from tifa.reading import gbk
from tifa.reading.likelihood import followers, price, token

RARE = 60  # characters less likely than this are not tried for a lost byte
FOLLOWERS = 60  # characters that often follow another, to choose from where nothing else is known


@cache
def counted(char: str) -> str:
    """The character as the likelihoods count it."""
    return token(gbk.simplified().get(char, char))


class Option(NamedTuple):
    """A character that a lost byte can have belonged to."""

    pair: tuple[int, int]
    char: str
    counted: str


def _options(found) -> tuple[Option, ...]:
    """Those of some pairs and characters that are not too rare to be tried."""
    every = (Option(pair, char, counted(char)) for pair, char in found)
    return tuple(option for option in every if price("", option.counted) < RARE)


@cache
def beginning_with(lead: int) -> tuple[Option, ...]:
    """Characters for a lead byte whose second byte is lost."""
    return _options(((lead, trail), char) for trail, char in gbk.by_lead().get(lead, ()))


@cache
def before_gap(lead: int) -> tuple[Option, ...]:
    """The same, where a vanished pair began with the second byte."""
    return tuple(option for option in beginning_with(lead) if option.pair[1] in gbk.empty_leads())


@cache
def after_gap(lost: int, trail: int) -> tuple[Option, ...]:
    """Characters for a second byte, where a vanished pair ended with the lead byte."""
    fitting = ((lead, char) for lead, char in gbk.by_trail().get(trail, ()) if (lost, lead) not in gbk.pairs())
    return _options(((lead, trail), char) for lead, char in fitting)


@cache
def frequent_after(before: str, lost: int) -> tuple[Option, ...]:
    """Characters that often follow, where a vanished pair ended with the lead byte and the second one is lost."""
    chars = (char for simple in followers(before, FOLLOWERS) for char in _written()[simple])
    return _options((gbk.codes()[char], char) for char in chars if (lost, gbk.codes()[char][0]) not in gbk.pairs())


@cache
def _written() -> dict[str, list[str]]:
    """Characters of GBK by the form in which the likelihoods count them."""
    found = defaultdict(list)
    for char in gbk.codes():
        if gbk.is_text(char):
            found[counted(char)].append(char)
    return found
