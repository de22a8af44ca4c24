"""The explorers without a browser: what they answer, show elsewhere, and save."""

import base64
from datetime import date
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import tifa
from tifa.showing import explore, figures
from tifa.showing.execute import environment, normalise
from tifa.showing.exploring import concordance, opened, phrases, visits
from tifa.showing.exploring.rows import MOST_ROWS
from tifa.tables import table

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module")
def corpus():
    return tifa.load(progress=False)


@pytest.fixture(scope="module")
def index(corpus):
    return concordance.Index(corpus.documents, corpus.sentences)


@pytest.fixture
def folder(tmp_path):
    """Pages of two cities, one damaged, one empty, one with markup in its text."""
    pages = {
        "a": "县委书记林远检查石桥镇\n4月5日，县委书记林远到石桥镇大堰村检查，要求守好第一道防汛关口。",
        "b": "5日，縣委書記林遠強(qiáng)調(diào)，嚴(yán)格守好第一道防汛關(guān)口，壓實“四方責(zé)任”。",
        "c": "他说，<b>守好</b>第一道防汛关口&amp;责任。随后离开现场。",
        "d": "",
    }
    for name, text in pages.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


QUERIES = [
    ("疫情防控", "phrase"),
    ("四方责任", "phrase"),
    ("“四方责任", "phrase"),
    ("采、送、检、报", "phrase"),
    ("。", "phrase"),
    ("没有这句话", "phrase"),
    (r"\d+日", "regex"),
    (r"[^,，]{3}$", "regex"),
    (r"^.", "regex"),
    (r"x*", "regex"),
]


@pytest.mark.parametrize("sort", concordance.SORTS)
@pytest.mark.parametrize(("query", "kind"), QUERIES)
def test_a_search_finds_what_the_study_finds(corpus, index, query, kind, sort):
    hits = concordance.hits(index, concordance.Search(query, kind))
    rows = index.rows(index.ordered(hits, sort))
    expected = tifa.terms.concordance(corpus.sentences, corpus.documents, query, kind, sort=sort)
    pd.testing.assert_frame_equal(rows, expected)
    pd.testing.assert_frame_equal(index.rows(index.ordered(hits, sort, 5)), expected.head(5))


def test_a_search_keeps_to_city_and_days(corpus, index):
    asked = concordance.Search("防控", city="上海市", first=date(2022, 4, 1), last=date(2022, 4, 24))
    own = corpus.documents[corpus.documents["doc"].str.startswith(("000", "002"))]
    expected = tifa.terms.concordance(corpus.sentences, own, "防控")
    pd.testing.assert_frame_equal(index.rows(concordance.hits(index, asked)), expected)


def test_pages_without_a_day_are_found_only_where_no_day_is_asked_for():
    documents = table("documents", [{"doc": "a", "article": "a", "body": "清零"}])
    sentences = table("sentences", [{"doc": "a", "sentence": 0, "text": "清零", "start": 0, "end": 2}])
    index = concordance.Index(documents, sentences)
    assert len(concordance.hits(index, concordance.Search("清零")).start) == 1
    assert len(concordance.hits(index, concordance.Search("清零", first=date(2022, 1, 1))).start) == 0


def test_copies_of_an_article_are_searched_once():
    rows = [{"doc": name, "article": "b", "body": "清零"} for name in "ab"]
    lines = [{"doc": name, "sentence": 0, "text": "清零", "start": 0, "end": 2} for name in "ab"]
    index = concordance.Index(table("documents", rows), table("sentences", lines))
    assert index.rows(concordance.hits(index, concordance.Search("清零")))["doc"].tolist() == ["b"]


@pytest.mark.parametrize(
    ("query", "kind", "said"), [("", "phrase", "type"), ("“”", "phrase", "type"), ("(", "regex", "(")]
)
def test_a_search_for_nothing_is_refused(index, query, kind, said):
    with pytest.raises(ValueError, match=r"^type a phrase|'\(' is no regular expression"):
        concordance.hits(index, concordance.Search(query, kind))


