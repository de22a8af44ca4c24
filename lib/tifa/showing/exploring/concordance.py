"""Answers to a search: one index of all sentences, then the study on those that can match."""

import re
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.marking.phrasebook import INSIDE
from tifa.studies.concordance import concordance
from tifa.studies.copies import once
from tifa.tables import table

SORTS = ("text", "left", "right", "day", "city")
KINDS = ("phrase", "regex")


class Search(NamedTuple):
    """What is looked for: a phrase or regular expression, in which city, from which day to which."""

    query: str
    kind: str = "phrase"
    city: str | None = None
    first: date | None = None
    last: date | None = None
    sort: str = "text"


class Index:
    """Sentences of a corpus, every article once, as one text without the marks that phrases may hold.

    Parameters
    ----------
    documents, sentences : DataFrame
        The tables of these names.
    """

    def __init__(self, documents: pd.DataFrame, sentences: pd.DataFrame):
        self.documents = once(documents)
        self.sentences = sentences[sentences["doc"].isin(self.documents["doc"])].reset_index(drop=True)
        self.texts = self.sentences["text"].tolist()
        bare = [text.translate(INSIDE) for text in self.texts]
        self._joined = "\n".join([*bare, ""])
        self._starts = np.cumsum([0, *(len(text) + 1 for text in bare[:-1])])
        self._doc = pd.Index(self.documents["doc"]).get_indexer(self.sentences["doc"])

    def holding(self, search: Search) -> np.ndarray:
        """Places of the sentences that match.

        Raises
        ------
        ValueError
            If there is nothing to look for, or no regular expression.
        """
        if search.kind == "regex":
            found = _pattern(search.query).search
            return np.array([i for i, text in enumerate(self.texts) if found(text)], dtype=np.int64)
        bare = search.query.translate(INSIDE)
        if not bare.strip():
            raise ValueError("Type a phrase to look for.")
        hits = [match.start() for match in re.finditer(re.escape(bare), self._joined)]
        return np.unique(np.searchsorted(self._starts, hits, side="right") - 1)

    def within(self, documents: pd.DataFrame, places: np.ndarray) -> np.ndarray:
        """Those of the places that lie in some documents."""
        kept = self.documents.index.isin(documents.index)
        return places[kept[self._doc[places]]]


def _pattern(query: str) -> re.Pattern:
    if not query:
        raise ValueError("Type a regular expression to look for.")
    try:
        return re.compile(query)
    except re.error as error:
        raise ValueError(f"“{query}” is no regular expression: {error}.") from error


def chosen(documents: pd.DataFrame, city: str | None, first: date | None, last: date | None) -> pd.DataFrame:
    """Documents of a city and between two days; those without a day only where no day is asked for.

    Examples
    --------
    >>> days = pd.to_datetime(["2022-04-18 21:10", None]).tz_localize("Asia/Shanghai")
    >>> documents = pd.DataFrame({"doc": ["a", "b"], "city": "上海市", "published": days})
    >>> chosen(documents, "上海市", date(2022, 4, 1), date(2022, 4, 18))["doc"].tolist()
    ['a']
    """
    kept = documents if city is None else documents[documents["city"] == city]
    day = kept["published"].dt.tz_localize(None).dt.normalize()
    if first is not None:
        kept, day = kept[day >= pd.Timestamp(first)], day[day >= pd.Timestamp(first)]
    return kept if last is None else kept[day <= pd.Timestamp(last)]


def answer(index: Index, search: Search) -> pd.DataFrame:
    """Every occurrence in its context.

    Parameters
    ----------
    index : Index
    search : Search

    Returns
    -------
    DataFrame
        Table ``concordance``.

    Raises
    ------
    ValueError
        If there is nothing to look for, or no regular expression.

    Examples
    --------
    >>> documents = table("documents", [{"doc": "a", "body": "落实“四方责任”。"}])
    >>> sentences = table("sentences", [{"doc": "a", "sentence": 0, "text": "落实“四方责任”。", "start": 0}])
    >>> answer(Index(documents, sentences), Search("四方责任"))[["left", "match", "right"]].values.tolist()
    [['落实“', '四方责任', '”。']]
    """
    documents = chosen(index.documents, search.city, search.first, search.last)
    places = index.within(documents, index.holding(search))
    if not len(places):
        return table("concordance", [])
    return concordance(index.sentences.iloc[places], documents, search.query, search.kind, sort=search.sort)
