import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tifa.studies import phrases


def documents(*bodies, cities="ABCDEFG"):
    n = len(bodies)
    days = pd.Series(pd.date_range("2022-04-01", periods=n, tz="Asia/Shanghai"))
    return pd.DataFrame(
        {"doc": [f"d{i}" for i in range(n)], "city": list(cities[:n]), "published": days, "body": bodies}
    )


def found(*bodies, **options):
    return set(phrases.shared(documents(*bodies), **options)["phrase"])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("朝着社会面清零目标攻坚", "实现“社会面清零”目标", {"社会面清零目标"}),
        ("“采、送、检、报”要衔接", "采送检报要衔接好", {"采送检报要衔接"}),
        ("抓好疫情防控。工作要实", "疫情防控工作", set()),
        ("五个字的短", "五个字的短", set()),
        ("贯彻重要讲话精神要实,贯彻重要讲话要快", "贯彻重要讲话精神", {"贯彻重要讲话", "贯彻重要讲话精神"}),
    ],
)
def test_two_cities(left, right, expected):
    assert found(left, right) == expected


def test_documents_of_one_city_share_nothing_across_cities():
    table = documents("实现社会面清零目标", "实现社会面清零目标", cities="AA")
    assert phrases.shared(table).empty


def test_first_day_and_counts():
    table = phrases.shared(documents("实现社会面清零目标,实现社会面清零目标", "实现社会面清零目标", "别的"))
    row = table.iloc[0]
    assert (row["first_doc"], row["A"], row["B"], row["C"], row["n_docs"], row["n_cities"]) == ("d0", 2, 1, 0, 2, 2)
    assert row["first_day"] == pd.Timestamp("2022-04-01")


def test_occurrences_have_a_row_for_every_document():
    counted = phrases.occurrences(pd.Series(["社会面清零"]), documents("社会面清零,“社会面”清零", "别的"))
    assert counted[["doc", "city", "count"]].to_dict("split")["data"] == [["d0", "A", 2], ["d1", "B", 0]]


def test_bad_requests():
    with pytest.raises(ValueError, match="region"):
        phrases.shared(documents("甲"), by="region")
    with pytest.raises(ValueError, match="min_chars"):
        phrases.shared(documents("甲"), min_chars=1)


TEXTS = st.lists(st.text(st.sampled_from("甲乙丙,"), max_size=14), min_size=2, max_size=2)


def brute_force(left, right, size):
    """Every maximal run, by trying every pair of positions of every pair of clauses."""
    runs = set()
    for a in re.split(",", left):
        for b in re.split(",", right):
            for i in range(len(a)):
                for j in range(len(b)):
                    n = 0
                    while i + n < len(a) and j + n < len(b) and a[i + n] == b[j + n]:
                        n += 1
                    if n >= size and not (i and j and a[i - 1] == b[j - 1]):
                        runs.add(a[i : i + n])
    return runs


@given(TEXTS)
def test_exactly_what_brute_force_finds(texts):
    assert found(*texts, min_chars=3) == brute_force(*texts, 3)


def test_reuse_is_of_the_documents_own_characters():
    pairs = phrases.reuse(documents("实现社会面清零", "实现社会面清零,还有别的很多话")).set_index("doc")
    assert pairs.loc["d0", "share"] == 1
    assert pairs.loc["d1", "share"] == pytest.approx(7 / 14)


def test_copies_of_an_article_count_once_unless_asked():
    table = documents("实现社会面清零目标", "实现社会面清零目标", "别的").assign(article=["d0", "d0", "d2"])
    assert phrases.shared(table).empty
    assert len(phrases.shared(table, copies=True)) == 1
    assert set(phrases.reuse(table)["doc"]) == {"d0", "d2"}
