"""Figures of terms beyond counts: intervals of keyness, an x-ray of documents, shares over time, a network."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tifa.showing import fonts, style
from tifa.showing.style import GRID, INK, PALETTE, QUIET, ROW, SMALL, SMALL_EM

REST = style.GREYS[style.OTHERS]
MOST_GROUPS, MOST_KEYS, MOST_TERMS, MOST_PERIODS, MOST_NODES, MOST_EDGES = 7, 28, 30, 60, 24, 60
WIDEST_RATIO = 8  # log2; 256 times as frequent is as far as the axis goes


def keyness_intervals(table: pd.DataFrame) -> Figure:
    """Log ratios with their intervals: rows of terms below the name of each group.

    Parameters
    ----------
    table : DataFrame
        Table ``keyness`` against the rest; terms in order of first appearance.

    Returns
    -------
    Figure
        At most 28 terms, of the seven groups with most documents. A bound beyond the axis, or infinite, is an arrow.
        Dark where the interval leaves 0 out. At the right end how many documents of the group, and of the rest, have
        the term.
    """
    if table.empty:
        return style.nothing("Nothing to show: nothing to compare")
    largest = table.groupby("group", sort=False).n_docs.max().sort_values(ascending=False, kind="stable")
    groups = largest.index[:MOST_GROUPS]
    kept = table[table.group.isin(groups)].groupby("group", sort=False).head(max(MOST_KEYS // len(groups), 1))
    rows, names = _grouped_rows(kept)
    fig, ax = style.sheet(len(names) * ROW, left=style.margin(names), right=1.65, top=0.35, bottom=0.62)
    style.name_rows(ax, names)
    _mark_groups(ax, [i for i in range(len(names)) if i not in set(rows)])
    most = min(WIDEST_RATIO, _widest(kept))
    ax.set_xlim(-most, most)
    ax.axvline(0, color=GRID, linewidth=1, zorder=0)
    width, height = style.inches(ax)
    for x, text in ((0.12, "documents"), (0.85, "in the rest")):
        style.write(ax, width + x, height + 0.14, text, color=QUIET)
    for row, cell in zip(rows, kept.itertuples(), strict=True):
        _interval(ax, row, cell, most)
        y = (len(names) - row - 0.5) * ROW
        style.write(ax, width + 0.12, y, f"{cell.k_docs} of {cell.n_docs}", color=QUIET)
        style.write(ax, width + 0.85, y, f"{cell.k_docs_rest} of {cell.n_docs_rest}", color=QUIET)
    ax.set_xlabel("binary logarithm: 1 is twice as frequent as in the rest", fontsize=SMALL, color=QUIET)
    style.note(fig, style.shown(len(groups), len(largest), "groups by number of documents"))
    return fig


def _grouped_rows(kept: pd.DataFrame) -> tuple[list[int], list[str]]:
    """Row of each term below its group's name, and what all rows are called."""
    rows, names = [], []
    for group, terms in kept.groupby("group", sort=False).term:
        names.append(group)
        rows += range(len(names), len(names) + len(terms))
        names += list(terms)
    return rows, names


def _mark_groups(ax: Axes, rows: list[int]) -> None:
    for row in rows:
        ax.get_yticklabels()[row].set_color(PALETTE[0])
        ax.axhline(row, color=GRID, linewidth=0.6, zorder=0)


def _widest(table: pd.DataFrame) -> float:
    values = table[["log_ratio", "log_ratio_low", "log_ratio_high"]].to_numpy(dtype=float)
    finite = np.abs(values[np.isfinite(values)])
    return float(np.ceil(max(finite.max(initial=1), 1)))


def _interval(ax: Axes, row: int, cell, most: float) -> None:
    """Line from bound to bound with the ratio as a dot; arrows where a bound is beyond the axis."""
    colour = PALETTE[0] if cell.lrc else REST
    low, high = max(cell.log_ratio_low, -most), min(cell.log_ratio_high, most)
    ax.plot([low, high], [row, row], color=colour, linewidth=1.6, solid_capstyle="butt")
    for bound, limit, arrow in ((cell.log_ratio_low, -most, "<"), (cell.log_ratio_high, most, ">")):
        if abs(bound) > most:
            ax.plot([limit], [row], marker=arrow, color=colour, markersize=6, markeredgewidth=0, clip_on=False)
    if abs(cell.log_ratio) <= most:
        ax.plot([cell.log_ratio], [row], marker="o", color=colour, markersize=5, markeredgewidth=0)


