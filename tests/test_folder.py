"""A folder of saved pages becomes tables, whatever is in it."""

import os
from pathlib import Path

import pytest

import tifa
from tifa.reading.folder import FolderError, read_folder

SEEDS = Path(__file__).parents[1] / "seeds"
PAGE = "某市领导检查防控工作\n2022-04-18 来源：某市日报\n18日上午，市领导来到某区某街道，察看社区防控情况。\n编辑：甲乙"


@pytest.fixture(scope="module")
def seeds():
    return read_folder(SEEDS, progress=False)


def write(folder, **pages):
    for name, content in pages.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_folder(folder, progress=False)


def test_seeds_titles_and_times(seeds):
    found = seeds.documents.set_index(seeds.documents["doc"].str[:3])
    assert found["title"].str[:4].tolist() == ["强力推进", "李强在杨", "李强在青", "上海举行", "尽锐出战"]
    assert found["published"].dt.strftime("%Y-%m-%d %H:%M:%S").tolist() == [
        "2022-04-24 09:06:00",
        "2022-05-08 18:46:55",
        "2022-04-18 21:10:48",
        "2022-03-30 23:23:14",
        "2022-03-30 00:00:00",
    ]
    assert found["published_precision"].tolist() == ["minute", "second", "second", "second", "day"]
    assert found["published_basis"].tolist() == ["page", "front matter", "page", "front matter", "corpus"]


def test_seeds_credits(seeds):
    found = seeds.documents.set_index(seeds.documents["doc"].str[:3])
    assert found["agency"].fillna("").tolist() == ["解放网", "新浪财经", "", "上海发布", "东南网"]
    assert found["editors"].tolist() == [["严远", "轩召强"], ["吴维嘉", "冯体炜"], [], [], ["赵睿"]]
    assert found.loc["004", "authors"] == ["林宇熙"]
    assert found.loc["002", "photographers"] == ["陈正宝"]


def test_every_line_of_a_page_is_in_the_body_or_dropped(seeds):
    for doc, file in zip(seeds.documents["doc"], seeds.documents["file"], strict=True):
        used = set(seeds.lines.loc[seeds.lines["doc"] == doc, "source_line"])
        used |= set(seeds.dropped.loc[seeds.dropped["doc"] == doc, "source_line"])
        if seeds.documents.loc[seeds.documents["doc"] == doc, "layout"].item() == "plain":
            text = (SEEDS / file).read_text(encoding="utf-8")
            assert used == {n for n, line in enumerate(text.split("\n"), 1) if line.strip()}


def test_body_is_the_lines(seeds):
    for doc, body in zip(seeds.documents["doc"], seeds.documents["body"], strict=True):
        assert body == "\n".join(seeds.lines.loc[seeds.lines["doc"] == doc, "text"])


def test_missing_and_empty_folder(tmp_path):
    with pytest.raises(FolderError, match="there is no folder"):
        read_folder(tmp_path / "nothing")
    with pytest.raises(FolderError, match="holds no"):
        read_folder(tmp_path)


def test_bad_pages_are_left_out_with_a_reason_and_the_others_go_on(tmp_path):
    reading = write(
        tmp_path,
        a__txt=PAGE,
        b__txt=b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20,
        c__html="",
        d__txt="首页 新闻 视频 图片\n上一篇 下一篇",
    )
    assert reading.documents["doc"].tolist() == ["a"]
    reasons = dict(zip(reading.left_out["file"], reading.left_out["reason"], strict=True))
    assert sorted(reasons) == ["b.txt", "c.html", "d.txt"]
    assert "no text" in reasons["b.txt"] and "empty" in reasons["c.html"] and "no paragraph" in reasons["d.txt"]


def test_only_bad_pages_are_an_error_that_says_why(tmp_path):
    with pytest.raises(FolderError, match=r"none of the 1 files.*a\.txt: the page is empty"):
        write(tmp_path, a__txt="")


