"""Lists of set phrases and stop words, the user's beside the project's, and where phrases stand in a text."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import ahocorasick_rs
import numpy as np

from tifa import data

# Marks that writers put inside a phrase or leave out: 采、送、检、报 and 采送检报 are one phrase.
INSIDE = dict.fromkeys(map(ord, "“”\"'‘’「」『』《》〈〉、·"))
_INSIDE_MARK = re.compile(f"[{re.escape(''.join(map(chr, INSIDE)))}]")
_INSIDE_CODES = np.array(sorted(INSIDE), dtype=np.uint32)
_CLOSING = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉"}
OWN_LISTS = "lists"


class Lists(NamedTuple):
    """Set phrases with their gloss, and stop words."""

    phrases: dict[str, str]
    stop_words: frozenset[str]


def set_phrases() -> dict[str, str]:
    """The project's set phrases with their English gloss ('' where none is given).

    Examples
    --------
    >>> set_phrases()["动态清零"]
    'dynamic zero-COVID'
    """
    return _glossed(data.lines("set_phrases.txt"))


@cache
def stop_words() -> frozenset[str]:
    """Words that term lists leave out. Set phrases are never among them.

    Examples
    --------
    >>> "的" in stop_words(), "坚持" in stop_words()
    (True, False)
    """
    return frozenset(word for line in data.lines("stop_words.txt") for word in line.split())


def lists_for(folder: str | Path) -> Lists:
    """The project's lists and those that the user keeps beside the pages.

    Parameters
    ----------
    folder : path
        Folder of pages. ``lists/phrases.txt`` in it holds a phrase a line, a gloss after a tab if wanted;
        ``lists/stop_words.txt`` holds words between blanks or line ends. ``#`` opens a comment. Both are UTF-8 and
        optional. They have a folder of their own because a ``.txt`` file beside the pages would be read as a page.

    Returns
    -------
    Lists
        Project and user together. A phrase is never a stop word. A phrase that contains another one takes its place
        wherever the longer one stands.

    Raises
    ------
    ValueError
        If a list is not UTF-8.

    Examples
    --------
    >>> lists_for("a folder without lists").phrases == set_phrases()
    True
    """
    own = Path(folder) / OWN_LISTS
    phrases = set_phrases() | _glossed(_entries(own / "phrases.txt"))
    stops = stop_words().union(*(line.split() for line in _entries(own / "stop_words.txt")))
    return Lists(phrases, stops - phrases.keys())


def _glossed(lines) -> dict[str, str]:
    parts = (line.partition("\t") for line in lines)
    return {phrase.strip().translate(INSIDE): gloss.strip() for phrase, _, gloss in parts}


def _entries(file: Path) -> list[str]:
    if not file.is_file():
        return []
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{file}: byte {error.start} is not UTF-8; save the list as UTF-8") from error
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


class Phrase(NamedTuple):
    """A set phrase in a text: offsets of what is written, and the phrase without marks."""

    start: int
    end: int
    phrase: str


class Phrasebook:
    """Finds set phrases in a text, longest first, whatever marks stand inside.

    Parameters
    ----------
    phrases : iterable of str
        Phrases, with or without quotation marks and 、.

    Examples
    --------
    >>> Phrasebook(["采送检报", "拧紧水龙头"]).find("“采、送、检、报”要快,拧紧“水龙头”。")
    [Phrase(start=1, end=8, phrase='采送检报'), Phrase(start=12, end=19, phrase='拧紧水龙头')]
    """

    def __init__(self, phrases: Iterable[str]):
        self.phrases = tuple(sorted({p.translate(INSIDE) for p in phrases} - {""}))
        self._finder = ahocorasick_rs.AhoCorasick(self.phrases, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[Phrase]:
        """Phrases of ``text`` in order; they do not overlap."""
        starts, ends, numbers = (values.tolist() for values in self.spans(text))
        return [Phrase(start, end, self.phrases[n]) for start, end, n in zip(starts, ends, numbers, strict=True)]

    def spans(self, text: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The same as three arrays: starts, ends, places in ``phrases``."""
        bare = _INSIDE_MARK.sub("", text)
        hits = np.array(self._finder.find_matches_as_indexes(bare), dtype=np.int64).reshape(-1, 3)
        numbers, starts, ends = hits.T
        if len(bare) < len(text):
            at = kept_places(text)
            starts, ends = at[starts], at[ends - 1] + 1
        sizes = np.array(list(map(len, self.phrases)), dtype=np.int64)
        for place in np.flatnonzero(ends - starts > sizes[numbers]).tolist():
            ends[place] += closing_mark(text, starts[place], ends[place])
        return starts, ends, numbers


def closing_mark(text, start, end) -> bool:
    """The closing mark belongs to the phrase when its opening mark does."""
    written = text[start:end]
    closing = next((_CLOSING[c] for c in written if c in _CLOSING), None)
    return closing is not None and closing not in written and text[end : end + 1] == closing


def kept_places(text: str) -> np.ndarray:
    """Where the characters that are left when inner marks are taken out stand in the text.

    Examples
    --------
    >>> kept_places("采、送").tolist()
    [0, 2]
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.flatnonzero(~np.isin(codes, _INSIDE_CODES))
