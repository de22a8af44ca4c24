"""Concordance, dispersion, collocates and shares over time."""

import numpy as np
import pandas as pd
import pytest

from tifa.marking import sentences as marking
from tifa.marking import words
from tifa.studies import terms
from tifa.tables import table

BODIES = {
    "a": "标题\n会议强调,要落实“四方责任”。各区压实四方责任,做到“采、送、检、报”。",
    "b": "采送检报要快,四方责任要实。<b>加强</b>防控。",
    "c": "各区要落实疫情防控责任。",
}
DAYS = {"a": "2022-04-18", "b": "2022-03-01", "c": None}
CITIES = {"a": "泉州市", "b": "上海市", "c": None}


@pytest.fixture
def corpus():
    rows, documents = [], []
    for doc, body in BODIES.items():
        day = pd.Timestamp(DAYS[doc], tz="Asia/Shanghai") if DAYS[doc] else None
        documents.append({"doc": doc, "article": doc, "body": body, "city": CITIES[doc], "published": day})
        for number, text in enumerate(body.split("\n")):
            role = "title" if text == "标题" else "paragraph"
            rows.append({"doc": doc, "line": number, "role": role, "text": text, "source_line": 10 * number + 3})
    split = marking.split(table("lines", rows))
    return split, table("documents", documents), words.tokens(split)


def test_a_phrase_is_found_whatever_marks_it_has(corpus):
    found = terms.concordance(*corpus[:2], "采送检报")
    assert found["match"].tolist() == ["采、送、检、报", "采送检报"]
    assert terms.concordance(*corpus[:2], "采、送、检、报")["match"].tolist() == found["match"].tolist()


def test_every_row_stands_where_it_says(corpus):
    for row in terms.concordance(*corpus[:2], "四方责任", width=4).itertuples():
        body = BODIES[row.doc]
        assert body[row.start : row.end] == row.match
        assert body[: row.start].endswith(row.left) and body[row.end :].startswith(row.right)
        assert len(row.left) <= 4 and "\n" not in row.left + row.right
        assert row.source_line == (13 if row.doc == "a" else 3)


@pytest.mark.parametrize(
    ("sort", "first"),
    # The contexts before end in “, 压 and ,; those behind begin with ”, a comma and 要.
    [
        ("text", ["要落实“", "区压实"]),
        ("day", ["检报要快,"]),
        ("left", ["检报要快,", "要落实“"]),
        ("right", ["区压实", "要落实“"]),
    ],
)
def test_sorts(corpus, sort, first):
    found = terms.concordance(*corpus[:2], "四方责任", sort=sort)
    for left, start in zip(found["left"], first, strict=False):
        assert left.endswith(start)


def test_sort_by_city(corpus):
    assert terms.concordance(*corpus[:2], "责任", sort="city")["city"].tolist()[:1] == ["上海市"]
    assert terms.concordance(*corpus[:2], "责任", sort="city")["doc"].tolist()[-1] == "c"


def test_regular_expression(corpus):
    found = terms.concordance(*corpus[:2], r"要.实", "regex")
    assert found["match"].tolist() == ["要落实", "要落实"]
    assert terms.concordance(*corpus[:2], r"x*", "regex").empty


@pytest.mark.parametrize(
    ("within", "matches"), [(1, ["四方责任要"]), (2, ["要落实“四方责任", "要快,四方责任", "四方责任要"])]
)
def test_words_within_a_distance(corpus, within, matches):
    split, documents, tokens = corpus
    found = terms.concordance(split, documents, ["四方责任", "要"], "words", tokens=tokens, within=within)
    assert found["match"].tolist() == matches


def test_text_stays_text(corpus):
    found = terms.concordance(*corpus[:2], "加强")
    assert found["left"].iloc[0].endswith("<b>")
    assert "&lt;b&gt;" in found.to_html()


def test_nothing_found_is_an_empty_table(corpus):
    found = terms.concordance(*corpus[:2], "复工")
    assert found.empty and "source_line" in found


