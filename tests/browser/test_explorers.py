"""A visit by a newcomer: the explorers in JupyterLab, clicked and typed into, and their answers checked."""

import re

import pytest
from playwright.sync_api import expect

import tifa
from browser.labs import Explorer, faults, run_all

PAGES, SEARCH, VISITS, PHRASES = range(4)
NOTEBOOK = "05-your-own-pages.ipynb"


@pytest.fixture(scope="module")
def corpus():
    return tifa.load(progress=False)


@pytest.fixture(scope="module")
def page(browser, lab, shots):
    opened = run_all(browser, lab, NOTEBOOK)
    opened.locator(".tifa-explorer").nth(PHRASES).wait_for()
    yield opened
    opened.screenshot(path=shots / "explorers.png")
    opened.close()


def test_everything_runs_and_nothing_complains(page):
    assert faults(page) == []
    assert page.locator(".tifa-explorer").count() == 4
    assert page.locator(".tifa-explorer img").count() == 2  # timeline and strips


def test_a_phrase_is_found_and_its_row_opens(page, corpus):
    search = Explorer(page, SEARCH)
    search.type("find", "社会面清零")
    rows = tifa.terms.concordance(corpus.sentences, corpus.documents, "社会面清零")
    search.says(f"“社会面清零”: n = {len(rows)} in {rows['doc'].nunique()} of 5 documents")
    expect(search.rows()).to_have_count(len(rows))
    search.rows().nth(2).click()
    search.root.locator(".tifa-opened", has_text=f"line {rows['source_line'][2]}").wait_for()
    assert "社会面清零" in search.opened
    search.rows().nth(2).press("ArrowDown")
    search.root.locator(".tifa-opened", has_text=f"line {rows['source_line'][3]}").wait_for()


def test_a_city_and_an_order_are_kept(page, corpus):
    search = Explorer(page, SEARCH)
    search.type("find", "防控")
    search.choose("city", "泉州市")
    search.choose("sort by", "right")
    own = corpus.documents[corpus.documents["city"] == "泉州市"]
    rows = tifa.terms.concordance(corpus.sentences, own, "防控", sort="right")
    search.says(f"“防控”: n = {len(rows)} in 1 of 5 documents")
    expect(search.rows().locator("td:nth-child(4)")).to_have_text(rows["right"].tolist())
    search.choose("city", "all")


def test_mistakes_are_told_in_a_sentence(page):
    search = Explorer(page, SEARCH)
    search.choose("as", "regex")
    search.type("find", "(")
    search.says("is no regular expression")
    search.choose("as", "phrase")
    search.type("find", "没有这句话")
    search.says("n = 0 in 0 of 5 documents")
    expect(search.rows()).to_have_count(0)
    search.type("find", "")
    search.says("Type a phrase to look for.")
    assert faults(page) == []


def test_a_district_narrows_table_and_timeline(page, corpus):
    visits = Explorer(page, VISITS)
    before = visits.root.locator("img").get_attribute("src")
    visits.choose("district", "上海市 青浦区")
    own = corpus.visits[corpus.visits["district"] == "青浦区"]
    visits.says(f"n = {len(own)} of {len(corpus.visits)} visits and meetings")
    expect(visits.rows()).to_have_count(len(own))
    expect(visits.root.locator("img")).not_to_have_attribute("src", before)
    visits.rows().nth(1).click()
    visits.root.locator(".tifa-opened", has_text=own["quote"].iloc[1][:12]).wait_for()
    visits.choose("district", "all")
    visits.choose("leader", "赵龙")
    visits.says(f"n = {(corpus.visits['leader'] == '赵龙').sum()} of")
    visits.choose("leader", "all")


def test_days_are_brushed(page, corpus):
    visits = Explorer(page, VISITS)
    visits.root.locator(".noUi-handle-lower").press("ArrowRight")
    first = sorted(corpus.visits["date"].dropna().unique())[1]
    visits.says(f"n = {(corpus.visits['date'] >= first).sum()} of")
    expect(visits.root.get_by_text(f"{first.date()} to ")).to_have_count(1)
    visits.root.locator(".noUi-handle-lower").press("ArrowLeft")
    visits.says(f"n = {len(corpus.visits)} of")


def test_a_phrase_is_picked_and_one_typed(page, corpus):
    phrases = Explorer(page, PHRASES)
    phrases.rows(0).nth(1).click()
    picked = phrases.rows(0).nth(1).locator("td").first.inner_text()
    found = tifa.phrases.positions([picked], corpus.documents)
    phrases.says(f"“{picked}”: n = {len(found)} in {found['doc'].nunique()} of 5 documents")
    expect(phrases.rows(1)).to_have_count(len(found))
    phrases.type("phrase", "硬骨头")
    phrases.says("“硬骨头”: n = ")
    phrases.type("phrase", "")


def test_a_table_and_a_picture_are_saved(page, notebooks):
    visits = Explorer(page, VISITS)
    visits.type("save as", "my visits")
    for ending in ("CSV", "XLSX", "PNG", "SVG"):
        visits.root.get_by_role("button", name=ending).click()
        visits.root.get_by_text(re.compile(rf"saved.my-visits\.{ending.lower()}")).wait_for()
    saved = {file.name for file in (notebooks / "saved").iterdir()}
    assert saved == {"my-visits.csv", "my-visits.xlsx", "my-visits.png", "my-visits.svg"}


def test_a_folder_that_is_not_there_and_files_brought_in(page, tmp_path):
    pages, search = Explorer(page, PAGES), Explorer(page, SEARCH)
    pages.type("folder", "no such folder")
    pages.says("There is no folder no such folder")
    (tmp_path / "own.txt").write_text(
        "县委书记林远检查石桥镇\n4月5日，县委书记林远到石桥镇大堰村检查防汛工作。", "utf-8"
    )
    (tmp_path / "empty.txt").write_text("", "utf-8")
    with page.expect_file_chooser() as chooser:
        pages.root.get_by_role("button", name="or files").click()
    chooser.value.set_files([tmp_path / "own.txt", tmp_path / "empty.txt"])
    pages.says("n = 1 documents from files brought in; 1 pages left out")
    pages.root.get_by_text("the page is empty").wait_for()
    pages.root.locator(".tifa-opened", has_text="own.txt, line 1").wait_for()
    Explorer(page, VISITS).says("n = 1 of 1 visits and meetings")
    search.type("find", "防汛")
    search.says("“防汛”: n = 1 in 1 of 1 documents")
    assert faults(page) == []
