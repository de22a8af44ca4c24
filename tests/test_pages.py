"""Bytes become blocks that know their lines: encodings, layouts, markup, front matter, hostile pages."""

import time

import pytest

from tifa.reading.decoding import NotText, decode
from tifa.reading.markup import read_markup
from tifa.reading.pages import read_layout, split_matter
from tifa.reading.plain import read_lines

SENTENCE = "十八日上午，市领导来到某区某街道的一处居民区，察看社区防控和物资保障的情况。"
TRADITIONAL = "十八日上午，市領導來到某區某街道的一處居民區，察看社區防控和物資保障的情況。"


# ---- bytes ----


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_of_simplified_pages(name):
    assert decode(SENTENCE.encode(name)) == SENTENCE


@pytest.mark.parametrize("name", ["big5", "big5hkscs", "gbk", "gb18030", "utf-8"])
def test_encodings_of_traditional_pages(name):
    assert decode(TRADITIONAL.encode(name)) == TRADITIONAL


@pytest.mark.parametrize(
    ("declared", "real"), [("utf-8", "gbk"), ("gb2312", "utf-8"), ("big5", "gbk"), ("x-nonsense", "gbk")]
)
def test_declared_charset_is_no_order(declared, real):
    page = f'<meta charset="{declared}"><p>{SENTENCE}</p>'
    assert decode(page.encode(real)) == page


def test_a_page_cut_in_the_middle_of_a_character_stays_readable():
    assert decode(SENTENCE.encode()[:-1] + b"") == SENTENCE[:-1] + "\u3013"


def test_one_stray_byte_does_not_change_the_encoding():
    data = (SENTENCE * 20).encode()
    assert decode(data[:90] + b"\xff" + data[90:]).replace("\u3013", "") == SENTENCE * 20


def test_line_ends_and_invisible_characters():
    assert decode("甲\r\n乙\r丙\n丁".encode()) == "甲\n乙\n丙\n丁"
    assert decode("李\u200b强\ufeff来\u00ad到\u2060。\x00".encode()) == "李强来到。"


def test_numbered_chinese_characters_are_read_before_repair_and_script():
    assert decode(b"&#24066;&#x9818;&#23560; &#60;b&#62;") == "市領專 &#60;b&#62;"


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"%PDF-1.7\n\xe2\xe3\xcf\xd3\x00\x80" * 9, bytes(range(128, 256)) * 40],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(NotText, match="save the page"):
        decode(data)


# ---- markup ----


def texts(page):
    return [block.text for block in read_markup(page)[0]]


def test_blocks_know_the_line_they_begin_on():
    blocks, _ = read_markup("<div>\n<p>\n  甲\n</p><p>乙<br>\n丙</p>\n</div>", first_line=10)
    assert [(b.text, b.line) for b in blocks] == [("甲", 12), ("乙", 13), ("丙", 14)]


def test_wrapped_markup_flows():
    assert texts("<p>市领导来到\n    长兴镇。</p><p>to be\nor not</p>") == ["市领导来到长兴镇。", "to be or not"]


def test_scripts_styles_comments_and_forms_are_unseen():
    page = "<script>var a='<p>x</p>'</script><style>p{}</style><!-- <p>y</p> --><p>正文</p><textarea>说两句</textarea>"
    assert texts(page) == ["正文"]


def test_entities_stay_text():
    assert texts("<p>&lt;script&gt;alert(1)&lt;/script&gt; &ldquo;好&rdquo;&nbsp;1 &lt; 2</p>") == [
        "<script>alert(1)</script> “好” 1 < 2"
    ]


def test_broken_markup_is_read():
    assert texts("<p>甲<p>乙</div></b></td>丙<b>丁") == ["甲", "乙", "丙丁"]
    assert texts("<p title='a > b' data-x=\"<p>\">甲</p> 3 < 5 <") == ["甲", "3 < 5 <"]
    assert texts("<p>甲</p><!-- never closed <p>乙</p>")[0] == "甲"


def test_a_link_is_no_tag():
    assert texts("<p>甲</p>\n\n<http://a.example/x>\n\n乙") == ["甲", "<http://a.example/x>", "乙"]


