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
    """One of several, or all; options are values, or pairs of what is shown and a value. See :func:`value`."""
    layout = ipywidgets.Layout(width=width, max_width="100%")
    return ipywidgets.Dropdown(options=[(ALL, ALL), *_pairs(options)], description=label, style=LABEL, layout=layout)


def value(field: ipywidgets.Dropdown):
    """What is chosen, none for all."""
    return None if field.value == ALL else field.value


def one_of(label: str, options, width: str = "14rem") -> ipywidgets.Dropdown:
    """One of several."""
    layout = ipywidgets.Layout(width=width, max_width="100%")
    return ipywidgets.Dropdown(options=_pairs(options), description=label, style=LABEL, layout=layout)


def _pairs(options):
    return [option if isinstance(option, tuple) else (str(option), option) for option in options]


class Days(ipywidgets.HBox):
    """From which day to which, of the days there are; it counts when it is let go."""

    def __init__(self, label: str, known: pd.Series):
        days = [day.date() for day in sorted(known.dropna().dt.tz_localize(None).dt.normalize().unique())]
        self.slider = ipywidgets.SelectionRangeSlider(
            options=[(day.isoformat(), day) for day in days] or [("no day", None)],
            index=(0, max(len(days) - 1, 0)),
            description=label,
            disabled=len(days) < 2,
            continuous_update=False,
            readout=False,
            style=LABEL,
            layout=ipywidgets.Layout(width="24rem", max_width="100%"),
        )
        self._said = ipywidgets.Label(layout=ipywidgets.Layout(margin="2px 2px 2px 12px"))
        self.slider.observe(lambda change: self._say(), "index")
        self._say()
        super().__init__([self.slider, self._said])
        self.add_class("tifa-days")

    def _say(self):
        first, last = (self.slider.options[place][0] for place in self.slider.index)
        self._said.value = first if first == last else f"{first} to {last}"

    def between(self) -> tuple[date | None, date | None]:
        """The two days; none where all days are chosen, so that what has no day stays."""
        low, high = self.slider.index
        return (None, None) if low == 0 and high == len(self.slider.options) - 1 else self.slider.value
