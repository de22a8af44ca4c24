"""Who was where on which day: a lane per district, a mark per visit, and the days that no report covers."""

from itertools import accumulate, pairwise
from typing import NamedTuple

import pandas as pd
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tifa.showing import fonts, style
from tifa.showing.days import Days
from tifa.showing.style import INK, PAPER, QUIET, SMALL, SMALL_EM

MOST_NAMED = 60  # visits; where there are more, counts take the place of names
MOST_LANES, MOST_COUNTED = 24, 14  # districts, with names and with counts
MOST_STACKED = 6  # kinds of site above each other; where there are more, they are counted together
ALL_KINDS = "visits of all kinds"
BIN = 0.24  # inches that the visits of some days share where they are counted
LANE_NAME, SITE_NAME = 15, 14  # ems
ROW, MARK = 0.22, 0.11  # height of one mark with its name; half a mark's width with the space after it
KINDS = {  # shape and colour by kind of site; colours repeat only with other shapes
    "residential": ("o", "#0072B2"),
    "village": ("^", "#0072B2"),
    "hospital": ("P", "#D55E00"),
    "fangcang": ("X", "#D55E00"),
    "clinic": ("p", "#D55E00"),
    "nursing_home": ("h", "#D55E00"),
    "enterprise": ("s", "#E69F00"),
    "market": ("v", "#E69F00"),
    "construction_site": ("D", "#E69F00"),
    "command_centre": ("*", "#000000"),
    "government_office": ("s", "#000000"),
    "isolation_site": ("D", "#CC79A7"),
    "testing_site": ("o", "#CC79A7"),
    "checkpoint": ("<", "#009E73"),
    "transport_hub": (">", "#009E73"),
    "school": ("^", "#009E73"),
    "other": ("o", "#8a8a8a"),
    ALL_KINDS: ("o", "#0072B2"),
}
HALO = [patheffects.withStroke(linewidth=2, foreground=PAPER)]  # keeps names legible on the hatching
HATCHED = {"facecolor": "#f1f1f1", "hatch": "////", "edgecolor": "#dcdcdc", "linewidth": 0}


CUT = {"days left out": {"marker": "|", "markersize": 10, "color": QUIET, "markeredgewidth": 0.8}}


class Placed(NamedTuple):
    """A mark in its lane: which row, where (inches from the left), its name on which side."""

    x: float
    row: int
    text: str
    name_left: bool
    site_type: str
    kind: str


def visit_timeline(visits: pd.DataFrame, days: pd.DataFrame) -> Figure:
    """Visits by district and day, named where there are few, counted where there are many.

    Parameters
    ----------
    visits : DataFrame
        ``date``, ``city``, ``district``, ``site``, ``site_type``, ``kind`` and perhaps ``township``, which stands
        in where there is no ``site``; rows without a date are counted below the drawing. Meetings are hollow marks.
    days : DataFrame
        ``city``, ``date``: the days that some document reports on. All other days are hatched: no report here, which is
        not the same as no visit. The days of visits count as reported too.

    Returns
    -------
    Figure
        At most 24 lanes, those with most visits, in order of city and first visit. From 90 days on, stretches of more
        than 10 days without a report are left out.
    """
    dated = _with_lanes(visits[visits.date.notna()])
    if dated.empty:
        return _without_days(len(visits))
    names = _lane_names(_lanes(dated))
    left = style.margin(names.values(), LANE_NAME)
    reported = pd.concat([_days(days), dated[["city", "date"]]]).drop_duplicates()
    line = Days(reported.date, style.WIDTH - left - 0.25)
    marks = _marks(dated[dated.lane.isin(list(names))], line)
    stacks = {lane: _stack(rows, line) for lane, rows in marks.groupby("lane")}
    edges = list(accumulate(((max(p.row for p in stacks[lane]) + 1) * ROW + 0.08 for lane in names), initial=0.0))
    drawn = marks if ALL_KINDS in set(marks.site_type) else dated[dated.lane.isin(list(names))]
    looks = _looks(drawn) | (CUT if line.gaps() else {})
    fig, ax = style.sheet(edges[-1], left, 0.25, style.legend_height(looks) + 0.1, bottom=0.5)
    ax.set_xlim(0, line.width)
    ax.set_ylim(edges[-1], 0)
    for lane, (base, end) in zip(names, pairwise(edges), strict=True):
        _ground(ax, base, end - base, reported.date[reported.city.fillna("") == lane[0]].unique(), line)
        for mark in stacks[lane]:
            _mark(ax, base, mark)
    middles = [(base + end) / 2 for base, end in pairwise(edges)]
    ax.set_yticks(middles, [style.shorten(name, LANE_NAME) for name in names.values()])
    ax.set_xticks(*line.named())
    ax.tick_params(axis="x", length=3)
    ax.tick_params(axis="y", pad=6)
    _cut(ax, line)
    style.legend(fig, looks)
    style.note(fig, _left_out(visits, dated, len(names)))
    return fig


