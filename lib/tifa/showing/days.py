"""A line of days: where a day stands on paper, and which long stretches without any report are cut out."""

from itertools import pairwise

import pandas as pd

from tifa.showing import fonts
from tifa.showing.style import SMALL_EM

WHOLE = 90  # a line of so many days is drawn whole
LONGEST_GAP = 10  # days; longer stretches without a report are cut out of a longer line
STEPS = (1, 2, 3, 5, 7, 14, 28, 56, 91, 182, 365)  # days between named days on a line that is drawn whole
DAY = pd.Timedelta(days=1)


class Days:
    """Columns of days, left to right.

    Parameters
    ----------
    dates : iterable of Timestamp
        The days that must be there, midnights; at least one.
    width : float
        Inches.

    Attributes
    ----------
    columns : list
        A day, or ``None`` where a stretch was cut out.
    column : float
        Width of one, in inches.

    Examples
    --------
    >>> line = Days(pd.to_datetime(["2022-01-05", "2022-06-30"]), 9.0)
    >>> [day and day.strftime("%m-%d") for day in line.columns]
    ['01-04', '01-05', '01-06', None, '06-29', '06-30', '07-01']
    """

    def __init__(self, dates, width: float):
        self.known, self.width = sorted(set(dates)), width
        first, last = self.known[0], self.known[-1]
        around = max(1, (7 - (last - first).days) // 2)  # a lone day gets a week around it
        self.columns = [first - i * DAY for i in range(around, 0, -1)]
        for day, following in pairwise([*self.known, last + around * DAY]):
            self.columns += [day, *self._between(day, following, (last - first).days)]
        self.columns.append(last + around * DAY)
        self.column = width / len(self.columns)
        self.place = {day: place for place, day in enumerate(self.columns) if day}

    @staticmethod
    def _between(day: pd.Timestamp, following: pd.Timestamp, span: int) -> list:
        gap = (following - day).days - 1
        if span > WHOLE and gap > LONGEST_GAP:
            return [day + DAY, None, following - DAY]
        return [day + i * DAY for i in range(1, gap + 1)]

    def middle(self, day: pd.Timestamp) -> float:
        """Inches from the left to the middle of a day."""
        return (self.place[day] + 0.5) * self.column

    def gaps(self) -> list[float]:
        """Inches from the left to the middle of each stretch that was cut out."""
        return [(place + 0.5) * self.column for place, day in enumerate(self.columns) if day is None]

    def named(self) -> tuple[list[float], list[str]]:
        """Where to write which days, so that they stand apart; with the year where there are several."""
        form = "%m-%d" if self.known[0].year == self.known[-1].year else "%Y-%m-%d"
        room = fonts.width(self.known[0].strftime(form)) * SMALL_EM + 0.12
        named = {}
        for day in self._after_gaps() if self.gaps() else self._regular(room):
            x = self.middle(day)
            if x < self.width - room / 2 + 0.2 and all(abs(x - other) >= room for other in named):
                named[x] = day.strftime(form)
        return sorted(named), [named[x] for x in sorted(named)]

    def _after_gaps(self) -> list:
        """The known days, those first that follow a stretch that was cut out: without a name they could not be told."""
        cut = [place for place, day in enumerate(self.columns) if day is None]
        starts = {min(day for day in self.known if self.place[day] > place) for place in cut}
        return sorted(self.known, key=lambda day: (day not in starts and day != self.known[0], day))

    def _regular(self, room: float) -> list:
        most = self.width / max(room, 0.7)
        step = next((step for step in STEPS if len(self.columns) / step <= most), STEPS[-1])
        return self.columns[step // 2 :: step]
