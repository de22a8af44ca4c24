"""Figures say what the table says, keep their text apart however many documents there are, and never vary."""

import itertools
from functools import cache
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from PIL import Image

from tifa.marking.centroids import centroids
from tifa.showing import figures, style
from tifa.studies.visits import leaders, points
from tifa.tables import table as table_of

CITIES = ["上海市", "泉州市", "延边朝鲜族自治州", "武汉市", "西安市", "厦门市", "昆明市", "长沙市", "北京市", None]
TERMS = ["疫情防控", "社区", "社会面清零", "应转尽转、应收尽收", "W", "§¶ $x$ $", "〓", "一个长得放不下的词语" * 4]
KINDS = ["residential", "village", "hospital", "fangcang", "enterprise", "command_centre", "other", None]
SITES = ["东湖社区", "一处名字写得特别长的新建居民住宅小区第二期工程项目部", None, "W路 12 号", "市疫情防控指挥部"]


def documents(n):
    days = pd.date_range("2022-03-28", periods=n, freq="37h").normalize()
    cities = list(itertools.islice(itertools.cycle(CITIES), n))
    return pd.DataFrame({"doc": [f"{i:03d}_{i:08x}" for i in range(n)], "published": days, "city": cities})


def named(n):
    pages = documents(n)
    return pages.assign(doc=pages.doc.map(figures.labels(pages)))


def pairs(n, names, column):
    rows = [(name, d.doc, d.city, (i * 7 + j * 3) % 11) for i, name in enumerate(names) for j, d in
            enumerate(named(n).itertuples())]  # fmt: skip
    table = pd.DataFrame(rows, columns=[column, "doc", "city", "count"])
    return table.assign(per_thousand=table["count"] / 1.7)


def composition(n):
    parts = {"article": 1200, "markup": 340, "boilerplate": 20, "insertions": 7}
    rows = [(d, part, size + i) for i, d in enumerate(named(n).doc) for part, size in parts.items()]
    return figures.composition(pd.DataFrame(rows, columns=["doc", "part", "n_chars"]))


def term_dots(n):
    return figures.term_dots(pairs(n, TERMS + [f"第{i}个词" for i in range(n)][:40], "term"))


def term_matrix(n):
    return figures.term_matrix(pairs(n, TERMS, "term"))


def phrase_matrix(n):
    return figures.phrase_matrix(pairs(n, TERMS, "phrase"))


def reuse_matrix(n):
    docs = list(named(n).doc)[:60]
    rows = [(a, b, ((i * 3 + j) % 50) / 100) for i, a in enumerate(docs) for j, b in enumerate(docs) if a != b]
    return figures.reuse_matrix(pd.DataFrame(rows, columns=["doc", "other", "share"]))


def visits(n):
    rows = []
    for i, d in enumerate(documents(n).itertuples()):
        for j in range(3):
            district = [None, "浦东新区", "名字特别长的国家级高新技术产业开发区"][(i + j) % 3]
            kind = "meeting" if (i + j) % 5 == 4 else "visit"
            rows.append((d.published, d.city, district, SITES[(i + j) % 5], KINDS[(i * 3 + j) % 8], kind))
    return pd.DataFrame(rows, columns=["date", "city", "district", "site", "site_type", "kind"])


def visit_timeline(n):
    return figures.visit_timeline(visits(n), documents(n).rename(columns={"published": "date"}))


def sites_by_kind(n):
    counted = visits(n).groupby(["site_type", "city", "district"], dropna=False).size().rename("count")
    return figures.sites_by_kind(counted.reset_index())


def visit_calendar(n):
    return figures.visit_calendar(visits(n), documents(n).rename(columns={"published": "date"}))


def visit_map(n):
    codes = sorted(centroids())[:: 1 if n > 99 else 9][3 : 3 + n]
    table = table_of("visits", [{"kind": "visit", "city": code[:4], "district": code if i % 3 else None, "adcode": code}
                                for i, code in enumerate(codes) for _ in range(1 + i % 7)])  # fmt: skip
    return figures.visit_map(points(table))


def leaders_by_district(n):
    named = visits(n).assign(leader=[f"姓名第{i % (n // 3 + 1)}号" for i in range(3 * n)])
    return figures.leaders_by_district(leaders(named))