def _days(days: pd.DataFrame) -> pd.DataFrame:
    """Cities and days, times of day and zone cut off."""
    known = days[["city", "date"]].dropna(subset="date")
    return known.assign(date=known.date.dt.tz_localize(None).dt.normalize())


def _without_days(n: int) -> Figure:
    return style.nothing(f"Nothing to show: none of {n:,} visits has a day" if n else "Nothing to show: no visit")


def _with_lanes(visits: pd.DataFrame) -> pd.DataFrame:
    lanes = zip(visits.city.fillna(""), visits.district.fillna(""), strict=True)
    return visits.assign(
        lane=list(lanes),
        date=visits.date.dt.tz_localize(None).dt.normalize(),
        site_type=visits.site_type.fillna("other"),
    )


def _lanes(visits: pd.DataFrame) -> list[tuple[str, str]]:
    """The lanes with most visits, grouped by city, in order of first visit."""
    room = MOST_LANES if len(visits) <= MOST_NAMED else MOST_COUNTED
    most = visits.lane.value_counts(sort=False).sort_values(ascending=False, kind="stable").index[:room]
    kept = visits[visits.lane.isin(most)].sort_values("date", kind="stable")
    cities = list(dict.fromkeys(kept.city.fillna("")))
    return sorted(dict.fromkeys(kept.lane), key=lambda lane: cities.index(lane[0]))


