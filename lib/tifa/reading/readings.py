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
    return normalize("NFC", reading.lower().translate(_PLAIN_LETTERS))


@cache
def characters() -> dict[str, frozenset[str]]:
    """Characters by reading; a reading without tone stands for all of its tones."""
    found = defaultdict(set)
    with (files("tifa") / "data" / "readings.txt").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                reading, _, chars = line.rstrip("\n").partition("\t")
                for spelling in {reading, toneless(reading), toneless(reading).replace("ü", "v")}:
                    found[spelling].update(chars)
    return {reading: frozenset(chars) for reading, chars in found.items()}


def read_as(reading: str) -> frozenset[str]:
    """Characters that are read so; none if it is no reading.

    Examples
    --------
    >>> "关" in read_as("guān"), "关" in read_as("guan"), read_as("editor")
    (True, True, frozenset())
    """
    return characters().get(key(reading), frozenset())