def test_visits_are_chosen_by_every_field(corpus):
    rows = visits.of_articles(corpus.documents, corpus.visits)
    chosen = visits.answer(
        rows, visits.Choice(("上海市", "崇明区"), None, "李强", date(2022, 4, 18), date(2022, 4, 18))
    )
    assert chosen["site"].dropna().tolist() == ["同滧村", "崇明复兴馆方舱医院"]
    assert visits.answer(rows, visits.Choice(site_type="village"))["city"].tolist() == ["泉州市", "泉州市", "上海市"]
    assert len(visits.answer(rows, visits.Choice())) == len(corpus.visits)


def test_visits_without_a_day_or_district_can_be_chosen():
    rows = table("visits", [{"leader": "林远", "city": "甲市"}, {"leader": "林远", "date": pd.Timestamp("2022-04-05")}])
    assert len(visits.answer(rows, visits.Choice(district=("甲市", "")))) == 1
    assert visits.answer(rows, visits.Choice(first=date(2022, 4, 1)))["date"].notna().all()


@pytest.mark.parametrize("phrase", ["实现社会面清零", "“四方责任”", "没有这句话"])
def test_a_phrase_stands_where_the_study_says(corpus, phrase):
    index = phrases.Index(corpus.documents)
    rows = phrases.where(index, phrase, phrases.occurrences(index, phrase))
    expected = tifa.phrases.positions([phrase], corpus.documents)
    pd.testing.assert_frame_equal(rows[expected.columns], expected)
    assert all(row.left + row.written + row.right in index.bodies[row.doc] for row in rows.itertuples())


def test_wordings_of_a_phrase_hold_it_or_belong_to_one_that_does(corpus):
    found = phrases.wordings(phrases.Index(corpus.documents), "实现社会面清零")
    holding = found["wording"].str.contains("实现社会面清零")
    assert holding.any() and found.loc[holding, "formula"].nunique() == found["formula"].nunique()


def test_the_list_of_phrases_narrows(corpus):
    index = phrases.Index(corpus.documents)
    everything, some = phrases.listed(index), phrases.listed(index, "清零")
    assert 0 < len(some) < len(everything) and some["phrase"].str.contains("清零").all()
    assert everything["n_docs"].is_monotonic_decreasing


def test_documents_of_one_city_share_phrases_too():
    pages = pd.DataFrame({"doc": ["a", "b"], "city": "甲市", "published": pd.NaT, "body": ["守好第一道防汛关口。"] * 2})
    assert phrases.listed(phrases.Index(pages))["phrase"].tolist() == ["守好第一道防汛关口"]


def test_a_row_opens_the_line_as_saved_and_as_read(folder):
    corpus = tifa.load(folder, progress=False)
    html = opened.opened(corpus, "b", 1, corpus.sentences.set_index("doc")["text"]["b"])
    assert "b.txt, line 1" in html and "repairs here" in html
    for saved, read in (("強(qiáng)", "强"), ("調(diào)", "调"), ("關(guān)", "关"), ("責(zé)", "责")):
        assert f'">{saved}</b>' in html and f'">{read}</b>' in html


def test_what_a_page_says_is_escaped(folder):
    corpus = tifa.load(folder, progress=False)
    html = opened.opened(corpus, "c", 1, corpus.sentences.set_index("doc")["text"]["c"].iloc[0])
    assert "<b>守好" not in html and "&lt;b&gt;守好" in html
    assert "c.txt, line 1 · nothing repaired here" in html  # and no title


def test_repairs_of_several_rules_are_found_whatever_their_order():
    repairs = pd.DataFrame({"seen": ["x?", "a(b)"], "became": ["y", "a"], "rule": ["torn", "insertion"]})
    assert [piece.saved for piece in opened.pieces("a(b)-x?", repairs)] == ["a(b)", "-", "x?"]


