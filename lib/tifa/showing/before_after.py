"""Damaged lines as saved and as read, side by side."""

from html import escape

import pandas as pd
from IPython.display import HTML

from tifa.reading.script import simplify

LONGEST = 240  # characters of a line that still reads well in half a table


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
    """Table rows of the chosen lines of one document."""
    page, repairs = corpus.page(doc), corpus.repairs[corpus.repairs["doc"] == doc]
    lines = corpus.lines[corpus.lines["doc"] == doc].set_index("source_line")["text"]
    for number in _chosen(page, repairs, lines, per_doc):
        here = repairs[repairs["source_line"] == number]
        saved = _marked(page[number - 1], here["seen"])
        read = _marked(lines[number], here["became"].map(simplify, na_action="ignore"))
        yield f"<tr><td>{escape(doc)}</td><td>{number}</td><td>{saved}</td><td>{read}</td></tr>"


def _chosen(page, repairs, lines, per_doc):
    """Lines of the article with most repairs, those that fit first."""
    counts = repairs["source_line"].value_counts()
    counts = counts[counts.index.isin(lines.index[~lines.index.duplicated(keep=False)])]
    fits = pd.Series([len(page[n - 1]) <= LONGEST for n in counts.index], index=counts.index, dtype=bool)
    order = pd.DataFrame({"fits": fits, "n": counts}).rename_axis("line").reset_index()
    order = order.sort_values(["fits", "n", "line"], ascending=[False, False, True])
    return sorted(order["line"].head(per_doc))


def _marked(text, pieces):
    """``text`` escaped and cut to size, each of the pieces in bold where it comes next."""
    html, done = [], 0
    for piece in pieces.dropna():
        at = text.find(piece, done)
        if at < 0 or at + len(piece) > LONGEST:
            continue
        html += [escape(text[done:at]), f"<b>{escape(piece)}</b>"]
        done = at + len(piece)
    rest = text[done:LONGEST] if done < LONGEST else ""
    return "".join(html) + escape(rest) + ("…" if len(text) > LONGEST else "")
