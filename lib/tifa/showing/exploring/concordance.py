"""Answers to a search: one index of all sentences; rows are only made where they are looked at.

The rows are those of :func:`tifa.terms.concordance`, which tests hold them against.
"""

import re
from datetime import date
from heapq import nsmallest
from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.marking.phrasebook import INSIDE, closing_mark, kept_places
from tifa.studies.concordance import pattern_spans
from tifa.studies.copies import once
from tifa.tables import columns

SORTS = ("text", "left", "right", "day", "city")
KINDS = ("phrase", "regex")
WIDTH = 20  # characters of context on either side
NONE = np.zeros(0, dtype=np.int64)


class Search(NamedTuple):
    """What is looked for: a phrase or regular expression, in which city, from which day to which, in which order."""

    query: str
    kind: str = "phrase"
    city: str | None = None
    first: date | None = None
    last: date | None = None
    sort: str = "text"


class Hits(NamedTuple):
    """Occurrences: the sentence of each, where it begins and ends in its document's body."""

    sentence: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def take(self, places) -> "Hits":
        return Hits(*(values[places] for values in self))


class Index:
    """Sentences of a corpus, every article once, as one text with and without the marks that phrases may hold.

    Parameters
    ----------
    documents, sentences : DataFrame
        The tables of these names.
    """

    def __init__(self, documents: pd.DataFrame, sentences: pd.DataFrame):
        self.documents = once(documents).reset_index(drop=True)
        doc = pd.Index(self.documents["doc"]).get_indexer(sentences["doc"])
        order = np.argsort(doc, kind="stable")[np.count_nonzero(doc < 0) :]
        self.doc, self.sentences = doc[order], sentences.iloc[order].reset_index(drop=True)
        self.texts, self.bodies = self.sentences["text"].tolist(), self.documents["body"].tolist()
        self._joined = "\n".join([*self.texts, ""])
        self._bare, self._kept = self._joined.translate(INSIDE), kept_places(self._joined)
        self._starts = np.cumsum([0, *(len(text) + 1 for text in self.texts[:-1])])
        self._in_body = self.sentences["start"].to_numpy(dtype=np.int64)
        self.day = self.documents["published"].dt.tz_localize(None).dt.normalize()
        self._ranks = {"day": _ranks(self.day), "city": _ranks(self.documents["city"], self.day)}

    def phrase(self, query: str) -> Hits:
        """Where a phrase stands, whatever marks stand inside.

        Raises
        ------
        ValueError
            If there is nothing to look for.
        """
        bare = query.translate(INSIDE)
        if not bare.strip():
            raise ValueError("type a phrase to look for")
        found = np.array([match.start() for match in re.finditer(re.escape(bare), self._bare)], dtype=np.int64)
        if not len(found):
            return Hits(NONE, NONE, NONE)
        start, end = self._kept[found], self._kept[found + len(bare) - 1] + 1
        for place in np.flatnonzero(end - start > len(bare)).tolist():
            end[place] += closing_mark(self._joined, start[place], end[place])
        sentence = np.searchsorted(self._starts, start, side="right") - 1
        shift = self._in_body[sentence] - self._starts[sentence]
        return Hits(sentence, start + shift, end + shift)

    def pattern(self, query: str) -> Hits:
        """Where a regular expression matches within a sentence.

        Raises
        ------
        ValueError
            If there is nothing to look for, no regular expression, or one that takes too long.
        """
        if not query:
            raise ValueError("type a regular expression to look for")
        spans = pattern_spans(query)
        rows = [
            (place, start, end) for place, text in enumerate(self.texts) for start, end in spans(text) if end > start
        ]
        sentence, start, end = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        return Hits(sentence, start + self._in_body[sentence], end + self._in_body[sentence])

    def within(self, hits: Hits, city: str | None, first: date | None, last: date | None) -> Hits:
        """Those in documents of a city and between two days; without a day only where no day is asked for."""
        kept = pd.Series(True, index=self.documents.index)
        if city is not None:
            kept &= self.documents["city"] == city
        if first is not None:
            kept &= self.day >= pd.Timestamp(first)
        if last is not None:
            kept &= self.day <= pd.Timestamp(last)
        return hits if kept.all() else hits.take(kept.to_numpy()[self.doc[hits.sentence]])

    def ordered(self, hits: Hits, sort: str, n: int | None = None) -> Hits:
        """The first ``n`` in an order, all where it is left out."""
        if sort in self._ranks:
            return hits.take(np.argsort(self._ranks[sort][self.doc[hits.sentence]], kind="stable")[:n])
        if sort == "text":
            return hits.take(slice(n))
        keys = [left[::-1] if sort == "left" else right for left, _, right in self._contexts(hits)]
        places = nsmallest(len(keys) if n is None else n, range(len(keys)), key=keys.__getitem__)
        return hits.take(np.array(places, dtype=np.int64))

    def rows(self, hits: Hits) -> pd.DataFrame:
        """Table ``concordance``."""
        contexts = list(self._contexts(hits))
        left, match, right = zip(*contexts, strict=True) if contexts else ((), (), ())
        doc, own = self.doc[hits.sentence], self.sentences.iloc[hits.sentence]
        return columns(
            "concordance",
            {
                "doc": own["doc"].array,
                "sentence": own["sentence"].array,
                "left": left,
                "match": match,
                "right": right,
                "start": hits.start,
                "end": hits.end,
                "source_line": own["source_line"].array,
                "date": self.day.iloc[doc].array,
                "city": self.documents["city"].iloc[doc].array,
            },
        )

    def _contexts(self, hits: Hits):
        docs = self.doc[hits.sentence].tolist()
        for doc, start, end in zip(docs, hits.start.tolist(), hits.end.tolist(), strict=True):
            body = self.bodies[doc]
            before, behind = body[max(start - WIDTH, 0) : start], body[end : end + WIDTH]
            yield before[before.rfind("\n") + 1 :], body[start:end], behind.partition("\n")[0]


def _ranks(*keys: pd.Series) -> np.ndarray:
    """A number per row in the order of the first key, then of the next; nulls come last."""
    ranks = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        codes = pd.factorize(key, sort=True)[0]
        ranks = ranks * (len(key) + 1) + np.where(codes < 0, len(key), codes)
    return ranks


def hits(index: Index, search: Search) -> Hits:
    """Every occurrence of what is looked for, in order of the text.

    Parameters
    ----------
    index : Index
    search : Search

    Returns
    -------
    Hits

    Raises
    ------
    ValueError
        If there is nothing to look for, or no regular expression.

    Examples
    --------
    >>> from tifa.tables import table
    >>> documents = table("documents", [{"doc": "a", "body": "落实“四方责任”。"}])
    >>> sentences = table("sentences", [{"doc": "a", "sentence": 0, "text": "落实“四方责任”。", "start": 0}])
    >>> index = Index(documents, sentences)
    >>> index.rows(hits(index, Search("四方责任")))[["left", "match", "right"]].values.tolist()
    [['落实“', '四方责任', '”。']]
    """
    found = index.pattern(search.query) if search.kind == "regex" else index.phrase(search.query)
    return index.within(found, search.city, search.first, search.last)