def test_a_sentence_in_markup_keeps_its_marks():
    repairs = pd.DataFrame({"seen": ["強(qiáng)"], "became": ["強"], "rule": ["insertion"]})
    cut = opened.pieces("<p>他<em>再</em>強(qiáng)調防汛。</p>", repairs)
    start, _ = opened.extent(cut, "他再强调防汛。")
    assert opened._marked("他再强调防汛。", cut, start).startswith("他再<b")


def test_a_page_that_is_gone_is_told_in_a_sentence(folder):
    corpus = tifa.load(folder, progress=False)
    (folder / "a.txt").unlink()
    assert "The page cannot be opened" in explore.concordance(corpus, "防汛").shown.value


@pytest.fixture(scope="module")
def explorers(corpus):
    return {
        "concordance": explore.concordance(corpus, "社会面清零"),
        "visits": explore.visits(corpus),
        "phrases": explore.phrases(corpus),
        "pages": explore.pages(),
    }


@pytest.mark.parametrize("name", ["concordance", "visits", "phrases", "pages"])
def test_one_output_holds_widget_table_and_picture(explorers, name):
    data, metadata = explorers[name]._repr_mimebundle_()
    assert {WIDGET, "text/html", "text/plain"} <= data.keys()
    assert "<table" in data["text/html"] and "n = " in data["text/plain"]
    assert data["text/html"].count("<tr") <= 14
    assert ("image/png" in data) == explorers[name].has_picture
    assert "n = " in metadata["image/png"]["alt"]


def test_an_executed_notebook_keeps_picture_and_table_and_no_widget(explorers):
    data, metadata = explorers["visits"]._repr_mimebundle_()
    output = nbformat.v4.new_output("execute_result", data=data, metadata=metadata, execution_count=3)
    cell = nbformat.v4.new_code_cell("seen", outputs=[output], execution_count=3)
    outputs = normalise(nbformat.v4.new_notebook(cells=[cell])).cells[0].outputs
    assert [sorted(output.data) for output in outputs] == [["image/png", "text/plain"], ["text/html", "text/plain"]]
    assert outputs[0].metadata["image/png"]["alt"] == data["text/plain"]
    assert base64.b64decode(outputs[0].data["image/png"]).startswith(b"\x89PNG")


def test_the_same_state_gives_the_same_output(corpus):
    bundles = [explore.visits(corpus)._repr_mimebundle_()[0] for _ in range(2)]
    assert [{**bundle, WIDGET: None} for bundle in bundles[:1]] == [{**bundle, WIDGET: None} for bundle in bundles[1:]]


def test_a_field_changes_answer_table_and_picture(corpus):
    explorer = explore.visits(corpus)
    before = explorer.picture.value
    explorer.leader.value = "赵龙"
    assert explorer.answer.n == 6 == len(explorer.rows.rows)
    assert "n = 6 of 16" in explorer.said.value and explorer.picture.value not in ("", before)


def test_days_are_brushed(corpus):
    explorer = explore.visits(corpus)
    n = len(explorer.days.slider.options)
    explorer.days.slider.index = (n - 1, n - 1)
    assert explorer.answer.table["date"].nunique() == 1


def test_a_chosen_row_opens(corpus):
    explorer = explore.concordance(corpus, "社会面清零")
    explorer.rows.chosen = 3
    assert f"line {explorer.answer.table['source_line'][3]}" in explorer.shown.value


def test_nothing_found_leaves_no_row_picture_or_open_line(corpus):
    explorer = explore.phrases(corpus)
    explorer.typed.value = "没有这句话"
    assert "n = 0 in 0 of 5 documents" in explorer.said.value
    assert (explorer.rows.rows, explorer.picture.value, explorer.shown.value) == ([], "", "")
    assert "image/png" not in explorer._repr_mimebundle_()[0]


