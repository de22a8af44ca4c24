"""A sentence in its page: the line as saved beside the sentence as read, what changed in bold."""

from html import escape
from typing import NamedTuple

import pandas as pd

from tifa.reading.script import simplify
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
        ``seen`` and ``became`` of the line's repairs, in order.

    Examples
    --------
    >>> [tuple(piece) for piece in pieces("強(qiáng)調(diào)", pd.DataFrame({"seen": ["強(qiáng)"], "became": ["強"]}))]
    [('強(qiáng)', '强', True), ('調(diào)', '调(diào)', False)]
    """
    made, done = [], 0
    for seen, became in zip(repairs["seen"].fillna(""), repairs["became"].fillna(""), strict=True):
        at = line.find(seen, done)
        if at < 0 or not seen:
            continue
        made += [_as_it_was(line[done:at]), Piece(seen, simplify(became), True)]
        done = at + len(seen)
    return [piece for piece in [*made, _as_it_was(line[done:])] if piece.saved]


def _as_it_was(text):
    return Piece(text, simplify(text), False)


def around(cut: list[Piece], sentence: str) -> list[Piece]:
    """The pieces that hold a sentence, with a few characters on either side; all where it is not found.

    Examples
    --------
    >>> line = [Piece("調研。", "调研。", False), Piece("強(qiáng)", "强", True), Piece("調。" * 9, "调。" * 9, False)]
    >>> "".join(piece.saved for piece in around(line, "强调。"))
    '調研。強(qiáng)調。調。調。調。調。調。調。…'
    """
    read = "".join(piece.read for piece in cut)
    start = read.find(sentence[:ENDS])
    end = read.find(sentence[-ENDS:], start)
    if start < 0 or end < 0:
        return cut
    start, end = max(start - ROUND, 0), min(end + len(sentence[-ENDS:]) + ROUND, len(read))
    kept, place = [], 0
    for piece in cut:
        low, high = max(start - place, 0), min(end - place, len(piece.read))
        place += len(piece.read)
        if low < high or (piece.repaired and start < place <= end):
            kept.append(piece if piece.repaired else _part(piece, low, high))
    dots = Piece("…", "…", False)
    return [*([dots] if start else []), *kept, *([dots] if end < len(read) else [])]


def _part(piece: Piece, low: int, high: int) -> Piece:
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
    shown = around(pieces(page[source_line - 1], here), sentence)
    facts = corpus.documents.set_index("doc").loc[doc]
    n = sum(piece.repaired for piece in shown)
    repaired = f"{n} repair{'s' if n != 1 else ''} here" if n else "nothing repaired here"
    head = f"{facts['file']}, line {source_line} · {facts['title'] or ''} · {repaired}"
    saved = "".join(_bold(piece.saved, SEEN) if piece.repaired else escape(piece.saved) for piece in shown)
    return (
        f'<div class="tifa-opened"><p><b>{escape(head)}</b></p><table class="tex2jax_ignore"><thead><tr>'
        f"<th>as saved</th><th>as read</th></tr></thead><tbody><tr><td>{saved}</td>"
        f"<td>{_marked(sentence, shown)}</td></tr></tbody></table></div>"
    )


def _marked(sentence: str, shown: list[Piece]) -> str:
    """The sentence with what was put right in bold."""
    html, done = [], 0
    for piece in shown:
        if piece.repaired and (at := sentence.find(piece.read, done)) >= 0 and piece.read:
            html += [escape(sentence[done:at]), _bold(piece.read, BECAME)]
            done = at + len(piece.read)
    return "".join(html) + escape(sentence[done:])


def _bold(text: str, colour: str) -> str:
    return f'<b style="color: {colour}">{escape(text)}</b>'