@pytest.mark.parametrize(
    ("query", "options", "message"),
    [
        ("", {}, "query is empty"),
        ("“”", {}, "query is empty"),
        ("(", {"kind": "regex"}, "no regular expression"),
        ("(?R)", {"kind": "regex"}, "too much memory for one sentence|takes more than 1 s"),  # a slow machine's limit
        ("(" * 5000 + "要" + ")" * 5000, {"kind": "regex"}, "nested too deeply"),
        (["要"], {"kind": "words"}, "give tokens"),
        ("要", {"kind": "lemma"}, "'lemma'"),
        ("要", {"sort": "size"}, "'size'"),
        ("要", {"width": -1}, "negative"),
        (["要"], {}, "a phrase is one text"),
        (["要"], {"kind": "regex"}, "a regex is one text"),
    ],
)
def test_refusals_of_the_concordance(corpus, query, options, message):
    with pytest.raises(ValueError, match=message):
        terms.concordance(*corpus[:2], query, **options)


def test_a_word_that_is_no_token_is_refused(corpus):
    with pytest.raises(ValueError, match="no document has the term '方责'"):
        terms.concordance(*corpus[:2], ["要", "方责"], "words", tokens=corpus[2])


def test_a_pattern_that_would_take_for_ever_is_refused(monkeypatch):
    monkeypatch.setattr("tifa.studies.counting.concordance.SECONDS", 0.01)
    text = "防" * 60 + "。"
    documents = table("documents", [{"doc": "a", "article": "a", "body": text}])
    rows = table("sentences", [{"doc": "a", "sentence": 0, "text": text, "start": 0, "source_line": 1}])
    with pytest.raises(ValueError, match="for one sentence; make it simpler"):
        terms.concordance(rows, documents, "(防|防防)+$", "regex")


def test_copies_are_shown_once(corpus):
    split, documents, _ = corpus
    copied = documents.assign(article="b")
    assert terms.concordance(split, copied, "四方责任")["doc"].unique().tolist() == ["b"]
    assert terms.concordance(split, copied, "四方责任", copies=True)["doc"].nunique() == 2


# The example of Gries (2008), "Dispersions and adjusted frequencies in corpora", section 2: five parts of 9, 10, 10, 10
# and 11 letters, in which "a" stands 1, 2, 3, 4 and 5 times.
GRIES = ["bamnibeup", "basatbewqn", "bcagabesta", "baghabeaat", "bahaabeaxat"]


def letters(texts):
    rows = [(f"d{i}", 0, letter) for i, text in enumerate(texts) for letter in text]
    tokens = pd.DataFrame(rows, columns=["doc", "sentence", "token"])
    return tokens, pd.DataFrame({"doc": [f"d{i}" for i in range(len(texts))]})


def test_dispersion_of_the_printed_example():
    found = terms.dispersion(*letters(GRIES)).set_index("term")
    assert found.loc["a", ["count", "k_docs", "n_docs"]].tolist() == [15, 5, 5]
    assert found.loc["a", "dp"] == pytest.approx(0.18)
    assert found.loc["a", "dp_norm"] == pytest.approx(0.18 / (1 - 9 / 50))


def test_dispersion_is_null_for_terms_rarer_than_one_per_document():
    found = terms.dispersion(*letters(GRIES)).set_index("term")
    assert found.loc["n", "count"] < 5
    assert np.isnan(found.loc["n", "dp"]) and np.isnan(found.loc["n", "dp_norm"])


def test_dispersion_of_what_sits_in_one_document():
    found = terms.dispersion(*letters(["aaaa", "bcde", "bcde", "bcde"])).set_index("term")
    assert found.loc["a", "dp"] == pytest.approx(0.75)
    assert found.loc["a", "dp_norm"] == pytest.approx(1)


def test_positions(corpus):
    found = terms.positions(corpus[2], corpus[1], ["采送检报", "四方责任"])
    assert found["term"].tolist() == ["采送检报"] * 3 + ["四方责任"] * 4
    assert found.loc[found["doc"] == "c", "place"].isna().all()
    first = found[found["doc"] == "b"].iloc[0]
    assert first[["place", "share"]].tolist() == [0, 0]
    with pytest.raises(ValueError, match="no document has the term '没有'"):
        terms.positions(corpus[2], corpus[1], ["没有"])


