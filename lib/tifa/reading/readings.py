"""Which characters are read how: what a mirror's ``(pinyin)`` can stand behind."""

from collections import defaultdict
from functools import cache
from importlib.resources import files
from unicodedata import normalize

_PLAIN_LETTERS = str.maketrans("\u0261\u0251", "ga")  # two letters that some mirrors take from the phonetic alphabet
_TONES = {"\u0300", "\u0301", "\u0304", "\u030c"}


def toneless(reading: str) -> str:
    """The reading without its tone: ``lüè`` becomes ``lüe``.

    Examples
    --------
    >>> toneless("guān")
    'guan'
    """
    return normalize("NFC", "".join(c for c in normalize("NFD", reading) if c not in _TONES))


def key(reading: str) -> str:
    """The reading as ``data/readings.txt`` spells it."""
    return normalize("NFC", reading.rstrip().lower().translate(_PLAIN_LETTERS))


@cache
def characters() -> dict[str, dict[str, int]]:
    """Characters by reading, each with the rank of the reading among its own: 0, 1, or 2 for any later one.

    A reading without tone stands for all of its tones.
    """
    found = defaultdict(dict)
    with (files("tifa") / "data" / "readings.txt").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                reading, *groups = line.rstrip("\n").split("\t")
                bare = toneless(reading)
                for spelling in {reading, bare, bare.replace("ü", "v")}:
                    for rank, chars in enumerate(groups):
                        for char in chars:
                            found[spelling][char] = min(rank, found[spelling].get(char, rank))
    return dict(found)


@cache
def read_as(reading: str) -> dict[str, int]:
    """Characters that are read so, with the rank of the reading; none if it is no reading.

    Examples
    --------
    >>> read_as("guān")["关"], "关" in read_as("guan"), read_as("editor")
    (0, True, {})
    """
    return characters().get(key(reading), {})
