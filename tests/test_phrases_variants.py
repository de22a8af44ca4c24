"""Wordings of one formula."""

from collections import defaultdict

import pandas as pd
import pytest

import tifa
from phrase_documents import cases, documents
from tifa.studies import phrases
from tifa.studies.phrasing import alike as module


def test_wordings_are_grouped_as_a_reader_would():
    expected = defaultdict(set)
    for formula, wording in cases("variants.tsv"):
        expected[formula].add(wording)
    expected.pop("0")
    wordings = [wording for _, wording in cases("variants.tsv")]
    table = phrases.variants(documents(*wordings))
    groups = {frozenset(own["wording"]) for _, own in table.groupby("formula")}
    assert groups == {frozenset(own) for own in expected.values()}


def test_seeds_vary_one_formula_six_times():
    table = phrases.variants(tifa.load(progress=False).documents)
    own = table[table["base"] == "要坚决贯彻习近平总书记重要指示精神"].set_index("wording")
    assert len(own) == 6
    assert own.loc["要坚决贯彻习近平总书记关于疫情防控重要指示精神", "changes"] == "+关于疫情防控"
    assert own.loc["要坚决贯彻落实习近平总书记重要指示精神", "changes"] == "+落实"
    assert "在中央政治局常委会会议上的" in own.loc[own.index.str.contains("常委会"), "changes"].item()


def test_counts_first_day_and_display():
    bodies = ("守好“第一道”疫情关口", "守好第一道疫情关口", "严格守好第一道疫情关口")
    table = phrases.variants(documents(*bodies))
    assert table[["wording", "n_docs", "n_cities", "first_doc", "written", "A", "B", "C"]].to_numpy().tolist() == [
        ["守好第一道疫情关口", 2, 2, "d0", "守好“第一道”疫情关口", 1, 1, 0],
        ["严格守好第一道疫情关口", 1, 1, "d2", "严格守好第一道疫情关口", 0, 0, 1],
    ]


def test_formulae_of_one_city_only_where_asked():
    table = documents("守好疫情防控关口", "严格守好疫情防控关口", cities="AA")
    assert phrases.variants(table).empty
    assert len(phrases.variants(table, across=False)) == 2


def test_one_document_is_no_formula():
    assert phrases.variants(documents("守好疫情防控关口,严格守好疫情防控关口"), across=False).empty


def test_who_adds_what():
    table = phrases.variants(documents("守好疫情防控关口", "严格守好疫情防控关口", "严格守好疫情防控的关口"))
    rows = phrases.differences(table).set_index(["kind", "text"])
    assert rows.loc[("added", "严格"), ["n_wordings", "A", "B", "C"]].tolist() == [2, 0, 1, 1]
    assert rows.loc[("added", "的"), ["n_wordings", "C"]].tolist() == [1, 1]


@pytest.mark.parametrize(("name", "limit"), [("MOST_WORDINGS", 4), ("MOST_PAIRS", 2)])
def test_limits_of_memory_do_not_show(name, limit, monkeypatch):
    wordings = [wording for _, wording in cases("variants.tsv")]
    whole = phrases.variants(documents(*wordings))
    monkeypatch.setattr(module, name, limit)
    pd.testing.assert_frame_equal(phrases.variants(documents(*wordings)), whole)