def word_cloud(n):
    terms = TERMS + [f"第{i}个词" for i in range(n)]
    return figures.word_cloud(pd.DataFrame({"term": terms, "count": [len(terms) - i // 2 for i in range(len(terms))]}))


DRAWN = [
    composition, term_dots, term_matrix, phrase_matrix, reuse_matrix, visit_timeline, sites_by_kind, word_cloud,
    visit_calendar, visit_map, leaders_by_district,
]  # fmt: skip


def boxes(fig):
    """Each text of a figure with the place where it is drawn, in pixels."""
    drawn, draw = [], Text.draw

    def record(text, renderer):
        if text.get_text().strip() and text.get_visible():
            drawn.append((text.get_text(), text.get_window_extent(renderer)))
        draw(text, renderer)

    with patch.object(Text, "draw", record):
        FigureCanvasAgg(fig).draw()
    return drawn


def clashes(fig):
    """Texts that leave the figure, and pairs of texts that touch."""
    found = boxes(fig)
    x0, y0, x1, y1 = np.array([box.extents for _, box in found] or np.empty((0, 4))).T
    width, height = fig.get_size_inches() * fig.dpi
    outside = (x0 < 0) | (y0 < 0) | (x1 > width) | (y1 > height)
    across = np.minimum.outer(x1, x1) - np.maximum.outer(x0, x0)
    down = np.minimum.outer(y1, y1) - np.maximum.outer(y0, y0)
    touching = np.triu((across > 1) & (down > 2), k=1)
    out = [found[i][0] for i in np.flatnonzero(outside)]
    return out + [(found[i][0], found[j][0]) for i, j in np.argwhere(touching)]


@cache
def drawing(draw, n):
    return draw(n)


@pytest.mark.parametrize("draw", DRAWN)
@pytest.mark.parametrize("n", [1, 5, 50, 500])
def test_no_text_touches_another_or_leaves_the_figure(draw, n):
    assert clashes(drawing(draw, n)) == []


@pytest.mark.parametrize("draw", DRAWN)
def test_large_corpora_keep_figures_small(draw, tmp_path, monkeypatch):
    monkeypatch.setenv("TIFA_OUT", str(tmp_path))
    figures.save(drawing(draw, 500), pd.DataFrame({"n": [1]}), "09-large")
    file = tmp_path / "figures" / "09-large.png"
    assert file.stat().st_size < 300_000
    with Image.open(file) as image:
        width, height = image.size
    assert width == round(style.WIDTH * style.DPI)
    assert height < 2000


@pytest.mark.parametrize("draw", [composition, term_dots, visit_timeline])
def test_what_is_left_out_is_said(draw):
    assert "of" in drawing(draw, 500).get_label()
    assert drawing(draw, 5).get_label() == ""


OTHERWISE = ("MOST_NAMED", "labelled", "labels", "save")  # no figures
EMPTY = pd.DataFrame(
    columns=["doc", "other", "part", "n_chars", "term", "city", "count", "per_thousand", "phrase", "share", "site_type",
             "district", "date", "site", "kind", "leader"]
)  # fmt: skip


@pytest.mark.parametrize(
    "draw", [f for f in figures.__all__ if f not in (*OTHERWISE, "visit_timeline", "visit_calendar")]
)
def test_an_empty_table_gives_a_figure_that_says_so(draw):
    fig = getattr(figures, draw)(EMPTY)
    assert "Nothing to show" in boxes(fig)[0][0]


def test_visits_without_a_day_are_counted_not_drawn():
    undated = visits(3).assign(date=pd.NaT)
    days = documents(3).rename(columns={"published": "date"})
    assert "none of 9 visits has a day" in boxes(figures.visit_timeline(undated, days))[0][0]
    some = pd.concat([visits(3), undated])
    assert "9 without a day" in figures.visit_timeline(some, days).get_label()


def test_a_calendar_counts_visits_and_says_what_has_no_day():
    days = documents(2).rename(columns={"published": "date"})
    some = pd.concat([visits(2), visits(2).assign(date=pd.NaT)])
    fig = figures.visit_calendar(some, days)
    assert "6 visits without a day" in fig.get_label()
    assert "no report here" in [text for text, _ in boxes(fig)]
    assert "no visit has a day" in boxes(figures.visit_calendar(visits(2).assign(date=pd.NaT), days))[0][0]


def test_a_map_has_a_panel_per_city_or_one_for_all():
    assert len(visit_map(3).axes) == 2 and len(visit_map(50).axes) == 1
    assert "Hollow" in visit_map(3).get_label() and "without room" in visit_map(500).get_label()


def test_days_nobody_reports_on_are_hatched_not_empty():
    fig = figures.visit_timeline(visits(1), documents(1).rename(columns={"published": "date"}))
    assert "no report here" in [text for text, _ in boxes(fig)]
    patches = fig.axes[0].patches
    assert [p for p in patches if p.get_hatch()] and [p for p in patches if not p.get_hatch()]


def test_meetings_are_hollow():
    names = [text for text, _ in boxes(visit_timeline(5))]
    assert "hollow: meeting" in names


def test_matrix_cells_say_the_counts():
    table = pd.DataFrame({"term": ["甲", "甲", "乙"], "doc": ["a", "b", "a"], "count": [12, 3, 1]})
    assert {"甲", "乙", "a", "b", "12", "3", "1"} == {text for text, _ in boxes(figures.term_matrix(table))}


def test_documents_stand_in_order_of_date():
    table = pd.DataFrame({"phrase": ["甲乙丙"] * 2, "doc": ["late", "early"], "city": None, "count": 1})
    table["date"] = pd.to_datetime(["2022-05-08", "2022-03-30"])
    ticks = figures.phrase_matrix(table).axes[0].get_xticklabels()
    assert [tick.get_text() for tick in ticks] == ["early", "late"]


def save_twice(tmp_path, monkeypatch, draw):
    for run in ("one", "two"):
        monkeypatch.setenv("TIFA_OUT", str(tmp_path / run))
        figures.save(draw(5), visits(5), "03-again", "n = 5")
    return [sorted((tmp_path / run / "figures").iterdir()) for run in ("one", "two")]


@pytest.mark.parametrize("draw", DRAWN)
def test_the_same_table_gives_the_same_files(draw, tmp_path, monkeypatch):
    one, two = save_twice(tmp_path, monkeypatch, draw)
    assert [file.name for file in one] == ["03-again.csv", "03-again.png"]
    assert [file.read_bytes() for file in one] == [file.read_bytes() for file in two]


def test_cloud_does_not_depend_on_the_order_of_ties():
    table = pd.DataFrame({"term": TERMS, "count": 3})
    one, two = (figures.word_cloud(t).axes[0].images[0].get_array() for t in (table, table[::-1]))
    assert (one == two).all()


def test_csv_is_plain_and_stable(tmp_path, monkeypatch):
    monkeypatch.setenv("TIFA_OUT", str(tmp_path))
    table = pd.DataFrame({"term": ["清零", "a,b"], "rate": [1 / 3, 2.0], "day": pd.to_datetime(["2022-04-17", None])})
    figures.save(composition(1), table, "01-plain")
    assert (tmp_path / "figures/01-plain.csv").read_bytes().decode("utf-8-sig") == (
        'term,rate,day\n清零,0.333333,2022-04-17\n"a,b",2,\n'
    )


def test_png_names_no_software(tmp_path, monkeypatch):
    monkeypatch.setenv("TIFA_OUT", str(tmp_path))
    figures.save(composition(1), pd.DataFrame(), "01-plain")
    with Image.open(tmp_path / "figures/01-plain.png") as image:
        assert "Software" not in image.info


def test_figures_go_to_the_project_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("TIFA_OUT", raising=False)
    monkeypatch.chdir(tmp_path)
    assert figures.folder().name == "figures"
    assert (figures.folder().parent / "pyproject.toml").exists()


@pytest.mark.parametrize("name", ["top-terms", "2-terms", "02-../x", "02-Top", "02-"])
def test_other_names_are_refused(name, tmp_path, monkeypatch):
    monkeypatch.setenv("TIFA_OUT", str(tmp_path))
    with pytest.raises(ValueError, match="02-top-terms"):
        figures.save(composition(1), pd.DataFrame(), name)
    assert list(tmp_path.iterdir()) == []


def test_labels_are_short_and_different():
    pages = documents(500)
    found = figures.labels(pages)
    assert len(set(found.values())) == 500
    assert list(found) == list(pages.doc)
    assert figures.labels(documents(2))["000_00000000"] == "03-28 上海 (000)"


def test_labels_of_pages_with_long_equal_starts_are_numbers():
    pages = pd.DataFrame(
        {"doc": ["某地要闻第一版某年某月某日上午甲文", "某地要闻第一版某年某月某日上午乙文"], "city": None}
    )
    pages["published"] = pd.to_datetime(["2022-04-17", "2021-04-17"])
    assert list(figures.labels(pages).values()) == ["2021-04-17 (001)", "2022-04-17 (000)"]


def test_cities_with_most_documents_have_a_colour():
    cities = pd.Series([*"甲乙丙丁戊己庚", "辛", "辛", None])
    groups = style.city_groups(cities).tolist()
    assert groups[:6] == [*"甲乙丙丁戊己"] and groups[6:] == ["other cities", "辛", "辛", "no city"]


def test_a_colour_of_few_pixels_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("TIFA_OUT", str(tmp_path))
    figures.save(drawing(term_dots, 50), pd.DataFrame({"n": [1]}), "09-colours")
    with Image.open(tmp_path / "figures" / "09-colours.png") as image:
        pixels = np.asarray(image.convert("RGB")).astype(int).reshape(-1, 3)
    wanted = np.array([to_rgb(colour) for colour in style.PALETTE]) * 255
    missed = [np.abs(pixels - colour).max(axis=1).min() for colour in wanted]
    assert max(missed) < 16
