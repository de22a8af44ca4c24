"""Bars, dots and the word cloud."""

from itertools import cycle

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tifa.showing import fonts, style
from tifa.showing.style import GRID, INK, QUIET, ROW, SMALL, SMALL_EM

MOST_DOCUMENTS, MOST_TERMS, MOST_IN_CLOUD = 40, 30, 120
PARTS = {"article": "#0072B2", "boilerplate": "#E69F00", "markup": "#bbbbbb", "insertions": "#D55E00"}
CLOUD_HEIGHT, CLOUD_SEED = 4.2, 1
CLOUD_SCALE = 2  # words are placed on a sheet of half the size, which is faster
SHAPES = ("o", "^", "s", "D", "v", "P", "X")
DOT = {"markersize": 6, "linestyle": "", "markeredgewidth": 0}
MEAN = {"marker": "|", "markersize": 10, "markeredgewidth": 1.4, "color": INK}
RANGE = {"marker": "_", "markersize": 10, "markeredgewidth": 1, "color": "#b5b5b5"}


def composition(table: pd.DataFrame) -> Figure:
    """What each page is made of: a bar per document, cut into shares of its characters.

    Parameters
    ----------
    table : DataFrame
        ``doc``, ``part``, ``n_chars``; bars and parts in order of first appearance.

    Returns
    -------
    Figure
        At most 40 documents; the number at a bar's end is the page's characters.
    """
    if table.empty:
        return style.nothing("Nothing to show: no document")
    docs, parts = list(dict.fromkeys(table.doc)), list(dict.fromkeys(table.part))
    kept = docs[:MOST_DOCUMENTS]
    wide = table.pivot_table(index="doc", columns="part", values="n_chars", aggfunc="sum", fill_value=0)
    wide = wide.reindex(index=kept, columns=parts)
    looks = {part: {"color": colour} for part, colour in _part_colours(parts).items()}
    below = 0.55 if len(kept) < len(docs) else 0.35
    fig, ax = style.sheet(len(kept) * ROW, style.margin(kept), 0.85, style.legend_height(looks) + 0.1, below)
    for row, doc in enumerate(kept):
        _bar(ax, row, wide.loc[doc], looks)
    style.name_rows(ax, kept)
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25 %", "50 %", "75 %", "100 %"])
    style.legend(fig, looks)
    style.note(fig, style.shown(len(kept), len(docs), "documents"))
    return fig


def _part_colours(parts) -> dict[str, str]:
    free = cycle([c for c in style.PALETTE if c not in PARTS.values()])
    return {part: PARTS.get(part) or next(free) for part in parts}


def _bar(ax: Axes, row: int, counts: pd.Series, looks: dict[str, dict]) -> None:
    """One document's bar; a share is written where the segment has room for it."""
    total, left = counts.sum(), 0.0
    width, _ = style.inches(ax)
    for part, share in (counts / max(total, 1)).items():
        colour = looks[part]["color"]
        ax.barh(row, share, left=left, height=0.72, color=colour, edgecolor=style.PAPER, linewidth=0.5)
        text = f"{share:.0%}".replace("%", " %")
        if share * width > fonts.width(text) * SMALL_EM + 0.08:
            ink = style.ink_on(colour)
            ax.text(left + share / 2, row, text, ha="center", va="center", fontsize=SMALL, color=ink)
        left += share
    ax.text(1 + 0.08 / width, row, f"{total:,.0f}", va="center", fontsize=SMALL, color=QUIET)


