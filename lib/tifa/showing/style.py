"""How every figure looks, and how its text is kept from overlapping.

All lengths are in inches and text widths are counted in ems of the font, so a figure's size follows from what it says.
"""

from collections import Counter

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from tifa.showing import fonts

# Okabe & Ito, "Color Universal Design" (2008), without yellow (too pale for paper); neighbours differ in grey too.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#000000")
NO_CITY, OTHERS = "no city", "other cities"
GREYS = {OTHERS: "#8f8f8f", NO_CITY: "#c8c8c8"}
INK, QUIET, GRID, PAPER = "#222222", "#6b6b6b", "#dddddd", "#ffffff"
SHADES = LinearSegmentedColormap.from_list("shades", ["#f4f8fb", "#9ecae1", "#3182bd", "#08306b"])

MARKER = 0.16  # room for a mark in front of its name in a legend
LEGEND_NAME = 20  # ems
WIDTH, DPI = 8.4, 130  # 1092 pixels: sharp at the 900 or so that a notebook on the web is wide
SIZE, SMALL = 10, 8.5  # points
ROW = 0.27
SMALL_EM = SMALL / 72


def shorten(text: str, ems: float) -> str:
    """The text, cut with an ellipsis where it is wider than ``ems``.

    Examples
    --------
    >>> shorten("浦东新区", 3)
    '浦东…'
    """
    text = fonts.drawable(str(text)).replace("\n", " ")
    if fonts.width(text) <= ems + 0.01:
        return text
    room = ems + 0.01 - fonts.width("\u2026")
    while text and fonts.width(text) > room:
        text = text[:-1]
    return text.rstrip() + "\u2026"


def city_groups(cities: pd.Series) -> pd.Series:
    """Short names of the seven cities with most rows; the others are one group, and so are nulls.

    Examples
    --------
    >>> city_groups(pd.Series(["上海市", None])).to_list()
    ['上海', 'no city']
    """
    names = cities.map(lambda city: short_city(city) or NO_CITY)
    counts = Counter(names[names != NO_CITY])  # of as many rows the city that comes first
    kept = [name for name, _ in counts.most_common(len(PALETTE))]
    return names.where(names.isin([*kept, NO_CITY]), OTHERS)


def colours(groups) -> dict[str, str]:
    """A colour for each group of cities, in order of name: a city keeps its own from figure to figure; greys for two.

    Examples
    --------
    >>> colours(["上海", "no city", "泉州", "上海"])
    {'上海': '#0072B2', '泉州': '#E69F00', 'no city': '#c8c8c8'}
    """
    different = list(dict.fromkeys(groups))
    cities = sorted(name for name in different if name not in GREYS)
    return dict(zip(cities, PALETTE, strict=False)) | {name: GREYS[name] for name in GREYS if name in different}


def ink_on(colour) -> str:
    """Black or white, whichever reads better on the colour.

    Examples
    --------
    >>> ink_on("#ffffff"), ink_on("#000000")
    ('#222222', '#ffffff')
    """
    red, green, blue = to_rgb(colour)
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 0.55 else PAPER


