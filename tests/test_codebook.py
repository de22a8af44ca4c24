import re

import pytest

import tifa
from tifa.marking.words import set_phrases
from tifa.showing import codebook
from tifa.tables import TABLES

# Not in the seeds, but 四应四尽 and 封控区 cannot be read without them.
NEEDED = {"提法", "应检尽检", "应隔尽隔", "应收尽收", "应治尽治", "防范区"}
DOORS = {name: door.call for doors in codebook.DOORS.values() for name, door in doors.items()}


@pytest.fixture(scope="module")
def corpus():
    return tifa.load(progress=False)


@pytest.mark.parametrize(("path", "text"), codebook.texts().items(), ids=lambda value: getattr(value, "name", ""))
def test_what_is_written_is_up_to_date(path, text):
    assert path.read_text("utf-8") == text, f".venv/bin/{codebook.COMMAND} brings {path.name} up to date"


def test_every_table_has_its_door():
    assert set(DOORS) == set(TABLES)


@pytest.mark.parametrize("call", DOORS.values())
def test_doors_open(corpus, call):
    owner, *names = call.split(".")
    found = {"corpus": corpus, "tifa": tifa}[owner]
    for name in names:
        found = getattr(found, name)
    assert callable(found) or list(found.columns) == [column.name for column in TABLES[names[-1]]]


def test_no_table_is_left_out_of_the_codebook():
    text = codebook.codebook()
    assert [name for name in TABLES if f"\n### {name}\n" not in text or f"](#{name})" not in text] == []
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert len(rows) == sum(map(len, TABLES.values()))
    assert [row for row in rows if row.count("|") != 4] == []


def test_readers_are_told_each_type():
    assert {column.dtype for columns in TABLES.values() for column in columns} == set(codebook.TYPES)


def test_terms_are_glossed_twice_and_stand_once():
    entries = codebook.glossary()
    assert all(entry.english and entry.chinese for entry in entries)
    assert len({entry.term for entry in entries}) == len(entries) >= 25


def test_an_english_gloss_has_one_home():
    both = [
        entry.term for entry in codebook.glossary() if set_phrases().get(entry.term) not in (None, "", entry.english)
    ]
    assert both == []


def test_terms_are_those_of_the_seeds(corpus):
    bodies = re.sub("[“”、]", "", "\n".join(corpus.documents["body"]))
    assert {entry.term for entry in codebook.glossary() if entry.term not in bodies} == NEEDED


def test_text_around_the_glossary_stays():
    head = ("term", "in English", "in Chinese")
    once = codebook.with_glossary(f"a\n{codebook.OPENING}\nold\n{codebook.CLOSING}\nb\n", head)
    assert once.startswith(f"a\n{codebook.OPENING}\n\n| term |") and once.endswith(f"{codebook.CLOSING}\nb\n")
    assert codebook.with_glossary(once, head) == once


@pytest.mark.parametrize("text", ["", codebook.OPENING, codebook.CLOSING, codebook.CLOSING + codebook.OPENING])
def test_a_readme_without_the_marks_is_refused(text):
    with pytest.raises(ValueError, match="no glossary can be written"):
        codebook.with_glossary(text, ("a", "b", "c"))
