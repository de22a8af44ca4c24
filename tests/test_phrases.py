"""Phrases in the same words: shared strings, where they stand, in which order they appear, what they rest on."""

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tifa
from phrase_documents import cases, documents
from tifa.studies import phrases
from tifa.studies.phrasing import repeats
from tifa.studies.phrasing.matter import LONGEST_CLAUSE, Matter


@pytest.fixture(scope="module")
def seeds():
    return tifa.load(progress=False).documents


def found(*bodies, cities="ABCDEFG", **options):
    return set(phrases.shared(documents(*bodies, cities=cities), **options)["phrase"])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("朝着社会面清零目标攻坚", "实现“社会面清零”目标", {"社会面清零目标"}),
        ("“采、送、检、报”要衔接", "采送检报要衔接好", {"采送检报要衔接"}),
        ("抓好疫情防控。工作要实", "疫情防控工作", set()),
        ("抓好疫情防控\n工作要实", "疫情防控工作", set()),
        ("抓好疫情防控 工作要实", "疫情防控工作", set()),
        ("抓好疫情防控〓工作要实", "疫情防控工作", set()),
        ("疫情\u200b防控工作", "疫情防控工作", {"疫情防控工作"}),
        ("2022年4月18日", "２０２２年4月18日", {"2022年4月18日"}),
        ("五个字的短", "五个字的短", set()),
        ("贯彻重要讲话精神要实,贯彻重要讲话要快", "贯彻重要讲话精神", {"贯彻重要讲话", "贯彻重要讲话精神"}),
    ],
)
def test_two_cities(left, right, expected):
    assert found(left, right, trim=False) == expected


@pytest.mark.parametrize(("left", "right", "exact", "trimmed"), cases("trimmed.tsv"))
def test_trimmed_to_whole_words(left, right, exact, trimmed):
    assert found(left, right, min_chars=5, trim=False) == {exact}
    assert found(left, right, min_chars=5) == {trimmed} - {""}


def test_seeds_share_seventeen_phrases_and_one_more_across_a_mark(seeds):
    with_marks = set(phrases.shared(seeds, trim=False, ignored="")["phrase"])
    without = set(phrases.shared(seeds, trim=False)["phrase"])
    assert len(with_marks) == 17
    # One of the two cities prints 广大党员、干部.
    assert without - with_marks == {"广大党员干部"}
    assert with_marks < without


def test_seeds_trimmed_have_no_fragment(seeds):
    table = phrases.shared(seeds)
    assert {"实现社会面清零目标", "耐心细致做好群众工作", "坚定信心决心", "广大党员干部"} <= set(table["phrase"])
    assert not {"要充分发挥主", "坚决打赢疫情", "疫情防控工作进行再"} & set(table["phrase"])
    assert not table["stable"].any()


def test_documents_of_one_city_share_nothing_across_cities():
    assert not found("实现社会面清零目标", "实现社会面清零目标", cities="AA")


def test_documents_without_a_group_are_left_out():
    table = documents("实现社会面清零目标", "实现社会面清零目标").assign(city=["A", None])
    assert phrases.shared(table).empty


def test_first_day_and_counts():
    table = phrases.shared(documents("实现社会面清零目标,实现社会面清零目标", "实现社会面清零目标", "别的"))
    row = table.iloc[0]
    assert (row["first_doc"], row["A"], row["B"], row["C"], row["n_docs"], row["n_cities"]) == ("d0", 2, 1, 0, 2, 2)
    assert row["first_day"] == pd.Timestamp("2022-04-01")


def test_display_keeps_the_marks():
    table = phrases.shared(documents("压实“四方责任”要求", "压实四方责任要求"))
    assert table["written"].tolist() == ["压实“四方责任”要求"]


