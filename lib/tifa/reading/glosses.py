"""Readings that stand behind characters of a page: whether a mirror put them there, or an author to help readers.

A mirror has one table for the whole page: each of its characters has one reading and is given it wherever it stands,
in the most everyday words. An author explains names and hard characters, the less usual of several readings, and each
once. What could be either is left as it is.
"""

import re
from collections import Counter, defaultdict
from typing import NamedTuple

import rjieba

from tifa.reading import gbk
from tifa.reading.damage import SPELT
from tifa.reading.evidence import CHINESE, INSERTION
from tifa.reading.likelihood import price
from tifa.reading.options import counted
from tifa.reading.readings import key, read_as

_TORN = re.compile(rf"[\u4e00-\u9fff)]\?({SPELT})\)")
_MACHINE = re.compile(
    rf"[\u4e00-\u9fff]\({SPELT}\) [\u4e00-\u9fff]|(?<= )\)[\u4e00-\u9fff]"
)

PRIMER_SHARE = 0.8  # of a text's characters with a reading: more than any mirror's table covers
SHORT = 120  # Chinese characters of a text that may be no more than a sentence or two of a mirror's
SPARSE = 0.01  # share of a longer text's characters with a reading: a mirror's table covers more
TRADITIONAL, SIMPLIFIED = 2, 3  # different characters with needless readings that make a mirror of such a text
REPEATED = 2  # of those, how many must have their reading in several words of a simplified text
EVERYDAY = 40  # price, as of likelihood.py, up to which every reader knows a character
LOOKED_AT = 20_000  # characters of a page that are looked at for words


class Glosses(NamedTuple):
    """The readings of a page: how often each character is followed by one of its own, and which ones these are."""

    marked: Counter[str]
    readings: dict[str, set[str]]


def glosses(text: str) -> Glosses:
    """The characters that are followed by a reading of their own.

    Examples
    --------
    >>> glosses("市委書(shū)記,王(editor)").readings
    {'書': {'shū'}}
    """
    marked, readings = Counter(), {}
    for (char, reading, _), n in Counter(INSERTION.findall(text)).items():
        if char in read_as(reading):
            marked[char] += n
            readings.setdefault(char, set()).add(key(reading))
    return Glosses(marked, readings)


def is_primer(text: str, marked: Counter[str]) -> bool:
    """Whether the text teaches reading: nearly every character has its reading, simple ones too."""
    lines = [line for line in text.split("\n") if INSERTION.search(line)]
    chinese = sum(len(CHINESE.findall(line)) for line in lines)
    return (
        len(marked) > 1
        and sum(marked.values()) >= PRIMER_SHARE * chinese
        and any(char not in gbk.simplified() for char in marked)
    )


def is_mirror(text: str, found: Glosses) -> bool:
    """Whether readings in the text are a mirror's and not an author's help.

    A mirror tears characters in annotating others. Where nothing is torn, no character may have two readings, and
    more must have a reading without need than are hard to read.
    """
    if any(read_as(match[1]) for match in _TORN.finditer(text)):
        return True
    if not found.marked or any(len(several) > 1 for several in found.readings.values()):
        return False
    count, words = Counter(text), words_with_readings(text)
    easy = {char for char in found.marked if _is_easy(char, found, count)}
    needless = {char for char in easy if any(len(word) > 1 for word in words[char])}
    if len(needless) < len(found.marked) - len(easy):
        return False
    if len(CHINESE.findall(text)) <= SHORT:
        return _is_mirrors_sentence(text, easy, needless, found)
    return _is_mirrors_page(text, needless, words, found)


def _is_easy(char: str, found: Glosses, count: Counter[str]) -> bool:
    """Whether every reader knows the character, this is how it is mostly read, and it seldom stands without."""
    (reading,) = found.readings[char]
    known = price("", counted(char)) <= EVERYDAY and read_as(reading)[char] == 0
    return known and 2 * found.marked[char] > count[char]


def words_with_readings(text: str) -> dict[str, set[str]]:
    """The words, names left aside, in which each character has a reading; simplified.

    Examples
    --------
    >>> dict(words_with_readings("召開(kāi)了會(huì)議"))
    {'開': {'召开'}, '會': {'会议'}}
    """
    found = defaultdict(set)
    text = text[:LOOKED_AT]
    plain, places = [], {}
    done = length = 0
    for match in INSERTION.finditer(text):
        plain.append(text[done : match.start() + 1])
        length += len(plain[-1])
        places[length - 1] = match["char"]
        done = match.end()
    plain.append(text[done:])
    at = 0
    for word, tag in rjieba.tag("".join(counted_text("".join(plain))), True):
        for n in range(at, at + len(word)):
            if n in places and not tag.startswith(NAMES) and not (len(word) > 1 and all(m in places for m in range(at, at + len(word)))):
                found[places[n]].add(word)
        at += len(word)
    return found


def counted_text(text):
    return text.translate(str.maketrans(gbk.simplified()))


NAMES = ("nr", "ns", "nt", "nz")


def _is_mirrors_sentence(text, easy, needless, found) -> bool:
    """Whether a short text, without anything torn, is a mirror's."""
    if not gbk.simplified().keys() & easy:
        return False
    if _MACHINE.search(text):
        return len(easy) == len(found.marked) or bool(needless)
    traditional = gbk.simplified().keys() & needless
    return len(traditional) >= TRADITIONAL or (bool(traditional) and len(easy) == len(found.marked))


def _is_mirrors_page(text, needless, words, found) -> bool:
    """Whether a longer text, without anything torn, is a mirror's."""
    if found.marked.total() < SPARSE * len(CHINESE.findall(text)):
        return False
    traditional = gbk.simplified().keys() & needless
    repeated = sum(len(words[char]) > 1 for char in needless)
    return len(traditional) >= TRADITIONAL or (len(needless) >= SIMPLIFIED and repeated >= REPEATED)
