"""Two wordings word by word: what is the same, and what one has and the other has not."""

from difflib import SequenceMatcher
from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.marking import words

# A set phrase is cut too: what differs may lie inside.
_NO_PHRASES = words.Phrasebook([])
_SHORTEST_EDGE = 2


class Part(NamedTuple):
    """A stretch of two aligned texts: equal where ``same``, else what stands in one for what stands in the other."""

    same: bool
    left: str
    right: str


def cut(texts: list[str]) -> list[list[str]]:
    """Each text as words and the marks between them, nothing left out.

    Examples
    --------
    >>> cut(["坚定信心,压实“四方责任”"])
    [['坚定', '信心', ',', '压实', '“', '四方', '责任', '”']]
    """
    return _split(_words(texts))


def _words(texts):
    if not any(texts):
        return [[] for _ in texts]
    frame = pd.DataFrame({"doc": "", "sentence": np.arange(len(texts)), "text": texts, "start": 0})
    found = words.tokens(frame, phrases=_NO_PHRASES)
    bounds = np.searchsorted(found["sentence"].to_numpy(np.int64), np.arange(len(texts) + 1))
    starts, ends = found["start"].tolist(), found["end"].tolist()
    return [_with_marks(text, starts[a:b], ends[a:b]) for text, a, b in zip(texts, bounds, bounds[1:], strict=False)]


def _with_marks(text, starts, ends):
    pieces, done = [], 0
    for start, end in zip(starts, ends, strict=True):
        pieces += [*text[done:start], text[start:end]]
        done = end
    return [*pieces, *text[done:]]


def _split(pieces):
    """Long words of the dictionary that are made of short ones, in two or three: 坚决贯彻落实."""
    long = {word for row in pieces for word in row if len(word) in (4, 6)}
    halves = sorted({half for word in long for half in _halves(word)})
    whole = {half for half, cut_ in zip(halves, _words(halves), strict=True) if len(cut_) == 1}
    parts = {word: _halves(word) for word in long if whole.issuperset(_halves(word))}
    return [[part for word in row for part in parts.get(word, [word])] for row in pieces]


def _halves(word):
    return [word[i : i + 2] for i in range(0, len(word), 2)]


def align(left: list[str], right: list[str], ignored: str = "") -> list[Part]:
    """Align two texts that are cut into words.

    Parameters
    ----------
    left, right : list of str
        Words and marks.
    ignored : str
        Characters that make no difference.

    Returns
    -------
    list of Part
        Their ``left`` sides add up to the left text, their ``right`` sides to the right one.

    Examples
    --------
    >>> [tuple(part) for part in align(["要", "坚决", "贯彻"], ["要", "深入", "贯彻", "落实"])]
    [(True, '要', '要'), (False, '坚决', '深入'), (True, '贯彻', '贯彻'), (False, '', '落实')]
    """
    none = dict.fromkeys(map(ord, ignored))
    bare = [word.translate(none) for word in left], [word.translate(none) for word in right]
    parts = []
    for name, a, b, c, d in SequenceMatcher(None, *bare, autojunk=False).get_opcodes():
        part = Part(name == "equal", "".join(left[a:b]), "".join(right[c:d]))
        if part.same or part.left.translate(none) == part.right.translate(none):
            parts.append(part._replace(same=True))
        else:
            parts += _without_edges(part.left, part.right)
    return parts


def _without_edges(left, right):
    """A difference without what both sides begin and end with: 贯彻 → 贯彻落实 adds 落实."""
    start = _agreement(left, right)
    end = _agreement(left[start:][::-1], right[start:][::-1])
    yield from [Part(True, left[:start], right[:start])] if start else []
    yield Part(False, left[start : len(left) - end], right[start : len(right) - end])
    yield from [Part(True, left[len(left) - end :], right[len(right) - end :])] if end else []


def _agreement(left, right):
    """Characters with which both begin; 0 where they are too few to be a word."""
    size = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return size if size >= _SHORTEST_EDGE else 0
