"""The one font of every figure, from the project's own folder, so that no machine draws boxes.

See ``data/font/README.md`` for its origin and licence.
"""

import os
from functools import cache
from pathlib import Path

import matplotlib
from matplotlib import font_manager, ft2font

from tifa import data

FAMILY = "Tifa Sans SC"
FALLBACK = "DejaVu Sans"  # comes with matplotlib; has the symbols of mathematics that the font lacks
UNKNOWN = "\u25a1"  # white square: stands for a character that neither font has


def path() -> str:
    """File of the font, for libraries that ask for a file, such as wordcloud.

    Examples
    --------
    >>> Path(path()).name
    'TifaSansSC-Regular.ttf'
    """
    return str(data.FONT)


def register() -> str:
    """Make matplotlib draw all text in the font from now on; safe to call again.

    Returns
    -------
    str
        Name of the family.

    Examples
    --------
    >>> register()
    'Tifa Sans SC'
    """
    _add()
    matplotlib.rcParams["font.family"] = [FAMILY, FALLBACK]
    matplotlib.rcParams["axes.unicode_minus"] = True
    matplotlib.rcParams["text.parse_math"] = False  # a page's $ is a dollar
    return FAMILY


@cache
def _add() -> None:
    font_manager.fontManager.addfont(path())


@cache
def _faces() -> tuple[ft2font.FT2Font, ft2font.FT2Font]:
    fallback = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    faces = ft2font.FT2Font(path()), ft2font.FT2Font(str(fallback))
    for face in faces:
        face.set_size(100, 72)  # 100 pixels to the em
    return faces


if hasattr(os, "register_at_fork"):  # forked processes share the place in an open file: each opens the font anew
    os.register_at_fork(after_in_child=_faces.cache_clear)


@cache
def characters() -> frozenset[int]:
    """Code points that the font or its fallback can draw.

    Examples
    --------
    >>> ord("\u6d66") in characters()
    True
    """
    return frozenset().union(*(face.get_charmap() for face in _faces()))


def drawable(text: str) -> str:
    """The text with a white square for each character that cannot be drawn, so that no figure warns.

    Examples
    --------
    >>> drawable("浦东\\u200b \\U0001f9a0")
    '浦东 □'
    """
    known = characters()
    spaced = (c if c == "\n" or not c.isspace() else " " for c in text)
    kept = (c for c in spaced if c.isprintable() or c == "\n")  # zero-width and control characters have no shape
    return "".join(c if c == "\n" or ord(c) in known else UNKNOWN for c in kept)


@cache
def _advance(char: str) -> float:
    own, fallback = _faces()
    face = own if own.get_char_index(ord(char)) else fallback
    return face.load_char(ord(char), flags=ft2font.LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 100


def width(text: str) -> float:
    """Width of a line of text in ems (1 em is the size of the type: 10 points at size 10).

    Examples
    --------
    >>> round(width("\u6d66\u4e1c"), 3)
    2.0
    """
    return sum(_advance(char) for char in drawable(text))