def term_xray(table: pd.DataFrame) -> Figure:
    """Where terms stand: a row per term, documents side by side, as wide as they are long, a stroke per occurrence.

    Parameters
    ----------
    table : DataFrame
        ``term``, ``doc``, ``share`` (place in the document, 0 to 1; null where it lacks the term), ``size`` (its
        tokens); terms and documents in order of first appearance.

    Returns
    -------
    Figure
        At most 30 terms; documents are named where there is room.
    """
    if table.empty:
        return style.nothing("Nothing to show: no term to look for")
    terms = list(dict.fromkeys(table.term))
    kept = terms[:MOST_TERMS]
    sizes = table.drop_duplicates("doc").set_index("doc")["size"].astype(float)
    edges = np.concatenate([[0], np.cumsum(sizes.to_numpy())])
    begins = dict(zip(sizes.index, edges[:-1], strict=True))
    fig, ax = style.sheet(len(kept) * ROW, left=style.margin(kept), right=0.2, top=0.12, bottom=0.62)
    hits = table[table.term.isin(kept) & table.share.notna()]
    rows = hits.term.map({term: row for row, term in enumerate(kept)}).to_numpy()
    places = (hits.doc.map(begins) + hits.share * hits.doc.map(sizes)).to_numpy(dtype=float)
    ax.vlines(places, rows - 0.36, rows + 0.36, color=INK, linewidth=1.1)
    style.name_rows(ax, kept)
    ax.set_xlim(0, max(edges[-1], 1))
    _mark_documents(ax, sizes, edges)
    ax.set_xlabel(f"{len(sizes)} documents in order of date, as wide as they are long", fontsize=SMALL, color=QUIET)
    style.note(fig, style.shown(len(kept), len(terms), "terms"))
    return fig


def _mark_documents(ax: Axes, sizes: pd.Series, edges: np.ndarray) -> None:
    """Every other document shaded, each named where its name has room."""
    per_token = style.inches(ax)[0] / max(edges[-1], 1)
    named = []
    for number, (doc, size) in enumerate(sizes.items()):
        if number % 2 == 0:
            ax.axvspan(edges[number], edges[number + 1], color="#f2f5f8", zorder=0, linewidth=0)
        if size * per_token > fonts.width(doc) * SMALL_EM + 0.05:
            named.append((edges[number] + size / 2, doc))
    ax.set_xticks([place for place, _ in named], [fonts.drawable(doc) for _, doc in named])


