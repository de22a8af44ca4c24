"""Phrases that groups of documents have in common, word for word."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.studies.phrasing.grouping import at_least, days, grouped
from tifa.studies.phrasing.matter import IGNORED, Matter
from tifa.studies.phrasing.maximal import shared_strings
from tifa.studies.phrasing.repeats import Intervals, Rows, chunks, expanded, sorted_rows
from tifa.studies.phrasing.trim import trimmed
from tifa.tables import columns


def shared(
    documents: pd.DataFrame,
    by: str | Mapping = "city",
    min_chars: int = 6,
    trim: bool = True,
    *,
    ignored: str = IGNORED,
    copies: bool = False,
) -> pd.DataFrame:
    """Phrases that documents of different groups have in common, word for word.

    Two documents share a string where the same characters stand in a clause of each, as far as they agree to the left
    and to the right. Every such string is found, whatever longer ones it is part of.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``.
    by : str or mapping
        What makes the groups: a column, ``"month"`` or ``"year"`` of publication, or a mapping from ``doc``. Documents
        without a group are left out.
    min_chars : int
        Shortest phrase.
    trim : bool
        Cut each string back to whole words, and to an end that does not lean on what was cut off: 要充分发挥主, shared
        by 要充分发挥主体作用 and 要充分发挥主心骨作用, becomes 要充分发挥. Without it: the exact list.
    ignored : str
        Marks left out before comparing; every other mark ends a clause. With ``""`` all do: 党员、干部 and 党员干部
        are not the same then.
    copies : bool
        Count all copies of an article, not only the earliest.

    Returns
    -------
    DataFrame
        Table ``shared`` and a column of counts per group, groups in order of name; longest phrases first.

    Raises
    ------
    ValueError
        If ``documents`` has no column ``by``, or ``min_chars`` is below 2.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": ["a", "b"], "city": ["上海市", "泉州市"], "published": pd.NaT,
    ...     "body": ["要朝着社会面清零目标攻坚", "尽快实现“社会面清零”目标"]})
    >>> shared(documents)[["phrase", "n_chars", "n_cities", "上海市", "泉州市"]].to_dict("split")["data"]
    [['社会面清零目标', 7, 2, 1, 1]]
    """
    found = find_shared(documents, by, min_chars, trim, ignored=ignored, copies=copies)
    return _summary(found)


class Found(NamedTuple):
    """Shared strings and what they were found in.

    Attributes
    ----------
    documents : DataFrame
        The documents compared, in order of publication.
    names : list
        Groups in order of name.
    group : ndarray of int
        For each document its place in ``names``.
    """

    documents: pd.DataFrame
    names: list
    group: np.ndarray
    matter: Matter
    rows: Rows
    strings: Intervals

    def phrases(self) -> list[str]:
        text, starts = self.matter.text, self.rows.place[self.strings.first]
        return [text[a : a + n] for a, n in zip(starts.tolist(), self.strings.size.tolist(), strict=True)]


def find_shared(documents, by, min_chars, trim, *, ignored=IGNORED, copies=False) -> Found:
    """The strings that :func:`shared` lists, longest first, as intervals."""
    at_least(2, min_chars=min_chars)
    documents, names, group = grouped(documents, by, copies)
    matter = Matter(documents, ignored)
    rows = sorted_rows(matter, group, min_chars)
    strings = shared_strings(matter, rows, group)
    if trim:
        strings = trimmed(matter, rows, strings, min_chars)
    order = np.lexsort((strings.first, -strings.size))
    return Found(documents, names, group, matter, rows, strings.take(order))


def _summary(found):
    """One row per phrase: documents and groups that have it, where it comes first, how often each group has it."""
    counted = list(in_groups(found))
    firsts, counts, holders = (np.concatenate(part) for part in list(zip(*counted, strict=True))[2:])
    n_groups = (counts > 0).sum(axis=1)
    first_doc = found.matter.doc[firsts]
    result = columns(
        "shared",
        {
            "phrase": found.phrases(),
            "n_chars": found.strings.size,
            "n_docs": holders.sum(axis=1),
            "n_cities": n_groups,
            "first_day": days(found.documents).to_numpy()[first_doc],
            "first_doc": found.documents["doc"].to_numpy()[first_doc],
            "written": _written(found, firsts),
            "stable": (n_groups > 2) | (holders != 1).all(axis=1),
        },
    )
    per_group = {name: pd.array(counts[:, i], dtype="Int64") for i, name in enumerate(found.names)}
    return pd.concat([result, pd.DataFrame(per_group)], axis=1)


def in_groups(found: Found) -> Iterator[tuple]:
    """Counts of the strings, some strings at a time.

    Yields
    ------
    string, row : ndarray
        Number of the string in this run, and row, of the first occurrence in each document.
    first : ndarray
        First place of each string.
    counts, holders : ndarray, strings by groups
        Occurrences, and documents that have any.
    """
    n_groups = len(found.names)
    empty, none = np.zeros(0, dtype=np.int64), np.zeros((0, n_groups), dtype=np.int64)
    yield empty, empty, empty, none, none
    doc = found.matter.doc[found.rows.place]
    own, before = found.group[doc], _row_before(doc)
    for low, high in chunks(found.strings):
        strings = found.strings.take(slice(low, high))
        string, row = expanded(strings)
        new = before[row] < strings.first[string]
        cell, shape = string * n_groups + own[row], (high - low, n_groups)
        starts = np.searchsorted(string, np.arange(high - low))
        yield (
            string[new],
            row[new],
            np.minimum.reduceat(found.rows.place[row], starts),
            np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape),
            np.bincount(cell[new], minlength=shape[0] * shape[1]).reshape(shape),
        )


def _row_before(doc):
    """For each row the last one before it of the same document, -1 for none."""
    order = np.argsort(doc, kind="stable")
    before = np.full(len(doc), -1, dtype=np.int64)
    before[order[1:]] = np.where(doc[order[1:]] == doc[order[:-1]], order[:-1], -1)
    return before


def _written(found, firsts):
    ends = firsts + found.strings.size
    return [found.matter.written(a, b) for a, b in zip(firsts.tolist(), ends.tolist(), strict=True)]


def leave_one_out(
    documents: pd.DataFrame,
    by: str | Mapping = "city",
    min_chars: int = 6,
    trim: bool = True,
    *,
    ignored: str = IGNORED,
    copies: bool = False,
) -> pd.DataFrame:
    """How many of the shared phrases are left when each document is left out.

    Parameters
    ----------
    documents, by, min_chars, trim, ignored, copies
        As for :func:`tifa.phrases.shared`.

    Returns
    -------
    DataFrame
        Table ``leave_one_out``: a row per document in order of publication. A phrase is lost when fewer than two groups
        still have it.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": list("abc"), "city": ["甲市", "甲市", "乙市"], "published": pd.NaT,
    ...     "body": ["实现社会面清零"] * 3})
    >>> leave_one_out(documents)[["doc", "n_phrases", "n_lost"]].to_dict("split")["data"]
    [['a', 1, 0], ['b', 1, 0], ['c', 1, 1]]
    """
    found = find_shared(documents, by, min_chars, trim, ignored=ignored, copies=copies)
    lost = sum(_lost(found, string, row, holders) for string, row, _, _, holders in in_groups(found))
    return columns(
        "leave_one_out",
        {
            "doc": found.documents["doc"],
            "city": [found.names[i] for i in found.group],
            "n_phrases": np.full(len(lost), len(found.strings.size)),
            "n_lost": lost,
        },
    )


def _lost(found, string, row, holders):
    """For each document the strings of a run that two groups share only thanks to it."""
    doc = found.matter.doc[found.rows.place[row]]
    two = (holders > 0).sum(axis=1) == 2
    alone = holders[string, found.group[doc]] == 1
    return np.bincount(doc[two[string] & alone], minlength=len(found.documents))
