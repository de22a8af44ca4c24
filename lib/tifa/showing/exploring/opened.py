"""A sentence in its page: the line as saved beside the sentence as read, what changed in bold."""

from html import escape
from typing import NamedTuple

import pandas as pd

from tifa.reading.script import simplify
from tifa.showing.phrase_tables import CELL, HEAD
from tifa.showing.style import PALETTE

ROUND = 12  # characters of the line shown before and after the sentence
ENDS = 6  # characters by which the sentence's ends are found in the line
SEEN, BECAME = PALETTE[3], PALETTE[0]


class Piece(NamedTuple):
    """A stretch of a line: as saved, and as repaired and simplified; the same length where nothing was repaired."""

    saved: str
    read: str
    repaired: bool


def pieces(line: str, repairs: pd.DataFrame) -> list[Piece]:
    """A line of a page cut where it was repaired.

    Parameters
    ----------
    line : str
        The line as saved.
    repairs : DataFrame
        ``seen``, ``became`` and ``rule`` of the line's repairs, in order of the table.

    Examples
    --------
    >>> repairs = pd.DataFrame({"seen": ["強(qiáng)"], "became": ["強"], "rule": ["insertion"]})
    >>> [tuple(piece) for piece in pieces("強(qiáng)調(diào)", repairs)]
    [('強(qiáng)', '强', True), ('調(diào)', '调(diào)', False)]
    """
    made, done = [], 0
    for at, seen, became in _placed(line, repairs):
        made += [_as_it_was(line[done:at]), Piece(seen, simplify(became), True)]
        done = at + len(seen)
    return [piece for piece in [*made, _as_it_was(line[done:])] if piece.saved]


def _placed(line, repairs):
    """Where each repair stands in the line; those of one rule are in order, the rules come one after the other."""
    spans, done = [], {}
    for seen, became, rule in repairs[["seen", "became", "rule"]].fillna("").itertuples(index=False):
        at = line.find(seen, done.get(rule, 0)) if seen else -1
        while at >= 0 and any(at < a + len(other) and a < at + len(seen) for a, other, _ in spans):
            at = line.find(seen, at + 1)
        if at >= 0:
            spans.append((at, seen, became))
            done[rule] = at + len(seen)
    return sorted(spans)


def _as_it_was(text):
    return Piece(text, simplify(text), False)


def extent(cut: list[Piece], sentence: str) -> tuple[int, int]:
    """Where a sentence stands among the read characters of a line: the whole line where it is not found.

    Examples
    --------
    >>> extent([Piece("調研。", "调研。", False), Piece("強(qiáng)", "强", True), Piece("調", "调", False)], "强调")
    (3, 5)
    """
    read = "".join(piece.read for piece in cut)
    start = read.find(sentence[:ENDS])
    end = read.find(sentence[-ENDS:], start)
    return (0, len(read)) if start < 0 or end < 0 else (start, end + len(sentence[-ENDS:]))


def part(cut: list[Piece], low: int, high: int) -> list[Piece]:
    """The pieces from one read character up to another, with dots where something is cut off.

    Examples
    --------
    >>> line = [Piece("調研。", "调研。", False), Piece("強(qiáng)", "强", True), Piece("調。" * 9, "调。" * 9, False)]
    >>> "".join(piece.saved for piece in part(line, 2, 6))
    '…。強(qiáng)調。…'
    """
    kept, place = [], 0
    for piece in cut:
        first, last = max(low - place, 0), min(high - place, len(piece.read))
        place += len(piece.read)
        if first < last or (piece.repaired and low < place <= high):
            kept.append(piece if piece.repaired else _stretch(piece, first, last))
    dots = Piece("…", "…", False)
    return [*([dots] if low > 0 else []), *kept, *([dots] if high < place else [])]


def _stretch(piece: Piece, low: int, high: int) -> Piece:
    """Part of a piece; characters of both scripts stand in the same places but for a few words."""
    return Piece(piece.saved[low:high], piece.read[low:high], False)


def opened(corpus, doc: str, source_line: int, sentence: str) -> str:
    """The sentence in its page, as HTML; page text is escaped.

    Parameters
    ----------
    corpus : tifa.Corpus
    doc : str
        Document.
    source_line : int
        Line of the page's file.
    sentence : str
        As read.

    Raises
    ------
    OSError
        If the page's file is no longer there.

    Examples
    --------
    >>> import tifa
    >>> corpus = tifa.load(progress=False)
    >>> visit = corpus.visits.iloc[0]
    >>> ">區(qū)</b>" in opened(corpus, visit["doc"], visit["source_line"], visit["quote"])
    True
    """
    page, repairs = corpus.page(doc), corpus.repairs
    here = repairs[(repairs["doc"] == doc) & (repairs["source_line"] == source_line)]
    cut = pieces(page[source_line - 1], here)
    start, end = extent(cut, sentence)
    shown = part(cut, start - ROUND, end + ROUND)
    facts = corpus.documents.set_index("doc").loc[doc]
    n = sum(piece.repaired for piece in shown)
    repaired = f"{n} repair{'s' if n != 1 else ''} here" if n else "nothing repaired here"
    title = [] if pd.isna(facts["title"]) else [facts["title"]]
    head = " · ".join([f"{facts['file']}, line {source_line}", *title, repaired])
    saved = "".join(_bold(piece.saved, SEEN) if piece.repaired else escape(piece.saved) for piece in shown)
    return (
        f'<div class="tifa-opened"><p><b>{escape(head)}</b></p><table class="tex2jax_ignore"><thead><tr>'
        f"{HEAD}as saved</th>{HEAD}as read</th></tr></thead><tbody><tr>{CELL}{saved}</td>"
        f"{CELL}{_marked(sentence, cut, start)}</td></tr></tbody></table></div>"
    )


def _marked(sentence: str, cut: list[Piece], start: int) -> str:
    """The sentence with what was put right in bold; ``start`` is its place in the line."""
    html, done, place = [], 0, -start
    for piece in cut:
        at = _found(sentence, piece.read, place, done)
        if piece.repaired and at >= done:
            html += [escape(sentence[done:at]), _bold(piece.read, BECAME)]
            done = at + len(piece.read)
        place += len(piece.read)
    return "".join(html) + escape(sentence[done:])


def _found(sentence: str, text: str, place: int, done: int) -> int:
    """Where a repaired text stands in the sentence: at its place, or before it where the line has markup."""
    if not text or place < 0:
        return -1
    return place if sentence.startswith(text, place) else sentence.find(text, done, place)


def _bold(text: str, colour: str) -> str:
    return f'<b style="color: {colour}">{escape(text)}</b>'
