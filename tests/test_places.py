"""Places: units named in a text, and where a document is from."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tifa.marking.gazetteer import gazetteer
from tifa.marking.places import Home, home_of, locate, units_in

CASES = Path(__file__).parent / "cases" / "places"


def rows(name):
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def parts(written):
    return [None if part == "-" else part for part in written.split("/")]


def show(unit):
    names = "/".join(name or "-" for name in (unit.province, unit.city, unit.district, unit.township))
    return f"{unit.text}={unit.level}:{names}:{unit.adcode or '-'}"


@pytest.mark.parametrize(("home", "text", "expected"), rows("units.tsv"))
def test_units(home, text, expected):
    shown = [show(unit) for unit in units_in(text, Home(*parts(home)))]
    assert (" ".join(shown) or "-") == expected
    assert all(text[u.start : u.end] == u.text for u in units_in(text))


@given(st.text(alphabet="东城区簋街镇乡办事处道地农场上海市、的到和等两个", max_size=30))
def test_any_text_is_read(text):
    assert all(text[unit.start : unit.end] == unit.text for unit in units_in(text, Home("北京市", "北京市")))


def test_every_district_is_found_by_its_full_name_below_its_city():
    for place in gazetteer().by_code.values():
        if place.level == "district" and place.city:
            *_, found = units_in(place.city + place.district)
            assert (found.city, found.district) == (place.city, place.district)


@pytest.mark.parametrize("row", rows("homes.tsv"))
def test_home_of_a_document(row):
    *page, home, basis = (None if cell == "-" else cell for cell in row)
    assert home_of(*page) == (Home(*parts(home)), basis)


def test_a_site_of_another_province_does_not_outweigh_the_places_of_the_title():
    found = home_of("李强在青浦崇明检查疫情防控工作", website="山西大院网")
    assert (found.home.city, found.basis) == ("上海市", "places")


def test_locate_keeps_order_and_index():
    documents = pd.DataFrame(
        {
            "title": ["赵龙赴泉州检查重点区域疫情防控工作", "区领导到一线督查"],
            "body": ["", None],
            "agency": ["福建日报", None],
            "website": None,
            "url": None,
            "published": pd.NaT,
        },
        index=[7, 3],
    )
    located = locate(documents)
    assert list(located.index) == [7, 3]
    assert located.loc[7].tolist() == ["福建省", "泉州市", "places"]
    assert located.loc[3].isna().all()