def sheet(
    height: float, left: float = 0.2, right: float = 0.2, top: float = 0.2, bottom: float = 0.2
) -> tuple[Figure, Axes]:
    """A figure of the standard width with one plain axes ``height`` inches high and the margins around it.

    The figure is made without pyplot: nothing is shown or kept open behind the caller's back.
    """
    fonts.register()
    total = top + height + bottom
    fig = Figure(figsize=(WIDTH, total), dpi=DPI, facecolor=PAPER)
    ax = fig.add_axes((left / WIDTH, bottom / total, (WIDTH - left - right) / WIDTH, height / total))
    for side in ("top", "right", "left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.tick_params(length=0, labelsize=SMALL, colors=QUIET, labelcolor=INK)
    return fig, ax


def inches(ax: Axes) -> tuple[float, float]:
    """Width and height of the axes."""
    box, (width, height) = ax.get_position(), ax.figure.get_size_inches()
    return box.width * width, box.height * height


def write(ax: Axes, x: float, y: float, text: str, **how):
    """Text at a place counted in inches from the axes' lower left corner."""
    width, height = inches(ax)
    style = {"fontsize": SMALL, "color": INK, "va": "center_baseline"} | how
    return ax.text(x / width, y / height, fonts.drawable(text), transform=ax.transAxes, **style)


def pack(widths, room: float) -> list[tuple[int, float]]:
    """Row and left edge for items set one after the other in rows ``room`` wide.

    Examples
    --------
    >>> pack([2, 2, 2], 5)
    [(0, 0.0), (0, 2.0), (1, 0.0)]
    """
    row, x, places = 0, 0.0, []
    for width in widths:
        if x and x + width > room:
            row, x = row + 1, 0.0
        places.append((row, x))
        x += width
    return places


def margin(names, most: float = 16) -> float:
    """Room to the left of the axes for the rows' names, which are cut at ``most`` ems."""
    widest = max((fonts.width(shorten(name, most)) for name in names), default=0)
    return widest * SMALL_EM + 0.2


def name_rows(ax: Axes, names, most: float = 16) -> None:
    """Name the rows, the first on top, each one unit high."""
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_yticks(range(len(names)), [shorten(name, most) for name in names])


def legend_rows(names) -> list[tuple[int, float]]:
    """Row and left edge, in inches, of each entry of a legend."""
    return pack([MARKER + fonts.width(shorten(name, LEGEND_NAME)) * SMALL_EM + 0.2 for name in names], WIDTH - 0.4)


def legend_height(names) -> float:
    """Height that :func:`legend` needs, 0 where there is nothing to explain."""
    return (max(row for row, _ in legend_rows(names)) + 1) * 0.2 + 0.08 if len(names) else 0


def legend(fig: Figure, entries: dict[str, dict]) -> None:
    """Marks and their names in rows below the figure's upper edge; ``entries`` holds the marks' looks.

    A look with ``hatch`` is drawn as a small box.
    """
    width, height = fig.get_size_inches()
    for (name, look), (row, across) in zip(entries.items(), legend_rows(entries), strict=True):
        x, y = 0.25 + across, height - 0.2 - row * 0.2
        if "hatch" in look:
            box = ((x - 0.06) / width, (y - 0.06) / height), 0.12 / width, 0.12 / height
            fig.add_artist(Rectangle(*box, transform=fig.transFigure, **look))
        else:
            fig.add_artist(
                Line2D([x / width], [y / height], **({"marker": "s", "markersize": 7, "linestyle": ""} | look))
            )
        text = shorten(name, LEGEND_NAME)
        fig.text((x + MARKER * 0.75) / width, y / height, text, fontsize=SMALL, color=INK, va="center_baseline")


def nothing(text: str) -> Figure:
    """A figure that says why there is none."""
    fig, ax = sheet(0.6)
    ax.set_axis_off()
    write(ax, 0.1, 0.3, text, color=QUIET)
    return fig


def note(fig: Figure, text: str) -> None:
    """Say below the drawing what was left out; :func:`tifa.showing.figures.save` repeats it in the caption."""
    if text:
        fig.set_label(text)
        height = fig.get_size_inches()[1]
        fig.text(0.1 / WIDTH, 0.06 / height, fonts.drawable(text), fontsize=SMALL, color=QUIET, va="bottom")


def counted(n: int, what: str) -> str:
    """A number and its noun.

    Examples
    --------
    >>> counted(1, "visit"), counted(1200, "visit")
    ('1 visit', '1,200 visits')
    """
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def shown(kept: int, total: int, what: str) -> str:
    """How many of how many are drawn; nothing where all are.

    Examples
    --------
    >>> shown(40, 500, "documents"), shown(5, 5, "documents")
    ('The first 40 of 500 documents.', '')
    """
    return f"The first {kept} of {total:,} {what}." if kept < total else ""


def short_city(city) -> str:
    """A city's name without 市 where enough is left of it; empty for null.

    Examples
    --------
    >>> short_city("上海市"), short_city("延边朝鲜族自治州"), short_city(None)
    ('上海', '延边朝鲜族自治州', '')
    """
    if pd.isna(city):
        return ""
    return city[:-1] if city.endswith("市") and len(city) > 2 else city
