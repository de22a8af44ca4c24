import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tifa.marking import words
from tifa.marking.names import names_in
from tifa.marking.phrasebook import INSIDE
from tifa.marking.sentences import split
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


TEXT = st.text(
    st.sampled_from("社会面清零“”、。,的采送检报转收拧紧水龙头动态在浦东新区 ab12.%〓\u200b\ue000\n"), max_size=40
)


@given(st.lists(TEXT, max_size=4))
def test_tokens_stand_where_they_say(texts):
    found = words.tokens(sentences(*texts))
    for row in found.itertuples():
        assert texts[row.sentence][row.start : row.end].translate(INSIDE) == row.token
    order = list(zip(found["sentence"], found["start"], strict=True))
    assert order == sorted(order)


@given(st.lists(TEXT, max_size=4))
def test_tokens_and_marks_are_the_whole_text(texts):
    written = "".join(text[s:e] for _, s, e, text in _written(texts))
    everything = "".join(texts)
    left = re.sub(r"[\W_]", "", everything)
    assert re.sub(r"[\W_]", "", written) == left


def _written(texts):
    found = words.tokens(sentences(*texts))
    return [(i, s, e, texts[i]) for i, s, e in zip(found["sentence"], found["start"], found["end"], strict=True)]


REPORT = "社会面清零。,的采送检报转收拧紧水龙头动态在浦东新区上海市委书记检查疫情防控工作2022年abc3.5%\n \u3000\ue000"


@given(st.lists(st.text(st.sampled_from(REPORT), max_size=60), max_size=3))
def test_both_engines_give_the_same_tokens(texts):
    plain, fast = (words.tokens(sentences(*texts), engine=engine) for engine in ("jieba", "rjieba"))
    assert_frame_equal(plain, fast)


def test_jieba_s_dictionary_is_read_as_jieba_reads_it():
    ours = words._jieba()
    counts, total = ours.gen_pfdict(ours.get_dict_file())
    assert ours.total == total
    assert counts == ours.FREQ


def test_batches_do_not_change_the_tokens(monkeypatch):
    texts = ["实现社会面清零", "", "“采、送、检、报”", "打赢攻坚战", "落实四方责任"]
    whole = words.tokens(sentences(*texts))
    monkeypatch.setattr(words, "_BATCH", 7)
    assert_frame_equal(words.tokens(sentences(*texts)), whole)


def test_unknown_engine():
    with pytest.raises(ValueError, match="'HanLP'"):
        words.tokens(sentences("清零"), engine="HanLP")


def names(*rows):
    return table(
        "names", [dict(zip(("doc", "sentence", "text", "start", "end", "pos"), row, strict=True)) for row in rows]
    )


def test_names_are_kept_whole_and_tagged():
    found = cut("盈浦街道王忠林检查", names=names(("a", 0, "盈浦街道", 0, 4, "ns"), ("a", 0, "王忠林", 4, 7, "nr")))
    assert list(zip(found["token"], found["pos"], strict=True))[:2] == [("盈浦街道", "ns"), ("王忠林", "nr")]


def test_a_name_gives_way_to_a_set_phrase():
    found = cut("到复兴馆方舱医院看望", names=names(("a", 0, "复兴馆方舱医院", 1, 8, "ns")))
    assert "方舱医院" in found["token"].tolist()


def test_names_stand_in_their_own_sentence():
    found = words.tokens(sentences("检查工作", "港沿镇同滧村"), names=names(("a", 1, "同滧村", 3, 6, "ns")))
    assert found.set_index("token").loc["同滧村", ["sentence", "start", "end"]].tolist() == [1, 3, 6]


def test_people_are_found_again_without_their_post():
    body = "市委书记李强强调防控。李强调研复工。"
    lines = table("lines", [{"doc": "a", "line": 0, "role": "paragraph", "text": body}])
    found = names_in(table("documents", [{"doc": "a", "body": body}]), split(lines))
    assert list(zip(found["text"], found["start"], strict=True)) == [("李强", 4), ("李强", 11)]


def test_user_lists_join_the_project_s(tmp_path):
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists/phrases.txt").write_text("# ours\n清源“百日攻坚”\ta hundred days\n动态清零\t\n", "utf-8-sig")
    (tmp_path / "lists/stop_words.txt").write_text("同志 有关\n动态清零\n", "utf-8")
    lists = words.lists_for(tmp_path)
    assert lists.phrases["清源百日攻坚"] == "a hundred days"
    assert {"同志", "有关", "的"} <= lists.stop_words
    assert "动态清零" not in lists.stop_words
    assert "清源百日攻坚" in cut("打响清源“百日攻坚”", phrases=words.Phrasebook(lists.phrases))["token"].tolist()


def test_a_list_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists/phrases.txt").write_bytes("清零".encode("gbk"))
    with pytest.raises(ValueError, match=r"phrases\.txt: byte 0 is not UTF-8"):
        words.lists_for(tmp_path)
