"""Tables drawn as coloured cells with the number in each."""

import numpy as np
import pandas as pd
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tifa.showing import fonts, style
from tifa.showing.style import PAPER, SMALL, SMALL_EM, WIDTH

MOST_ROWS, MOST_COLUMNS = 40, 30
CELL, WIDEST_CELL = 0.26, 1.05
EMPTY = "#fafafa"


def term_matrix(table: pd.DataFrame) -> Figure:
    """Terms by documents, the count in each cell, darker where it is larger.

    Parameters
    ----------
    table : DataFrame
        ``term``, ``doc``, ``count``; rows and columns in order of first appearance, a pair that is missing counts 0.
    """
    wide = _wide(table, "term", "doc", "count")
    return _counts(wide, "terms", "documents")


def sites_by_kind(table: pd.DataFrame) -> Figure:
    """Kinds of site by district (or city), the number of visits in each cell.

    Parameters
    ----------
    table : DataFrame
        ``site_type``, ``district``, ``count``; missing pairs count 0.
    """
    filled = table.assign(
        district=table.district.fillna("no district named"), site_type=table.site_type.fillna("other")
    )
    wide = _wide(filled, "site_type", "district", "count")
    wide = wide.loc[wide.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    wide.index = [kind.replace("_", " ") for kind in wide.index]
    return _counts(wide, "kinds of site", "districts")


def phrase_matrix(table: pd.DataFrame) -> Figure:
    """Shared phrases by documents in order of date: the count in each cell, in the colour of the document's city.

    Parameters
    ----------
    table : DataFrame
        ``phrase``, ``doc``, ``city``, ``count`` and, for the order of the columns, ``date``; without it the documents
        come in order of first appearance. Missing pairs count 0.
    """
    ordered = table.sort_values("date", kind="stable") if "date" in table else table
    docs = list(dict.fromkeys(ordered.doc))
    wide = _wide(table, "phrase", "doc", "count")[docs]
    city = dict(zip(table.doc, table.city, strict=True))
    palette = style.colours(style.short_city(city[doc]) for doc in docs)
    cells = wide.iloc[:MOST_ROWS, :MOST_COLUMNS]
    own = [palette[style.short_city(city[doc])] for doc in cells.columns]
    shades = [[colour if n else EMPTY for colour, n in zip(own, row, strict=True)] for row in cells.to_numpy()]
    return _draw(cells, shades, _integers(cells), _left_out(wide, cells, "phrases", "documents"), most=26)


def reuse_matrix(table: pd.DataFrame) -> Figure:
    """How much of each document (row) stands word for word in each other one (column), in per cent.

    Parameters
    ----------
    table : DataFrame
        ``doc``, ``other``, ``share`` (0 to 1, of the characters of ``doc``); not symmetric. Missing pairs are 0.
    """
    docs = list(dict.fromkeys([*table.doc, *table.other]))
    wide = _wide(table, "doc", "other", "share").reindex(index=docs, columns=docs, fill_value=0.0)
    cells = wide.iloc[:MOST_COLUMNS, :MOST_COLUMNS].astype(float)
    share = cells.to_numpy(copy=True)
    np.fill_diagonal(share, np.nan)
    text = [["" if np.isnan(n) else "<1" if 0 < n < 0.005 else f"{n * 100:.0f}" for n in row] for row in share]
    return _draw(cells, _shades(share), text, _left_out(wide, cells, "documents", "documents"))


def _wide(table: pd.DataFrame, index: str, columns: str, values: str) -> pd.DataFrame:
    """Rows by columns, both in order of first appearance, 0 where a pair is missing."""
    wide = table.pivot_table(index=index, columns=columns, values=values, aggfunc="sum", fill_value=0)
    return wide.reindex(index=list(dict.fromkeys(table[index])), columns=list(dict.fromkeys(table[columns])))


def _counts(wide: pd.DataFrame, rows: str, columns: str) -> Figure:
    cells = wide.iloc[:MOST_ROWS, :MOST_COLUMNS]
    return _draw(cells, _shades(cells.to_numpy(float)), _integers(cells), _left_out(wide, cells, rows, columns))


def _integers(cells: pd.DataFrame) -> list[list[str]]:
    return [[f"{n:,.0f}" if n else "" for n in row] for row in cells.to_numpy()]


def _shades(values: np.ndarray) -> list[list[str]]:
    """A colour per cell, darker for more; a square root keeps small counts apart. Null is grey."""
    top = np.nanmax(values, initial=0) or 1
    return [
        [style.GRID if np.isnan(n) else EMPTY if n == 0 else to_hex(style.SHADES((n / top) ** 0.5)) for n in row]
        for row in values
    ]


def _left_out(wide: pd.DataFrame, cells: pd.DataFrame, rows: str, columns: str) -> str:
    (n_rows, n_columns), (kept_rows, kept_columns) = wide.shape, cells.shape
    sides = [style.shown(kept_columns, n_columns, columns)]
    if rows != columns:
        sides.insert(0, style.shown(kept_rows, n_rows, rows))
    return " ".join(filter(None, sides))


def _draw(cells: pd.DataFrame, shades, text, left_out: str = "", most: float = 16) -> Figure:
    """Cells as wide as the page allows, their numbers where there is room, names left and above."""
    left = style.margin(cells.index, most)
    cell = min((WIDTH - left - 0.2) / max(cells.shape[1], 1), WIDEST_CELL)
    names, turned = _column_names(list(cells.columns), cell)
    above = max((_name_height(name, turned) for name in names), default=0) + 0.12
    right = WIDTH - left - cell * max(cells.shape[1], 1)
    fig, ax = style.sheet(
        max(len(cells), 1) * CELL, left=left, right=right, top=above, bottom=0.35 if left_out else 0.12
    )
    for row, (colours, numbers) in enumerate(zip(shades, text, strict=True)):
        for column, (colour, number) in enumerate(zip(colours, numbers, strict=True)):
            ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colour, edgecolor=PAPER, linewidth=1))
            if number and fonts.width(number) * SMALL_EM < cell - 0.04:
                ink = style.ink_on(colour)
                ax.text(column, row, number, ha="center", va="center_baseline", fontsize=SMALL, color=ink)
    style.name_rows(ax, list(cells.index), most)
    ax.set_xlim(-0.5, cells.shape[1] - 0.5)
    ax.xaxis.tick_top()
    ax.set_xticks(range(cells.shape[1]), names, rotation=90 if turned else 0, linespacing=1.1)
    style.note(fig, left_out)
    return fig


def _column_names(names: list, cell: float) -> tuple[list[str], bool]:
    """Names broken at their spaces into lines that fit the column; turned upright where they do not fit."""
    lines = [str(name).replace(" ", "\n") for name in names]
    if all(fonts.width(part) * SMALL_EM < cell - 0.06 for name in lines for part in name.split("\n")):
        return [fonts.drawable(name) for name in lines], False
    return [style.shorten(name, 12) for name in names], True


def _name_height(name: str, turned: bool) -> float:
    if turned:
        return fonts.width(name) * SMALL_EM
    return (name.count("\n") + 1) * SMALL_EM * 1.45
