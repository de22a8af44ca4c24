"""Traditional text becomes simplified text; simplified text stays as it is."""

from pathlib import Path

import pytest

from tifa.reading.script import simplify

CASES = Path(__file__).parent / "cases" / "repair"
SEEDS = Path(__file__).parents[1] / "seeds"


def entries(name):
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("entry", entries("script.tsv"))
def test_simplified_with_its_context(entry):
    mixed, simplified = entry.split("\t")
    assert simplify(mixed) == simplified


@pytest.mark.parametrize("line", entries("simplified.txt"))
def test_simplified_text_is_unchanged(line):
    assert simplify(line) == line


@pytest.mark.parametrize("entry", entries("script.tsv"))
def test_simplified_once_is_simplified(entry):
    once = simplify(entry.split("\t")[0])
    assert simplify(once) == once


def test_lines_keep_their_number():
    text = "堅決打贏\r\n\n疫情殲滅戰\u2028線\x0b\n"
    assert simplify(text).count("\n") == text.count("\n")
    assert len(simplify(text)) == len(text)


@pytest.mark.parametrize("stem", ["002", "003"])
def test_simplified_seeds_are_unchanged(stem):
    page = next(SEEDS.glob(f"{stem}_*")).read_bytes().decode("utf-8")
    assert simplify(page) == page
