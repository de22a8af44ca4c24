"""Figures of terms beyond counts: intervals of keyness, an x-ray of documents, shares over time, a network."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tifa.showing import fonts, style
from tifa.showing.figures import labelled
from tifa.showing.style import GRID, INK, PALETTE, QUIET, ROW, SMALL, SMALL_EM

REST = style.GREYS[style.OTHERS]
MOST_GROUPS, MOST_KEYS, MOST_TERMS, MOST_PERIODS, MOST_PANELS, MOST_NODES, MOST_EDGES = 7, 28, 30, 60, 5, 24, 60
WIDEST_RATIO = 8  # log2; 256 times as frequent is as far as the axis goes
PANEL, STEP = 1.05, 1.5  # a panel of shares: inches, and units of its axis from 0 to the next panel's 0


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
        Thick and full where the interval leaves 0 out, thin and hollow where it does not. At the right end how many
        documents of the group, and of the rest, have the term.
    """
    if table.empty:
        return style.nothing("Nothing to show: nothing to compare")
    largest = table.groupby("group", sort=False).n_docs.max().sort_values(ascending=False, kind="stable")
    groups = largest.index[:MOST_GROUPS]
    kept = table[table.group.isin(groups)].groupby("group", sort=False).head(max(MOST_KEYS // len(groups), 1))
    rows, names = _grouped_rows(kept)
    fig, ax = style.sheet(len(names) * ROW, left=style.margin(names), right=1.65, top=0.57, bottom=0.62)
    style.name_rows(ax, names)
    _mark_groups(ax, [i for i in range(len(names)) if i not in set(rows)])
    ax.set_xlim(_least(kept.log_ratio_low), -_least(-kept[["log_ratio", "log_ratio_high"]]))
    ax.axvline(0, color=GRID, linewidth=1, zorder=0)
    for row, cell in zip(rows, kept.itertuples(), strict=True):
        _interval(ax, row, cell)
    _write_documents(ax, rows, kept, len(names))
    reading = "binary logarithm: 1 is twice as frequent as in the rest; an arrow: beyond the axis"
    ax.set_xlabel(reading, fontsize=SMALL, color=QUIET)
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


def _write_documents(ax: Axes, rows: list[int], kept: pd.DataFrame, n_rows: int) -> None:
    """At the right end of each row how many documents of the group, and of the rest, have the term."""
    width, height = style.inches(ax)
    style.write(ax, width + 0.12, height + 0.36, "documents with it", color=QUIET)
    for x, title, k, n in (
        (0.12, "here", "k_docs", "n_docs"),
        (0.85, "in the rest", "k_docs_rest", "n_docs_rest"),
    ):
        style.write(ax, width + x, height + 0.14, title, color=QUIET)
        for row, having, of in zip(rows, kept[k], kept[n], strict=True):
            style.write(ax, width + x, (n_rows - row - 0.5) * ROW, f"{having} of {of}", color=QUIET)


def _least(values) -> float:
    """Where an axis has to begin: the least finite value, from one to eight below 0."""
    values = np.asarray(values, dtype=float)
    return float(np.clip(np.floor(values[np.isfinite(values)].min(initial=-1)), -WIDEST_RATIO, -1))


def _interval(ax: Axes, row: int, cell) -> None:
    """Line from bound to bound with the ratio as a dot; arrows where a bound is beyond the axis."""
    colour, thick, fill = (PALETTE[0], 2.4, PALETTE[0]) if cell.lrc else (REST, 1.1, style.PAPER)
    least, most = ax.get_xlim()
    low, high = max(cell.log_ratio_low, least), min(cell.log_ratio_high, most)
    ax.plot([low, high], [row, row], color=colour, linewidth=thick, solid_capstyle="butt")
    for beyond, limit, arrow in ((cell.log_ratio_low < least, least, "<"), (cell.log_ratio_high > most, most, ">")):
        if beyond:
            ax.plot([limit], [row], marker=arrow, color=colour, markersize=6, markeredgewidth=0, clip_on=False)
    if least <= cell.log_ratio <= most:
        look = {"markersize": 5.5, "markerfacecolor": fill, "markeredgecolor": colour, "markeredgewidth": 1.1}
        ax.plot([cell.log_ratio], [row], marker="o", **look)


def named_columns(cells: pd.DataFrame, documents: pd.DataFrame, per: str) -> pd.DataFrame:
    """Counts by document or period, ready for :func:`tifa.showing.figures.term_matrix`.

    Parameters
    ----------
    cells : DataFrame
        ``term``, ``group``, ``n_docs``, ``count``: see :func:`tifa.terms.crosstab`.
    documents : DataFrame
        Table ``documents``.
    per : str
        What the groups are: see :func:`tifa.terms.finest`.

    Returns
    -------
    DataFrame
        ``cells`` with ``doc`` for ``group``: the document's label, or the period and how many documents it has.

    Examples
    --------
    >>> cells = pd.DataFrame({"term": ["清零"], "group": ["2022-04"], "n_docs": [16], "count": [3]})
    >>> named_columns(cells, pd.DataFrame(), "month")["doc"].tolist()
    ['2022-04 (16)']
    """
    cells = cells.rename(columns={"group": "doc"})
    if per == "doc":
        return labelled(cells, documents, within="term")
    return cells.assign(doc=cells["doc"] + " (" + cells["n_docs"].astype("str") + ")")


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
    documents = (
        "1 document" if len(sizes) == 1 else f"{len(sizes)} documents in order of date, as wide as they are long"
    )
    ax.set_xlabel(documents, fontsize=SMALL, color=QUIET)
    style.note(fig, style.shown(len(kept), len(terms), "terms"))
    return fig


def _mark_documents(ax: Axes, sizes: pd.Series, edges: np.ndarray) -> None:
    """Every other document shaded, each named where its name has room, or at least the first word of it, its day."""
    per_token = style.inches(ax)[0] / max(edges[-1], 1)
    named = []
    for number, (doc, size) in enumerate(sizes.items()):
        if number % 2 == 0:
            ax.axvspan(edges[number], edges[number + 1], color="#f2f5f8", zorder=0, linewidth=0)
        room = size * per_token - 0.05
        name = next((text for text in (doc, doc.split(" ")[0]) if fonts.width(text) * SMALL_EM < room), None)
        if name:
            named.append((edges[number] + size / 2, name))
    ax.set_xticks([place for place, _ in named], [fonts.drawable(doc) for _, doc in named])


def share_over_time(table: pd.DataFrame) -> Figure:
    """Share of documents by period, with Wilson's interval and the number of documents.

    Parameters
    ----------
    table : DataFrame
        Table ``share``, in order of time. With a column ``term``, a panel for each of several terms.

    Returns
    -------
    Figure
        At most five panels, one below the other, and 60 periods, the latest. A period without a document has no dot:
        nothing was published here.
    """
    if table.empty:
        return style.nothing("Nothing to show: no document has a day")
    periods = list(dict.fromkeys(table.period))
    kept = periods[-MOST_PERIODS:]
    rows = table[table.period.isin(kept)].reset_index(drop=True)
    named = rows.term if "term" in rows else pd.Series("", index=rows.index)
    terms = list(dict.fromkeys(named))
    drawn = terms[:MOST_PANELS]
    fig, ax = style.sheet(len(drawn) * PANEL, left=0.65, right=0.25, top=0.1, bottom=0.6)
    for number, term in enumerate(drawn):
        own = rows[named == term]
        _panel(ax, -STEP * number, term, own, own.period.map(kept.index))
    ax.set_ylim(-STEP * (len(drawn) - 1) - 0.12, STEP - 0.12)
    bases = [-STEP * number for number in range(len(drawn))]
    ax.set_yticks([base + share for base in bases for share in (0, 0.5, 1)], ["0", "50 %", "100 %"] * len(drawn))
    _name_periods(ax, kept, rows.drop_duplicates("period").set_index("period").n_docs)
    latest = f"The last {len(kept)} of {len(periods)} periods." if len(kept) < len(periods) else ""
    style.note(fig, f"{latest} {style.shown(len(drawn), len(terms), 'terms')}".strip())
    return fig


def _panel(ax: Axes, base: float, term: str, rows: pd.DataFrame, places: pd.Series) -> None:
    """One term's shares over lines at 0, a half and 1, its name above them."""
    ax.hlines(
        [base, base + 0.5, base + 1], 0, 1, transform=ax.get_yaxis_transform(), color=GRID, linewidth=0.6, zorder=0
    )
    ax.vlines(places, base + rows.low, base + rows.high, color=PALETTE[0], linewidth=1.4)
    ax.plot(places, base + rows.share, "o", color=PALETTE[0], markersize=5.5, markeredgewidth=0, clip_on=False)
    name = style.shorten(term, style.LEGEND_NAME)
    ax.text(0, base + 1.22, name, transform=ax.get_yaxis_transform(), fontsize=SMALL, color=INK, va="center_baseline")


def _name_periods(ax: Axes, periods: list[str], n_docs: pd.Series) -> None:
    """Name and number of documents under as many periods that have any as there is room for."""
    widest = max(fonts.width(period) for period in periods) * SMALL_EM + 0.12
    step = max(1, int(np.ceil(widest * len(periods) / style.inches(ax)[0])))
    shown: list[int] = []
    for i, period in enumerate(periods):
        if n_docs[period] and (not shown or i - shown[-1] >= step):
            shown.append(i)
    ax.set_xlim(-0.5, len(periods) - 0.5)
    ax.set_xticks(shown, [f"{periods[i]}\nn = {n_docs[periods[i]]}" for i in shown])


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
