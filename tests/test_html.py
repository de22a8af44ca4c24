"""Notebooks as HTML files: what pages say is text, what is live is left out, and Chinese is drawn on any machine."""

import base64
import io
import re

import nbformat
import pytest
from fontTools.ttLib import TTFont
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tifa.showing.html import clean, index, to_html
from tifa.showing.web_font import woff

PNG = base64.b64encode(b"\x89PNG\r\n").decode()


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("<style scoped>td {x}</style><table><tr><td>a</td></tr></table>", "<td>a</td>"),
        ("<img src=http://x.example/y.png>", "<img>"),
        ("<a href='data:text/html,x'>a</a>", "<a>a</a>"),
        ("<a href='java\nscript:x'>a</a>", "<a>a</a>"),
        ("<svg onload=x>", ""),
        ("<p style='background: url(http://x.example)'>a</p>", "<p"),
        ("<iframe src=x></iframe>a", "a"),
        ("村<1>", "村&lt;1&gt;"),
    ],
)
def test_html_from_outputs_is_cut_to_text_and_tables(html, plain):
    cleaned = clean(html)
    assert plain in cleaned
    assert not re.search(r"x\.example|onload|iframe|<style|javascript|data:", cleaned)


def shown(data, **metadata):
    """The report's outputs of a notebook with one output."""
    output = new_output("display_data", data=data, metadata=metadata)
    page = to_html(new_notebook(cells=[new_code_cell("x", id="it", outputs=[output])]), "one")
    return page.partition('<div class="output">')[2].partition("</section>")[0]


LIVE = {"application/vnd.jupyter.widget-view+json": {"model_id": "m", "version_major": 2, "version_minor": 0}}


def test_of_a_live_output_table_and_picture_are_shown():
    data = LIVE | {"text/plain": "Widget()", "text/html": "<table><tr><td>社</td></tr></table>", "image/png": PNG}
    found = shown(data, **{"image/png": {"alt": 'n = "1" <b>'}})
    assert f'src="data:image/png;base64,{PNG}" alt="n = &quot;1&quot; &lt;b&gt;"' in found
    assert "<td>社</td>" in found
    assert "Widget()" not in found and "model_id" not in found


def test_of_a_live_output_without_table_its_text_is_shown():
    assert shown(LIVE | {"text/plain": "Widget(<b>)"}).startswith("<pre>Widget(&lt;b&gt;)</pre>")


def test_an_output_that_is_a_result_is_shown_like_any_other():
    output = new_output("execute_result", data={"text/html": "<p>a</p>", "text/plain": "b"}, execution_count=1)
    page = to_html(new_notebook(cells=[new_code_cell("x", outputs=[output])]), "one")
    assert '<div class="output"><p>a</p></div>' in page


def sections(*sources):
    return new_notebook(cells=[new_markdown_cell(text, id=f"part-{i}") for i, text in enumerate(sources)])


def test_contents_lead_to_the_sections():
    page = to_html(sections("# Which?\n\nText.", "## A `name` & <b>\n\n### Below", "No heading.", "## Check"), "one")
    listed = page.partition("<ol>")[2].partition("</ol>")[0]
    assert re.findall(r"<a href=\"#(.+?)\">(.+?)</a>", listed) == [
        ("part-1", "A name &amp; &lt;b&gt;"),
        ("part-3", "Check"),
    ]
    assert page.count('id="part-1"') == page.count('id="part-3"') == 1


def test_a_notebook_without_headings_is_titled_by_its_name_and_has_no_contents():
    page = to_html(new_notebook(cells=[new_code_cell("1")]), "07-<x>")
    assert "<title>07-&lt;x&gt;</title>" in page
    assert "Contents" not in page


def test_the_index_escapes_what_it_shows_and_where_it_leads():
    notebook = sections("# <i>Who?")
    output = new_output("display_data", {"image/png": PNG}, metadata={"image/png": {"alt": "<script>, n = 1"}})
    notebook.cells.append(new_code_cell("x", id="fig", outputs=[output]))
    page = index({'01-"a b': notebook})
    assert '<a href="01-%22a%20b.html">&lt;i&gt;Who?</a>' in page
    assert '<a href="01-%22a%20b.html#fig"><img ' in page
    assert "<figcaption>&lt;script&gt;, n = 1</figcaption>" in page


def characters(page):
    found = re.search(r"data:font/woff;base64,([^\"]+)", page)[1]
    return TTFont(io.BytesIO(base64.b64decode(found))).getBestCmap()


def test_each_file_brings_its_own_chinese():
    assert set(map(chr, characters(to_html(sections("# 社会面?\n\n清“零”, ǎ 社"), "one")))) == set("社会面清零")
    assert characters(index({"01-one": sections("# 采、送?")})).keys() == set(map(ord, "采、送"))


def test_a_font_is_whole_with_parts_of_composed_characters():
    font = TTFont(io.BytesIO(base64.b64decode(woff("≒"))))
    glyph = font["glyf"][font.getBestCmap()[ord("≒")]]
    assert glyph.isComposite() and set(glyph.getComponentNames(font["glyf"])) <= set(font.getGlyphOrder())


def test_reports_are_the_same_each_time():
    notebook = sections("# 社?")
    assert to_html(notebook, "one") == to_html(nbformat.from_dict(notebook), "one")
