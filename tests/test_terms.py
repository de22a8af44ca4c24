import pandas as pd
import pytest

import tifa
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


def test_rate_per_characters_counts_words_only():
    counted = terms.frequency(TOKENS, DOCUMENTS).set_index(["group", "term"])
    assert counted.loc[("b", "清零"), "per_10k_chars"] == pytest.approx(10_000 / 3)


def test_copies_count_once_unless_asked():
    documents = DOCUMENTS.assign(article=["b", "b", "c"])
    once = terms.frequency(TOKENS, documents, by="city").set_index("term")
    assert once.loc["清零", ["count", "n_docs"]].tolist() == [1, 1]
    assert terms.frequency(TOKENS, documents, by="city", copies=True)["count"].sum() == 5


def test_the_copy_that_counts_is_the_one_first_seen():
    documents = DOCUMENTS.assign(article=["b", "b", "b"])
    assert terms.frequency(TOKENS, documents)["group"].unique().tolist() == ["b"]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("day", ["2022-04-18", "2022-05-01"]),
        ("week", ["2022-W16", "2022-W17"]),
        ("month", ["2022-04", "2022-05"]),
        ("year", ["2022"]),
    ],
)
def test_groups_of_time(by, groups):
    days = pd.to_datetime(["2022-04-18", "2022-05-01", None]).tz_localize("Asia/Shanghai")
    assert terms.frequency(TOKENS, DOCUMENTS.assign(published=days), by=by)["group"].unique().tolist() == groups


def test_a_report_of_two_leaders_counts_with_both():
    leaders = pd.Series(["李强", "龚正", "龚正"], index=["a", "a", "b"], name="leader")
    counted = terms.frequency(TOKENS, DOCUMENTS, by=leaders).set_index(["group", "term"])
    assert counted["count"].loc["李强"].sum() == 3
    assert counted.loc[("龚正", "清零"), ["count", "k_docs", "n_docs"]].tolist() == [3, 2, 2]


def test_tokens_of_other_documents_do_not_count():
    assert terms.frequency(TOKENS, DOCUMENTS[:1])["count"].sum() == 3


def test_terms_of_other_documents_are_unknown():
    tokens = TOKENS.astype({"token": "category"}).assign(sentence=0)
    with pytest.raises(ValueError, match="'目标'"):
        terms.collocates(tokens[tokens["doc"] == "b"], DOCUMENTS, "目标")
    with pytest.raises(ValueError, match="'目标'"):
        terms.keyness(tokens, DOCUMENTS[1:], by="doc", terms=["目标"])


def test_order_of_tokens_does_not_matter():
    shuffled = TOKENS.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(terms.frequency(shuffled, DOCUMENTS), terms.frequency(TOKENS, DOCUMENTS))
    categories = TOKENS.astype({"doc": "category", "token": "category"})
    pd.testing.assert_frame_equal(terms.frequency(categories, DOCUMENTS), terms.frequency(TOKENS, DOCUMENTS))


def test_headings_and_speech_are_separable():
    tokens = TOKENS.assign(sentence=[0, 1, 2, 0, 1, 0])
    flags = {"is_heading": [True, False, False, True, False, True], "is_speech": [False, True, False] * 2}
    sentences = tokens[["doc", "sentence"]].assign(**flags)
    parts = {which: terms.part(tokens, sentences, which)["token"].tolist() for which in ("heading", "speech", "report")}
    assert parts == {"heading": ["清零", "清零", "清零"], "speech": ["清零", "的"], "report": ["目标"]}
    with pytest.raises(ValueError, match="no part 'title'"):
        terms.part(tokens, sentences, "title")


def test_set_phrases_are_worth_ranking_whatever_the_stop_list_says():
    table = pd.DataFrame({"term": ["不折不扣", "不", "同志", "12"]})
    assert terms.content(table, stop=frozenset(["不折不扣", "同志"]))["term"].tolist() == ["不折不扣"]
    assert terms.content(table, stop=frozenset(), keep=["同志"])["term"].tolist() == ["不折不扣", "同志"]


def test_top_is_stable_where_every_document_has_the_term():
    rows = {"group": list("aabb"), "term": ["甲", "乙", "甲", "丙"], "count": 1, "per_thousand": [5.0, 4.0, 5.0, 1.0]}
    found = terms.top(pd.DataFrame(rows), 2).drop_duplicates("term").set_index("term")
    assert found["stable"].to_dict() == {"甲": 1.0, "乙": 0.5}


@pytest.mark.parametrize(("city", "published", "by"), [(None, None, "doc"), (["x", "y", "x"], None, "city")])
def test_what_can_be_compared(city, published, by):
    assert terms.comparable(DOCUMENTS.assign(city=city, published=published)) == by


def test_one_document_cannot_be_compared():
    assert terms.comparable(DOCUMENTS[:1].assign(published=pd.NaT)) is None


def test_on_the_seeds_every_phrase_is_counted_as_a_plain_search_counts_it():
    corpus = tifa.load(progress=False)
    effect = terms.dictionary_effect(corpus.tokens, corpus.sentences, corpus.lists.phrases)
    bare = corpus.documents["body"].str.replace("[“”\"'‘’「」『』《》〈〉、·]", "", regex=True)
    assert len(effect) > 100
    assert effect["count"].tolist() == [bare.str.count(phrase).sum() for phrase in effect["phrase"]]
    found = terms.concordance(corpus.sentences, corpus.documents, "社会面清零")
    assert len(found) == effect.set_index("phrase").loc["社会面清零", "count"]


# "动态清零" stands by itself in a, and inside the user's longer phrase in b.
NESTED = pd.DataFrame(
    {
        "doc": list("aabbb"),
        "sentence": 0,
        "token": ["坚持", "动态清零", "坚持", "动态清零总方针", "动态清零"],
        "overlaps": [False, False, False, False, True],
    }
)


def test_a_phrase_inside_another_occurs_but_is_no_more_text():
    counted = terms.frequency(NESTED, DOCUMENTS).set_index(["group", "term"])
    assert counted.loc[("b", "动态清零"), ["count", "per_thousand"]].tolist() == [1, 500]
    assert counted.loc[("b", "动态清零"), "per_10k_chars"] == pytest.approx(10_000 / 9)
    row = terms.keyness(NESTED, DOCUMENTS, "doc", min_count=1).set_index(["group", "term"]).loc[("b", "动态清零")]
    assert row[["count", "size", "count_rest", "size_rest"]].tolist() == [1, 2, 1, 2]
    assert terms.dispersion(NESTED, DOCUMENTS).set_index("term").loc["动态清零", "k_docs"] == 2
    places = terms.positions(NESTED, DOCUMENTS, ["动态清零"])
    assert places[["place", "size"]].head(2).to_numpy().tolist() == [[1, 2], [1, 2]]


def test_near_a_phrase_inside_another_stands_what_is_near_the_longer_one():
    found = terms.collocates(NESTED, DOCUMENTS, "动态清零", 1, min_count=1).set_index("term")
    assert found["count"].to_dict() == {"坚持": 2}
    assert terms.collocates(NESTED, DOCUMENTS, "动态清零总方针", 1, min_count=1)["term"].tolist() == ["坚持"]
    pairs = terms.cooccurrence(NESTED, DOCUMENTS, ["坚持", "动态清零", "动态清零总方针"], min_count=1)
    assert [*zip(pairs["term"], pairs["other"], pairs["count"], strict=True)] == [
        ("动态清零", "坚持", 2),
        ("动态清零总方针", "坚持", 1),
    ]
