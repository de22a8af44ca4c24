"""Fields of the explorers, labels short and of one width."""

from datetime import date

import ipywidgets
import pandas as pd

LABEL = {"description_width": "4.5rem"}
ALL = "all"


def text(label: str, value: str, hint: str = "", width: str = "24rem") -> ipywidgets.Text:
    """A line to type in; it counts on Enter or when it is left."""
    layout = ipywidgets.Layout(width=width, max_width="100%")
    return ipywidgets.Text(
        value=value, description=label, placeholder=hint, continuous_update=False, style=LABEL, layout=layout
    )


def choice(label: str, options, width: str = "14rem") -> ipywidgets.Dropdown:
    """One of several, or all; options are values, or pairs of what is shown and a value."""
    layout = ipywidgets.Layout(width=width, max_width="100%")
    return ipywidgets.Dropdown(options=[(ALL, None), *_pairs(options)], description=label, style=LABEL, layout=layout)


def one_of(label: str, options, width: str = "14rem") -> ipywidgets.Dropdown:
    """One of several."""
    layout = ipywidgets.Layout(width=width, max_width="100%")
    return ipywidgets.Dropdown(options=_pairs(options), description=label, style=LABEL, layout=layout)


def _pairs(options):
    return [option if isinstance(option, tuple) else (str(option), option) for option in options]


def days(label: str, known: pd.Series) -> ipywidgets.SelectionRangeSlider:
    """From which day to which, of the days there are; it counts when it is let go."""
    options = [day.date() for day in sorted(known.dropna().dt.tz_localize(None).dt.normalize().unique())]
    return ipywidgets.SelectionRangeSlider(
        options=[(day.isoformat(), day) for day in options] or [("no day", None)],
        index=(0, max(len(options) - 1, 0)),
        description=label,
        disabled=len(options) < 2,
        continuous_update=False,
        style=LABEL,
        layout=ipywidgets.Layout(width="30rem", max_width="100%"),
    )


def between(slider: ipywidgets.SelectionRangeSlider) -> tuple[date | None, date | None]:
    """The two days; none where all days are chosen, so that what has no day stays."""
    low, high = slider.index
    if low == 0 and high == len(slider.options) - 1:
        return None, None
    return slider.value
