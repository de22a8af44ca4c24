"""Phrases on their way through days and cities: first appearances, a network of cities, a choice of documents."""

from itertools import cycle
from math import cos, pi, sin

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tifa.showing import fonts, style
from tifa.showing.charts import DOT, SHAPES
from tifa.showing.matrices import frequent
from tifa.showing.style import GRID, INK, ROW, SMALL, SMALL_EM, WIDTH

MOST_PHRASES, MOST_CITIES = 30, 24
LINKS_OF_A_CITY, NUMBERED = 3, 6  # strongest lines: of each city, and with their number
HALF_SPREAD = 0.32  # of a row's height: marks of one day stand above each other
RADIUS = 2.1  # inches
WIDEST_LINE = 7  # points
MARK = 0.11  # inches
# Where on its line a number may stand, in the order tried; how far apart two numbers are at least, in inches.
ALONG, APART = (0.38, 0.5, 0.62, 0.28, 0.72), (0.3, 0.2)


def fullest(table: pd.DataFrame, values: str, n: int = 30) -> pd.DataFrame:
    """Rows of the documents that have most, for a matrix that has no room for all of them.

    Phrases that none of them has are left out too.

    Parameters
    ----------
    table : DataFrame
        With ``doc``; where it has ``other`` too, both documents must be among those kept.
    values : str
        Column that is added up.
    n : int
        How many documents.

    Examples
    --------
    >>> rows = pd.DataFrame({"doc": ["a", "b", "c"], "count": [1, 0, 2]})
    >>> fullest(rows, "count", 2)["doc"].tolist()
    ['a', 'c']
    """
    total = table.groupby("doc", sort=False)[values].sum().sort_values(ascending=False, kind="stable")
    kept = set(total.index[:n])
    inside = table["doc"].isin(kept)
    if "other" in table:
        return table[inside & table["other"].isin(kept)]
    if "phrase" in table:
        inside &= table[values].where(inside, 0).groupby(table["phrase"]).transform("sum") > 0
    return table[inside]


def diffusion_chart(table: pd.DataFrame) -> Figure:
    """First days of phrases: a row per phrase, a mark per city on the day on which it first has the phrase.

    Parameters
    ----------
    table : DataFrame
        Table ``diffusion``; phrases in order of first appearance in the table.

    Returns
    -------
    Figure
        At most 30 phrases; seven cities have a colour, those with most of the marks. Cities without a dated document
        that has the phrase are not drawn.
    """
    dated = table.dropna(subset=["first_day"])
    if dated.empty:
        return style.nothing("Nothing to show: no phrase in a dated document")
    phrases = list(dict.fromkeys(dated["phrase"]))
    kept = phrases[:MOST_PHRASES]
    rows = dated[dated["phrase"].isin(kept)]
    rows = rows.assign(row=rows["phrase"].map({p: i for i, p in enumerate(kept)}))
    groups = frequent(rows["city"], pd.Series(1, index=rows.index))
    looks = _looks(groups)
    below, left = 0.65 if len(kept) < len(phrases) else 0.35, style.margin(kept, 24) + 0.06
    rows["at"] = _heights(rows, MARK / (WIDTH - left - 0.3))
    fig, ax = style.sheet(len(kept) * ROW, left, 0.3, style.legend_height(looks) + 0.12, below)
    _lines(ax, rows)
    for group, own in rows.groupby(groups, sort=False):
        ax.plot(own["first_day"], own["row"] + own["at"], clip_on=False, zorder=3, **looks[group])
    style.name_rows(ax, kept, 24)
    _days(ax, rows["first_day"])
    style.legend(fig, looks)
    style.note(fig, style.shown(len(kept), len(phrases), "phrases"))
    return fig


def _heights(rows: pd.DataFrame, mark: float) -> pd.Series:
    """How far above or below the middle of its row a mark stands, so that marks of near days do not cover each other.

    ``mark`` is a mark's width as a share of all days.
    """
    ordered = rows.sort_values(["row", "first_day"], kind="stable")
    near = (rows["first_day"].max() - rows["first_day"].min()) * mark
    apart = ordered["row"].diff().ne(0) | (ordered["first_day"].diff() > near)
    together = apart.cumsum().groupby(apart.cumsum())
    return ((together.cumcount() + 0.5) / together.transform("size") - 0.5) * 2 * HALF_SPREAD


def _looks(groups: pd.Series) -> dict[str, dict]:
    """A colour and a shape per group of cities, grey ones included."""
    return {
        group: DOT | {"color": colour, "marker": shape}
        for (group, colour), shape in zip(style.colours(groups).items(), cycle(SHAPES), strict=False)
    }


def _lines(ax: Axes, rows: pd.DataFrame) -> None:
    """From each phrase's first day to its last first day."""
    span = rows.groupby("row")["first_day"]
    ax.hlines(span.min().index, span.min(), span.max(), color=GRID, linewidth=1.2, zorder=1)


