"""What is read: a report with its body, sentences and units, and where each clause begins."""

from datetime import date
from typing import NamedTuple

from tifa.marking.places import Home, Unit, units_in

_CLAUSE_MARKS = "，,；;。：:！？\n"
# What goes on for longer without a mark is no clause that anybody wrote.
_LONGEST_CLAUSE = 300


class Sentence(NamedTuple):
    """One sentence; offsets count in the body."""

    text: str
    start: int
    end: int
    paragraph: int
    source_line: int
    is_heading: bool
    is_speech: bool


class Report(NamedTuple):
    """One document. ``year`` is that of the corpus, for pages without a publication time."""

    doc: str
    body: str
    sentences: list[Sentence]
    published: date | None
    year: int | None
    home: Home
    units: list[Unit]

    def clause(self, start: int, at: int) -> int:
        """Where the clause begins that holds an offset, not before ``start``."""
        start = max(start, at - _LONGEST_CLAUSE)
        while at > start and self.body[at - 1] not in _CLAUSE_MARKS:
            at -= 1
        return at


def report(doc, body, sentences, published, year, home) -> Report:
    """A report with the units its body names."""
    units = units_in(body, home, published.year if published else year)
    return Report(doc, body, sentences, published, year, home, _at_home(units, home))


def _at_home(units, home):
    """A township's name stands for one of the cities that the text or the page names, or for none that is known."""
    cities = {unit.city for unit in units if unit.level in ("city", "district")} | {home.city}
    if cities == {None}:
        return units
    return [
        unit._replace(province=None, city=None, district=None, adcode=None)
        if unit.level == "township" and unit.city not in cities
        else unit
        for unit in units
    ]
