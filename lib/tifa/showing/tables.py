"""Tables as a person reads them: few rows, empty cells empty, times to the minute, everything escaped."""

import re

import pandas as pd
from IPython.display import HTML

# JupyterLab sets cells right and makes columns equally wide, whatever is in them.
CELL = re.compile(r"<td>(?=(\d{4}-\d\d-\d\d)?)")


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
    html = CELL.sub(_cell, html).replace("<table ", '<table style="table-layout: auto" ', 1)
    total = len(table) if total is None else total
    rest = f"<p>{len(part):,} of {total:,} rows</p>" if total > len(part) else ""
    return HTML(html + (rest if len(table) else "<p>none</p>"))


def _cell(match: re.Match) -> str:
    """A cell that begins on the left, and a day on one line."""
    return f'<td style="text-align: left{"; white-space: nowrap" if match[1] else ""}">'


def readable(column: pd.Series) -> pd.Series:
    """A column as text: lists joined, nulls empty, whole numbers whole."""
    if pd.api.types.is_datetime64_any_dtype(column):
        # Midnight is a day whose hour is not known.
        return column.dt.strftime("%Y-%m-%d %H:%M").str.removesuffix(" 00:00").fillna("")
    if pd.api.types.is_float_dtype(column):
        return column.map("{:.4g}".format, na_action="ignore").astype(object).fillna("")
    return column.map(lambda v: "、".join(v) if isinstance(v, (list, tuple)) else v).astype(object).fillna("")
