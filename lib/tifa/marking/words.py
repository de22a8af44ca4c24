"""Words: set phrases first, kept whole, then what a dictionary segmenter makes of the text between them."""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.marking.phrasebook import Phrase, Phrasebook, folded
from tifa.marking.segmenters import ENGINES, tagged
from tifa.marking.wordlists import Lists, lists_for, set_phrases, stop_words
from tifa.tables import columns

__all__ = ["Lists", "Phrase", "Phrasebook", "lists_for", "set_phrases", "stop_words", "tokens"]

_MARK = re.compile(r"[^\w]+|_+")
# Stands for a phrase or a name while the text around it is cut; both segmenters make it a token of its own.
_HOLE = "\ue000"
# Characters cut at a time, so that the memory needed does not grow with the corpus.
_BATCH = 1_000_000
_WORD, _PHRASE = 0, 1
_KINDS = ("", "l", "nr", "ns")


def tokens(
    sentences: pd.DataFrame,
    *,
    phrases: Phrasebook | None = None,
    names: pd.DataFrame | None = None,
    engine: str = "rjieba",
) -> pd.DataFrame:
    """Tokens of every sentence, marks left out.

    Parameters
    ----------
    sentences : DataFrame
        Table ``sentences``.
    phrases : Phrasebook, optional
        Set phrases to keep whole; the project's own when left out. ``Phrasebook([])`` keeps none.
    names : DataFrame, optional
        Table ``names``: people and places to keep whole, see :func:`tifa.marking.names.names_in`. A name that overlaps
        a set phrase gives way to it.
    engine : str
        ``rjieba`` or ``jieba``: the same algorithm and dictionary and so the same tokens, compiled or in Python.

    Returns
    -------
    DataFrame
        Table ``tokens`` in order of sentence and offset. A set phrase is one token without the marks inside it, and its
        ``pos`` is ``'l'``; people are ``'nr'``, places ``'ns'``; other parts of speech are those of jieba's dictionary,
        ``'x'`` where it has none. Where set phrases overlap, the first and longest is a token of the text and each of
        the others a row of its own whose ``overlaps`` is true, so that every phrase is counted wherever it stands.
        Letters and digits of full width become those of half width.

    Raises
    ------
    ValueError
        If ``engine`` has another value.

    Notes
    -----
    The hidden Markov model for unknown words is off: it invents words out of rare names, and the two engines agree
    without it.

    Examples
    --------
    >>> one = pd.DataFrame({"doc": ["a"], "sentence": [0], "text": ["“采、送、检、报”要高效衔接"], "start": [0]})
    >>> tokens(one)["token"].tolist()
    ['采送检报', '要', '高效', '衔接']
    """
    book = _phrasebook() if phrases is None else phrases
    texts = sentences["text"].tolist()
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    cut = _segmenter(engine)
    spans = _name_spans(names, sentences)
    vocabulary: dict[str, int] = {}
    found = []
    for first, last in _batches(sizes):
        named = spans[first:last]
        found.append(_cut_batch(texts[first:last], first, book, named, cut, vocabulary))
    return _table(_Cut(*map(np.concatenate, zip(*found, strict=True))), sentences, list(vocabulary))


class _Cut(NamedTuple):
    """Tokens as numbers: which word, row of its sentence, offsets in the sentence, place in ``_KINDS``, overlaps."""

    word: np.ndarray
    row: np.ndarray
    start: np.ndarray
    end: np.ndarray
    kind: np.ndarray
    overlaps: np.ndarray


class _Wholes(NamedTuple):
    """What stays whole in a batch, in order: offsets, tokens, places in ``_KINDS``."""

    start: np.ndarray
    end: np.ndarray
    token: list[str]
    kind: np.ndarray

    def those(self, chosen: np.ndarray) -> "_Wholes":
        tokens = [self.token[place] for place in np.flatnonzero(chosen).tolist()]
        return _Wholes(self.start[chosen], self.end[chosen], tokens, self.kind[chosen])


def _batches(sizes):
    """Runs of sentences of about ``_BATCH`` characters; one empty run where there is no sentence."""
    number = np.cumsum(sizes) // _BATCH
    return pairwise([0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(sizes)])


def _cut_batch(texts, first, book, names, cut, vocabulary):
    """Cut sentences joined by line ends, with a hole for each phrase and name, and add the lengths up again."""
    joined = folded("\n".join(texts))
    begin = np.cumsum([0, *(len(text) + 1 for text in texts)])
    phrases, overlaps = _phrases(joined, book)
    wholes = _with_names(phrases.those(~overlaps), names, begin)
    words = cut(_with_holes(joined, wholes))
    length = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    kind = np.zeros(len(words), dtype=np.int8)
    holes = wholes.start - np.cumsum(np.r_[0, wholes.end - wholes.start - 1])[:-1]
    at = np.searchsorted(np.cumsum(length) - length, holes)
    length[at], kind[at] = wholes.end - wholes.start, wholes.kind
    for place, token in zip(at.tolist(), wholes.token, strict=True):
        words[place] = token
    end = np.cumsum(length)
    found = _Cut(_numbers(words, vocabulary), None, end - length, end, kind, np.zeros(len(words), dtype=bool))
    found = _with_overlapping(found, phrases.those(overlaps), vocabulary)
    row = np.searchsorted(begin, found.start, side="right") - 1
    return found._replace(row=row + first, start=found.start - begin[row], end=found.end - begin[row])