def test_files_of_one_stem_are_two_documents(tmp_path):
    reading = write(tmp_path, a__txt=PAGE, a__html=f"<p>{PAGE}</p>")
    assert reading.documents["doc"].tolist() == ["a.html", "a.txt"]


def test_copies_share_an_article(tmp_path):
    long = "\n".join(f"{n}日上午，市领导来到第{n}街道第{n}社区，察看社区防控和物资保障的情况。" for n in range(1, 20))
    reading = write(
        tmp_path,
        a__txt=f"标题很长的一篇报道\n2022-04-20\n{long}",
        b__txt=f"首页 > 新闻 > 正文\n另一个标题的报道\n发布时间：2022-04-19 来源：某报\n{long}\n编辑：甲乙",
        c__txt=PAGE,
    )
    assert reading.documents["article"].tolist() == ["b", "b", "c"]


FIRST = "29日,市长周望来到晋江市池店镇检查疫情防控工作,要求抓好落实。随后离开。"
BOMB = "a: &a [x,x]\n" + "".join(f"{c}: &{c} [{','.join(['*' + chr(ord(c) - 1)] * 9)}]\n" for c in "bcdefghij")
HOSTILE = {
    "half a surrogate pair": f"<h1>泉州检查</h1><p>{FIRST}&#55357;</p>",
    "no address": f"---\ntitle: 泉州检查\nurl: http://[bad/\n---\n{FIRST}",
    "a day after the last": f"---\ntitle: 泉州检查\ndate: Fri, 31 Dec 9999 23:59:59 -0800\n---\n{FIRST}",
    "no number": f"泉州检查\n\n二〇二二年四月十十日\n\n{FIRST}",
    "nested": f"---\ntitle: {'[' * 200_000}\n---\n{FIRST}",
    "aliases of aliases": f"---\n{BOMB}author: *j\n---\n{FIRST}",
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_no_page_takes_the_others_down(tmp_path, page):
    assert write(tmp_path, a__txt=PAGE, b__txt=page).documents["doc"].tolist() == ["a", "b"]


def test_three_files_whose_names_look_alike(tmp_path):
    for name in ("a.txt", "a.md", "a.txt.html"):
        (tmp_path / name).write_text(PAGE, "utf-8")
    assert read_folder(tmp_path).documents["doc"].is_unique


def test_china_standard_time_is_no_american_time(tmp_path):
    page = f"---\ntitle: 泉州检查\ndate: Sun May 08 18:46:55 CST 2022\n---\n{FIRST}"
    assert write(tmp_path, a__md=page).documents["published"][0].hour == 18


@pytest.mark.parametrize(
    "page", ["<rss version='2.0'><channel></channel></rss>", "<feed></feed>", "<rss>", "<feed><entry"]
)
def test_a_feed_without_an_item_is_a_page_left_out(tmp_path, page):
    (tmp_path / "feed.txt").write_text(page, "utf-8")
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    reading = read_folder(tmp_path, progress=False)
    assert reading.documents["doc"].tolist() == ["page"] and reading.left_out["file"].tolist() == ["feed.txt"]


def test_what_is_not_read_is_said(tmp_path):
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "saved.mht").write_text("From: <Saved>", "utf-8")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    reasons = read_folder(tmp_path, progress=False).left_out.set_index("file")["reason"]
    assert "save it as .html" in reasons["saved.mht"] and "no file" in reasons["gone.txt"]


@pytest.mark.skipif(os.name == "nt", reason="file names are bytes on other systems only")
@pytest.mark.parametrize("name", [b"mirror\xff.txt", b"new\nline.txt"])
def test_a_page_is_found_again_whatever_its_name(tmp_path, name):
    try:
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_text(PAGE, "utf-8")
    except OSError:
        pytest.skip("this system takes no such name")
    corpus = tifa.load(tmp_path, progress=False)
    (doc,) = corpus.documents["doc"]
    assert doc.isprintable() and corpus.page(doc)[0] == PAGE.split("\n")[0]
