"""Tables drawn as coloured cells with the number in each."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from tifa.showing import fonts, style
from tifa.showing.style import PAPER, QUIET, SMALL, SMALL_EM, WIDTH

MOST_ROWS, MOST_COLUMNS = 40, 30
CELL, WIDEST_CELL = 0.26, 1.4
TURNED = 16  # ems of a name that is turned upright
EMPTY = "#fafafa"


def term_matrix(table: pd.DataFrame, per: str = "doc") -> Figure:
    """Terms by documents, the count in each cell, darker where it is larger.

    Parameters
    ----------
    table : DataFrame
        ``term``, ``doc``, ``count``; rows and columns in order of first appearance, a pair that is missing counts 0.
    per : str
        What a column is, where ``doc`` holds months or other groups of documents.
    """
    wide = _wide(table, "term", "doc", "count")
    return _counts(wide, "terms", "documents" if per == "doc" else f"{per}s")


def sites_by_kind(table: pd.DataFrame) -> Figure:
    """Kinds of site by district (or city), the number of visits in each cell.

    Parameters
    ----------
    table : DataFrame
        ``site_type``, ``district``, ``count`` and, where there are several, ``city``; missing pairs count 0.

    Returns
    -------
    Figure
        Kinds with most visits on top; at most 30 districts, those with most visits, in order of first appearance.
    """
    kind = table.site_type.fillna("other").str.replace("_", " ")
    wide = _wide(table.assign(place=_places(table), kind=kind), "kind", "place", "count")
    wide = wide.loc[wide.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    most = wide.sum().sort_values(ascending=False, kind="stable").index[:MOST_COLUMNS]
    cells = wide.loc[:, wide.columns.isin(most)]
    cells = cells[(cells > 0).any(axis=1)]
    total = wide.shape[1]
    left_out = f"The {len(most)} of {total:,} districts with most visits." if len(most) < total else ""
    return _draw(cells, _shades(cells.to_numpy(), least=5), _integers(cells), left_out)


def leaders_by_district(table: pd.DataFrame) -> Figure:
    """Leaders by district (or city), the number of visits in each cell.

    Parameters
    ----------
    table : DataFrame
        ``leader``, ``district``, ``count`` and, where there are several, ``city``; missing pairs count 0.

    Returns
    -------
    Figure
        The first leaders, as many as have room with all their districts: at most 40, and 30 districts.
    """
    named = table.assign(place=_places(table), leader=table.leader.fillna("(not named)"))
    wide = _wide(named, "leader", "place", "count")
    needed = (wide.cumsum() > 0).sum(axis=1)  # districts of the leaders down to this one
    room = max((needed <= MOST_COLUMNS).sum(), 1)
    rows = wide.iloc[: min(room, MOST_ROWS)]
    cells = rows.loc[:, (rows > 0).any()].iloc[:, :MOST_COLUMNS]
    left_out = style.shown(len(cells), len(wide), "leaders")
    return _draw(cells, _shades(cells.to_numpy(), least=5), _integers(cells), left_out)


def _places(table: pd.DataFrame) -> pd.Series:
    """District, after its city where there are several."""
    place = table.district.fillna("(no district)")
    if "city" in table and table.city.nunique() > 1:
        place = table.city.map(style.short_city) + " " + place
    return place.str.strip()


def phrase_matrix(table: pd.DataFrame) -> Figure:
    """Shared phrases by documents in order of date: the count in each cell, in the colour of the document's city.

    Parameters
    ----------
    table : DataFrame
        ``phrase``, ``doc``, ``city``, ``count`` and, for the order of the columns, ``date``; without it the documents
        come in order of first appearance. Missing pairs count 0. For a column of a document that shares nothing give
        it a row with count 0.

    Returns
    -------
    Figure
        At most 40 phrases and 30 documents. Seven cities have a colour: those with most cells.
    """
    ordered = table.sort_values("date", kind="stable") if "date" in table else table
    docs = list(dict.fromkeys(ordered.doc))
    wide = _wide(table, "phrase", "doc", "count")[docs]
    cells = wide.iloc[:MOST_ROWS, :MOST_COLUMNS]
    cities = frequent(ordered.drop_duplicates("doc").set_index("doc").city[cells.columns], (cells > 0).sum())
    palette = style.colours(cities)
    own = [palette[city] for city in cities]
    shades = [[colour if n else EMPTY for colour, n in zip(own, row, strict=True)] for row in cells.to_numpy()]
    looks = {city: {"color": colour} for city, colour in palette.items()}
    return _draw(cells, shades, _integers(cells), _left_out(wide, cells, "phrases", "documents"), 26, looks)


def frequent(cities: pd.Series, weight: pd.Series) -> pd.Series:
    """Short names of the seven cities with most weight; the others are one group, and so are nulls.

    Examples
    --------
    >>> cities = pd.Series(["甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市"])
    >>> frequent(cities, pd.Series([0, 1, 1, 1, 1, 1, 1, 2])).iloc[[0, 7]].tolist()
    ['other cities', '辛市']
    """
    heaviest = weight.groupby(cities.fillna("")).transform("sum").sort_values(ascending=False, kind="stable").index
    return style.city_groups(cities.loc[heaviest]).loc[cities.index]


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
    left_out = _left_out(wide, cells, "documents", "documents")
    return _draw(cells, _shades(share, least=0.2), text, left_out, corner="% of the row's text")


def _wide(table: pd.DataFrame, index: str, columns: str, values: str) -> pd.DataFrame:
    """Rows by columns, both in order of first appearance, 0 where a pair is missing."""
    wide = table.pivot_table(index=index, columns=columns, values=values, aggfunc="sum", fill_value=0)
    return wide.reindex(index=list(dict.fromkeys(table[index])), columns=list(dict.fromkeys(table[columns])))


def _counts(wide: pd.DataFrame, rows: str, columns: str) -> Figure:
    cells = wide.iloc[:MOST_ROWS, :MOST_COLUMNS]
    shades = _shades(cells.to_numpy(), least=5)  # a count of 1 is pale even where nothing is counted more often
    return _draw(cells, shades, _integers(cells), _left_out(wide, cells, rows, columns))


def _integers(cells: pd.DataFrame) -> list[list[str]]:
    return [[f"{n:,.0f}" if n else "" for n in row] for row in cells.to_numpy()]


def _shades(values: np.ndarray, least: float) -> list[list[str]]:
    """A colour per cell, darkest at the largest value or at ``least``; a square root keeps small ones apart.

    Null is grey.
    """
    top = max(np.nanmax(values, initial=0), least)
    shades = [to_hex(style.SHADES(step / 100)) for step in range(101)]
    return [
        [style.GRID if np.isnan(n) else shades[round((n / top) ** 0.5 * 100)] if n else EMPTY for n in row]
        for row in values.astype(float)
    ]


def _left_out(wide: pd.DataFrame, cells: pd.DataFrame, rows: str, columns: str) -> str:
    (n_rows, n_columns), (kept_rows, kept_columns) = wide.shape, cells.shape
    sides = [style.shown(kept_columns, n_columns, columns)]
    if rows != columns:
        sides.insert(0, style.shown(kept_rows, n_rows, rows))
    return " ".join(filter(None, sides))


def _draw(cells: pd.DataFrame, shades, text, left_out="", most: float = 16, looks=None, corner="") -> Figure:
    """Cells as wide as the page allows, their numbers where there is room, names left and above."""
    if cells.empty:
        return style.nothing("Nothing to show: no row of the table")
    looks, (n_rows, n_columns) = looks or {}, cells.shape
    left = max(style.margin(cells.index, most), fonts.width(corner) * SMALL_EM + 0.2)
    cell = min((WIDTH - left - 0.2) / n_columns, WIDEST_CELL)
    names, turned = _column_names(list(cells.columns), cell)
    above = max(_name_height(name, turned) for name in names) + 0.15 + style.legend_height(looks)
    below = 0.4 if left_out else 0.15
    fig, ax = style.sheet(n_rows * CELL, left, WIDTH - left - cell * n_columns, above, below)
    ax.imshow([[to_rgb(colour) for colour in row] for row in shades], aspect="auto", interpolation="nearest")
    ax.hlines(np.arange(1, n_rows) - 0.5, -0.5, n_columns - 0.5, color=PAPER, linewidth=1.2)
    ax.vlines(np.arange(1, n_columns) - 0.5, -0.5, n_rows - 0.5, color=PAPER, linewidth=1.2)
    _write_cells(ax, shades, text, cell)
    style.name_rows(ax, list(cells.index), most)
    ax.set_xlim(-0.5, n_columns - 0.5)
    ax.xaxis.tick_top()
    ax.set_xticks(range(n_columns), names, rotation=90 if turned else 0, linespacing=1.1)
    style.write(ax, -0.07, n_rows * CELL + 0.12, corner, ha="right", color=QUIET)
    style.legend(fig, looks)
    style.note(fig, left_out)
    return fig


def _write_cells(ax: Axes, shades, text, cell: float) -> None:
    """The numbers, where the cells are wide enough for all of them."""
    room = max(fonts.width(number) for row in text for number in row) * SMALL_EM < cell - 0.02
    for row, (colours, numbers) in enumerate(zip(shades, text, strict=True)):
        for column, (colour, number) in enumerate(zip(colours, numbers, strict=True)):
            if number and room:
                ink = style.ink_on(colour)
                ax.text(column, row, number, ha="center", va="center_baseline", fontsize=SMALL, color=ink)


def _column_names(names: list, cell: float) -> tuple[list[str], bool]:
    """Names broken at their spaces into lines that fit the column; turned upright where they do not fit."""
    lines = [str(name).replace(" ", "\n") for name in names]
    if all(fonts.width(part) * SMALL_EM < cell - 0.06 for name in lines for part in name.split("\n")):
        return [fonts.drawable(name) for name in lines], False
    return [style.shorten(name, TURNED) for name in names], True


def _name_height(name: str, turned: bool) -> float:
    if turned:
        return fonts.width(name) * SMALL_EM
    return (name.count("\n") + 1) * SMALL_EM * 1.45
