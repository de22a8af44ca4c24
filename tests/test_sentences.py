"""Sentences: where they are, and which part tells what happened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tifa.marking.sentences import narrated, quoted, split
from tifa.tables import table


def lines(*texts):
    rows = [{"doc": "a", "line": i, "role": "paragraph", "text": t, "source_line": i + 3} for i, t in enumerate(texts)]
    return table("lines", rows)


def told(text, speaking=False):
    parts, _ = narrated(text, speaking)
    return [text[start:end] for start, end in parts]


@given(st.lists(st.text(alphabet="他说来到社区。！？”“,,… \u3000", max_size=30), max_size=5))
def test_offsets_count_in_the_body(texts):
    body = "\n".join(texts)
    for row in split(lines(*texts)).itertuples():
        assert body[row.start : row.end] == row.text and row.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("她来到盈浦街道,要求各区落实。", ["她来到盈浦街道,"]),
        ("林远指出,要到村里去、到卡口去。", ["林远"]),
        ("林远一行来到石桥村,叮嘱村干部轮流休息,随后赶到县医院。", ["林远一行来到石桥村,", "随后赶到县医院。"]),
        ("在石桥村,他看了卡口;在大堰村,他要求把好关。", ["在石桥村,他看了卡口;在大堰村,"]),
        ("按照省委要求,他来到大堰村,表示慰问和感谢。", ["按照省委要求,他来到大堰村,表示慰问和感谢。"]),
        ("“到村里去!”", []),
    ],
)
def test_what_happened(text, expected):
    assert told(text) == expected


def test_speech_goes_on_until_the_story_does():
    assert told("各区要走进社区。", speaking=True) == []
    assert told("随后,林远来到大堰村。", speaking=True) == ["随后,林远来到大堰村。"]
    assert told("石桥方舱医院启用以来,已收治百人。", speaking=True) == ["石桥方舱医院启用以来,已收治百人。"]


def test_speech_is_marked():
    found = split(lines("林远来到大堰村,听取汇报。林远指出,要守住村口。要管住路口。"))
    assert found["is_speech"].tolist() == [False, True, True]


def test_names_in_quotation_marks_are_no_speech():
    assert quoted("“阳光100”小区和“四不两直”方式") == []
