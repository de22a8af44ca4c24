import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tifa.marking import words
from tifa.tables import table

PHRASES = words.set_phrases()


def sentences(*texts):
    rows = [
        {"doc": "a", "paragraph": i, "sentence": i, "text": t, "start": 0, "end": len(t)} | {"source_line": 1}
        for i, t in enumerate(texts)
    ]
    return table("sentences", [row | {"is_heading": False, "is_speech": False} for row in rows])


def cut(text, **options):
    return words.tokens(sentences(text), **options)


@pytest.mark.parametrize("phrase", sorted(PHRASES))
def test_set_phrase_is_one_token(phrase):
    found = cut(f"要做到{phrase}的要求。")
    assert phrase in found["token"].tolist()
    assert found.set_index("token").loc[phrase, "pos"] == "l"


@pytest.mark.parametrize(
    ("text", "token", "written"),
    [
        ("“采、送、检、报”要高效衔接", "采送检报", "采、送、检、报"),
        ("提升采送检报效率", "采送检报", "采送检报"),
        ("彻底拧紧“水龙头”。", "拧紧水龙头", "拧紧“水龙头”"),
        ("坚持“动态清零”总方针", "动态清零", "动态清零"),
        ("落实「四方责任」", "四方责任", "四方责任"),
    ],
)
def test_marks_inside_a_phrase_are_kept_in_the_offsets_only(text, token, written):
    row = cut(text).set_index("token").loc[token]
    assert text[row["start"] : row["end"]] == written


def test_no_phrase_hides_another():
    hidden = [(a, b) for a in PHRASES for b in PHRASES if a != b and a in b]
    assert hidden == []


def test_phrases_are_written_without_marks():
    assert [p for p in PHRASES if not re.fullmatch(r"\w+", p)] == []


def test_stop_words_spare_the_vocabulary_under_study():
    assert words.stop_words().isdisjoint({*PHRASES, "坚持", "必须", "坚决", "进一步", "加强"})


def test_no_phrases_leaves_the_segmenter_alone():
    assert "社会面清零" not in cut("实现社会面清零目标", phrases=words.Phrasebook([]))["token"].tolist()


def test_empty_table():
    assert words.tokens(sentences()).empty


TEXT = st.text(st.sampled_from("社会面清零“”、。,的采送检报转收拧紧水龙头动态在浦东新区 ab12〓\u200b"), max_size=40)


@given(TEXT)
def test_tokens_stand_where_they_say(text):
    for row in cut(text).itertuples():
        assert text[row.start : row.end].translate(words._INSIDE) == row.token.translate(words._INSIDE)


@given(
    st.text(
        st.sampled_from("社会面清零。,的采送检报转收拧紧水龙头动态在浦东新区上海市委书记检查疫情防控工作"), max_size=60
    )
)
def test_both_engines_give_the_same_tokens(text):
    assert words._cut_plain(text) == words._cut_fast(text)