def _with_overlapping(cut, phrases, vocabulary):
    """The tokens and, each behind the token it begins in, the phrases that overlap others."""
    at = np.searchsorted(cut.start, phrases.start, side="right")
    more = _Cut(_numbers(phrases.token, vocabulary), None, phrases.start, phrases.end, phrases.kind, True)
    fields = ("word", "start", "end", "kind", "overlaps")
    return cut._replace(**{name: np.insert(getattr(cut, name), at, getattr(more, name)) for name in fields})


def _numbers(words, vocabulary):
    """Each word's number in the vocabulary, which takes up the new ones."""
    codes, different = pd.factorize(np.array(words, dtype=object))
    return np.array([vocabulary.setdefault(word, len(vocabulary)) for word in different], dtype=np.int64)[codes]


def _phrases(text, book):
    """Every phrase, and which of them overlap the one before."""
    start, end, number, overlaps = book.spans(text)
    tokens = [book.phrases[place] for place in number.tolist()]
    return _Wholes(start, end, tokens, np.full(len(start), _PHRASE, np.int8)), overlaps


def _with_names(phrases, names, begin):
    """Phrases, and the names that overlap no phrase and no name before them."""
    if not any(names):
        return phrases
    start, end = phrases.start, phrases.end
    named = ((b + s, b + e, t, k) for b, row in zip(begin.tolist(), names, strict=False) for s, e, t, k in row)
    kept, done = list(zip(*phrases, strict=True)), 0
    for name in sorted(named):
        after = np.searchsorted(start, name[1])
        if name[0] >= done and (after == 0 or end[after - 1] <= name[0]):
            kept.append(name)
            done = name[1]
    starts, ends, tokens, kinds = zip(*sorted(kept), strict=True)
    return _Wholes(np.array(starts), np.array(ends), list(tokens), np.array(kinds, dtype=np.int8))


def _with_holes(text, wholes):
    """The text with a hole for each whole."""
    edges = [0, *wholes.end.tolist()], [*wholes.start.tolist(), len(text)]
    return _HOLE.join([text[done:start] for done, start in zip(*edges, strict=True)])


def _table(cut, sentences, vocabulary):
    """Numbers as the table ``tokens``; words that are nothing but marks are left out here."""
    is_word = np.array([not _MARK.fullmatch(word) for word in vocabulary], dtype=bool)
    cut = _Cut(*(values[is_word[cut.word]] for values in cut))
    docs, names = pd.factorize(sentences["doc"])
    offset = sentences["start"].to_numpy(dtype=np.int64)[cut.row]
    return columns(
        "tokens",
        {
            "doc": _category(docs[cut.row], names),
            "sentence": sentences["sentence"].to_numpy(dtype=np.int64)[cut.row],
            "token": _category(cut.word, vocabulary),
            "pos": _parts_of_speech(cut, vocabulary),
            "start": offset + cut.start,
            "end": offset + cut.end,
            "overlaps": cut.overlaps,
        },
    )


def _category(codes, values):
    """A categorical of ``values[codes]`` whose categories are sorted and all used."""
    used = np.flatnonzero(np.bincount(codes, minlength=len(values)))
    different = np.array(values, dtype=object)[used]
    order = np.argsort(different)
    place = np.empty(len(values), dtype=np.int64)
    place[used[order]] = np.arange(len(order))
    return pd.Categorical.from_codes(place[codes], pd.Index(different[order], dtype="str"))


def _parts_of_speech(cut, vocabulary):
    """Each word's in jieba's dictionary, where the token is no phrase or name found in the text."""
    known = dict(tagged("\n".join(vocabulary)))
    by_word = [known.get(word, "x") for word in vocabulary]
    place = {tag: i for i, tag in enumerate({*by_word, *_KINDS})}
    of_word, of_kind = (np.array([place[tag] for tag in tags], dtype=np.int64) for tags in (by_word, _KINDS))
    return _category(np.where(cut.kind == _WORD, of_word[cut.word], of_kind[cut.kind]), list(place))


def _name_spans(names, sentences):
    """For each sentence its names: offsets in the sentence, text, place in ``_KINDS``."""
    spans: list[tuple | list] = [()] * len(sentences)
    if names is None or names.empty:
        return spans
    where = sentences[["doc", "sentence", "start"]].rename(columns={"start": "begin"}).assign(row=range(len(sentences)))
    found = names.merge(where.astype({"doc": names["doc"].dtype}), on=["doc", "sentence"])
    starts, ends = (found[edge] - found["begin"] for edge in ("start", "end"))
    for row, start, end, text, pos in zip(found["row"], starts, ends, found["text"], found["pos"], strict=True):
        spans[row] = [*spans[row], (start, end, text, _KINDS.index(pos))]
    return spans


def _segmenter(engine: str) -> Callable[[str], list[str]]:
    if engine not in ENGINES:
        raise ValueError(f"engine is {engine!r}; it can be {' or '.join(map(repr, ENGINES))}")
    return ENGINES[engine]


@cache
def _phrasebook() -> Phrasebook:
    return Phrasebook(set_phrases())
