"""Traditional to simplified characters."""

from functools import cache

from opencc import OpenCC


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Text in simplified characters, with the same number of lines.

    Examples
    --------
    >>> simplify("堅決打贏疫情殲滅戰")
    '坚决打赢疫情歼灭战'
    """
    return _converter().convert(text)