def term_dots(table: pd.DataFrame) -> Figure:
    """Rates of terms: a row per term, a dot per document, a thin line over their range, a tick at their mean.

    Parameters
    ----------
    table : DataFrame
        ``term``, ``doc``, ``city`` (null: no city), ``per_thousand``; terms in order of first appearance.
        A document without the term needs its row with 0, or the mean leaves it out.

    Returns
    -------
    Figure
        At most 30 terms.
    """
    if table.empty:
        return style.nothing("Nothing to show: no term")
    terms = list(dict.fromkeys(table.term))
    kept = terms[:MOST_TERMS]
    rows = table[table.term.isin(kept)]
    rows = rows.assign(
        row=rows.term.map({term: row for row, term in enumerate(kept)}), city=style.city_groups(rows.city)
    )
    looks = _looks(rows.city)
    legend = looks | {"mean": MEAN, "range": RANGE}
    fig, ax = style.sheet(
        len(kept) * ROW, left=style.margin(kept) + 0.06, right=0.25, top=style.legend_height(legend) + 0.1, bottom=0.65
    )
    _ranges(ax, rows.groupby("row").per_thousand)
    for city, own in rows.groupby("city", sort=False):
        faint = 0.85 if table.doc.nunique() <= 40 else 0.35
        ax.plot(own.per_thousand, own.row, clip_on=False, alpha=faint, **looks[city])
    style.name_rows(ax, kept)
    ax.tick_params(axis="y", pad=8)  # a mark at 0 is as wide to the left
    ax.set_xlim(0, max(rows.per_thousand.max(), 0.001) * 1.03)
    ax.grid(axis="x", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_xlabel("per 1,000 words", fontsize=SMALL, color=QUIET)
    style.legend(fig, legend)
    style.note(fig, style.shown(len(kept), len(terms), "terms"))
    return fig


def _ranges(ax: Axes, by_row) -> None:
    """The line over each row's range and the tick at its mean."""
    low, high, mean = by_row.min(), by_row.max(), by_row.mean()
    ax.hlines(low.index, low, high, color=RANGE["color"], linewidth=1, zorder=1)
    ax.vlines(mean, mean.index - 0.28, mean.index + 0.28, color=INK, linewidth=1.4, zorder=3)


def _looks(groups: pd.Series) -> dict[str, dict]:
    """A mark per group of cities."""
    shapes = iter(SHAPES)
    return {
        name: {"color": colour, "marker": "o" if name in style.GREYS else next(shapes), **DOT}
        for name, colour in style.colours(groups).items()
    }


def word_cloud(table: pd.DataFrame) -> Figure:
    """The most frequent terms, sized by count: an opening picture; compare with :func:`term_dots`, not by eye.

    Parameters
    ----------
    table : DataFrame
        ``term``, ``count``; any order, terms with equal counts are placed in order of the term.

    Returns
    -------
    Figure
        At most 120 terms.
    """
    from wordcloud import WordCloud  # slow to import, and only this figure needs it

    ordered = table[table["count"] > 0].sort_values(["count", "term"], ascending=[False, True])
    counts = {fonts.drawable(t): float(n) for t, n in zip(ordered.term, ordered["count"], strict=True)}
    kept = dict(list(counts.items())[:MOST_IN_CLOUD])
    if not kept:
        return style.nothing("Nothing to show: no term")
    fig, ax = style.sheet(CLOUD_HEIGHT, left=0.1, right=0.1, top=0.1, bottom=0.3 if len(kept) < len(counts) else 0.1)
    width, height = (round(side * style.DPI / CLOUD_SCALE) for side in style.inches(ax))
    cloud = WordCloud(
        font_path=fonts.path(),
        width=width,
        height=height,
        scale=CLOUD_SCALE,
        background_color=style.PAPER,
        random_state=CLOUD_SEED,
        prefer_horizontal=1.0,
        relative_scaling=0.5,
        margin=3,
        min_font_size=7,
        max_font_size=56,
        color_func=_cloud_colour,
    )
    ax.imshow(cloud.generate_from_frequencies(kept).to_array(), interpolation="nearest", aspect="auto")
    ax.set_axis_off()
    style.note(fig, style.shown(len(kept), len(counts), "terms"))
    return fig


def _cloud_colour(word, font_size, position, orientation, random_state=None, **_) -> str:
    """Dark for large words, lighter for small ones, always dark enough to read."""
    return "#08306b" if font_size > 30 else "#2171b5" if font_size > 14 else "#5a6b7b"
