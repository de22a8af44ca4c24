"""A matter cut into words: where words begin, and what part of speech begins there."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.marking import words
from tifa.studies.phrasing.matter import BORDER, Matter, code_points


class Words(NamedTuple):
    """Words of a matter, by place.

    Attributes
    ----------
    begins : ndarray of bool
        Whether a word begins at the place; true at every border.
    pause : ndarray of bool
        Whether 、 stands right before the place.
    pos : dict
        Part of speech of the word that begins at a place.
    """

    begins: np.ndarray
    pause: np.ndarray
    pos: dict[int, str]


def clauses(matter: Matter, places: np.ndarray | None = None) -> pd.DataFrame:
    """Clauses as a table ``sentences`` whose offsets count through all documents.

    Parameters
    ----------
    matter : Matter
    places : ndarray of int, optional
        Only the clauses in which these places lie.

    Examples
    --------
    >>> clauses(Matter(pd.DataFrame({"doc": ["a"], "body": ["压实责任,“三区”、管控"]})))["text"].tolist()
    ['压实责任', '三区”、管控']
    """
    borders = np.flatnonzero(matter.codes == BORDER)
    ends = np.arange(1, len(borders)) if places is None else np.unique(np.searchsorted(borders, places))
    starts, stops = matter.offset[borders[ends - 1] + 1], matter.offset[borders[ends] - 1] + 1
    texts = [matter.joined[a:b] for a, b in zip(starts.tolist(), stops.tolist(), strict=True)]
    return pd.DataFrame({"doc": "", "sentence": np.arange(len(starts)), "text": texts, "start": starts})


def words_of(matter: Matter) -> Words:
    """Every word; set phrases are cut too, because frames are made of their parts."""
    begins = matter.codes == BORDER
    pause = np.zeros(len(begins), dtype=bool)
    if not matter.docs:
        return Words(begins, pause, {})
    cut = words.tokens(clauses(matter), phrases=words.Phrasebook([]))
    first = np.searchsorted(matter.offset, cut["start"].to_numpy(np.int64))
    begins[first] = True
    pause = (code_points(matter.joined) == ord("、"))[matter.offset - 1]
    return Words(begins, pause, dict(zip(first.tolist(), cut["pos"].astype(object), strict=True)))


def kind_of(texts: list[str]) -> dict[str, str]:
    """For each text the part of speech of its last word.

    Examples
    --------
    >>> kind_of(["区", "好"])
    {'区': 'n', '好': 'a'}
    """
    different = sorted({text for text in texts if text})
    found = _cut(different)
    return dict.fromkeys(different, "") | dict(
        zip((different[i] for i in found["sentence"]), found["pos"].astype(object), strict=True)
    )


def is_word(texts: list[str]) -> dict[str, bool]:
    """For each text whether the dictionary has it as one word.

    Examples
    --------
    >>> is_word(["社区", "区社"])
    {'区社': False, '社区': True}
    """
    different = sorted({text for text in texts if text})
    counts = np.bincount(_cut(different)["sentence"].to_numpy(np.int64), minlength=len(different))
    return dict(zip(different, (counts == 1).tolist(), strict=True))


def _cut(texts):
    frame = pd.DataFrame(
        {"doc": "", "sentence": np.arange(len(texts)), "text": pd.Series(texts, dtype="str"), "start": 0}
    )
    return words.tokens(frame, phrases=words.Phrasebook([]))
