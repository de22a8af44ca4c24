"""Damaged lines side by side with what was read: changes bold, page text escaped, long lines cut around the change."""

import re

import tifa
from tifa.showing.before_after import LONGEST, before_after

DAMAGED = "市委書記林遠4月5日檢查疫情防控工作,強(qiáng)調(diào)要堅(jiān)決守住防線(xiàn)。"
REST = "他說(shuō),要把各項(xiàng)措施落實(shí)到位,讓羣衆(zhòng)安心<b>。"


def shown(tmp_path, page):
    (tmp_path / "a.txt").write_text(page, encoding="utf-8")
    return before_after(tifa.load(tmp_path, progress=False)).data


def test_changes_are_bold_and_page_text_is_escaped(tmp_path):
    html = shown(tmp_path, f"林遠檢查工作\n{DAMAGED}\n{REST}")
    assert "<b>強(qiáng)</b>" in html and "<b>坚</b>" in html
    assert "&lt;b&gt;" in html


def test_paragraphs_that_share_a_line_are_shown(tmp_path):
    html = shown(tmp_path, f"<h1>林遠檢查工作</h1><p>{DAMAGED}</p><p>{REST.replace('<b>', '')}</p>")
    assert "<b>說(shuō)</b>" in html and "<b>说</b>" in html


def test_a_long_line_is_cut_around_its_first_change(tmp_path):
    long = "各地各部門都要把防控工作擺在突出位置。" * 20
    html = shown(tmp_path, f"林遠檢查工作\n{long}{DAMAGED}{DAMAGED}\n{DAMAGED}{REST}")
    cells = re.findall(r"<td>(.*?)</td>", html)
    assert any(cell.startswith("…") and "<b>" in cell for cell in cells)
    assert all(len(re.sub("<[^>]+>|&[a-z]+;", " ", cell)) <= LONGEST + 2 for cell in cells)
