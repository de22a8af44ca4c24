"""Visits on a calendar: a column a week, a row a weekday, a strip a year."""

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tifa.showing import fonts, style
from tifa.showing.style import GRID, INK, PAPER, QUIET, SMALL, SMALL_EM, WIDTH
from tifa.showing.timeline import HATCHED

MOST_YEARS = 6
LEFT, RIGHT, ABOVE = 0.55, 0.25, 0.3  # inches beside and above a strip
WIDEST_DAY = 0.3
WEEKDAYS = {0: "Mon", 2: "Wed", 4: "Fri", 6: "Sun"}


class Strip(NamedTuple):
    """A year: the Monday of its first week, and how many weeks."""

    year: int
    monday: pd.Timestamp
    weeks: int


def visit_calendar(visits: pd.DataFrame, days: pd.DataFrame) -> Figure:
    """Visits by day, darker where there are more; days that no document reports on are hatched.

    Parameters
    ----------
    visits : DataFrame
        ``date`` and ``kind``; meetings are not counted, rows without a date are counted below the drawing.
    days : DataFrame
        ``date``: the days that some document reports on. The days of visits count as reported too.

    Returns
    -------
    Figure
        A strip of weeks per year, from the first month with a report to the last; at most 6 years, the latest.
    """
    there = visits[visits["kind"] == "visit"]
    dated = there["date"].dropna().dt.tz_localize(None).dt.normalize()
    if dated.empty:
        return style.nothing("Nothing to show: no visit has a day")
    counts = dated.value_counts()
    reported = {*days["date"].dropna().dt.tz_localize(None).dt.normalize(), *counts.index}
    years = sorted({day.year for day in reported})
    strips = [_strip(year, reported) for year in years[-MOST_YEARS:]]
    day = min((WIDTH - LEFT - RIGHT) / max(strip.weeks for strip in strips), WIDEST_DAY)
    looks = _looks(counts.max())
    tall = ABOVE + 7 * day
    fig, ax = style.sheet(len(strips) * tall, LEFT, RIGHT, style.legend_height(looks) + 0.2, 0.4)
    ax.set_xlim(0, WIDTH - LEFT - RIGHT)
    ax.set_ylim(len(strips) * tall, 0)
    ax.set_axis_off()
    for number, strip in enumerate(strips):
        _draw(ax, strip, number * tall + ABOVE, day, counts, reported)
    style.legend(fig, looks)
    undated = len(there) - len(dated)
    style.note(fig, " ".join(filter(None, (_last(len(strips), len(years)), _undated(undated)))))
    return fig


def _strip(year: int, reported: set) -> Strip:
    """Whole months, from the first with a report to the last."""
    own = [day for day in reported if day.year == year]
    first, last = min(own).replace(day=1), max(own) + pd.offsets.MonthEnd(0)
    monday = first - pd.Timedelta(days=first.weekday())
    return Strip(year, monday, (last - monday).days // 7 + 1)


def _draw(ax: Axes, strip: Strip, top: float, size: float, counts: pd.Series, reported: set) -> None:
    most, named = counts.max(), -1.0
    for i in range(strip.weeks * 7):
        day = strip.monday + pd.Timedelta(days=i)
        if day.year != strip.year:
            continue
        x, y, n = i // 7 * size, top + i % 7 * size, counts.get(day, 0)
        look = HATCHED if day not in reported else {"facecolor": _shade(n, most), "edgecolor": GRID, "linewidth": 0.5}
        ax.add_patch(Rectangle((x, y), size * 0.92, size * 0.92, **look))
        if n and fonts.width(str(n)) * SMALL_EM < size * 0.92:
            ink = style.ink_on(_shade(n, most))
            ax.text(x + size * 0.46, y + size * 0.46, f"{n}", fontsize=SMALL, color=ink, ha="center", va="center")
        if day.day == 1 and x >= named:
            text = day.strftime("%Y-%m" if named < 0 else "%m")
            ax.text(x, top - 0.04, text, fontsize=SMALL, color=INK, va="bottom")
            named = x + fonts.width(text) * SMALL_EM + 0.08
    for row, name in WEEKDAYS.items():
        if size > SMALL_EM * 0.7:
            ax.text(-0.06, top + (row + 0.46) * size, name, fontsize=SMALL, color=QUIET, ha="right", va="center")


def _shade(n: int, most: int):
    return style.SHADES(0.25 + 0.75 * n / max(most, 5)) if n else PAPER


def _looks(most: int) -> dict[str, dict]:
    """Legend: the palest and the darkest cell that occur, and the two kinds of empty ones."""
    box = {"edgecolor": GRID, "linewidth": 0.5, "hatch": ""}
    shades = {"1 visit": _shade(1, most)} | ({f"{most} visits": _shade(most, most)} if most > 1 else {})
    reported = {name: box | {"facecolor": shade} for name, shade in shades.items()}
    return reported | {"report without a visit": box | {"facecolor": PAPER}, "no report here": HATCHED}


def _last(kept: int, total: int) -> str:
    return f"The last {kept} of {total} years." if kept < total else ""


def _undated(n: int) -> str:
    return f"{style.counted(n, 'visit')} without a day, not drawn." if n else ""
