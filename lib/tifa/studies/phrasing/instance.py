"""One use of a frame, and what no frame is made of."""

from typing import NamedTuple

SLOT = "_"
# A character of a frame: no figure, no Latin letter.
CHAR = r"[^\W\dA-Za-z_]"
# Parts of speech, in jieba's letters, that come again without making a frame: particles, conjunctions, final words.
NO_HEAD = ("u", "c", "y")
# Names and common nouns in a row may begin or end alike by chance: 市政府、市政协; 上城区、拱墅区.
NO_LIST_HEAD = ("n", "j", "m", "q", "x", "t", "s", "f")


class Instance(NamedTuple):
    """One use of a frame in the matter, from ``start`` up to ``end``.

    ``sure``: words begin where its parts do. ``free``: it is not put together from words of the dictionary.
    """

    kind: str
    frame: str
    filler: str
    start: int
    end: int
    sure: bool
    free: bool
