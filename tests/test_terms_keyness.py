from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tifa.studies import counts, terms

LRC = pd.read_csv(Path(__file__).parent / "cases/terms/lrc.csv", comment="#")
DOCUMENTS = pd.DataFrame({"doc": list("abcde"), "city": ["上海市", "上海市", "上海市", "上海市", "泉州市"]})


def made(**texts):
    """Tokens of made-up documents: words divided by blanks."""
    rows = [(doc, 0, word) for doc, text in texts.items() for word in text.split()]
    return pd.DataFrame(rows, columns=["doc", "sentence", "token"])


FIVE = made(
    a="清零 防控 防控 工作", b="清零 清零 防控", c="清零 防控 工作 工作", d="清零 工作", e="复工 复工 复工 防控"
)


def cell(table, group, term):
    return table.set_index(["group", "term"]).loc[(group, term)]


def test_counts_sizes_and_documents():
    row = cell(terms.keyness(FIVE, DOCUMENTS), "上海市", "清零")
    assert row[["count", "count_rest", "size", "size_rest"]].tolist() == [5, 0, 13, 4]
    assert row[["k_docs", "n_docs", "k_docs_rest", "n_docs_rest"]].tolist() == [4, 4, 0, 1]
    assert row["per_thousand"] == pytest.approx(5 / 13 * 1000)


def test_one_against_four_cannot_be_significant():
    table = terms.keyness(FIVE, DOCUMENTS)
    assert (table["p_smallest"] == 0.2).all()
    assert cell(table, "上海市", "清零")["p_exact"] == pytest.approx(0.2)
    assert table["p_exact"].min() >= 0.2
    assert "5 documents in 2 groups allow is 0.2: nothing can be significant" in table.attrs["verdict"]


def test_two_against_three():
    documents = DOCUMENTS.assign(city=list("xxyyy"))
    table = terms.keyness(FIVE, documents)
    assert table["p_smallest"].unique() == pytest.approx([0.1])


def test_lrc_of_the_table_agrees_with_scattertext():
    rows = LRC[LRC["size"] == 120_000].reset_index(drop=True)
    names = [f"词{i}" for i in range(len(rows))]
    parts = []
    for doc, count, size in (("a", rows["count"], 120_000), ("b", rows["count_rest"], 90_000)):
        words = np.repeat([*names, "其余"], [*count, size - count.sum()])
        parts.append(pd.DataFrame({"doc": doc, "token": words}))
    documents = pd.DataFrame({"doc": ["a", "b"], "city": ["甲", "乙"]})
    table = terms.keyness(pd.concat(parts), documents, terms=names)
    assert table.attrs["family"] == len(rows)
    ours = table[table["group"] == "甲"].set_index("term").loc[names, "lrc"]
    assert ours.to_numpy() == pytest.approx(rows["lrc"].to_numpy(), abs=1e-6)


def test_three_groups_against_the_rest_and_in_pairs():
    documents = DOCUMENTS.assign(city=["甲", "甲", "乙", "乙", "丙"])
    rest = terms.keyness(FIVE, documents, min_count=0)
    assert rest.attrs["family"] == len(rest) == 3 * rest["term"].nunique()
    row = cell(rest, "乙", "清零")
    assert row[["count", "count_rest", "n_docs_rest"]].tolist() == [2, 3, 3]
    pairs = terms.keyness(FIVE, documents, against="pairs", min_count=0)
    assert set(zip(pairs["group"], pairs["against"], strict=True)) == {
        (a, b) for a in "甲乙丙" for b in "甲乙丙" if a != b
    }
    one = pairs[(pairs["term"] == "清零") & (pairs["group"] == "甲") & (pairs["against"] == "乙")].iloc[0]
    other = pairs[(pairs["term"] == "清零") & (pairs["group"] == "乙") & (pairs["against"] == "甲")].iloc[0]
    assert one["log_ratio_low"] == pytest.approx(-other["log_ratio_high"])
    assert one["p_smallest"] == pytest.approx(1 / 6)


def test_pairs_leave_out_what_neither_has():
    documents = DOCUMENTS.assign(city=["甲", "甲", "乙", "乙", "丙"])
    pairs = terms.keyness(FIVE, documents, against="pairs", min_count=1)
    assert pairs[(pairs["term"] == "复工") & ~(pairs["group"].eq("丙") | pairs["against"].eq("丙"))].empty