def _lane_names(lanes: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """District, after its city where there are several."""
    several = len({city for city, _ in lanes}) > 1
    return {
        (city, district): f"{style.short_city(city) if several else ''} {district or '(no district)'}".strip()
        for city, district in lanes
    }


def _marks(visits: pd.DataFrame, line: Days) -> pd.DataFrame:
    """A row per mark: each visit with its site's name, or, where there are many, counts by day (or days) and kind."""
    if len(visits) <= MOST_NAMED:
        place = visits.site.fillna(visits.township) if "township" in visits else visits.site
        named = visits.assign(text=place.fillna("(place not named)")).sort_values("date", kind="stable")
        return named[["lane", "date", "site_type", "kind", "text"]]
    step = max(1, round(BIN / line.column))
    shared = visits.groupby(visits.date.map(line.place) // step).date.transform("min")
    keys = ["lane", "date", "site_type", "kind"]
    counted = visits.assign(date=shared).groupby(keys).size().rename("n").reset_index()
    if counted.groupby(["lane", "date"]).size().max() > MOST_STACKED:
        visits = visits.assign(site_type=ALL_KINDS)
        counted = visits.assign(date=shared).groupby(keys).size().rename("n").reset_index()
    return counted.assign(text=counted.n.map(lambda n: str(n) if n > 1 else ""))


def _stack(marks: pd.DataFrame, line: Days) -> list[Placed]:
    """Marks on as few rows as hold them side by side, names included."""
    ends: list[list[tuple[float, float]]] = []
    placed = []
    for mark in marks.itertuples():
        x, text = line.middle(mark.date), style.shorten(mark.text, SITE_NAME)
        span = MARK + fonts.width(text) * SMALL_EM + 0.06
        flip = x + span > line.width
        low, high = (x - span, x + MARK) if flip else (x - MARK, x + span)
        row = next((i for i, taken in enumerate(ends) if all(high < a or low > b for a, b in taken)), len(ends))
        if row == len(ends):
            ends.append([])
        ends[row].append((low, high))
        placed.append(Placed(x, row, text, flip, mark.site_type, mark.kind))
    return placed


def _ground(ax: Axes, base: float, height: float, days, line: Days) -> None:
    """A lane hatched for "no report here", with the days that are reported on left white, those side by side at once.

    The axes' limits are set, so no patch has to be measured for them, which takes longer than drawing it.
    """
    ax.add_artist(Rectangle((0, base), line.width, height, **HATCHED, zorder=0))
    for left, right in _runs(sorted(line.middle(day) - line.column / 2 for day in days), line.column):
        ax.add_artist(Rectangle((left, base), right - left, height, facecolor=PAPER, linewidth=0, zorder=0))
    ax.axhline(base + height, color=PAPER, linewidth=2, zorder=1)


def _runs(lefts: list[float], width: float) -> list[tuple[float, float]]:
    """Columns side by side joined: left and right edge of each run.

    Examples
    --------
    >>> _runs([0.0, 1.0, 3.0], 1)
    [(0.0, 2.0), (3.0, 4.0)]
    """
    runs: list[tuple[float, float]] = []
    for left in lefts:
        begins = runs.pop()[0] if runs and left - runs[-1][1] < width / 2 else left
        runs.append((begins, left + width))
    return runs


def _cut(ax: Axes, line: Days) -> None:
    """A white strip with a thin line down it wherever days are left out."""
    for x in line.gaps():
        ax.axvspan(x - line.column / 2, x + line.column / 2, color=PAPER, linewidth=0, zorder=1)
        ax.axvline(x, color=QUIET, linewidth=0.8, zorder=1)


def _mark(ax: Axes, base: float, mark: Placed) -> None:
    y = base + 0.04 + (mark.row + 0.5) * ROW
    ax.plot([mark.x], [y], zorder=3, clip_on=False, **_look(mark.site_type, mark.kind))
    if mark.text:
        x, side = (mark.x - MARK, "right") if mark.name_left else (mark.x + MARK, "left")
        ax.text(x, y, mark.text, ha=side, va="center_baseline", fontsize=SMALL, color=INK, zorder=4, path_effects=HALO)


def _look(site_type: str, kind: str) -> dict:
    shape, colour = KINDS.get(site_type, KINDS["other"])
    size = {"*": 10, "X": 8, "P": 8}.get(shape, 7)
    fill = PAPER if kind == "meeting" else colour
    return {"marker": shape, "markersize": size, "linestyle": "", "color": colour, "markerfacecolor": fill}


def _looks(visits: pd.DataFrame) -> dict[str, dict]:
    """Legend: the kinds of site that occur, most frequent first, hollow for meetings, and the hatching."""
    kinds = visits.site_type.value_counts(sort=False).sort_values(ascending=False, kind="stable").index
    looks = {site_type.replace("_", " "): _look(site_type, "visit") for site_type in kinds}
    if (visits.kind == "meeting").any():
        looks["hollow: meeting"] = _look("other", "meeting")
    return looks | {"no report here": HATCHED}


def _left_out(visits: pd.DataFrame, dated: pd.DataFrame, lanes: int) -> str:
    undated = len(visits) - len(dated)
    total = dated.lane.nunique()
    sides = [f"The {lanes} of {total:,} districts with most visits." if lanes < total else ""]
    sides.append(f"{undated} without a day, not drawn." if undated else "")
    return " ".join(filter(None, sides))
