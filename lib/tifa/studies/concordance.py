"""Concordance: every occurrence in its context, with the sentence and the line of the page it stands on."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
import regex

from tifa.marking.phrasebook import Phrasebook
from tifa.studies.counts import counted, known_terms, overlapping
from tifa.tables import table

KINDS = ("phrase", "regex", "words")
# What a pattern may take for one sentence; those that try every division of it, as (a+)+$ does, would take for ever.
SECONDS = 1.0
SORTS = {
    "text": lambda rows: (),
    "left": lambda rows: (rows["left"].str[::-1],),
    "right": lambda rows: (rows["right"],),
    "day": lambda rows: (rows["date"],),
    "city": lambda rows: (rows["city"], rows["date"]),
}


def concordance(
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    query: str | list[str],
    kind: str = "phrase",
    *,
    tokens: pd.DataFrame | None = None,
    within: int = 5,
    width: int = 20,
    sort: str = "text",
    copies: bool = False,
) -> pd.DataFrame:
    """Key words in context.

    Parameters
    ----------
    sentences, documents : DataFrame
        The tables of these names.
    query : str or list of str
        What to look for; a list for ``words``.
    kind : str
        ``phrase``: these characters, whatever quotation marks and 、 stand among them. ``regex``: a regular expression
        of Python, within a sentence; what matches no character is left out. ``words``: all of these tokens in one
        sentence, the last at most ``within`` tokens after the first, in any order; needs ``tokens``.
    tokens : DataFrame, optional
        Table ``tokens``.
    within : int
        Distance in tokens.
    width : int
        Characters of context on either side, from the same line of the body.
    sort : str
        ``text`` (documents in their order), ``left`` (by the context before, read backwards), ``right``, ``day``,
        ``city``.
    copies : bool
        Show every copy of an article.

    Returns
    -------
    DataFrame
        Table ``concordance``, one row per occurrence; empty if there is none. Text as text: whoever shows it as HTML
        has to escape it, as pandas does.

    Raises
    ------
    ValueError
        If ``kind`` or ``sort`` has another value, the query is empty, no regular expression, one that takes more than a
        second for a sentence, or a word that is no token, a number is negative, or ``tokens`` is needed and missing.

    Examples
    --------
    >>> body = "李强指出,要落实“四方责任”。各区要压实四方责任。"
    >>> documents = table("documents", [{"doc": "a", "body": body}])
    >>> rows = [{"doc": "a", "sentence": 0, "text": body, "start": 0, "source_line": 7}]
    >>> concordance(table("sentences", rows), documents, "四方责任", width=5)[["left", "match", "right", "source_line"]]
        left match  right  source_line
    0  ,要落实“  四方责任  ”。各区要            7
    1  各区要压实  四方责任      。            7
    """
    if sort not in SORTS:
        raise ValueError(f"sort is {sort!r}; it can be {', '.join(SORTS)}")
    if min(within, width) < 0:
        raise ValueError(f"within is {within} and width {width}; neither can be negative")
    kept = counted(documents, copies)
    searched = sentences[sentences["doc"].isin(kept["doc"])]
    find = _finder(query, kind, tokens, within)
    rows = table("concordance", _rows(searched, kept.set_index("doc"), find, width))
    order = kept.reset_index(drop=True).reset_index().set_index("doc")["index"]
    keys = [rows["start"], rows["doc"].map(order), *reversed(SORTS[sort](rows))]
    return rows.loc[_order(keys)].reset_index(drop=True)


def _order(keys):
    """Row labels by the last key, then the one before; nulls at the end."""
    index = keys[0].index
    for key in keys:
        index = key.loc[index].sort_values(kind="stable", na_position="last").index
    return index


class Sentence(NamedTuple):
    doc: str
    sentence: int
    text: str
    start: int
    source_line: int


Finder = Callable[[Sentence], Iterable[tuple[int, int]]]


def _finder(query, kind, tokens, within) -> Finder:
    """A function from a sentence to the spans found in it, as offsets in the body."""
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}; it can be {', '.join(KINDS)}")
    if kind != "words" and not isinstance(query, str):
        raise ValueError(f"the query is {query!r}; a {kind} is one text, and only kind='words' takes a list")
    if not query or (kind == "phrase" and not Phrasebook([query]).phrases):
        raise ValueError("the query is empty; name a phrase, a regular expression or words")
    if kind == "words":
        return _word_finder(query, tokens, within)
    spans = _phrase_spans(query) if kind == "phrase" else pattern_spans(query)
    return lambda here: ((here.start + start, here.start + end) for start, end in spans(here.text) if end > start)


def _phrase_spans(query):
    book = Phrasebook([query])
    return lambda text: (hit[:2] for hit in book.find(text))


def pattern_spans(query: str) -> Callable[[str], list[tuple[int, int]]]:
    """Finds the matches of a regular expression in a sentence, for a second at most.

    Raises
    ------
    ValueError
        If it is no regular expression; from the function returned, if a sentence takes longer.
    """
    try:
        pattern = regex.compile(query)
    except regex.error as error:
        raise ValueError(f"{query!r} is no regular expression: {error}") from error

    def spans(text):
        try:
            return [match.span() for match in pattern.finditer(text, timeout=SECONDS)]
        except TimeoutError as error:
            raise ValueError(f"{query!r} takes more than {SECONDS:g} s for one sentence; make it simpler") from error

    return spans


def _word_finder(words, tokens, within) -> Finder:
    if tokens is None:
        raise ValueError("words within a distance are found among tokens; give tokens=corpus.tokens")
    words = {words} if isinstance(words, str) else set(words)
    known_terms(words, tokens["token"].unique())
    hits = tokens.assign(place=np.cumsum(~overlapping(tokens)))[tokens["token"].isin(words)]
    by_sentence: dict[tuple, list] = {}
    for doc, sentence, *hit in hits[["doc", "sentence", "place", "token", "start", "end"]].itertuples(index=False):
        by_sentence.setdefault((doc, sentence), []).append(hit)
    return lambda here: _windows(by_sentence.get((here.doc, here.sentence), ()), len(words), within)


def _windows(hits, n_words, within):
    """Smallest stretches that hold all words."""
    latest: dict[str, tuple[int, int]] = {}
    done = -1
    for place, token, start, end in hits:
        latest[token] = (place, start)
        first, begin = min(latest.values())
        if len(latest) == n_words and place - first <= within and first > done:
            done = first
            yield begin, end


def _rows(sentences, documents, find, width):
    bodies, cities = documents["body"].to_dict(), documents["city"].to_dict()
    days = documents["published"].dt.tz_localize(None).dt.normalize().to_dict()
    for values in sentences[list(Sentence._fields)].itertuples(index=False, name=None):
        here = Sentence(*values)
        for start, end in find(here):
            body = bodies[here.doc]
            line_start, line_end = body.rfind("\n", 0, start) + 1, body.find("\n", end)
            yield {
                "doc": here.doc,
                "sentence": here.sentence,
                "left": body[max(line_start, start - width) : start],
                "match": body[start:end],
                "right": body[end : min(end + width, line_end if line_end >= 0 else len(body))],
                "start": start,
                "end": end,
                "source_line": here.source_line,
                "date": days[here.doc],
                "city": cities[here.doc],
            }