@pytest.mark.parametrize(
    ("phrase", "body", "expected"),
    [
        ("压实四方责任", "要压实“四方责任”。", "压实“四方责任”"),
        ("四方责任要求", "落实“四方责任”要求。", "“四方责任”要求"),
        ("四方责任", "落实“四方责任”要求。", "四方责任"),
        ("方责任三区", "“四方责任”“三区”。", "方责任”“三区”"),
        ("社会面清零目标", "社会面清零”目标", "社会面清零”目标"),
    ],
)
def test_a_quotation_is_shown_whole(phrase, body, expected):
    assert phrases.positions([phrase], documents(body))["written"].tolist() == [expected]


def test_copies_of_an_article_count_once():
    table = documents("实现社会面清零目标", "实现社会面清零目标", article=["d0", "d0"])
    assert phrases.shared(table).empty
    assert len(phrases.shared(table, copies=True)) == 1


def test_the_earliest_copy_is_the_first_to_have_a_phrase():
    table = documents("实现社会面清零", "实现社会面清零", "实现社会面清零", article=["d0", "d0", "d2"])
    table["published"] = table["published"].iloc[[1, 0, 2]].to_numpy()
    assert phrases.diffusion(["社会面清零"], table)["first_doc"].tolist() == ["d1", "d2"]


def test_groups_by_column_month_and_mapping():
    table = documents("实现社会面清零", "实现社会面清零", agency=["甲报", "乙报"])
    assert list(phrases.shared(table, by="agency").columns[-2:]) == ["乙报", "甲报"]
    assert phrases.shared(table, by="month").empty
    assert len(phrases.shared(table, by={"d0": "李明", "d1": "王华"})) == 1


def test_groups_by_day_and_week():
    table = documents("实现社会面清零", "实现社会面清零")
    assert list(phrases.shared(table, by="day").columns[-2:]) == ["2022-04-01", "2022-04-02"]
    assert phrases.shared(table, by="week").empty


def test_of_several_leaders_of_a_report_the_first_counts():
    table = documents("实现社会面清零", "实现社会面清零", "别的")
    leaders = pd.Series(["李明", "王华", "王华"], index=["d0", "d0", "d1"])
    row = phrases.shared(table, by=leaders).iloc[0]
    assert (row["李明"], row["王华"]) == (1, 1)


def test_a_string_is_one_phrase():
    table = documents("实现社会面清零")
    assert phrases.positions("社会面", table)["phrase"].tolist() == ["社会面"]
    assert phrases.occurrences("社会面", table)["count"].tolist() == [1]
    assert phrases.diffusion("社会面", table)["phrase"].tolist() == ["社会面"]


def test_a_clause_without_end_is_cut():
    """Else a page that repeats one character would share as many strings as it has characters, all as long."""
    table = documents("哈" * 5_000, "呵嘿" * 2_000, "哈" * 4_999, "呵嘿" * 1_000)
    assert phrases.shared(table, trim=False)["n_chars"].max() == LONGEST_CLAUSE
    assert set(phrases.frames(table)["frame"]) == set()


def test_a_clause_is_cut_where_it_is_too_long_and_nowhere_else():
    rest = "甲乙丙丁" * (LONGEST_CLAUSE // 4)
    matter = Matter(documents(f"开头,{rest}戊己。{rest},结尾"))
    assert matter.text == f"\n开头\n{rest}\n戊己\n{rest}\n结尾\n"
    place = np.flatnonzero(matter.codes)
    assert [matter.joined[at] for at in matter.offset[place].tolist()] == list(matter.text.replace("\n", ""))


def test_stable_means_without_any_one_document():
    body = "实现社会面清零"
    assert phrases.shared(documents(body, body, body, body, cities="AABB"))["stable"].all()
    assert phrases.shared(documents(body, body, body))["stable"].all()
    assert not phrases.shared(documents(body, body, body, cities="AAB"))["stable"].any()


def test_bad_requests():
    with pytest.raises(ValueError, match="region"):
        phrases.shared(documents("甲"), by="region")
    with pytest.raises(ValueError, match=r'visits.set_index\("doc"\)'):
        phrases.shared(documents("甲"), by="leader")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (lambda table: phrases.shared(table, min_chars=1), "min_chars"),
        (lambda table: phrases.reuse(table, min_chars=0), "min_chars"),
        (lambda table: phrases.variants(table, core=1), "core"),
        (lambda table: phrases.frames(table, least=0), "least"),
        (lambda table: phrases.passages(table, phrases.reuse(table), min_chars=1), "min_chars"),
        (lambda table: phrases.passages(table, phrases.reuse(table), gap=-1), "gap"),
    ],
)
def test_numbers_that_make_no_sense(asked, name):
    with pytest.raises(ValueError, match=name):
        asked(documents("甲", "乙"))