def test_share_by_month_with_a_gap():
    tokens = pd.DataFrame({"doc": list("abcd"), "token": ["清零", "清零", "复工", "清零"]})
    days = pd.to_datetime(["2022-03-02", "2022-05-01", "2022-05-31", None]).tz_localize("Asia/Shanghai")
    documents = pd.DataFrame({"doc": list("abcd"), "published": days})
    found = terms.share(tokens, documents, "清零")
    assert found["period"].tolist() == ["2022-03", "2022-04", "2022-05"]
    assert found["share"].tolist() == pytest.approx([1, np.nan, 0.5], nan_ok=True)
    assert found["n_docs"].tolist() == [1, 0, 2]
    assert found.attrs["undated"] == 1
    assert terms.share(tokens, documents, "清零", "week")["period"].iloc[0] == "2022-W09"


@pytest.mark.parametrize(
    ("term", "per", "message"),
    [("没有", "month", "'没有'"), ("清零", "decade", "'decade'"), ("清零", "day", "no document has a")],
)
def test_refusals_of_share(term, per, message):
    documents = pd.DataFrame({"doc": ["a"], "published": pd.to_datetime([None])})
    with pytest.raises(ValueError, match=message):
        terms.share(pd.DataFrame({"doc": ["a"], "token": ["清零"]}), documents, term, per)


def made(*texts):
    rows = [("abcdefgh"[i // 10], i, word) for i, text in enumerate(texts) for word in text.split()]
    return pd.DataFrame(rows, columns=["doc", "sentence", "token"]), pd.DataFrame({"doc": list("abcdefgh")})


SENTENCES = ("落实 四方责任 要 实", "落实 四方责任", "要 落实 防控", "加强 防控 四方责任 落实", "要 加强 防控")


def test_collocates_by_hand():
    found = terms.collocates(*made(*SENTENCES), "四方责任", 1, min_count=1).set_index("term")
    # Next to the three nodes stand 落实 three times, 要 and 防控 once; 13 tokens are no node, 5 of them in a window.
    assert found.loc["落实", ["count", "count_all"]].tolist() == [3, 4]
    assert found.loc["落实", "expected"] == pytest.approx(4 * 5 / 13)
    assert found.loc["落实", "log_dice"] == pytest.approx(14 + np.log2(2 * 3 / (3 + 4)))
    assert found.loc["落实", "mi3"] == pytest.approx(np.log2(27 / (20 / 13)))
    assert found.loc["防控", ["count", "count_all", "k_docs"]].tolist() == [1, 3, 1]


def test_the_window_ends_with_the_sentence():
    found = terms.collocates(*made("落实 四方责任", "加强 防控"), "四方责任", 5, min_count=1)
    assert found["term"].tolist() == ["落实"]


def test_the_whole_sentence_is_a_window():
    found = terms.collocates(*made("落实 好 各 项 要求 和 四方责任"), "四方责任", None, min_count=1)
    assert len(found) == 6


def test_a_token_between_two_nodes_counts_once():
    found = terms.collocates(*made("四方责任 落实 四方责任"), "四方责任", 1, min_count=1)
    assert found.loc[0, ["count", "log_dice"]].tolist() == [1, pytest.approx(14 + np.log2(2 / 3))]


def test_the_floor(corpus):
    assert terms.collocates(*made(*SENTENCES), "四方责任", 1, min_count=3)["term"].tolist() == ["落实"]
    assert terms.collocates(*made(*SENTENCES), "四方责任", 1, min_count=9).empty


@pytest.mark.parametrize(
    ("node", "window", "message"), [("没有", 5, "'没有'"), ("落实", 0, "at least one"), ("落实", 2.5, "whole token")]
)
def test_refusals_of_collocates(node, window, message):
    with pytest.raises(ValueError, match=message):
        terms.collocates(*made(*SENTENCES), node, window)


def test_cooccurrence():
    found = terms.cooccurrence(*made(*SENTENCES), ["落实", "四方责任", "防控"], min_count=1)
    counts = {frozenset(pair): n for *pair, n in zip(found["term"], found["other"], found["count"], strict=True)}
    assert counts == {
        frozenset(("落实", "四方责任")): 3,
        frozenset(("落实", "防控")): 2,
        frozenset(("四方责任", "防控")): 1,
    }