def test_a_term_is_compared_where_it_is_or_should_be():
    tokens = made(a="清零 清零 清零 " + "防控 " * 7, b="防控 " * 10, c="防控 " * 10, d="防控 " * 10, e="防控 " * 120)
    table = terms.keyness(tokens, DOCUMENTS, min_count=3)
    # Three of 160 tokens: spread evenly the group of e would have two.
    assert set(table.loc[table["term"] == "清零", "group"]) == {"上海市"}
    assert set(terms.keyness(tokens, DOCUMENTS, min_count=2).loc[lambda t: t["term"] == "清零", "group"]) == {
        "上海市",
        "泉州市",
    }


def test_ranking_begins_with_what_the_group_has_more_of():
    table = terms.keyness(FIVE, DOCUMENTS, min_count=1)
    assert table.groupby("group")["term"].first().to_dict() == {"上海市": "清零", "泉州市": "复工"}


def test_stability_counts_documents_that_can_be_left_out():
    tokens = made(a="清零 防控 防控", b="清零 防控", c="稳 稳 稳 稳 防控", d="清零 防控", e="防控 防控 复工 复工")
    table = terms.keyness(tokens, DOCUMENTS, first=2)
    # Without c nobody has 稳; without e there is nothing to compare with.
    assert cell(table, "上海市", "清零")["stable"] == pytest.approx(0.8)
    assert cell(table, "上海市", "稳")["stable"] == pytest.approx(0.6)


def test_many_documents_are_left_out_in_parts():
    left_out = counts.parts(1000)
    assert len(left_out) == 10
    assert sorted(np.concatenate(left_out).tolist()) == list(range(1000))


def test_enough_documents_can_be_significant():
    texts = {f"d{i}": "清零 防控 防控" if i < 12 else "复工 防控 防控" for i in range(24)}
    documents = pd.DataFrame({"doc": list(texts), "city": ["甲"] * 12 + ["乙"] * 12})
    table = terms.keyness(made(**texts), documents)
    assert cell(table, "甲", "清零")["p_adjusted"] < 0.001
    assert "2 of 6 comparisons are significant" in table.attrs["verdict"]


def test_corrections():
    holm = terms.keyness(FIVE, DOCUMENTS, correction="holm")
    bh = terms.keyness(FIVE, DOCUMENTS, correction="bh")
    assert holm.attrs["correction"] == f"Holm, {len(holm)} tests"
    assert (bh["p_adjusted"] <= holm["p_adjusted"] + 1e-12).all()


def test_copies_count_once_unless_asked():
    documents = DOCUMENTS.assign(article=["a", "a", "c", "d", "e"])
    once = cell(terms.keyness(FIVE, documents), "上海市", "清零")
    assert once[["count", "n_docs"]].tolist() == [3, 3]
    assert cell(terms.keyness(FIVE, documents, copies=True), "上海市", "清零")["n_docs"] == 4


def test_chosen_terms_are_the_family():
    table = terms.keyness(FIVE, DOCUMENTS, terms=["清零", "复工"])
    assert table.attrs["family"] == 2
    assert set(table["term"]) == {"清零", "复工"}


def test_groups_of_a_series_may_share_documents():
    leaders = pd.Series(["李强", "龚正", "李强", "尹力"], index=["a", "a", "b", "e"], name="leader")
    table = terms.keyness(FIVE, DOCUMENTS, by=leaders, min_count=1)
    row = cell(table, "李强", "清零")
    assert row[["count", "count_rest", "n_docs", "n_docs_rest"]].tolist() == [3, 0, 2, 1]
    assert not terms.keyness(FIVE, DOCUMENTS, by=leaders, against="pairs", min_count=1).empty


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "agency"}, "no column 'agency'"),
        ({"terms": ["没有"]}, "no document has the term '没有'"),
        ({"terms": []}, "terms is empty"),
        ({"by": pd.Series(["李强", "龚正"], index=["a", "a"])}, "every group has the same documents"),
        ({"against": "all"}, "'rest' or 'pairs'"),
        ({"correction": "none"}, "'holm' or 'bh'"),
    ],
)
def test_what_cannot_be_done_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        terms.keyness(FIVE, DOCUMENTS, **options)


def test_no_term_is_frequent_enough():
    table = terms.keyness(FIVE, DOCUMENTS, min_count=99)
    assert table.empty and table.attrs["verdict"] == "No term is frequent enough to be compared."


def test_one_group_is_refused():
    with pytest.raises(ValueError, match="one group, '上海市'"):
        terms.keyness(FIVE, DOCUMENTS[:4])


def test_no_document_is_refused():
    with pytest.raises(ValueError, match="no document"):
        terms.keyness(FIVE, DOCUMENTS[:0])


def test_too_long_a_table_is_refused(monkeypatch):
    monkeypatch.setattr("tifa.studies.keyness.MOST_CELLS", 3)
    with pytest.raises(ValueError, match="make fewer groups"):
        terms.keyness(FIVE, DOCUMENTS)