@pytest.mark.parametrize(
    "table", [documents(), documents("甲"), documents(",。", ""), documents("甲乙").assign(city=None)]
)
def test_nothing_to_find(table):
    assert phrases.shared(table).empty
    assert phrases.positions(["社会面清零"], table).empty
    assert len(phrases.occurrences(["社会面清零"], table)) == len(table)
    assert phrases.diffusion(["社会面清零"], table).empty
    assert phrases.reuse(table)["shared_chars"].sum() == 0
    assert phrases.variants(table).empty
    assert phrases.frames(table).empty


def test_positions_lead_back_to_the_page():
    table = documents("一,实现“社会面、清零”。", "社会面清零")
    at = phrases.positions(["社会面清零"], table)
    for row in at.itertuples():
        assert table.set_index("doc")["body"][row.doc][row.start : row.end].replace("、", "") == "社会面清零"
    assert at["written"].tolist() == ["社会面、清零", "社会面清零"]


def test_occurrences_have_a_row_for_every_document():
    counted = phrases.occurrences(pd.Series(["社会面清零"]), documents("社会面清零,“社会面”清零", "别的"))
    assert counted[["doc", "city", "count"]].to_dict("split")["data"] == [["d0", "A", 2], ["d1", "B", 0]]


TEXTS = st.lists(st.text(st.sampled_from("甲乙丙,"), max_size=14), min_size=1, max_size=5)
# The same with marks that are ignored, other marks, an invisible character, two widths of a letter, a rare character.
MARKED = st.lists(
    st.text(st.sampled_from("甲乙甲乙,。、“” \n\u200baａ\U00020000"), max_size=20), min_size=1, max_size=5
)


def clauses_of(body):
    """Clauses by the rule that the documentation states, one character after the other."""
    body = re.sub("[“”\"'‘’「」『』、·\u200b]", "", body)
    return re.split(r"\W+", body.replace("ａ", "a"))


def brute_force(bodies, cities, size):
    """Every maximal run, by trying every pair of places of every pair of clauses of two cities."""
    runs = set()
    for left, right in combinations(range(len(bodies)), 2):
        if cities[left] != cities[right]:
            for a in clauses_of(bodies[left]):
                for b in clauses_of(bodies[right]):
                    runs |= {run for i in range(len(a)) for j in range(len(b)) if (run := run_at(a, b, i, j, size))}
    return runs


def run_at(a, b, i, j, size):
    if a[i : i + 2] != b[j : j + 2] or (i and j and a[i - 1] == b[j - 1]):
        return ""
    n = 0
    while i + n < len(a) and j + n < len(b) and a[i + n] == b[j + n]:
        n += 1
    return a[i : i + n] if n >= size else ""


@given(TEXTS, st.text(st.sampled_from("ABC"), min_size=5, max_size=5))
def test_exactly_what_brute_force_finds(bodies, cities):
    assert found(*bodies, cities=cities, min_chars=3, trim=False) == brute_force(bodies, cities, 3)


@given(MARKED, st.text(st.sampled_from("ABC"), min_size=5, max_size=5))
def test_exactly_what_brute_force_finds_among_marks(bodies, cities):
    assert found(*bodies, cities=cities, min_chars=2, trim=False) == brute_force(bodies, cities, 2)


