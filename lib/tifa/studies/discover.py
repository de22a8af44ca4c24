"""Discovery: candidates for set phrases that the dictionary lacks, with the evidence to accept or refuse them."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.data import lines
from tifa.marking.phrasebook import INSIDE, Phrasebook
from tifa.marking.segmenters import rarities, tagged
from tifa.marking.wordlists import set_phrases, stop_words
from tifa.studies.counts import counted, distinct
from tifa.tables import columns

# Between clauses, where known phrases and names stand, and at the end: no candidate reaches over it.
_STOP = "\n"
_OPENING, _CLOSING = ([ord(mark) for mark in marks] for marks in ('“‘「『"', '”’」』"'))
_INSIDE = sorted(INSIDE)
# Jieba's tags of particles, conjunctions, pronouns, places: no phrase begins or ends with one. It may begin with a
# preposition or an adverb (以快制快, 不漏一户), but does not end with one.
_NOT_FIRST = frozenset(("uj", "ul", "uz", "ug", "ud", "uv", "c", "r", "f", "y", "x"))
_NOT_LAST = _NOT_FIRST | {"p", "d", "m", "q"}
# A string that stands in a longer one in five of six cases is taken for a part of it.
_MOSTLY = 1.2


def discover(
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    phrases: Phrasebook | None = None,
    names: pd.DataFrame | None = None,
    min_count: int = 3,
    min_chars: int = 4,
    max_chars: int = 12,
    min_cohesion: float = 5.0,
    min_entropy: float = 0.9,
    copies: bool = False,
) -> pd.DataFrame:
    """Strings that keep together and stand in changing company, as set phrases do.

    Parameters
    ----------
    sentences, documents : DataFrame
        The tables of these names.
    phrases : Phrasebook, optional
        What is known already, and in no candidate; the project's own when left out.
    names : DataFrame, optional
        Table ``names``: people and places, in no candidate either.
    min_count : int
        Occurrences that a candidate needs. What occurs once cannot be discovered.
    min_chars, max_chars : int
        Length of a candidate.
    min_cohesion : float
        Bits of pointwise mutual information between its parts, wherever it is cut.
    min_entropy : float
        Bits of variety of what stands before it, and of what stands behind it.
    copies : bool
        Count every copy of an article.

    Returns
    -------
    DataFrame
        Table ``discover``, by falling ``score``: cohesion × surprise × log2(2 × count). Of two candidates one inside
        the other, the longer stays where the shorter one hardly occurs without it, otherwise the one with the higher
        score. Words that the segmenter keeps whole anyway are none. To accept candidates, write them into
        ``lists/phrases.txt`` beside the pages.

    Raises
    ------
    ValueError
        If there is no document, ``min_count`` is below 2 or ``min_chars`` below 2.

    Examples
    --------
    >>> texts = ["要挂图作战", "坚持挂图作战快", "他挂图作战清零", "人人清零"]
    >>> rows = {"doc": "a", "text": texts, "source_line": [1, 2, 3, 4]}
    >>> found = discover(pd.DataFrame(rows), pd.DataFrame({"doc": ["a"]}), phrases=Phrasebook([]), min_cohesion=1)
    >>> found[["phrase", "count", "k_docs", "example", "source_line"]]
      phrase  count  k_docs example  source_line
    0   挂图作战      3       1   要挂图作战            1
    """
    if min_count < 2 or min_chars < 2:
        raise ValueError("min_count and min_chars are at least 2: what occurs once cannot be discovered")
    kept = sentences[sentences["doc"].isin(counted(documents, copies)["doc"])].reset_index(drop=True)
    text = _text(kept, Phrasebook(set_phrases()) if phrases is None else phrases, names)
    found = _candidates(text, min_count, min_chars, max_chars)
    free = found[["left_entropy", "right_entropy"]].min(axis=1) >= min_entropy
    found = found[free & (found["cohesion"] >= min_cohesion)]
    found = _scored(found, (text.character >= 0).sum())
    found = _without_nested(found).sort_values(["score", "phrase"], ascending=[False, True])
    example = kept.iloc[text.row[found.pop("first").to_numpy(dtype=np.int64)]]
    evidence = {
        "example": example["text"].array,
        "doc": example["doc"].array,
        "source_line": example["source_line"].array,
    }
    return columns("discover", {name: found[name].array for name in found} | evidence)


def judged() -> dict[str, bool]:
    """Candidates from the seed pages, found without a dictionary, that were judged by hand: is it a set phrase?

    Examples
    --------
    >>> judged()["急难愁盼"], judged()["彻底拧紧"]
    (True, False)
    """
    return {phrase: answer == "yes" for phrase, _, answer in (line.partition("\t") for line in lines("judged.txt"))}


class Text(NamedTuple):
    """All clauses in one string, a stop between them, and what each of its characters is."""

    string: str
    character: np.ndarray  # number, -1 for a stop
    row: np.ndarray  # sentence
    doc: np.ndarray
    opened: np.ndarray  # stands behind an opening quotation mark
    closed: np.ndarray  # stands before a closing one


def _text(sentences, book, names):
    texts = sentences["text"].tolist()
    begin = np.cumsum([1, *(len(text) + 1 for text in texts)])
    joined = _STOP.join(["", *texts, ""])
    codes = np.array(np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32))
    opened, closed = (np.isin(np.roll(codes, by), marks) for by, marks in ((1, _OPENING), (-1, _CLOSING)))
    starts, ends, *_ = book.spans(joined)
    hidden = [*zip(starts.tolist(), ends.tolist(), strict=True), *_name_spans(sentences, names, begin)]
    for start, end in hidden:
        codes[start:end] = ord(_STOP)
    codes[~_is_han(codes) & ~np.isin(codes, _INSIDE)] = ord(_STOP)
    kept = ~np.isin(codes, _INSIDE)
    codes, row = codes[kept], np.searchsorted(begin, np.arange(len(kept)), side="right")[kept] - 1
    number = np.unique(codes, return_inverse=True)[1].astype(np.int64)
    number[codes == ord(_STOP)] = -1
    doc = pd.factorize(sentences["doc"])[0][np.clip(row, 0, len(texts) - 1)]
    return Text(codes.tobytes().decode("utf-32-le"), number, row, doc, opened[kept], closed[kept])


def _is_han(codes):
    return ((codes >= 0x3400) & (codes <= 0x9FFF)) | (codes >= 0x20000) | (codes == ord("〇"))


def _name_spans(sentences, names, begin):
    """Where names stand in the joined sentences."""
    if names is None or names.empty:
        return []
    where = sentences[["doc", "sentence", "start"]].rename(columns={"start": "offset"})
    found = names.merge(where.assign(begin=begin[:-1]), on=["doc", "sentence"])
    starts, ends = ((found[edge] - found["offset"] + found["begin"]).tolist() for edge in ("start", "end"))
    return zip(starts, ends, strict=True)


def _candidates(text, min_count, min_chars, max_chars):
    """Every string of that length and count, with its cohesion and entropies.

    Strings are grown by one character at a time, and only where the shorter ones are frequent enough, so the work
    shrinks fast with the length.
    """
    current = character = text.character
    counts, found = {1: _counts(current)}, []
    for size in range(2, max_chars + 1):
        current = _grown(current, character, counts[size - 1], size, min_count)
        counts[size] = _counts(current)
        places = np.flatnonzero(current >= 0)
        if not len(places):
            break
        if size >= min_chars:
            found.append(_described(text, current[places], places, size, counts))
    return pd.concat(found, ignore_index=True) if found else _described(text, places[:0], places[:0], 2, counts)


def _described(text, number, places, size, counts):
    """The strings of one length that begin at these places, in order of their numbers."""
    _, first = np.unique(number, return_index=True)
    first, n_strings = places[first], len(first)
    n_docs = int(text.doc.max(initial=0)) + 1
    docs = distinct(number * n_docs + text.doc[places]) // n_docs
    return pd.DataFrame(
        {
            "phrase": pd.Series([text.string[place : place + size] for place in first.tolist()], dtype="str"),
            "n_chars": size,
            "count": counts[size][first],
            "quoted": np.bincount(number, text.opened[places] & text.closed[places + size - 1], n_strings).astype(int),
            "k_docs": np.bincount(docs, minlength=n_strings),
            "cohesion": _cohesion(counts, first, size, (text.character >= 0).sum()),
            "left_entropy": _entropy(number, text.character[places - 1], n_strings),
            "right_entropy": _entropy(number, text.character[places + size], n_strings),
            "first": first,
        }
    )


def _counts(numbers):
    """For each place the count of the string that begins there, 0 where none does."""
    counts = np.bincount(numbers[numbers >= 0], minlength=1)
    return np.where(numbers >= 0, counts[numbers], 0)


def _grown(current, character, counts, size, min_count):
    """Numbers of the strings one character longer; -1 where one is rare or reaches over a stop."""
    grown = np.full(len(current), -1, dtype=np.int64)
    start = np.flatnonzero((counts[:-1] >= min_count) & (counts[1:] >= min_count))
    keys = current[start] * (int(character.max()) + 1) + character[start + size - 1]
    _, number, times = np.unique(keys, return_inverse=True, return_counts=True)
    frequent = times >= min_count
    grown[start] = np.where(frequent, np.cumsum(frequent) - 1, -1)[number]
    return grown


def _cohesion(counts, first, size, n_places):
    """Pointwise mutual information of the two parts at the cut where it is least."""
    parts = [counts[cut][first] * counts[size - cut][first + cut] for cut in range(1, size)]
    return np.log2(n_places * counts[size][first] / np.max(parts, axis=0))


def _entropy(number, neighbour, n_strings):
    """Variety of each string's neighbours, in bits. Each stop is a neighbour of its own: nothing holds the string."""
    stops = neighbour < 0
    neighbour = np.where(stops, neighbour.max(initial=0) + 1 + np.arange(len(neighbour)), neighbour)
    keys, times = np.unique(number * (int(neighbour.max(initial=0)) + 1) + neighbour, return_counts=True)
    owner = keys // (int(neighbour.max(initial=0)) + 1)
    total = np.bincount(owner, times, n_strings)
    share = times / total[owner]
    return np.bincount(owner, -share * np.log2(share), n_strings)


