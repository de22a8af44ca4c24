"""Lists of set phrases and stop words: the project's, and the user's beside the pages."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tifa import data
from tifa.marking.phrasebook import bare
from tifa.reading.script import simplify

OWN_LISTS = "lists"
PHRASES, STOP_WORDS = "phrases.txt", "stop_words.txt"
_HAN_AROUND_BLANK = re.compile(r"[\u3400-\u9fff]\s+[\u3400-\u9fff]")
_MARK, _NO_MARK = re.compile(r"[^\w\s]"), re.compile(r"\w")


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
    return dict(map(_phrase, data.lines("set_phrases.txt")))


@cache
def stop_words() -> frozenset[str]:
    """Words that term lists leave out. Set phrases are never among them.

    Examples
    --------
    >>> "的" in stop_words(), "坚持" in stop_words()
    (True, False)
    """
    return data.words("stop_words.txt")


def lists_for(folder: str | Path) -> Lists:
    """The project's lists and those that the user keeps beside the pages.

    Parameters
    ----------
    folder : path
        Folder of pages. ``lists/phrases.txt`` in it holds a phrase a line, a gloss after a tab if wanted;
        ``lists/stop_words.txt`` holds words between blanks or line ends. ``#`` opens a comment. Both are UTF-8 and
        optional, in either script. They have a folder of their own because a ``.txt`` file beside the pages would be
        read as a page.

    Returns
    -------
    Lists
        Project and user together, in simplified characters as the documents are. A phrase is never a stop word.

    Raises
    ------
    ValueError
        If a list is not UTF-8, has another name, or has a line that can be no phrase or no stop word.

    Examples
    --------
    >>> lists_for("a folder without lists").phrases == set_phrases()
    True
    """
    own = Path(folder) / OWN_LISTS
    _no_other_list(own)
    phrases = set_phrases() | dict(_checked_phrase(line, where) for line, where in _entries(own / PHRASES))
    words = (_checked_words(line, where) for line, where in _entries(own / STOP_WORDS))
    return Lists(phrases, stop_words().union(*words) - phrases.keys())


def _phrase(line):
    phrase, _, gloss = line.partition("\t")
    return bare(phrase.strip()), gloss.strip()


def _checked_phrase(line, where):
    phrase, gloss = _phrase(line)
    if len(_NO_MARK.findall(phrase)) < 2:
        raise ValueError(f"{where}: {line!r} is no phrase; one has at least two characters that are no marks")
    if _HAN_AROUND_BLANK.search(phrase):
        raise ValueError(f"{where}: {line!r} has a blank inside; write a phrase a line, its gloss after a tab")
    return phrase, gloss


def _checked_words(line, where):
    if mark := _MARK.search(line):
        raise ValueError(f"{where}: {mark[0]!r} is no stop word; write blanks between the words")
    return line.split()


def _no_other_list(own):
    """A list under another name would be passed over without a word."""
    for file in sorted(own.glob("*.txt")) if own.is_dir() else ():
        if file.name not in (PHRASES, STOP_WORDS) and not file.name.startswith("."):
            raise ValueError(f"{file}: not read; the lists are named {PHRASES} and {STOP_WORDS}")


def _entries(file: Path) -> list[tuple[str, str]]:
    """Lines of a list, simplified, each with where it stands."""
    if not file.is_file():
        return []
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{file}, line {line}: byte {error.start} is not UTF-8; save the list as UTF-8") from error
    lines = ((line.strip(" \r\u3000"), f"{file}, line {number}") for number, line in enumerate(text.splitlines(), 1))
    return [(simplify(line), where) for line, where in lines if line.strip() and not line.startswith("#")]