def test_mistakes_are_sentences(corpus):
    explorer = explore.concordance(corpus, "社会面清零")
    explorer.kind.value = "regex"
    explorer.query.value = "(<b>"
    assert "is no regular expression" in explorer.said.value and "(&lt;b&gt;" in explorer.said.value
    explorer.kind.value, explorer.query.value = "phrase", " "
    assert "Type a phrase to look for." in explorer.said.value
    assert explorer.rows.rows == []


def test_no_more_rows_are_drawn_than_can_be_read(folder):
    (folder / "a.txt").write_text("防汛要求如下。\n" + "做好防汛工作。" * (MOST_ROWS + 50), encoding="utf-8")
    explorer = explore.concordance(tifa.load(folder, progress=False), "做好防汛")
    assert len(explorer.rows.rows) == MOST_ROWS
    assert explorer.answer.n == len(explorer.answer.table) == MOST_ROWS + 50


def test_other_pages_are_followed(folder):
    pages = explore.pages()
    followers = explore.concordance(pages, "防汛"), explore.visits(pages), explore.phrases(pages)
    pages.folder.value = str(folder)
    assert "n = 3 documents" in pages.said.value and "1 page left out" in pages.said.value
    assert "the page is empty" in pages.left_out.value
    assert [follower.answer.n for follower in followers[:2]] == [3, 1]
    assert "防汛关口" in followers[2].answer.said


def test_a_folder_that_cannot_be_read_leaves_the_pages_as_they_were(tmp_path):
    pages = explore.pages()
    for name, said in ((tmp_path / "none", "There is no folder"), (tmp_path, "holds no .txt")):
        pages.folder.value = str(name)
        assert said in pages.said.value and "stay as they were" in pages.said.value
    assert len(pages.corpus.documents) == 5


def test_a_folder_may_be_told_from_the_projects_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pages = explore.pages()
    pages.folder.value = "seeds"
    assert "n = 5 documents" in pages.said.value and "no folder" not in pages.said.value


def test_without_pages_explorers_ask_for_them(tmp_path):
    pages = explore.pages(tmp_path / "none")
    explorer = explore.phrases(pages)
    assert "There is no folder" in pages.said.value
    assert explorer.answer.said == "Choose a folder of pages first."
    assert "Choose a folder" in explorer._repr_mimebundle_()[0]["text/html"]


def test_files_brought_in_stay_in_their_folder(folder):
    pages = explore.pages()
    files = [{"name": "../../out.txt", "content": memoryview((folder / "a.txt").read_bytes())}]
    pages.bring(files)
    assert pages.corpus.documents["file"].tolist() == ["out.txt"]
    assert Path(pages.corpus.folder, "out.txt").is_file()
    assert "n = 1 document from files brought in" in pages.said.value


def test_the_crowded_timeline_counts_kinds_together():
    kinds = ["village", "school", "market", "hospital", "clinic", "enterprise", "residential", "fangcang"]
    day = pd.Timestamp("2022-04-05")
    rows = [{"date": day, "city": "甲市", "district": "乙区", "kind": "visit", "site_type": kind} for kind in kinds * 9]
    fig = figures.visit_timeline(table("visits", rows), pd.DataFrame({"city": ["甲市"], "date": [day]}))
    assert fig.get_size_inches()[1] < 2 and "72" in {text.get_text() for text in fig.axes[0].texts}


def test_executed_notebooks_show_no_bars(tmp_path):
    assert environment(tmp_path)["TQDM_DISABLE"] == "1"


def test_a_pattern_that_never_ends_is_refused(monkeypatch):
    monkeypatch.setattr("tifa.studies.counting.concordance.SECONDS", 0.01)
    body = "一" * 80 + "。"
    pages = table("documents", [{"doc": "a", "body": body}])
    lines = table("sentences", [{"doc": "a", "sentence": 0, "text": body, "start": 0}])
    with pytest.raises(ValueError, match="takes more than"):
        concordance.hits(concordance.Index(pages, lines), concordance.Search("(一|一一)+$", kind="regex"))