def _scored(found, n_places):
    """Those that may be phrases, with surprise and score."""
    words = {phrase: tagged(phrase) for phrase in found["phrase"]}
    found = found[np.array([_may_be_phrase(words[phrase]) for phrase in found["phrase"]], dtype=bool)]
    rarity = rarities({word for phrase in found["phrase"] for word, _ in words[phrase]})
    expected = np.array([sum(rarity[word] for word, _ in words[phrase]) for phrase in found["phrase"]])
    surprise = (expected + np.log2(found["count"] / n_places)) / found["n_chars"]
    return found.assign(surprise=surprise, score=found["cohesion"] * surprise * np.log2(2 * found["count"]))


def _may_be_phrase(words):
    """Not one word of the segmenter's dictionary, and no function word at its edges."""
    (first, tag), (last, last_tag) = words[0], words[-1]
    if len(words) == 1 or tag in _NOT_FIRST or last_tag in _NOT_LAST or last in stop_words():
        return False
    return not (tag.startswith("v") and first in stop_words())


def _without_nested(found):
    """Of candidates one inside the other the one that is the phrase."""
    known = {row.phrase: row for row in found.itertuples()}
    dropped = set()
    for longer in known.values():
        size = longer.n_chars
        inner = {longer.phrase[i:j] for i in range(size) for j in range(i + 1, size + 1) if j - i < size}
        for shorter in (known[string] for string in inner if string in known):
            whole = shorter.count <= _MOSTLY * longer.count or longer.score > shorter.score
            dropped.add(shorter.Index if whole else longer.Index)
    return found.drop(index=list(dropped))
