"""Damaged pages come back as they were written; undamaged ones come back untouched."""

from pathlib import Path

import pytest

from tifa.reading.repair import repair

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("強(qiáng)調(diào)", "強調"),
        ("解放日?qǐng)?bào)", "解放日報"),
        ("再?gòu)?qiáng)調(diào)、再推動(dòng)", "再強調、再推動"),
        ("城關(guan)區", "城關區"),
    ],
)
def test_insertions_go_and_torn_characters_come_back(damaged, clean):
    assert repair(damaged).text == clean


@pytest.mark.parametrize("text", ["", "村(社区)", "(记者 林宇熙)", "西安(xi'an)", "真的吗?", "a?b=c)\n(来源:解放日报)"])
def test_undamaged_text_is_unchanged(text):
    assert repair(text).text == text
    assert repair(text).ledger == []


@pytest.mark.parametrize("stem", ["001", "002", "003"])
def test_undamaged_seeds_are_unchanged(stem):
    page = next(SEEDS.glob(f"{stem}_*")).read_bytes().decode("utf-8")
    assert repair(page).text == page
