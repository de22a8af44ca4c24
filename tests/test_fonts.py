"""The font covers what pages can say, and no figure warns about a character."""

import hashlib
import os
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure

from tifa.showing import build_font, fonts

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture(scope="module")
def font():
    with TTFont(fonts.path()) as opened:
        yield opened


@pytest.fixture(scope="module")
def covered(font):
    return font.getBestCmap().keys()


def test_covers_gbk(covered):
    assert [c for c in build_font.gbk("gbk") if ord(c) not in covered] == []


def test_covers_gb18030_but_for_its_private_characters(covered):
    lacking = {ord(c) for c in build_font.gbk("gb18030")} - covered
    assert [hex(c) for c in sorted(lacking) if not 0xE000 <= c < 0xF900] == []


def test_covers_the_seeds(covered):
    text = "".join(file.read_text("utf-8") for file in SEEDS.glob("*.txt"))
    assert len(set(text)) > 1000
    assert {c for c in text if c.isprintable() and ord(c) not in covered} == set()


@pytest.mark.parametrize(
    "text", ["āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ", "〓·—…“”‘’《》【】、。！？；：", "●■▲◆○□△★→×≤≥±°″′│─█▨", "䶮㙍㛃"]
)
def test_covers_pinyin_punctuation_shapes_and_rare_names(text):
    assert all(ord(c) in fonts.characters() for c in text)


def test_licence_is_beside_the_font():
    folder = Path(fonts.path()).parent
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text("utf-8")
    assert "Noto Sans SC" in (folder / "README.md").read_text("utf-8")


def test_family_is_the_projects_own(font):
    assert font["name"].getDebugName(1) == fonts.FAMILY == fonts.register()


def test_every_character_of_the_seeds_is_drawn_without_a_warning():
    fonts.register()
    text = "".join(file.read_text("utf-8") for file in SEEDS.glob("*.txt"))
    fig = Figure()
    fig.text(0, 0, fonts.drawable("".join(sorted(set(text)))))
    fig.text(0, 0.5, fonts.drawable("\u200b\ufeff\x07 \U0001f9a0 \ue000 \ud800 $x_1$ $"))
    fig.draw_without_rendering()


def test_dollars_are_not_formulas():
    fonts.register()
    fig = Figure()
    fig.text(0, 0, r"价格$\frac{1}$")
    fig.draw_without_rendering()


def test_width_is_what_is_drawn():
    fonts.register()
    text = "04-24 上海 (000) W…≒"
    fig = Figure(dpi=100)
    drawn = fig.text(0, 0, text, fontsize=20)
    assert drawn.get_window_extent().width == pytest.approx(fonts.width(text) * 20 / 72 * 100, rel=0.03)


def test_the_subset_is_the_one_that_was_looked_at():
    digest = hashlib.sha256(Path(fonts.path()).read_bytes()).hexdigest()
    assert digest == "42cbca51a670b798ab5d92c90c97827b175271e022baae7c8bf26d1bd0f97ff4"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked only where processes can be")
def test_a_forked_kernel_opens_the_font_anew():
    fonts.width("浦东")
    opened = fonts._faces()
    read, write = os.pipe()
    pid = os.fork()
    if not pid:
        os.write(write, b"shared" if fonts._faces() is opened else b"own")
        os._exit(0)
    os.waitpid(pid, 0)
    assert os.read(read, 10) == b"own"  # two processes that share an open file read each other's places in it
