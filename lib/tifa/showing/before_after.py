"""Damaged lines as saved and as read, side by side."""

from html import escape

import pandas as pd
from IPython.display import HTML

from tifa.reading.script import simplify

LONGEST = 240  # characters of a line that still reads well in half a table
BEFORE = 20  # characters of a long line that are shown before its first change


def before_after(corpus, per_doc: int = 2) -> HTML:
    """The most repaired lines of each damaged page, what changed in bold.

    Parameters
    ----------
    corpus : tifa.Corpus
    per_doc : int
        Lines per page; short lines come first, long ones are cut with an ellipsis.

    Returns
    -------
    HTML
        A table: document, line of the page's file, the line as saved, the line as read. All page text is escaped.
    """
    rows = [row for doc in corpus.repairs["doc"].unique() for row in _lines(corpus, doc, per_doc)]
    head = "<tr><th>page</th><th>line</th><th>as saved</th><th>as read</th></tr>"
    return HTML(f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>")


def _lines(corpus, doc, per_doc):
    """Table rows of the chosen lines of one document. Paragraphs that share a line of the page stand together."""
    page, repairs = corpus.page(doc), corpus.repairs[corpus.repairs["doc"] == doc]
    lines = corpus.lines[corpus.lines["doc"] == doc].groupby("source_line")["text"].agg(" ".join)
    for number in _chosen(page, repairs, lines, per_doc):
        here = repairs[repairs["source_line"] == number]
        saved = _marked(page[number - 1], here["seen"])
        read = _marked(lines[number], here["became"].map(simplify, na_action="ignore"))
        yield f"<tr><td>{escape(doc)}</td><td>{number}</td><td>{saved}</td><td>{read}</td></tr>"


def _chosen(page, repairs, lines, per_doc):
    """Lines of the article with most repairs, those that fit first."""
    counts = repairs["source_line"].value_counts()
    counts = counts[counts.index.isin(lines.index)]
    fits = pd.Series([len(page[n - 1]) <= LONGEST for n in counts.index], index=counts.index, dtype=bool)
    order = pd.DataFrame({"fits": fits, "n": counts}).rename_axis("line").reset_index()
    order = order.sort_values(["fits", "n", "line"], ascending=[False, False, True])
    return sorted(order["line"].head(per_doc))


def _marked(text, pieces):
    """``text`` escaped, each of the pieces in bold where it comes next; of a long text what is around the first."""
    spans = _spans(text, pieces)
    start = max(0, spans[0][0] - BEFORE) if spans and len(text) > LONGEST else 0
    end = min(len(text), start + LONGEST)
    html, done = ["…" if start else ""], start
    for low, high in spans:
        if high <= end:
            html += [escape(text[done:low]), f"<b>{escape(text[low:high])}</b>"]
            done = high
    return "".join(html) + escape(text[done:end]) + ("…" if end < len(text) else "")


def _spans(text, pieces):
    """Where each piece stands, one after the other; a piece that does not come again is left out."""
    spans, done = [], 0
    for piece in pieces.dropna():
        at = text.find(piece, done)
        if at >= 0 and piece:
            spans.append((at, at + len(piece)))
            done = at + len(piece)
    return spans