def _days(ax: Axes, days: pd.Series) -> None:
    """Name the first day, the last one and, where there is room, some between."""
    first, last = days.min(), days.max()
    margin = max((last - first) * 0.02, pd.Timedelta(hours=12))
    ax.set_xlim(first - margin, last + margin)
    width, _ = style.inches(ax)
    form = "%Y-%m-%d" if first.year != last.year else "%m-%d"
    room = fonts.width(first.strftime(form)) * SMALL_EM + 0.25
    step = room / width * (last - first + 2 * margin)
    named = []
    for day in sorted({first, last} | set(days), key=lambda day: (day not in (first, last), day)):
        if all(abs(day - other) >= step for other in named):
            named.append(day)
    ax.set_xticks(named, [day.strftime(form) for day in named])
    ax.grid(axis="x", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)


def city_network(table: pd.DataFrame) -> Figure:
    """Cities in a circle, a line between two that share phrases which are not formulaic: the more, the thicker.

    Parameters
    ----------
    table : DataFrame
        Table ``links``.

    Returns
    -------
    Figure
        At most 24 cities, and of each the three strongest lines; cities that share much stand side by side.
    """
    drawn = table[table["n_own"] > 0]
    if drawn.empty:
        return style.nothing("Nothing to show: no two cities share a phrase that is not formulaic")
    strength = pd.concat([drawn.rename(columns={"city": "a"}), drawn.rename(columns={"other": "a"})])
    cities = strength.groupby("a")["n_own"].sum().sort_values(ascending=False, kind="stable").index
    order = _neighbours_first(list(cities[:MOST_CITIES]), drawn)
    kept = _strongest(drawn[drawn["city"].isin(order) & drawn["other"].isin(order)])
    names = {city: style.shorten(style.short_city(city), 10) for city in order}
    fig, ax = style.sheet(2 * RADIUS + 1.1, 0.2, 0.2, 0.1, 0.4)
    places = _circle(ax, order)
    _draw_links(ax, kept, places)
    _draw_cities(ax, names, places)
    left_out = [style.shown(len(order), len(cities), "cities"), style.shown(len(kept), len(drawn), "pairs")]
    style.note(fig, " ".join(filter(None, left_out)))
    return fig


def _neighbours_first(cities: list, links: pd.DataFrame) -> list:
    """The cities so that each is followed by the one, of those left, that it shares most with."""
    shared = {frozenset(pair): n for *pair, n in links[["city", "other", "n_own"]].itertuples(index=False)}
    order, left = cities[:1], cities[1:]
    while left:
        following = max(left, key=lambda city: (shared.get(frozenset([order[-1], city]), 0), -left.index(city)))
        order.append(following)
        left.remove(following)
    return order


def _strongest(links: pd.DataFrame) -> pd.DataFrame:
    """Links, strongest first, that are among the strongest of one of their cities."""
    links = links.reset_index(drop=True)
    ends = pd.concat([links["city"], links["other"]]).sort_index(kind="stable")
    rank = ends.groupby(ends).cumcount()
    return links[rank.groupby(level=0).min() < LINKS_OF_A_CITY]


def _circle(ax: Axes, order: list) -> dict:
    """Where each city stands, in inches; the first on top, then clockwise."""
    ax.set_axis_off()
    ax.set_xlim(-WIDTH / 2 + 0.2, WIDTH / 2 - 0.2)
    ax.set_ylim(-RADIUS - 0.55, RADIUS + 0.55)
    angles = [pi / 2 - 2 * pi * i / len(order) for i in range(len(order))]
    return {city: (RADIUS * cos(a), RADIUS * sin(a)) for city, a in zip(order, angles, strict=True)}


def _draw_links(ax: Axes, links: pd.DataFrame, places: dict) -> None:
    """Thick and dark for many phrases, thin and pale for few; the number on the strongest that have room for it."""
    least, most = links["n_own"].min(), links["n_own"].max()
    for row in links.itertuples():
        (x, y), (u, v) = places[row.city], places[row.other]
        share = (row.n_own - least + 1) / (most - least + 1) if most > least else 0.3
        ax.plot(
            [x, u], [y, v], color=style.SHADES(0.25 + 0.75 * share), linewidth=0.6 + WIDEST_LINE * share, zorder=share
        )
    taken = list(places.values())
    for row in links.itertuples():
        if len(taken) < len(places) + NUMBERED:
            _number(ax, f"{row.n_own}", np.array(places[row.city]), np.array(places[row.other]), taken)


def _number(ax: Axes, number: str, start: np.ndarray, end: np.ndarray, taken: list) -> None:
    """The number on its line where it touches no other and no city; none where there is no such place."""
    for share in ALONG:
        place = start + share * (end - start)
        if all((np.abs(place - other) > APART).any() for other in taken):
            box = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.8}
            ax.text(*place, number, fontsize=SMALL, color=INK, ha="center", va="center", bbox=box, zorder=4)
            taken.append(place)
            return


def _draw_cities(ax: Axes, names: dict, places: dict) -> None:
    for city, (x, y) in places.items():
        ax.plot([x], [y], marker="o", markersize=8, color=INK, zorder=3)
        side = "center" if abs(x) < 0.1 * RADIUS else "left" if x > 0 else "right"
        room = 1 + 0.16 / RADIUS if side == "center" else 1 + 0.12 / RADIUS
        up = "bottom" if side == "center" and y > 0 else "top" if side == "center" else "center_baseline"
        ax.text(x * room, y * room, names[city], fontsize=SMALL, color=INK, ha=side, va=up, zorder=5)
