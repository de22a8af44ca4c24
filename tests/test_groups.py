"""What makes groups is said in one way to terms and to phrases, and refused in the same words."""

import pandas as pd
import pytest

from tifa.studies import phrases, terms

BODIES = ["实现社会面清零目标", "实现社会面清零", "尽快实现社会面清零"]
DOCUMENTS = pd.DataFrame(
    {
        "doc": list("abc"),
        "city": ["甲市", "甲市", "乙市"],
        "published": pd.to_datetime(["2022-04-18", "2022-04-30", "2022-05-02"]).tz_localize("Asia/Shanghai"),
        "body": BODIES,
    }
)
TOKENS = pd.DataFrame({"doc": list("abc"), "token": "清零"})


def counted(by):
    """Documents of each group, as terms count them."""
    found = terms.frequency(TOKENS, DOCUMENTS, by=by)
    return dict(zip(found["group"], found["n_docs"], strict=True))


def compared(by):
    """The groups, as phrases compare them."""
    found = phrases.positions("社会面清零", DOCUMENTS, by)
    return found["city"].dropna().value_counts().sort_index().to_dict()


@pytest.mark.parametrize("ask", [counted, compared])
@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("city", {"甲市": 2, "乙市": 1}),
        ("month", {"2022-04": 2, "2022-05": 1}),
        ("week", {"2022-W16": 1, "2022-W17": 1, "2022-W18": 1}),
        ({"a": "东部", "c": "西部"}, {"东部": 1, "西部": 1}),
        (pd.Series(["林远", "卓帆"], index=["a", "b"]), {"林远": 1, "卓帆": 1}),
    ],
)
def test_one_grammar(ask, by, groups):
    assert ask(by) == groups


def test_several_leaders_of_a_report_count_each_in_terms_and_the_first_in_phrases():
    leaders = pd.Series(["林远", "卓帆", "卓帆"], index=["a", "a", "b"], name="leader")
    assert counted(leaders) == {"林远": 1, "卓帆": 2}
    assert compared(leaders) == {"林远": 1, "卓帆": 1}
    assert "林远" in phrases.shared(DOCUMENTS, by=leaders)


@pytest.mark.parametrize(
    "ask",
    [
        lambda by: terms.frequency(TOKENS, DOCUMENTS, by=by),
        lambda by: terms.keyness(TOKENS, DOCUMENTS, by=by),
        lambda by: phrases.shared(DOCUMENTS, by=by),
        lambda by: phrases.reuse(DOCUMENTS, by=by),
    ],
)
@pytest.mark.parametrize(
    ("by", "message"),
    [
        ("region", r"no column 'region' to group by; they can be grouped by doc, city, .*month, year, or a mapping"),
        ("leader", r'no column \'leader\'.* write  by=corpus\.visits\.set_index\("doc"\)\["leader"\]$'),
        (["甲市", "乙市"], "by is a list; it can be a name, a mapping"),
    ],
)
def test_refused_in_the_same_words(ask, by, message):
    with pytest.raises(ValueError, match=message):
        ask(by)


@pytest.mark.parametrize("by", [{"x": "东部"}, pd.Series(["林远"], index=["x"], name="leader")])
def test_groups_without_a_document(by):
    with pytest.raises(ValueError, match="no document has a value in "):
        terms.frequency(TOKENS, DOCUMENTS, by=by)
