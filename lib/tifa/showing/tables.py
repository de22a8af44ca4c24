"""Tables as a person reads them: few rows, empty cells empty, times to the minute, everything escaped."""

import re
from collections.abc import Iterable
from html import escape

import pandas as pd
from IPython.display import HTML

# JupyterLab sets cells right and makes columns equally wide, whatever is in them.
PLAIN_CELL = re.compile(r"<(?P<tag>t[dh])>(?=(?P<day>\d{4}-\d\d-\d\d)?(?P<line>[^<]{16})?(?P<long>[^<]{24})?)")

# The class keeps dollar signs of a page from being read as formulae.
TABLE = '<table class="tex2jax_ignore">'
HEAD = '<th style="text-align: left">'
CELL = '<td style="text-align: left; vertical-align: top">'


def of_cells(names: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are HTML already, such as text with bold parts.

    Parameters
    ----------
    names : iterable of str
        Of the columns, as text.
    rows : iterable of iterable of str
        Cells, in which page text is escaped.

    Returns
    -------
    str
        HTML, in which dollar signs make no formula.

    Examples
    --------
    >>> "<b>严格</b>守好</td>" in of_cells(["wording"], [["<b>严格</b>守好"]])
    True
    """
    head = "".join(f"{HEAD}{escape(name)}</th>" for name in names)
    body = "".join(f"<tr>{''.join(f'{CELL}{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"{TABLE}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def show(table: pd.DataFrame, columns: list[str] | None = None, n: int = 12, total: int | None = None) -> HTML:
    """The first rows of a table, to end a notebook's cell with.

    Parameters
    ----------
    table : DataFrame
    columns : list of str, optional
        Columns to show, in this order; all when left out.
    n : int
        Rows to show; a line below says how many there are in all.
    total : int, optional
        How many that is, where ``table`` holds only some of them.

    Returns
    -------
    HTML
        Text from pages is escaped, and dollar signs make no formula.

    Examples
    --------
    >>> html = show(pd.DataFrame({"text": ["<b>", None]})).data
    >>> "&lt;b&gt;" in html, "NaN" in html
    (True, False)
    """
    part = (table if columns is None else table[columns]).head(n)
    with pd.option_context("display.max_colwidth", None, "display.html.use_mathjax", False):
        html = part.apply(readable).to_html(index=False, border=0, justify="left")
    html = PLAIN_CELL.sub(_cell, html).replace("<table ", '<table style="table-layout: auto" ', 1)
    total = len(table) if total is None else total
    rest = f"<p>{len(part):,} of {total:,} rows</p>" if total > len(part) else ""
    return HTML(html + (rest if len(table) else "<p>none</p>"))


def _cell(match: re.Match) -> str:
    """A cell that begins on the left; a day on one line, a long text wide enough to be read."""
    wide = "16em" if match["long"] else "7em"
    more = "; white-space: nowrap" if match["day"] else f"; min-width: {wide}" if match["line"] else ""
    return f'<{match["tag"]} style="text-align: left{more}">'


def readable(column: pd.Series) -> pd.Series:
    """A column as text: lists joined, nulls empty, whole numbers whole."""
    if pd.api.types.is_datetime64_any_dtype(column):
        # Midnight is a day whose hour is not known.
        return column.dt.strftime("%Y-%m-%d %H:%M").str.removesuffix(" 00:00").fillna("")
    if pd.api.types.is_float_dtype(column):
        return column.map("{:.4g}".format, na_action="ignore").astype(object).fillna("")
    return column.map(lambda v: "、".join(v) if isinstance(v, (list, tuple)) else v).astype(object).fillna("")
