"""Copies of one article are found whatever stands around them, and only they."""

import random
import time

from opencc import OpenCC

from tifa.reading.copies import copies_of
from tifa.reading.folder import read_folder

CHARACTERS = [chr(c) for c in range(0x4E00, 0x5E00)]


def article(seed, length=800):
    rng = random.Random(seed)
    return "".join(rng.choice(CHARACTERS) for _ in range(length))


def test_texts_of_their_own_are_no_copies():
    assert copies_of([article(n) for n in range(20)]) == list(range(20))
    assert copies_of(["", "", "短", "短"]) == [0, 1, 2, 3]


def test_copies_with_lost_characters_other_punctuation_and_a_missing_end():
    text = article(1)
    lost = "".join("\u3013" if n % 60 == 7 else c for n, c in enumerate(text))
    spaced = "，".join(text[i : i + 20] for i in range(0, len(text), 20))
    assert copies_of([article(2), text, lost, spaced, text[:500], article(3)]) == [0, 1, 1, 1, 1, 5]


def test_shared_formulae_make_no_copy():
    formula = article(7, 60)
    reports = [article(10 + n, 300) + formula + article(20 + n, 300) for n in range(5)]
    assert copies_of(reports) == list(range(5))


def test_mirror_and_original_share_an_article(tmp_path):
    paragraphs = [
        "4月18日上午，市委书记来到某区某街道，检查社区防控和物资保障工作，看望坚守岗位的基层干部。",
        "在一处老旧小区，他同居民隔窗交谈，问买菜方不方便、看病有没有困难，请街道逐条记下、当天答复。",
        "他强调，越是吃劲的时候越要把工作做细，做到一户不漏、一人不落，让群众安心、让城市平安。",
    ]
    original = "书记检查社区防控工作\n2022-04-18 来源：某某日报\n" + "\n".join(paragraphs)
    mirror = "某某裝修網\n首頁 > 新聞\n" + OpenCC("s2t").convert("\n".join(paragraphs)).replace("區", "區(qū)")
    (tmp_path / "a_mirror.txt").write_text(mirror, encoding="utf-8")
    (tmp_path / "b_original.txt").write_text(original, encoding="utf-8")
    assert read_folder(tmp_path, progress=False).documents["article"].tolist() == ["b_original"] * 2


def test_thousands_of_copies_end_soon():
    start = time.perf_counter()
    assert copies_of([article(1)] * 3000) == [0] * 3000
    assert time.perf_counter() - start < 5
