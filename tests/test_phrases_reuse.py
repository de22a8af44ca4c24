"""How much of one document stands in another, and where."""

from itertools import pairwise, permutations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phrase_documents import documents
from tifa.studies import phrases
from tifa.studies.phrasing.align import align, cut
from tifa.studies.phrasing.passages import MOST_TIES, ties


def test_reuse_is_of_the_documents_own_characters():
    pairs = phrases.reuse(documents("实现社会面清零", "实现社会面清零,还有别的很多话")).set_index("doc")
    assert pairs.loc["d0", "share"] == 1
    assert pairs.loc["d1", "share"] == pytest.approx(7 / 14)


def test_documents_without_a_city_are_compared_too():
    table = documents("实现社会面清零", "实现社会面清零").assign(city=None)
    assert phrases.reuse(table)["share"].tolist() == [1, 1]


def test_formulae_are_told_from_borrowing_by_the_number_of_cities():
    formula, own = "坚定必胜信心决心", "连夜搭起二十座帐篷"
    table = documents(f"{formula},{own}", f"{formula},{own}", formula, "别的话")
    pair = phrases.reuse(table).set_index(["doc", "other"]).loc[("d0", "d1")]
    assert (pair["shared_chars"], pair["formulaic_chars"]) == (17, 8)
    assert pair["direct_share"] == pytest.approx(9 / 17)


def test_with_three_cities_formulae_cannot_be_told():
    pairs = phrases.reuse(documents("坚定必胜信心决心", "坚定必胜信心决心", "别的话"))
    assert pairs["formulaic_chars"].isna().all() and pairs["direct_share"].isna().all()


TEXTS = st.lists(st.text(st.sampled_from("甲乙丙,"), max_size=16), min_size=2, max_size=4)


@given(TEXTS)
def test_shared_characters_are_those_that_a_search_covers(bodies):
    pairs = phrases.reuse(documents(*bodies), min_chars=3).set_index(["doc", "other"])["shared_chars"]
    for (i, body), (j, other) in permutations(enumerate(bodies), 2):
        runs = (
            range(k, k + 3) for k in range(len(body) - 2) if "," not in body[k : k + 3] and body[k : k + 3] in other
        )
        assert pairs[f"d{i}", f"d{j}"] == len({place for run in runs for place in run})


@settings(max_examples=25)
@given(TEXTS)
def test_passages_are_in_both_and_do_not_overlap(bodies):
    table = documents(*bodies)
    pairs = phrases.reuse(table, min_chars=3)
    found = phrases.passages(table, pairs, min_chars=3, gap=2)
    text = table.set_index("doc")["body"]
    for _, own in found.groupby(["doc", "other"]):
        taken = sorted(zip(own["start"], own["end"], strict=True))
        assert all(a[1] <= b[0] for a, b in pairwise(taken))
    for row in found.itertuples():
        assert text[row.doc][row.start : row.end] == row.text
        assert text[row.other][row.other_start : row.other_end] == row.other_text
        assert 3 <= row.n_same <= min(len(row.text), len(row.other_text))
    shared = pairs[pairs["shared_chars"] > 0]
    assert set(zip(found["doc"], found["other"], strict=True)) == set(zip(shared["doc"], shared["other"], strict=True))


def test_a_passage_bridges_small_gaps_only():
    left, right = "连夜搭起帐篷备足药品,值守干部轮班巡查", "连夜搭起帐篷,全部值守干部轮班巡查"
    pair = pd.DataFrame({"doc": ["d0"], "other": ["d1"]})
    table = documents(left, right)
    assert phrases.passages(table, pair)["text"].tolist() == [left]
    assert phrases.passages(table, pair, gap=1)["text"].tolist() == ["值守干部轮班巡查", "连夜搭起帐篷"]


def test_text_that_repeats_itself_has_a_bounded_number_of_ties():
    """Every place of one text agrees with every place of the other."""
    text = "再查再改再查再改\n" * 500
    assert len(ties(text, text, 6)) == MOST_TIES
    pair = pd.DataFrame({"doc": ["d0"], "other": ["d1"]})
    assert phrases.passages(documents(text, text), pair)["n_same"].sum() > 0


def test_passages_of_an_unknown_document():
    with pytest.raises(ValueError, match="d9"):
        phrases.passages(documents("甲"), pd.DataFrame({"doc": ["d0"], "other": ["d9"]}))


def test_closest_pairs_are_of_two_cities_and_come_once():
    same, other = "连夜搭起二十座帐篷", "值守干部轮班巡查"
    table = documents(same, same, f"{same},{other}", cities="AAB")
    pairs = phrases.closest(phrases.reuse(table), table, k=5)
    assert pairs[["doc", "other"]].to_numpy().tolist() == [["d0", "d2"], ["d1", "d2"]]


def test_closest_are_those_with_most_in_common_not_the_shortest():
    long = "连夜搭起二十座帐篷备足药品"
    table = documents(
        "值守干部轮班", f"值守干部轮班,{long},别的话很多很多", f"{long},又有很多别的话要说", "无关", "也无关"
    )
    assert phrases.closest(phrases.reuse(table), table)[["doc", "other"]].to_numpy().tolist() == [["d2", "d1"]]


def test_agreement_with_one_document_against_four_cannot_be_significant():
    table = documents(*["实现社会面清零"] * 4, "毫不相干的一篇", cities="AAAAB")
    rows = phrases.agreement(phrases.reuse(table), table)
    assert rows["p_smallest"].tolist() == [0.2, 0.2]
    assert rows["p"].tolist() == [0.2, 0.2]
    assert (rows["difference"] == 1).all()


def test_agreement_counts_divisions_and_not_their_names():
    table = documents(*["实现社会面清零"] * 3, *["连夜搭起二十座帐篷"] * 3, cities="AAABBB")
    assert phrases.agreement(phrases.reuse(table), table)["p_smallest"].tolist() == [0.1, 0.1]


def test_agreement_without_each_document_is_that_of_the_others():
    bodies = ["实现社会面清零", "实现社会面清零,连夜搭起帐篷", "连夜搭起帐篷", "实现社会面清零,别的话", "别的话很长"]
    table = documents(*bodies, cities="AABBA")
    row = phrases.agreement(phrases.reuse(table), table).set_index("city").loc["B"]
    without = [phrases.agreement(phrases.reuse(own), own) for own in (table.drop(i) for i in range(len(table)))]
    differences = [own.set_index("city").loc["B", "difference"] for own in without]
    assert (row["low"], row["high"]) == pytest.approx((min(differences), max(differences)))


def test_agreement_of_too_few_documents_is_null():
    table = documents("实现社会面清零", "实现社会面清零")
    assert phrases.agreement(phrases.reuse(table), table)["p"].isna().all()


def test_agreement_draws_arrangements_where_there_are_too_many():
    table = documents(*["实现社会面清零"] * 10, *["连夜搭起帐篷"] * 14, cities="A" * 10 + "B" * 14)
    rows = phrases.agreement(phrases.reuse(table), table)
    assert (rows["p_smallest"] == 1 / 2_000).all() and (rows["p"] < 0.05).all()


@given(st.text(max_size=30), st.text(max_size=30))
def test_alignment_loses_nothing(left, right):
    parts = align(*cut([left, right]))
    assert "".join(part.left for part in parts) == left
    assert "".join(part.right for part in parts) == right


def test_marks_make_no_difference_where_they_are_ignored():
    parts = align(*cut(["压实“四方责任”", "压实四方责任"]), ignored="“”")
    assert all(part.same for part in parts)
