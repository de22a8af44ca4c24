"""Productive frames and numeral digests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tifa
from phrase_documents import apart, cases, documents
from tifa.studies import phrases


@pytest.fixture(scope="module")
def seeds():
    return tifa.load(progress=False).documents


@pytest.mark.parametrize(("frame", "fillers", "text"), cases("frames.tsv"))
def test_frames_are_found_by_how_they_are_built(frame, fillers, text):
    used = phrases.fillers(apart(text))
    assert used.loc[used["frame"] == frame, "filler"].tolist() == fillers.split("|")


@pytest.mark.parametrize(("text",), cases("no_frames.txt"))
def test_coincidence_is_no_frame(text):
    assert phrases.fillers(apart(text))["written"].tolist() == []


@pytest.mark.parametrize(("digest", "stands_for", "text"), cases("digests.tsv"))
def test_digests_and_what_they_stand_for(digest, stands_for, text):
    table = phrases.frames(apart(text)).set_index("frame")
    assert table.loc[digest, "kind"] == "digest"
    assert table["stands_for"].fillna("")[digest] == stands_for


@pytest.mark.parametrize(("text",), cases("no_digests.txt"))
def test_numbers_are_no_digests(text):
    assert "digest" not in phrases.frames(apart(text))["kind"].tolist()


@pytest.mark.xfail(strict=True, reason="two numerals with a noun and a measure look like 三包一挂")
def test_two_counts_in_a_row_are_no_digest():
    assert phrases.frames(apart("安排两人三次上门。 | 安排两人三次上门。")).empty


def test_frames_of_the_seeds(seeds):
    """None of these is written down anywhere in the code."""
    found = set(phrases.frames(seeds)["frame"])
    assert {"应_尽_", "从_从_", "再_再_再_", "不漏一_不落一_", "以_制_", "同_同_同_", "越是_越要_"} <= found
    assert {"四应四尽", "四方责任", "三区", "一日两检"} <= found


def test_a_digest_that_no_text_explains_stands_for_null(seeds):
    table = phrases.frames(seeds).set_index("frame")
    assert table["stands_for"].isna().all()


def test_types_tokens_and_counts_per_city():
    table = phrases.frames(documents("应检尽检,应隔尽隔", "应检尽检")).set_index("frame")
    row = table.loc["应_尽_"]
    assert row[["n_types", "n_tokens", "n_docs", "n_cities", "A", "B"]].tolist() == [2, 3, 2, 2, 2, 1]
    assert row["fillers"] == "检, 隔"


def test_one_use_is_no_frame_unless_asked():
    table = documents("应检尽检")
    assert phrases.frames(table).empty
    assert phrases.frames(table, least=1)["frame"].tolist() == ["应_尽_"]


def test_uses_lead_back_to_the_page():
    table = documents("会议再动员、再部署,应检尽检。", "再检查、再“落实”,应隔尽隔。")
    used = phrases.fillers(table)
    bodies = table.set_index("doc")["body"]
    assert len(used) == 4
    for row in used.itertuples():
        assert bodies[row.doc][row.start : row.end] in row.written


@settings(max_examples=40)
@given(st.lists(st.text(st.sampled_from("应检尽再从严,。、“”四三区一"), max_size=20), min_size=1, max_size=3))
def test_any_text_gives_frames_that_stand_in_it(bodies):
    table = documents(*bodies)
    used = phrases.fillers(table)
    assert all(row.written in bodies[int(row.doc[1:])] for row in used.itertuples())
    assert phrases.frames(table)["n_tokens"].sum() == len(used)
