import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tifa.showing.tables import show


def test_empty_cells_lists_and_times():
    days = pd.to_datetime(["2022-04-24 09:06", "2022-03-30 00:00"]).tz_localize("Asia/Shanghai")
    lists, numbers = [["甲", "乙"], []], [0.123456, None]
    html = show(pd.DataFrame({"t": days, "with": lists, "x": numbers, "n": pd.array([1, None])})).data
    for cell in ("2022-04-24 09:06", "2022-03-30<", "甲、乙", "0.1235", 'left"></td>'):
        assert cell in html
    assert "NaN" not in html and "NA" not in html and "00:00" not in html


def test_says_how_many_rows_there_are():
    assert "12 of 40 rows" in show(pd.DataFrame({"a": range(40)})).data
    assert "none" in show(pd.DataFrame({"a": []})).data


@given(st.text(max_size=30))
def test_page_text_is_never_markup(text):
    html = show(pd.DataFrame({"text": [f"<script>{text}"]})).data
    assert "<script" not in html
