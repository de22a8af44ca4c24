"""Plain-text lists, and the font. ``#`` opens a comment; each file's head says where its entries come from."""

from functools import cache
from importlib.resources import files

FONT = files(__package__).joinpath("font", "TifaSansSC-Regular.ttf")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of a list, comments and blank lines left out.

    Examples
    --------
    >>> "社会面清零\\tno new cases outside quarantine" in lines("set_phrases.txt")
    True
    """
    text = files(__package__).joinpath(name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
