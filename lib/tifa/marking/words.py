"""Words: set phrases first, kept whole, then what a dictionary segmenter makes of the text between them."""

import logging
import re
import warnings
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import ahocorasick_rs
import pandas as pd
import rjieba

from tifa import data
from tifa.tables import table

with warnings.catch_warnings():
    # jieba's source has invalid escapes and asks for pkg_resources: noise that no reader can act on.
    warnings.simplefilter("ignore")
    import jieba
jieba.setLogLevel(logging.ERROR)

# Marks that writers put inside a phrase or leave out: 采、送、检、报 and 采送检报 are one phrase.
_INSIDE = dict.fromkeys(map(ord, "“”\"'‘’「」『』、·"))
_CLOSING = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_MARK = re.compile(r"[^\w]+|_+")
# From this many characters on, the compiled segmenter is worth its other way of loading words.
_LARGE = 500_000


class Phrase(NamedTuple):
    """A set phrase in a text: offsets of what is written, and the phrase without marks."""

    start: int
    end: int
    phrase: str


def set_phrases() -> dict[str, str]:
    """The project's set phrases with their English gloss ('' where none is given).

    Examples
    --------
    >>> set_phrases()["动态清零"]
    'dynamic zero-COVID'
    """
    return dict(line.partition("\t")[::2] for line in data.lines("set_phrases.txt"))


@cache
def stop_words() -> frozenset[str]:
    """Words that term lists leave out. Set phrases are never among them."""
    return frozenset(word for line in data.lines("stop_words.txt") for word in line.split())


class Phrasebook:
    """Finds set phrases in a text, longest first, whatever marks stand inside.

    Parameters
    ----------
    phrases : iterable of str
        Phrases without quotation marks and 、.

    Examples
    --------
    >>> Phrasebook(["采送检报", "拧紧水龙头"]).find("“采、送、检、报”要快,拧紧“水龙头”。")
    [Phrase(start=1, end=8, phrase='采送检报'), Phrase(start=12, end=19, phrase='拧紧水龙头')]
    """

    def __init__(self, phrases: Iterable[str]):
        self._phrases = sorted({p.translate(_INSIDE) for p in phrases} - {""})
        self._finder = ahocorasick_rs.AhoCorasick(self._phrases, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[Phrase]:
        """Phrases of ``text`` in order; they do not overlap."""
        bare = text.translate(_INSIDE)
        hits = self._finder.find_matches_as_indexes(bare)
        if not hits:
            return []
        at = range(len(text)) if len(bare) == len(text) else [i for i, c in enumerate(text) if ord(c) not in _INSIDE]
        return [self._phrase(text, at[start], at[end - 1] + 1, number) for number, start, end in hits]

    def _phrase(self, text, start, end, number):
        """The closing mark belongs to the phrase when its opening mark does."""
        closing = next((_CLOSING[c] for c in text[start:end] if c in _CLOSING), None)
        if closing and closing not in text[start:end] and text[end : end + 1] == closing:
            end += 1
        return Phrase(start, end, self._phrases[number])


@cache
def _phrasebook() -> Phrasebook:
    return Phrasebook(set_phrases())


def tokens(sentences: pd.DataFrame, *, phrases: Phrasebook | None = None) -> pd.DataFrame:
    """Tokens of every sentence, marks left out.

    Parameters
    ----------
    sentences : DataFrame
        Table ``sentences``.
    phrases : Phrasebook, optional
        Set phrases to keep whole; the project's own when left out. ``Phrasebook([])`` keeps none.

    Returns
    -------
    DataFrame
        Table ``tokens`` in order of document and offset. A set phrase is one token without the marks inside it, and its
        ``pos`` is ``'l'``; other parts of speech are those of jieba's dictionary, ``'x'`` where it has none.

    Notes
    -----
    The hidden Markov model for unknown words is off: it invents words out of rare names, and the two engines
    (jieba for small corpora, rjieba for large ones) agree without it.
    """
    book = _phrasebook() if phrases is None else phrases
    cut = _cut_fast if sentences["text"].str.len().sum() > _LARGE else _cut_plain
    columns = sentences[["doc", "sentence", "text", "start"]].itertuples(index=False, name=None)
    return table("tokens", (row for doc, n, text, at in columns for row in _token_rows(doc, n, text, at, book, cut)))


def _token_rows(doc, sentence, text, offset, book, cut):
    shared = {"doc": doc, "sentence": sentence}
    for start, end, token, pos in _pieces(text, book, cut):
        yield {**shared, "token": token, "pos": pos, "start": offset + start, "end": offset + end}


def _pieces(text, book, cut):
    """Phrases as they are, the text between them cut into words."""
    done = 0
    for start, end, phrase in book.find(text):
        yield from _words(text[done:start], done, cut)
        yield start, end, phrase, "l"
        done = end
    yield from _words(text[done:], done, cut)


def _words(text, offset, cut):
    for word, pos in cut(text):
        if not _MARK.fullmatch(word):
            yield offset, offset + len(word), word, pos
        offset += len(word)


def _cut_plain(text):
    tags = _tags()
    return [(word, tags.get(word, "x")) for word in _jieba().cut(text, HMM=False)] if text else []


def _cut_fast(text):
    return _rjieba().tag(text, hmm=False) if text else []


@cache
def _jieba() -> "jieba.Tokenizer":
    """A tokenizer of our own: no cache file shared with other users of the machine, no message on stderr."""
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


@cache
def _tags() -> dict[str, str]:
    """Part of speech by word, from the dictionary that jieba ships."""
    with jieba.Tokenizer().get_dict_file() as file:
        rows = (line.split() for line in file.read().decode("utf-8").splitlines())
        return {row[0]: row[-1] for row in rows}


@cache
def _rjieba() -> "rjieba.Jieba":
    return rjieba.Jieba()
