"""Make the project's font file out of Noto Sans SC; run by hand, never by the project itself.

    python -m tifa.showing.build_font NotoSansSC-Regular.ttf lib/tifa/data/font/TifaSansSC-Regular.ttf

The source is the static regular weight of Noto Sans SC 2.004, as carried by the package zhplot 1.0.0 in its folder
``fonts`` (its file is all that is used; importing zhplot changes matplotlib's settings). The same input gives the same
bytes.
"""

import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

FAMILY = "Tifa Sans SC"  # a name of its own: another Noto on the reader's machine must not be drawn in its place
LATIN = range(0x20, 0x180)  # with every vowel that pinyin puts a tone on
PUNCTUATION = range(0x2000, 0x2070)
SHAPES = (*range(0x2190, 0x2200), *range(0x2460, 0x2500), *range(0x2500, 0x2600), *range(0x2600, 0x2670))
NAMES = range(0x20000, 0x30000)  # the font has few: those of the standard list of 2013, for names and places
# Characters of the same list (Tongyong Guifan Hanzi Biao, 2013) from the Unicode block Extension A.
RARE = """㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃
䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮"""
OTHERS = (0x2212, 0x2713, 0x2717)  # minus, check mark, ballot
DOTTED_EQUALS = 0x2252  # the only character of GBK that Noto Sans SC lacks


def gbk(code: str = "gbk") -> set[str]:
    """Every character that two bytes can write in GBK (cp936), or in ``gb18030``, which has some more.

    Examples
    --------
    >>> len(gbk()), "浦" in gbk()
    (21791, True)
    """
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    return {c for pair in pairs for c in pair.decode(code, "ignore") if ord(c) > 0x7F}


def characters() -> set[int]:
    """Code points that the font should have; those that the source lacks are left out by the subsetter.

    Examples
    --------
    >>> 0x3013 in characters()
    True
    """
    pairs = {ord(c) for c in gbk() | gbk("gb18030") | set(RARE)}
    private = set(range(0xE000, 0xF900))
    return pairs.union(LATIN, PUNCTUATION, SHAPES, NAMES, OTHERS) - private


def add_dotted_equals(font: TTFont) -> None:
    """Compose the one missing character of an equals sign and two dots."""
    glyphs, names = font["glyf"], font.getBestCmap()
    equals, dot = names[ord("=")], names[0xB7]
    parts = [(equals, 0, 0), (dot, -140, 330), (dot, 140, -330)]
    glyph = Glyph()
    glyph.numberOfContours, glyph.components = -1, []
    width = font["hmtx"][equals][0]
    shift = (width - font["hmtx"][dot][0]) // 2
    for name, x, y in parts:
        part = GlyphComponent()
        part.glyphName, part.flags = name, 0
        part.x, part.y = (x, y) if name == equals else (x + shift, y)
        glyph.components.append(part)
    glyph.recalcBounds(glyphs)
    font.setGlyphOrder([*font.getGlyphOrder(), "dotted_equals"])
    glyphs["dotted_equals"] = glyph
    font["hmtx"]["dotted_equals"] = (width, glyph.xMin)
    if "vmtx" in font:
        font["vmtx"]["dotted_equals"] = font["vmtx"][equals]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[DOTTED_EQUALS] = "dotted_equals"


def rename(font: TTFont) -> None:
    """Give every name record that carries the family's name the new one."""
    for record in font["name"].names:
        old = record.toUnicode()
        if record.nameID in (1, 4, 16):
            record.string = old.replace("Noto Sans SC", FAMILY)
        elif record.nameID in (3, 6, 25):
            record.string = old.replace("NotoSansSC", FAMILY.replace(" ", ""))


def build(source: str, target: str) -> None:
    """Write the subset of ``source`` that :func:`characters` asks for to ``target``.

    Parameters
    ----------
    source, target : str
        Font files (TrueType).
    """
    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=["kern"], name_IDs=["*"], notdef_outline=True, drop_tables=["STAT", "BASE"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    add_dotted_equals(font)
    rename(font)
    font.save(target, reorderTables=True)


if __name__ == "__main__":
    build(*sys.argv[1:3])
