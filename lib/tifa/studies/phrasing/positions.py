"""Where given phrases stand, and how often."""

from collections.abc import Mapping

import ahocorasick_rs
import numpy as np
import pandas as pd

from tifa.studies.phrasing.grouping import articles, days, groups
from tifa.studies.phrasing.matter import IGNORED, Matter
from tifa.tables import columns


def positions(
    phrases: pd.Series, documents: pd.DataFrame, by: str | Mapping = "city", *, ignored: str = IGNORED
) -> pd.DataFrame:
    """Where phrases stand.

    Parameters
    ----------
    phrases : Series, list of str or str
        Phrases; marks of ``ignored`` in them do not count.
    documents : DataFrame
        Table ``documents``; all of them are searched, copies too.
    by : str or mapping
        What makes the groups, as for :func:`shared`.
    ignored : str
        Marks left out before comparing.

    Returns
    -------
    DataFrame
        Table ``positions``: a row per occurrence, phrases in the order given, documents in order of publication.
        Occurrences of one phrase may overlap.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": ["a"], "city": None, "published": pd.NaT, "body": ["实现“社会面清零”目标"]})
    >>> positions(["社会面清零"], documents)[["start", "end", "written"]].to_dict("split")["data"]
    [[3, 8, '社会面清零']]
    """
    documents = articles(documents, copies=True)
    matter = Matter(documents, ignored)
    wanted = _wanted(phrases, ignored)
    number, start, end = _searched(matter, wanted)
    return standing([wanted[i] for i in number], documents, matter, start, end, by)


def standing(phrases: list[str], documents: pd.DataFrame, matter: Matter, start, end, by: str | Mapping = "city"):
    """Table ``phrase_positions`` of occurrences that were found in ``matter``, one phrase each."""
    doc = matter.doc[start]
    first, last = matter.spans(start, end)
    return columns(
        "phrase_positions",
        {
            "phrase": phrases,
            "doc": documents["doc"].to_numpy()[doc],
            "city": groups(documents, by).to_numpy()[doc],
            "date": days(documents).to_numpy()[doc],
            "start": first,
            "end": last,
            "written": [matter.written(a, b) for a, b in zip(start.tolist(), end.tolist(), strict=True)],
        },
    )


def _wanted(phrases, ignored):
    """The phrases without marks, each once; a string is one phrase."""
    each = [phrases] if isinstance(phrases, str) else phrases
    return list(dict.fromkeys(bare(phrase, ignored) for phrase in each))


def bare(phrase: str, ignored: str = IGNORED) -> str:
    """A phrase without the marks that matching ignores."""
    return phrase.translate(dict.fromkeys(map(ord, ignored)))


def _searched(matter, wanted):
    """Number of the phrase, first place and end of each occurrence, by phrase and place."""
    finder = ahocorasick_rs.AhoCorasick([phrase for phrase in wanted if phrase])
    hits = finder.find_matches_as_indexes(matter.text, overlapping=True)
    numbers = np.flatnonzero([bool(phrase) for phrase in wanted])
    hits = np.array(hits, dtype=np.int64).reshape(-1, 3)
    hits = hits[np.lexsort((hits[:, 1], hits[:, 0]))]
    return numbers[hits[:, 0]], hits[:, 1], hits[:, 2]


def occurrences(
    phrases: pd.Series, documents: pd.DataFrame, by: str | Mapping = "city", *, ignored: str = IGNORED
) -> pd.DataFrame:
    """How often each phrase stands in each document.

    Parameters
    ----------
    phrases : Series, list of str or str
        Phrases as :func:`shared` gives them.
    documents : DataFrame
        Table ``documents``.
    by : str or mapping
        What makes the groups, as for :func:`shared`.
    ignored : str
        Marks left out before comparing.

    Returns
    -------
    DataFrame
        Table ``occurrences``: a row for every phrase and every document, 0 where it has none; phrases in the order
        given, documents in order of publication.
    """
    documents = articles(documents, copies=True)
    at = positions(phrases, documents, by, ignored=ignored)
    wanted = _wanted(phrases, ignored)
    every = pd.MultiIndex.from_product([wanted, documents["doc"]], names=["phrase", "doc"])
    counts = at.groupby(["phrase", "doc"]).size().reindex(every, fill_value=0)
    repeats = len(wanted)
    return columns(
        "occurrences",
        {
            "phrase": every.get_level_values("phrase"),
            "doc": every.get_level_values("doc"),
            "city": np.tile(groups(documents, by).to_numpy(), repeats),
            "date": np.tile(days(documents).to_numpy(), repeats),
            "count": counts.to_numpy(),
        },
    )
