import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from tifa.marking import segmenters, words
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
        ("坚持动态\u200b清零", "动态清零", "动态\u200b清零"),
        ("\ufeff坚持动\u00ad态清零\u200b", "动态清零", "动\u00ad态清零"),
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
    ours = segmenters._jieba()
    counts, total = ours.gen_pfdict(ours.get_dict_file())
    assert ours.total == total
    assert counts == ours.FREQ


def test_rarity_is_read_from_the_same_dictionary():
    counts = segmenters._jieba().FREQ
    known = [word for word, count in counts.items() if count]
    words = [known[0], known[-1], *known[:: len(known) // 50], "挂图", "不在词典里"]
    expected = {word: np.log2(segmenters.TOTAL / max(counts.get(word, 0), 1)) for word in words}
    assert segmenters.rarities(words) == pytest.approx(expected)


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


LONGER = words.Phrasebook([*PHRASES, "实现社会面清零", "社会面清零目标", "动态清零总方针", "挂图"])


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
def test_a_phrase_in_a_longer_one_or_across_its_end_is_a_row_too(engine):
    found = cut("实现社会面清零目标,坚持“动态清零”总方针", phrases=LONGER, engine=engine)
    text = found[~found["overlaps"]]
    assert text["token"].tolist() == ["实现社会面清零", "目标", "坚持", "动态清零总方针"]
    assert found.loc[found["overlaps"], "token"].tolist() == ["社会面清零目标", "社会面清零", "动态清零", "总方针"]
    assert (found.loc[found["overlaps"], "pos"] == "l").all()


PIECES = ["社会面清零", "实现", "目标", "动态清零", "总方针", "“", "”", "、", "挂图", "作战", "即采即检", "即报", "保"]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), max_size=3))
def test_every_phrase_is_counted_as_a_plain_search_counts_it(texts):
    counted = words.tokens(sentences(*texts), phrases=LONGER)["token"].astype("str").value_counts()
    bare = [text.translate(INSIDE) for text in texts]
    plain = {phrase: sum(text.count(phrase) for text in bare) for phrase in LONGER.phrases}
    assert {phrase: counted.get(phrase, 0) for phrase in LONGER.phrases} == plain


def test_a_phrase_that_overlaps_itself_is_counted_as_a_plain_search_counts_it():
    found = cut("一保一保一保一", phrases=words.Phrasebook(["一保一"]))
    assert (found["token"] == "一保一").sum() == "一保一保一保一".count("一保一") == 2


def test_full_width_letters_and_digits_are_the_same_words():
    wide, plain = cut("新增１２３４５例,开通Ｗｉ-Ｆｉ,占３．５％"), cut("新增12345例,开通Wi-Fi,占3.5%")
    assert_frame_equal(wide, plain)
    assert "12345例" not in wide["token"].tolist() and "12345" in wide["token"].tolist()


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
def test_half_a_surrogate_pair_is_no_word(engine):
    assert cut("落实\ud83d四方责任\udc00", engine=engine)["token"].tolist() == ["落实", "四方责任"]