@pytest.mark.parametrize("size", [4, 6])
def test_the_seeds_have_no_phrase_that_brute_force_has_not(seeds, size):
    bodies, cities = seeds["body"].tolist(), seeds["city"].tolist()
    assert set(phrases.shared(seeds, min_chars=size, trim=False)["phrase"]) == brute_force(bodies, cities, size)


@given(TEXTS)
def test_counts_are_those_of_a_search(bodies):
    table = documents(*bodies)
    shared = phrases.shared(table, min_chars=2, trim=False)
    for row in shared.itertuples():
        places = [[m.start() for m in re.finditer(f"(?={row.phrase})", body)] for body in bodies]
        assert row.n_docs == sum(map(bool, places))
        assert [shared.loc[row.Index, city] for city in table["city"]] == [len(own) for own in places]
        assert row.first_doc == f"d{[bool(own) for own in places].index(True)}"


@settings(max_examples=25)
@given(TEXTS)
def test_trimmed_phrases_are_parts_of_exact_ones(bodies):
    exact = found(*bodies, min_chars=2, trim=False)
    assert all(any(phrase in whole for whole in exact) for phrase in found(*bodies, min_chars=2))


def test_exact_over_small_chunks(monkeypatch):
    """Large intervals are looked at in parts; the parts must not show."""
    bodies = ["甲乙丙甲乙,丙甲乙丙", "乙丙甲乙丙甲", "甲乙甲乙丙,甲乙丙", "丙丙甲乙"]
    whole = phrases.shared(documents(*bodies), min_chars=2, trim=False)
    monkeypatch.setattr(repeats, "MOST_ROWS", 3)
    pd.testing.assert_frame_equal(phrases.shared(documents(*bodies), min_chars=2, trim=False), whole)


def test_matter_knows_where_its_characters_stand():
    table = documents("一,“二、三”", "", "四 五")
    matter = Matter(table)
    assert matter.text == "\n一\n二三\n四\n五\n"
    place = np.flatnonzero(matter.codes)
    start, end = matter.spans(place, place + 1)
    bodies = [table["body"][doc] for doc in matter.doc[place]]
    assert "".join(body[a:b] for body, a, b in zip(bodies, start, end, strict=True)) == "一二三四五"


def test_diffusion_orders_days_and_says_what_it_cannot_know():
    table = documents("实现清零", "实现清零", "早先一篇", "实现清零", cities="BACC")
    table["published"] = pd.to_datetime(["2022-04-03", "2022-04-03", "2022-04-01", "2022-04-05"]).tz_localize(
        "Asia/Shanghai"
    )
    rows = phrases.diffusion(["实现清零"], table)
    assert rows[["place", "city", "days_after", "docs_before"]].to_numpy().tolist() == [
        [1, "A", 0, 0],
        [1, "B", 0, 0],
        [3, "C", 2, 1],
    ]
    assert "is not first" in rows.attrs["caution"]


def test_diffusion_without_a_day():
    table = documents("实现清零", "实现清零")
    table.loc[1, "published"] = pd.NaT
    rows = phrases.diffusion(["实现清零"], table)
    assert rows["city"].tolist() == ["A", "B"]
    assert pd.isna(rows["place"][1]) and pd.isna(rows["docs_before"][1])


def test_leave_one_out_names_the_document_that_everything_rests_on(seeds):
    rows = phrases.leave_one_out(seeds).set_index("city")
    only = rows.loc["泉州市"]
    assert only["n_lost"] == only["n_phrases"] == len(phrases.shared(seeds))


@settings(max_examples=20)
@given(TEXTS)
def test_leave_one_out_is_what_leaving_out_gives(bodies):
    table = documents(*bodies, cities="ABABC")
    rows = phrases.leave_one_out(table, min_chars=2, trim=False)
    whole = phrases.shared(table, min_chars=2, trim=False)
    for doc, lost in zip(rows["doc"], rows["n_lost"], strict=True):
        at = phrases.occurrences(whole["phrase"], table[table["doc"] != doc])
        left = at[at["count"] > 0].groupby("phrase")["city"].nunique()
        assert lost == len(whole) - (left > 1).sum()
