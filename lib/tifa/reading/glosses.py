"""Readings that stand behind characters of a page: whether a mirror put them there, or an author to help readers.

A mirror has one table for the whole page: each of its characters has one reading and is given it wherever it stands,
in the most everyday words. An author explains names and hard characters, the less usual of several readings, and each
once. What could be either is left as it is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import rjieba

from tifa.reading import gbk
from tifa.reading.damage import SPELT
from tifa.reading.evidence import INSERTION, is_spaced, n_chinese
from tifa.reading.likelihood import price
from tifa.reading.options import counted
from tifa.reading.readings import key, read_as, toneless

_TORN = re.compile(rf"\?(?<=[\u4e00-\u9fff)].)({SPELT})\)")
_SENTENCE_ENDS = re.compile("[\n。]")  # the tagger looks no further than these
_SPACED = re.compile(rf"[\u4e00-\u9fff]\({SPELT}(?:\) |(?<= )\))[\u4e00-\u9fff]")
_NAMES = ("nr", "ns", "nt", "nz")  # the tagger's signs of names

PRIMER_SHARE = 0.8  # of a text's characters with a reading: more than any mirror's table covers
SHORT = 120  # Chinese characters of a text that may be no more than a sentence or two of a mirror's
REPORT, SEVERAL = 400, 3  # characters of a short report, and how many traditional ones with needless readings it needs
SPARSE = 0.01  # share of a longer text's characters with a reading: a mirror's table covers more
EVERYDAY = 40  # price, as of likelihood.py, up to which every reader knows a character
WORDS = 2  # different words with needless readings that make a mirror of a traditional text
SIMPLIFIED = 3  # different characters with them that make one of a simplified text, and
REPEATED = 2  # how many of these must have their reading in several words
MANY = 6  # different characters with needless readings, whether or not one of them has its reading twice
SPACED = 5  # everyday characters with a reading and a space behind it, which is how a machine puts them
LOOKED_AT = 20_000  # characters of a page that are looked at for words


class Glosses(NamedTuple):
    """The readings of a page: how often each character is followed by one of its own, and every one that is given."""

    marked: Counter[str]
    readings: dict[str, set[str]]


def glosses(text: str) -> Glosses:
    """The readings behind characters; an author's can be of a dialect or of old, which no mirror knows.

    Examples
    --------
    >>> glosses("市委書(shū)記,王(editor)")
    Glosses(marked=Counter({'書': 1}), readings={'書': {'shū'}})
    """
    marked, readings = Counter(), {}
    for (char, reading, _), n in Counter(INSERTION.findall(text)).items():
        chars = read_as(reading)
        if chars:
            readings.setdefault(char, set()).add(key(reading))
        if char in chars:
            marked[char] += n
    return Glosses(marked, readings)


def is_primer(text: str, marked: Counter[str]) -> bool:
    """Whether the text teaches reading: nearly every character has its reading, simple ones too."""
    if len(marked) < 2 or marked.keys() <= gbk.simplified().keys():
        return False
    lines = [line for line in text.split("\n") if INSERTION.search(line)]
    return marked.total() >= PRIMER_SHARE * sum(map(n_chinese, lines))


def is_mirror(text: str, found: Glosses) -> bool:
    """Whether readings in the text are a mirror's and not an author's help.

    A mirror tears characters in annotating others. Where nothing is torn, no character may have two readings, and
    as many must have a reading without need as are hard to read.
    """
    if any(read_as(match[1]) for match in _TORN.finditer(text)):
        return True
    if not found.marked or any(len(several) > 1 for several in found.readings.values()):
        return False
    known = _known(text, found)
    if len(known.easy) >= max(SPACED, known.hard) and is_spaced(text):
        return True
    return any(_tells(known, words) for words in words_with_readings(text))


class _Known(NamedTuple):
    """What is known of a text before its words are: which of its characters have a reading, and how hard they are."""

    text: str
    chinese: int
    marked: Counter[str]
    easy: set[str]
    hard: int
    toneless: bool


def _known(text: str, found: Glosses) -> _Known:
    easy = _easy(text, found)
    without = all(reading == toneless(reading) for several in found.readings.values() for reading in several)
    return _Known(text, n_chinese(text), found.marked, easy, len(found.readings) - len(easy), without)


def _tells(known: _Known, words: dict[str, set[str]]) -> bool:
    """Whether the words in which characters have readings show a mirror; more words never show less."""
    needless = {char: words[char] for char in known.easy & words.keys() if any(len(word) > 1 for word in words[char])}
    if len(needless) < known.hard:
        return False
    if known.toneless and len(needless) >= max(MANY, 2 * known.hard):  # who helps readers gives the tones
        return True
    if known.chinese <= SHORT:
        return _is_mirrors_sentence(known, needless)
    if known.chinese <= REPORT and not known.hard and len(needless.keys() & gbk.simplified().keys()) >= SEVERAL:
        return True
    return known.marked.total() >= SPARSE * known.chinese and _is_mirrors_page(known.marked, needless)


def _easy(text: str, found: Glosses) -> set[str]:
    """The characters that every reader knows and reads so, and that seldom stand without their reading."""
    always = ((char, *found.readings[char]) for char, n in found.marked.items() if 2 * n > text.count(char))
    first = (char for char, reading in always if read_as(reading)[char] == 0)
    return {char for char in first if price("", counted(char)) <= EVERYDAY}


def words_with_readings(text: str) -> Iterator[dict[str, set[str]]]:
    """The words in which each character has a reading, simplified: no names, and none that has only readings.

    Yields
    ------
    dict of set of str
        What is known after one more sentence with readings: the first few mostly tell enough.

    Examples
    --------
    >>> [dict(words) for words in words_with_readings("召開(kāi)了會(huì)議")]
    [{'開': {'召开'}, '會': {'会议'}}]
    """
    found = defaultdict(set)
    for sentence in _SENTENCE_ENDS.split(text[:LOOKED_AT]):
        plain, places = _without_readings(sentence)
        if places:
            _note_words(plain, places, found)
            yield found


def _note_words(plain: str, places: set[int], found: dict[str, set[str]]) -> None:
    end = 0
    for word, tag in rjieba.tag(plain.translate(_simpler()), True):
        start, end = end, end + len(word)
        here = [n for n in range(start, end) if n in places]
        if here and not tag.startswith(_NAMES) and len(here) < max(len(word), 2):
            for n in here:
                found[plain[n]].add(word)


def _without_readings(text: str) -> tuple[str, set[int]]:
    """The text without its readings, and the places in it where they stood."""
    parts, places, done, length = [], set(), 0, 0
    for match in INSERTION.finditer(text):
        parts.append(text[done : match.end("char")])
        length += len(parts[-1])
        places.add(length - 1)
        done = match.end()
    return "".join([*parts, text[done:]]), places


@cache
def _simpler() -> dict[int, str]:
    return str.maketrans(gbk.simplified())


def _is_mirrors_sentence(known: _Known, needless: dict[str, set[str]]) -> bool:
    """Whether a short text with nothing torn is a mirror's: it is traditional, and spaced by a machine or all easy."""
    if not known.easy & gbk.simplified().keys():
        return False
    if _SPACED.search(known.text) and (needless or not known.hard):
        return True
    traditional = needless.keys() & gbk.simplified().keys()
    return _is_many(needless, traditional) or (bool(traditional) and not known.hard)


def _is_mirrors_page(marked: Counter[str], needless: dict[str, set[str]]) -> bool:
    """Whether a longer text with nothing torn is a mirror's: it has needless readings in many words, and again."""
    again = any(marked[char] > 1 for char in needless) or len(needless) >= MANY
    if again and _is_many(needless, needless.keys() & gbk.simplified().keys()):
        return True
    return len(needless) >= SIMPLIFIED and sum(len(words) > 1 for words in needless.values()) >= REPEATED


def _is_many(needless: dict[str, set[str]], chars: set[str]) -> bool:
    """Whether these characters have needless readings in words enough."""
    return len({word for char in chars for word in needless[char] if len(word) > 1}) >= WORDS