def test_indents_divide_paragraphs_on_one_line():
    assert [b.text for b in read_lines("　　甲来到某镇。　　乙说，好。")] == ["甲来到某镇。", "乙说，好。"]
    assert texts("<td>&nbsp;&nbsp;甲来到某镇。&nbsp;&nbsp;&nbsp;&nbsp;乙说，好。</td>") == [
        "甲来到某镇。",
        "乙说，好。",
    ]


def test_a_stray_tag_makes_no_markup():
    assert read_layout(f"首页<br>\n{SENTENCE}\n{SENTENCE}").layout == "plain"
    assert read_layout(f"<p>{SENTENCE}</p>").layout == "html"


def test_markdown_is_read():
    blocks = read_lines("## 小标题 ##\n**粗**体\n[首页](/) | [关于](/a)\n![图](a.png)\n- 一项\n> 引文\n*全斜*")
    assert [b.text for b in blocks] == ["小标题", "粗体", "首页 | 关于", "一项", "引文", "全斜"]
    assert blocks[0].tag == "h2" and blocks[2].link > 0.5


# ---- front matter ----


def test_front_matter_of_three_generators():
    for text in ("---\ntitle: 题\ndate: 2022-04-18\n---\n", "\n\n--- \ntitle: '题'\n---\n", '+++\ntitle = "题"\n+++\n'):
        matter, rest, line = split_matter(text + "正文")
        assert matter.fields["title"] == "题" and rest.strip() == "正文"
        assert text.count("\n") + 1 == line + (len(rest) - len(rest.lstrip("\n")))


def test_fields_above_a_page_need_no_fence():
    page = read_layout(f"title: 要闻一则\nurl: http://a.example/1.html\n\n{SENTENCE}")
    assert (page.matter.fields["title"], page.matter.lines["url"]) == ("要闻一则", 2)
    assert [(block.text, block.line) for block in page.blocks] == [(SENTENCE, 4)]


@pytest.mark.parametrize("above", ["Time: 10:00\nPlace: x\n", "title: 要闻一则\n"])
def test_a_line_or_two_with_a_colon_is_no_front_matter(above):
    assert read_layout(f"{above}\n{SENTENCE}").matter.fields == {}


def test_broken_yaml_is_read_line_by_line_with_a_doubt():
    matter, _, _ = split_matter('---\ntitle: "没有关上\ndate: 2022-04-18 08:00\ntags: [甲, 乙\n---\n正文')
    assert matter.fields["title"] == "没有关上" and matter.fields["date"].startswith("2022-04-18")
    assert "read line by line" in matter.doubt


def test_a_rule_of_dashes_is_no_front_matter():
    assert split_matter("---\n正文一行。\n---\n正文二行。")[0].rows == []
    assert split_matter("---\n" + "甲\n" * 1000 + "---\n乙")[0].rows == []


# ---- hostile pages ----

HOSTILE = {
    "deep": "<div>" * 100_000 + SENTENCE,
    "unclosed tags": "<a href='x" * 50_000,
    "quotes": "<a =\"<a ='" * 50_000,
    "comments": "<!-- " * 100_000,
    "scripts": "<script>" * 50_000,
    "less than": "<" * 500_000,
    "entities": "&" * 300_000 + "&#x41;" * 10_000,
    "one long line": SENTENCE * 5_000,
    "many lines": "\n" * 500_000 + SENTENCE,
    "links": "<a href='/x'>甲乙丙</a>" * 20_000,
    "brackets": "[" * 300_000 + "](",
    "closing": "</p></div>" * 60_000,
    "blank lines": "<div>" + "甲 \n \n" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_soon(name):
    start = time.perf_counter()
    read_layout(HOSTILE[name])
    assert time.perf_counter() - start < 3


def test_an_html_document_whose_paragraphs_are_lines_is_markup():
    lines = "4月5日，县委书记来到桥头村检查。\n他说，要守好村口。\n随后，他来到镇卫生院。"
    page = f'<!DOCTYPE html><html><title>书记检查防控工作</title><div style="white-space:pre-line">{lines}</div></html>'
    found = read_layout(page)
    assert found.layout == "html" and found.head.title == "书记检查防控工作"
    assert [block.text for block in found.blocks] == lines.split("\n")


def test_what_a_terminal_is_told_is_no_text():
    assert decode(b"\x1b[31m" + "市".encode() + b"\x1b[0m" + "长".encode() + b"\x1b]0;title\x07") == "市长"
