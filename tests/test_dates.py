"""Dates: expressions found in a text, and the day each stands for."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tifa.marking.dates import dates_in, resolve

CASES = Path(__file__).parent / "cases" / "dates"


def rows(name):
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def day(written):
    return None if written == "-" else date.fromisoformat(written)


@pytest.mark.parametrize("row", rows("expressions.tsv"))
def test_expression_is_found_and_resolved(row):
    published, text, expected, kind, first, last = row.split("\t")
    (found,) = dates_in(text)
    assert (found.text, found.kind) == (expected, kind)
    resolved = resolve(found, day(published))
    assert (resolved.date, resolved.last) == (day(first), day(last))


@pytest.mark.parametrize("text", rows("none.txt"))
def test_no_day_is_named(text):
    assert dates_in(text) == []


def test_a_list_of_days_is_one_expression_each_in_the_month_before():
    first, second = dates_in("3月15日、16日,市委书记")
    assert resolve(second, date(2022, 3, 16), resolve(first, date(2022, 3, 16)).date).date == date(2022, 3, 16)


def test_a_festival_long_past_is_doubted():
    assert "long before" in resolve(dates_in("端午节当天")[0], date(2022, 4, 18)).doubt


def test_day_goes_on_through_the_report():
    assert resolve(dates_in("下午,来到")[0], date(2022, 4, 20), date(2022, 4, 17)).date == date(2022, 4, 17)
    assert resolve(dates_in("次日上午")[0], date(2022, 4, 20), date(2022, 4, 17)).date == date(2022, 4, 18)


def test_a_day_far_before_the_publication_is_doubted():
    assert "13 days before" in resolve(dates_in("21日")[0], date(2020, 2, 3)).doubt


def test_year_of_the_corpus_is_said():
    found = resolve(dates_in("29日")[0], None, None, 2022)
    assert found.date is None
    found = resolve(dates_in("3月29日")[0], None, None, 2022)
    assert (found.date, found.basis) == (date(2022, 3, 29), "text + corpus year")


@settings(max_examples=100, derandomize=True)
@given(st.dates(date(2018, 1, 1), date(2025, 1, 1)), st.integers(0, 180))
def test_written_days_are_never_after_the_publication_and_come_back(published, ago):
    told = published - timedelta(days=ago)
    (found,) = dates_in(f"{told.month}月{told.day}日下午,来到")
    assert resolve(found, published).date == told
