"""Where visits were: points on an empty sheet, without any outline, among the points of all districts."""

from math import cos, radians, sqrt
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tifa.marking.centroids import centroid, centroids, districts
from tifa.showing import fonts, style
from tifa.showing.style import INK, PAPER, QUIET, SMALL, SMALL_EM, WIDTH

MOST_PANELS = 4  # cities with a panel each; where there are more, all stand on one sheet
PANEL_HEIGHT, COUNTRY_HEIGHT, TITLE, GAP = 2.7, 5.6, 0.3, 0.25  # inches
EDGE = 0.3  # inches of a panel that hold no point, for the marks and names at its edge
KM_OF_DEGREE = 111.2
SCALES = (1, 2, 5, 10, 20, 50, 100, 200, 500)  # kilometres
LARGEST = 0.13  # inches: radius of the largest mark
NAME, MOST_NAMES = 9, 40
COLOUR, GROUND = style.PALETTE[0], "#cfcfcf"


class Panel(NamedTuple):
    """``places`` has ``name``, ``count``, ``longitude``, ``latitude``, ``vague``; ``ground`` is points."""

    title: str
    places: pd.DataFrame
    ground: list[tuple[float, float]]


class Box(NamedTuple):
    """A place taken by a mark or a name, in inches."""

    left: float
    low: float
    right: float
    high: float

    def touches(self, other: "Box") -> bool:
        return self.left < other.right and other.left < self.right and self.low < other.high and other.low < self.high

    def inside(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.low >= 0 and self.right <= width and self.high <= height


def visit_map(table: pd.DataFrame) -> Figure:
    """Visits by district as marks whose area is their number, among the pale points of all districts.

    Parameters
    ----------
    table : DataFrame
        From :func:`tifa.visits.points`.

    Returns
    -------
    Figure
        A panel per city, or, for more than 4 cities, one sheet on which each city is a mark. A hollow mark is a city
        whose district is not named. Names that have no room are left out and counted.
    """
    if not len(table):
        return style.nothing("Nothing to show: no visit in a known place")
    few = table["city"].nunique() <= MOST_PANELS
    panels = [_city(city, own) for city, own in table.groupby("city", sort=False)] if few else [_country(table)]
    columns, rows = min(len(panels), 2), (len(panels) + 1) // 2
    tall = (PANEL_HEIGHT if few else COUNTRY_HEIGHT) + TITLE
    height, width = rows * tall + 0.45, (WIDTH - GAP * (columns + 1)) / columns
    fonts.register()
    fig = Figure(figsize=(WIDTH, height), dpi=style.DPI, facecolor=PAPER)
    most, unnamed = max(panel.places["count"].max() for panel in panels), 0
    for number, panel in enumerate(panels):
        left, low = GAP + number % columns * (width + GAP), height - (number // columns + 1) * tall
        ax = fig.add_axes((left / WIDTH, low / height, width / WIDTH, (tall - TITLE) / height))
        unnamed += _draw(ax, panel, width, tall - TITLE, most)
    style.note(fig, _note(table, unnamed))
    return fig


def _city(city: str, own: pd.DataFrame) -> Panel:
    vague = own["adcode"] != own["point"]
    vague |= own["district"].isna()
    name = own["district"].fillna("(no district)")
    places = own.assign(name=name, vague=vague)[["name", "count", "longitude", "latitude", "vague"]]
    title = f"{style.short_city(city)}, {own['count'].sum():,} {'visit' if own['count'].sum() == 1 else 'visits'}"
    return Panel(title, places, districts(own["adcode"].iloc[0]))


def _country(table: pd.DataFrame) -> Panel:
    """Cities as places: their own points, not those of the districts."""
    counted = table.groupby("city", sort=False).agg(count=("count", "sum"), adcode=("adcode", "first")).reset_index()
    counted = counted.sort_values("count", ascending=False, kind="stable")
    found = [centroid(_city_code(code)) for code in counted["adcode"]]
    x, y = zip(*(point for _, point in found), strict=True)
    places = counted.assign(name=counted["city"].map(style.short_city), longitude=x, latitude=y, vague=False)
    title = f"{len(places)} cities, {table['count'].sum():,} visits"
    return Panel(title, places, [point for code, point in centroids().items() if not code.endswith("00")])


def _city_code(code: str) -> str:
    """Counties right below a province (90) stand for themselves."""
    return code if code[2:4] == "90" else code[:4] + "00"


def _draw(ax: Axes, panel: Panel, width: float, height: float, most: int) -> int:
    """Draw a panel; how many names had no room."""
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    ax.set_xticks([])
    ax.set_yticks([])
    for side in ax.spines.values():
        side.set_color(style.GRID)
    points = list(zip(panel.places["longitude"], panel.places["latitude"], strict=True))
    to_inches, per_km = _projection([*panel.ground, *points], width, height)
    across, up = zip(*map(to_inches, panel.ground or points), strict=True)
    ax.plot(across, up, ".", color=GROUND, markersize=1.5 if len(panel.ground) > 100 else 5, zorder=1)
    ax.text(0, height + 0.1, fonts.drawable(panel.title), fontsize=style.SIZE, color=INK, va="bottom")
    taken = [_scale_bar(ax, per_km, width)]
    marks = [_mark(ax, place, *to_inches(point), most) for place, point in zip(panel.places.itertuples(), points,
                                                                            strict=True)]  # fmt: skip
    names = zip(panel.places["name"], panel.places["count"], marks, strict=True)
    return sum(
        not _name(ax, f"{style.shorten(name, NAME)} {n}", mark, taken, marks, width, height) for name, n, mark in names
    )


def _projection(points, width: float, height: float):
    """From degrees to inches, lengths true at the middle latitude; and inches of a kilometre."""
    longitudes, latitudes = zip(*points, strict=True)
    x, y = (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2
    narrow = cos(radians(y))
    wide = max((max(longitudes) - min(longitudes)) * narrow, 0.1)
    tall = max(max(latitudes) - min(latitudes), 0.1)
    scale = min((width - 2 * EDGE) / wide, (height - 2 * EDGE) / tall)

    def to_inches(point: tuple[float, float]) -> tuple[float, float]:
        return width / 2 + (point[0] - x) * narrow * scale, height / 2 + (point[1] - y) * scale

    return to_inches, scale / KM_OF_DEGREE


def _scale_bar(ax: Axes, per_km: float, width: float) -> Box:
    """The longest round distance that takes at most a quarter of the width; the place that it takes."""
    km = max((km for km in SCALES if km * per_km <= width / 4), default=SCALES[0])
    ax.plot([0.1, 0.1 + km * per_km], [0.1, 0.1], color=QUIET, linewidth=1.5, solid_capstyle="butt")
    ax.text(0.1, 0.14, f"{km} km", fontsize=SMALL, color=QUIET, va="bottom")
    return Box(0, 0, max(km * per_km, fonts.width(f"{km} km") * SMALL_EM) + 0.2, 0.36)


def _mark(ax: Axes, place, x: float, y: float, most: int) -> Box:
    radius = max(LARGEST * sqrt(place.count / max(most, 4)), 0.045)
    face = PAPER if place.vague else COLOUR
    ax.plot(
        [x],
        [y],
        "o",
        markersize=radius * 144,
        color=COLOUR,
        markerfacecolor=face,
        markeredgecolor=PAPER if face == COLOUR else COLOUR,
        zorder=2,
    )
    return Box(x - radius, y - radius, x + radius, y + radius)


def _name(ax: Axes, text: str, mark: Box, taken: list[Box], marks: list[Box], width: float, height: float) -> bool:
    """Write a name beside its mark, on the first side where it covers no name and no other mark."""
    wide, tall = fonts.width(text) * SMALL_EM, SMALL_EM * 1.3
    x, y = (mark.left + mark.right) / 2, (mark.low + mark.high) / 2
    sides = (
        (mark.right + 0.03, y - tall / 2),
        (mark.right + 0.03, y - tall),
        (mark.right + 0.03, y),
        (mark.left - 0.03 - wide, y - tall / 2),
        (x - wide / 2, mark.high + 0.02),
        (x - wide / 2, mark.low - 0.02 - tall),
    )
    boxes = [Box(left, low, left + wide, low + tall) for left, low in sides]
    others = [other for other in marks if other is not mark]
    free = [box for box in boxes if box.inside(width, height) and not any(map(box.touches, [*taken, *others]))]
    if not free or len(taken) > MOST_NAMES:
        return False
    taken.append(free[0])
    ax.text(free[0].left, free[0].low + tall / 2, fonts.drawable(text), fontsize=SMALL, color=INK, va="center_baseline",
            zorder=4)  # fmt: skip
    return True


def _note(table: pd.DataFrame, unnamed: int) -> str:
    vague = bool((table["adcode"] != table["point"]).any() or table["district"].isna().any())
    few = table["city"].nunique() <= MOST_PANELS
    notes = ["Hollow: district not named or without a point of its own, drawn at its city's." if vague and few else ""]
    notes.append(f"{unnamed} marks have no room for their name." if unnamed else "")
    return " ".join(filter(None, notes))
