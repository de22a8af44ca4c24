"""Figures and tables of phrases: text is escaped, differences are bold and coloured, size chooses what is shown."""

import pandas as pd
import pytest

from phrase_documents import documents
from test_figures import CITIES, boxes, clashes
from tifa.showing import figures, html, phrase_figures, phrase_tables
from tifa.studies import phrases


def side_by_side(left, right):
    table = documents(left, right)
    found = phrases.passages(table, pd.DataFrame({"doc": ["d0"], "other": ["d1"]}))
    return phrase_tables.side_by_side(found, table).data


def test_differences_are_bold_and_coloured_on_both_sides():
    shown = side_by_side("要守好第一道疫情关口。", "严格守好第一道疫情关口。")
    assert '<b style="color: #0072B2">要</b>守好第一道疫情关口' in shown
    assert '<b style="color: #D55E00">严格</b>守好第一道疫情关口' in shown
    assert html.clean(shown).count("<b") == 2 and "color: #D55E00" in html.clean(shown)


def test_marks_alone_are_no_difference():
    assert "<b" not in side_by_side("守好“第一道”疫情关口,", "守好第一道疫情关口。")


def test_passages_are_shown_to_the_ends_of_their_clauses():
    assert "连夜</b>守好第一道疫情关口" in side_by_side("今天,连夜守好第一道疫情关口", "守好第一道疫情关口")


def test_page_text_is_escaped():
    evil = "守好第一道疫情关口“<script>alert(1)</script>“”&$x$"
    for shown in (
        side_by_side(evil, evil),
        phrase_tables.wordings(phrases.variants(documents(evil, f"严格{evil}"))).data,
    ):
        assert "<script" not in shown and "tex2jax_ignore" in shown


def test_wordings_name_who_says_them():
    shown = phrase_tables.wordings(phrases.variants(documents("守好疫情防控关口", "严格守好疫情防控关口")))
    assert "<td" in shown.data and "B 1" in shown.data and "2022-04-02" in shown.data


@pytest.mark.parametrize("function", [phrase_tables.side_by_side, lambda rows, _: phrase_tables.wordings(rows)])
def test_nothing_to_show_is_said(function):
    assert function(pd.DataFrame(), documents()).data.startswith("<p>No ")


def diffusion(n):
    days = pd.date_range("2022-03-01", periods=n, freq="9D")
    rows = [
        {"phrase": f"第{p}个要守好的短语", "city": city, "first_day": days[(p * 3 + i) % n] if i % 7 else pd.NaT}
        for p in range(n)
        for i, city in enumerate(CITIES[:-1])
    ]
    return pd.DataFrame(rows).astype({"first_day": "datetime64[s]"})


def links(n):
    names = [f"第{i}市" for i in range(n)]
    rows = [
        {"city": a, "other": b, "n_own": (i * 7 + j) % 9} for i, a in enumerate(names) for j, b in enumerate(names[:i])
    ]
    return pd.DataFrame(rows, columns=["city", "other", "n_own"]).sort_values("n_own", ascending=False, kind="stable")


def reports(n):
    """Documents of as many cities as there are documents, up to sixty, some without a day, that share phrases."""
    bodies = [",".join(f"第{k}件要紧的事情办好办实" for k in range(i % 7, i % 7 + 1 + i % 5)) for i in range(n)]
    table = documents(*bodies, cities=[f"{'很长的名字' * (i % 3)}第{i % 60}市" for i in range(n)])
    table.loc[table.index % 9 == 8, "published"] = pd.NaT
    return table


@pytest.mark.parametrize("n", [1, 2, 5, 25, 120, 500])
def test_no_text_of_a_figure_of_phrases_touches_another(n):
    table = reports(n)
    shared = phrases.shared(table, trim=False)
    counted = phrase_figures.fullest(phrases.occurrences(shared["phrase"].head(40), table), "count")
    reuse = phrase_figures.fullest(phrases.reuse(table), "shared_chars")
    for figure in (
        figures.phrase_matrix(figures.labelled(counted, table, within="phrase")),
        figures.reuse_matrix(figures.labelled(reuse, table)),
        phrase_figures.diffusion_chart(phrases.diffusion(shared["phrase"], table)),
        phrase_figures.city_network(phrases.links(shared)),
    ):
        assert clashes(figure) == []


@pytest.mark.parametrize("n", [1, 2, 5, 25, 120])
def test_the_network_s_names_and_numbers_keep_apart(n):
    assert clashes(phrase_figures.city_network(links(n))) == []


def test_marks_of_near_days_do_not_cover_each_other():
    days = pd.to_datetime(["2022-01-01", "2022-01-02", "2022-06-01", "2022-12-31"])
    rows = pd.DataFrame({"row": 0, "first_day": days})
    assert phrase_figures._heights(rows, 0.02).round(2).tolist() == [-0.16, 0.16, 0, 0]


@pytest.mark.parametrize("n", [1, 5, 60])
def test_figures_can_be_drawn_at_any_size_and_say_what_they_leave_out(n):
    chart = phrase_figures.diffusion_chart(diffusion(n))
    network = phrase_figures.city_network(links(n))
    assert ("30 of 60 phrases" in chart.get_label(), "24 of 60 cities" in network.get_label()) == (n == 60, n == 60)
    for figure in (chart, network):
        assert figure.get_size_inches()[0] == pytest.approx(8.4)
        assert figures.png(figure) == figures.png(figure)


def test_every_city_of_the_network_keeps_a_line():
    table = links(20).query("n_own > 0")
    strongest = phrase_figures._strongest(table)
    assert set(strongest["city"]) | set(strongest["other"]) == set(table["city"]) | set(table["other"])
    assert len(strongest) < len(table)


def test_empty_tables_give_a_figure_that_says_so():
    for figure in (phrase_figures.diffusion_chart(diffusion(1).head(0)), phrase_figures.city_network(links(1))):
        assert "Nothing to show" in figure.axes[0].texts[0].get_text()


def test_the_fullest_documents_are_kept():
    table = pd.DataFrame({"doc": list("aabbcc"), "other": list("bcacab"), "share": [0.4, 0.1, 0.4, 0, 0.1, 0]})
    assert phrase_figures.fullest(table, "share", 2)[["doc", "other"]].to_numpy().tolist() == [["a", "b"], ["b", "a"]]


def test_phrases_of_none_of_the_fullest_documents_are_left_out():
    table = pd.DataFrame({"phrase": list("ppqq"), "doc": list("abab"), "count": [5, 0, 0, 1]})
    assert phrase_figures.fullest(table, "count", 1)["phrase"].tolist() == ["p"]


def test_colours_go_to_the_cities_with_most_cells():
    table = documents(*["守好第一道疫情关口"] * 9, cities=[f"{name}市" for name in "甲乙丙丁戊己庚辛辛"])
    counted = phrases.occurrences(["守好第一道疫情关口"], table)
    names = [text for text, _ in boxes(figures.phrase_matrix(counted))]
    assert "辛市" in names and "other cities" in names
