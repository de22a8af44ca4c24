import pandas as pd
import pytest

from tifa.studies import terms

DOCUMENTS = pd.DataFrame({"doc": ["a", "b", "c"], "city": ["上海市", "上海市", None]})
TOKENS = pd.DataFrame({"doc": list("aaabbc"), "token": ["清零", "清零", "目标", "清零", "的", "清零"]})


def test_counts_by_document():
    counted = terms.frequency(TOKENS, DOCUMENTS).set_index(["group", "term"])
    assert counted.loc[("a", "清零"), "count"] == 2
    assert counted.loc[("a", "清零"), "per_thousand"] == pytest.approx(2000 / 3)


def test_documents_without_a_city_are_in_no_group():
    counted = terms.frequency(TOKENS, DOCUMENTS, by="city").set_index(["group", "term"])
    assert counted.loc[("上海市", "清零"), ["count", "k_docs", "n_docs"]].tolist() == [3, 2, 2]
    assert counted["count"].sum() == 5


def test_rates_of_a_group_add_up_to_a_thousand():
    counted = terms.frequency(TOKENS, DOCUMENTS)
    assert counted.groupby("group")["per_thousand"].sum().tolist() == pytest.approx([1000] * 3)


@pytest.mark.parametrize("by", ["country", "leader"])
def test_unknown_group(by):
    with pytest.raises(ValueError, match=by):
        terms.frequency(TOKENS, DOCUMENTS, by=by)


def test_no_group_at_all():
    with pytest.raises(ValueError, match="no document has a value"):
        terms.frequency(TOKENS, DOCUMENTS.assign(city=None), by="city")


def test_content_drops_stop_words_but_no_rates():
    counted = terms.content(terms.frequency(TOKENS, DOCUMENTS))
    assert set(counted["term"]) == {"清零", "目标"}
    assert counted.set_index(["group", "term"]).loc[("b", "清零"), "per_thousand"] == 500


def test_top_counts_absence_as_zero():
    counted = terms.frequency(TOKENS, DOCUMENTS)
    rows = terms.top(counted, 2)
    assert rows["term"].tolist() == ["清零"] * 3 + ["的"] * 3
    assert rows.set_index(["term", "group"]).loc[("的", "a"), ["count", "per_thousand"]].tolist() == [0, 0]


def test_copies_of_an_article_count_once_unless_asked():
    documents = DOCUMENTS.assign(article=["a", "a", "c"])
    assert terms.frequency(TOKENS, documents)["group"].unique().tolist() == ["a", "c"]
    assert terms.frequency(TOKENS, documents, copies=True)["group"].unique().tolist() == ["a", "b", "c"]
