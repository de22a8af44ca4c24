"""A mark is a mirror's cut where the text behind it reads better a byte late, and only there."""

import pytest

import mirror
from tifa.reading.late import may_be_cut, reads_better_late
from tifa.reading.repair import repair
from tifa.reading.search import Search

CUT_ONLY = mirror.Mirror({}, traditional=False, half_before=False)
CUT = [  # texts that the bytes of a mark run through once
    "居民都到了会场。会后他说，路灯要修好。",
    "物资已送到保。供应由社区统一安排。",
    "一起去看牛。奶已经送到门口。",
    "孩子们都很棒。”老师笑着说，明天继续。",
    "他们住在临海。一家人都报了平安。",
]
GENUINE = [
    "“这是谁？”咚咚几下敲门声后，门开了。",
    "保供稳价；菾家湾、罍街两处摊位照常营业。",
    "大家加油！旮旯角落也要消杀到位。",
    "“吃饭了吗？”祁奶奶问；嬴大爷点点头。",
    "“水還夠用?”龔家嬸子問,鬧鐘響了?鍾點工還沒到。",
    "「這是誰？」鄰居問；蔣師傅擺擺手說沒關係！鑰匙還在樓下。",
]


def cut(text):
    """The text as the mirror shows it, its lost bytes without a trace, and where its marks stand."""
    damaged = mirror.damage(text, CUT_ONLY)
    for mark in "！？；":
        damaged = damaged.replace(f"?{mark}", mark)
    return damaged, [at for at, char in enumerate(damaged) if char in "！？；"]


@pytest.mark.parametrize("text", CUT)
def test_behind_a_cut_the_text_reads_better_late(text):
    damaged, marks = cut(text)
    assert [reads_better_late(damaged, at) for at in marks] == [True]


@pytest.mark.parametrize("text", GENUINE)
def test_behind_a_mark_of_the_text_it_reads_better_as_it_stands(text):
    assert not any(reads_better_late(text, at) for at, char in enumerate(text) if char in "！？；?")


@pytest.mark.parametrize("text", GENUINE)
def test_a_mark_of_the_text_starts_no_search(text, monkeypatch):
    monkeypatch.setattr(Search, "paths", lambda *_: pytest.fail("searched"))
    assert repair(f"昨天(zuótiān)的会。{text}").text.endswith(text)


def test_a_question_mark_before_the_mark_is_always_looked_into():
    assert may_be_cut("確?！叭采w", 1)
    assert may_be_cut("確\ufffd！叭采w", 1)


def test_two_question_marks_are_looked_into_where_the_text_behind_them_reads_late():
    assert may_be_cut("他聽了匯報??吹杰囬g工人", 5)
    assert not may_be_cut("各位居民??张床位已备好", 4)
    assert not may_be_cut("????点这里关注", 2)