def share_over_time(table: pd.DataFrame) -> Figure:
    """Share of documents by period, with Wilson's interval and the number of documents.

    Parameters
    ----------
    table : DataFrame
        Table ``share``, in order of time. With a column ``term``, a row of panels for several terms.

    Returns
    -------
    Figure
        At most 60 periods, the latest. A period without a document has no dot: nothing was published here.
    """
    if table.empty:
        return style.nothing("Nothing to show: no document has a day")
    periods = list(dict.fromkeys(table.period))
    kept = periods[-MOST_PERIODS:]
    rows = table[table.period.isin(kept)].reset_index(drop=True)
    named = rows.term if "term" in rows else pd.Series("", index=rows.index)
    terms = list(dict.fromkeys(named))
    looks = {term: {"color": colour, "marker": "o"} for term, colour in style.colours(terms).items() if term}
    top = style.legend_height(looks) + 0.15
    fig, ax = style.sheet(2.2, left=0.65, right=0.25, top=top, bottom=0.6)
    for number, term in enumerate(terms):
        own = rows[named == term]
        places = own.period.map(kept.index).to_numpy() + (number - (len(terms) - 1) / 2) * 0.14
        colour = looks.get(term, {"color": PALETTE[0]})["color"]
        ax.vlines(places, own.low, own.high, color=colour, linewidth=1.4)
        ax.plot(places, own.share, "o", color=colour, markersize=6, markeredgewidth=0, clip_on=False)
    _name_periods(ax, kept, rows.drop_duplicates("period").set_index("period").n_docs)
    ax.set_ylim(-0.12, 1)
    ax.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"])
    ax.grid(axis="y", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    style.legend(fig, looks)
    style.note(fig, f"The last {len(kept)} of {len(periods)} periods." if len(kept) < len(periods) else "")
    return fig


def _name_periods(ax: Axes, periods: list[str], n_docs: pd.Series) -> None:
    """Name and number of documents under as many periods as there is room for."""
    widest = max(fonts.width(period) for period in periods) * SMALL_EM + 0.12
    step = max(1, int(np.ceil(widest * len(periods) / style.inches(ax)[0])))
    shown = range(0, len(periods), step)
    ax.set_xlim(-0.5, len(periods) - 0.5)
    ax.set_xticks(list(shown), [f"{periods[i]}\nn = {n_docs[periods[i]]}" for i in shown])


def phrase_network(pairs: pd.DataFrame, counts: pd.Series) -> Figure:
    """Terms that stand in one sentence: a line per pair, thicker with the number of sentences.

    Parameters
    ----------
    pairs : DataFrame
        Table ``cooccurrence``; the first rows are drawn first.
    counts : Series
        Occurrences by term; size of its dot.

    Returns
    -------
    Figure
        At most 24 terms and 60 pairs. Terms that are more often together than with others (Clauset, Newman and Moore's
        modularity) stand side by side in one colour; lines between such groups are grey.
    """
    import networkx as nx  # slow to import, and only this figure needs it

    if pairs.empty:
        return style.nothing("Nothing to show: no two terms stand in one sentence often enough")
    kept = _first_pairs(pairs)
    graph = nx.Graph()
    graph.add_nodes_from(sorted({*kept.term, *kept.other}))
    graph.add_weighted_edges_from(zip(kept.term, kept.other, kept["count"].astype(float), strict=True))
    groups = nx.community.greedy_modularity_communities(graph, weight="weight")
    by_size = [sorted(group, key=lambda name: (-counts.get(name, 0), name)) for group in groups]
    by_size.sort(key=lambda names: (-len(names), names))
    names = [name for group in by_size for name in group]
    colours = {name: (*PALETTE, REST)[min(i, len(PALETTE))] for i, group in enumerate(by_size) for name in group}
    widest = style.margin(names)
    height = max(1.2, (len(names) + 1) // 2 * 0.34)
    fig, ax = style.sheet(height, left=widest, right=widest, top=0.15, bottom=0.35)
    ax.set_axis_off()
    _draw_network(ax, kept, names, colours, counts)
    style.note(fig, style.shown(len(kept), len(pairs), "pairs"))
    return fig


def _first_pairs(pairs: pd.DataFrame) -> pd.DataFrame:
    """The first pairs, as long as they bring no more than ``MOST_NODES`` terms."""
    nodes, rows = set(), []
    for row in pairs.itertuples():
        if len(nodes | {row.term, row.other}) <= MOST_NODES and len(rows) < MOST_EDGES:
            nodes |= {row.term, row.other}
            rows.append(row.Index)
    return pairs.loc[rows]


def _draw_network(ax: Axes, pairs: pd.DataFrame, names: list[str], colours: dict, counts: pd.Series) -> None:
    width, height = style.inches(ax)
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    places = _on_oval(len(names), width, height)
    at = dict(zip(names, places, strict=True))
    for row in pairs.iloc[::-1].itertuples():
        (x1, y1), (x2, y2) = at[row.term], at[row.other]
        same = colours[row.term] == colours[row.other]
        look = {"color": colours[row.term] if same else "#c4ccd4", "alpha": 0.75 if same else 1, "zorder": 1 + same}
        ax.plot([x1, x2], [y1, y2], linewidth=0.5 + 0.5 * float(row.count), solid_capstyle="round", **look)
    for name, (x, y) in at.items():
        size = 4 + 1.6 * np.sqrt(float(counts.get(name, 1)))
        ax.plot([x], [y], "o", color=colours[name], markersize=size, markeredgewidth=0, clip_on=False, zorder=3)
        gap, side = size / 144 + 0.05, 1 if x > width / 2 else -1
        text = style.shorten(name, 14)
        ha = "left" if side > 0 else "right"
        ax.text(x + side * gap, y, text, ha=ha, va="center", fontsize=SMALL, color=INK, zorder=4)


def _on_oval(n: int, width: float, height: float) -> list[tuple[float, float]]:
    """Down the right side of an oval and up the left, at equal heights, so that no two names share a line."""
    right = (n + 1) // 2
    places = []
    for number in range(n):
        side, step, of = (1, number, right) if number < right else (-1, n - 1 - number, n - right)
        y = height * (1 - (step + 0.5) / of)
        bulge = np.sqrt(1 - ((y - height / 2) / (height * 0.6)) ** 2)
        places.append((width / 2 + side * bulge * (width / 2 - 0.15), y))
    return places
