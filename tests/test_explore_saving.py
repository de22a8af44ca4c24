"""What the explorers save: tables and figures beside the notebook."""

import openpyxl
import pandas as pd
import pytest

import tifa
from tifa.showing import explore
from tifa.showing.exploring import saving


@pytest.fixture(scope="module")
def corpus():
    return tifa.load(progress=False)


def test_a_table_is_saved_as_csv_and_xlsx(corpus, tmp_path):
    for ending, read in (("csv", pd.read_csv), ("xlsx", pd.read_excel)):
        file = saving.save_table(corpus.visits, "visits", ending, tmp_path)
        back = read(file)
        assert back["quote"].tolist() == corpus.visits["quote"].tolist()
        assert back["source_line"].tolist() == corpus.visits["source_line"].tolist()
        assert back["with"][0] == "朱芝松、陈靖、蒋卓庆" and back["date"][0] == "2022-04-23"


def test_a_page_puts_no_formula_and_no_control_character_into_a_sheet(tmp_path):
    rows = pd.DataFrame({"text": ['=HYPERLINK("x")', "a\x07b"], "n": pd.array([1, None], dtype="Int64")})
    sheet = openpyxl.load_workbook(saving.save_table(rows, "x", "xlsx", tmp_path)).active
    assert [cell.value for cell in sheet["A"]] == ["text", '=HYPERLINK("x")', "ab"]
    assert sheet["A2"].data_type == "s" and [cell.value for cell in sheet["B"]] == ["n", 1, None]


def test_an_earlier_file_is_kept(tmp_path):
    rows = pd.DataFrame({"n": [1]})
    names = [saving.save_table(rows, "a", "csv", tmp_path).name for _ in range(3)]
    assert names == ["a.csv", "a-2.csv", "a-3.csv"]


@pytest.mark.parametrize(
    ("asked", "name"), [("../x", "x.csv"), ("", "table.csv"), ("a:b?", "a-b.csv"), ("浦东 5日", "浦东-5日.csv")]
)
def test_a_name_cannot_leave_its_folder(tmp_path, asked, name):
    file = saving.save_table(pd.DataFrame({"n": [1]}), asked, "csv", tmp_path)
    assert (file.parent, file.name) == (tmp_path, name)


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_a_figure_is_saved_with_the_same_bytes(corpus, tmp_path, ending):
    explorer = explore.visits(corpus)
    files = [saving.save_figure(explorer.answer.draw(), "x", ending, tmp_path) for _ in range(2)]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].read_bytes()[:5] in (b"\x89PNG\r", b"<?xml")


def test_buttons_save_what_is_shown(corpus, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    explorer = explore.visits(corpus)
    explorer.leader.value = "赵龙"
    for ending in ("csv", "png"):
        explorer.save(ending)
    assert len(pd.read_csv(tmp_path / "saved" / "visits.csv")) == 6
    assert (tmp_path / "saved" / "visits.png").is_file()
    explorer.days.slider.index, explorer.leader.value = (0, 0), "李强"
    explorer.save("csv")
    assert explorer.saved.value == "There is no row to save."


def test_a_folder_that_cannot_be_written_is_told(corpus, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "saved").write_text("")
    explorer = explore.visits(corpus)
    explorer.save("csv")
    assert explorer.saved.value.startswith("Not saved: ")
