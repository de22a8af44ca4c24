"""Readings that stand behind characters of a page: whether a mirror put them there, or an author to help readers.

A mirror has one table for the whole page: each of its characters has one reading and is given it wherever it stands,
in the most everyday words. An author explains names and hard characters, the less usual of several readings, and each
once. What could be either is left as it is.
"""

import re
from collections import Counter, defaultdict
from typing import NamedTuple

from tifa.reading import gbk
from tifa.reading.damage import SPELT
from tifa.reading.evidence import CHINESE, INSERTION
from tifa.reading.likelihood import price
from tifa.reading.options import counted
from tifa.reading.readings import key, read_as

_TORN = re.compile(rf"[\u4e00-\u9fff)]\?({SPELT})\)")

PRIMER_SHARE = 0.8  # of a text's characters with a reading: more than any mirror's table covers
SHORT = 120  # Chinese characters of a text in which one needless reading is a mirror's
SPARSE = 0.01  # share of a longer text's characters with a reading: a mirror's table covers more
TRADITIONAL, SIMPLIFIED = 2, 3  # different characters with needless readings that make a mirror of such a text
REPEATED = 2  # of those, how many must have their reading in several words of a simplified text
EVERYDAY = 33  # price, as of likelihood.py, up to which a character is in every reader's daily use
TOGETHER = 10  # how much likelier the neighbour makes a character, in the same steps, where they are a word


class Gloss(NamedTuple):
    """A character with a reading of its own behind it, and its neighbours in the text."""

    before: str
    char: str
    reading: str
    after: str


def glosses(text: str) -> Counter[Gloss]:
    """The characters that are followed by a reading of their own, and how often.

    Examples
    --------
    >>> list(glosses("市委書(shū)記,王(editor)"))
    [Gloss(before='委', char='書', reading='shū', after='記')]
    """
    found, end, last = Counter(), -1, ""
    for match in INSERTION.finditer(text):
        at = match.start()
        before = last if at == end else text[at - 1 : at]
        end, last = match.end(), match[1]
        if last in read_as(match[2]):
            found[Gloss(before, last, match[2], text[end : end + 1])] += 1
    return found


def marked(found: Counter[Gloss]) -> Counter[str]:
    """How often each character is followed by a reading of its own."""
    every = Counter()
    for gloss, n in found.items():
        every[gloss.char] += n
    return every


def is_primer(text: str, chars: Counter[str]) -> bool:
    """Whether the text teaches reading: nearly every character has its reading, simple ones too."""
    lines = [line for line in text.split("\n") if INSERTION.search(line)]
    chinese = sum(len(CHINESE.findall(line)) for line in lines)
    return (
        len(chars) > 1
        and sum(chars.values()) >= PRIMER_SHARE * chinese
        and any(char not in gbk.simplified() for char in chars)
    )


def is_mirror(text: str, found: Counter[Gloss]) -> bool:
    """Whether readings in the text are a mirror's and not an author's help.

    A mirror tears characters in annotating others. Where nothing is torn, most characters that have a reading must
    need none, and no character may have two.
    """
    if any(read_as(match[1]) for match in _TORN.finditer(text)):
        return True
    if not found or _several_readings(found):
        return False
    words = _needless(found, Counter(text))
    if 2 * len(words) < len({gloss.char for gloss in found}):
        return False
    return _is_proof(words, found, len(CHINESE.findall(text)))


def _several_readings(found: Counter[Gloss]) -> bool:
    """Whether a character is given different readings, as no table does."""
    return len({(gloss.char, key(gloss.reading)) for gloss in found}) > len({gloss.char for gloss in found})


def _needless(found: Counter[Gloss], count: Counter[str]) -> dict[str, set[Gloss]]:
    """The characters that need no reading and have one almost wherever they stand, with their glosses."""
    always, words = marked(found), defaultdict(set)
    for gloss in found:
        char = gloss.char
        if 2 * always[char] > count[char] and read_as(gloss.reading)[char] == 0 and _is_everyday(gloss):
            words[char].add(gloss)
    return words


def _is_everyday(gloss: Gloss) -> bool:
    """Whether a character of daily use stands in a word of daily use."""
    if price("", counted(gloss.char)) > EVERYDAY:
        return False
    return any(_together(*pair) for pair in ((gloss.before, gloss.char), (gloss.char, gloss.after)))


def _together(first: str, second: str) -> bool:
    """Whether two characters side by side are a word or part of one."""
    if not (CHINESE.match(first) and CHINESE.match(second)):
        return False
    second = counted(second)
    return price("", second) - price(counted(first), second) >= TOGETHER


def _is_proof(words: dict[str, set[Gloss]], found: Counter[Gloss], chinese: int) -> bool:
    """Whether so many needless readings cannot be an author's in a text of this length."""
    traditional = words.keys() & gbk.simplified().keys()
    if chinese <= SHORT and traditional:
        return len(traditional) >= TRADITIONAL or len(words) == len({gloss.char for gloss in found})
    if found.total() < SPARSE * chinese:
        return False
    repeated = sum(len(several) > 1 for several in words.values())
    return len(traditional) >= TRADITIONAL or (len(words) >= SIMPLIFIED and repeated >= REPEATED)
