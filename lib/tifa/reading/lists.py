"""The reading step's lists: plain text under ``data/reading``, one pattern a line under the heading of its rule."""

import re
from functools import cache
from importlib.resources import files


@cache
def sections(name: str) -> dict[str, list[str]]:
    """Lines of ``data/reading/NAME.txt`` by section.

    Examples
    --------
    >>> "share bar" in sections("lines")
    True
    """
    found: dict[str, list[str]] = {}
    section = found.setdefault("", [])
    for line in (files("tifa") / "data" / "reading" / f"{name}.txt").read_text(encoding="utf-8").split("\n"):
        if line.startswith("[[") and line.endswith("]]"):
            section = found.setdefault(line[2:-2].strip(), [])
        elif line and not line.startswith("# "):
            section.append(line)
    return found


@cache
def pattern_of(name: str) -> re.Pattern:
    """One pattern for a whole list: the group that matched is the rule (blanks as underscores).

    Examples
    --------
    >>> pattern_of("lines").search("上一篇：某地要闻").lastgroup
    'end_of_article'
    """
    rules = ((rule.replace(" ", "_"), lines) for rule, lines in sections(name).items() if rule)
    return re.compile("|".join(f"(?P<{rule}>{'|'.join(lines)})" for rule, lines in rules), re.I)


@cache
def words(name: str) -> tuple[str, ...]:
    """One list of ``data/reading/words.txt``.

    Examples
    --------
    >>> "责编" in words("editor labels")
    True
    """
    return tuple(" ".join(sections("words")[name]).split())


def any_of(*names: str) -> str:
    """Pattern for any word of some lists, the longest first."""
    found = sorted({word for name in names for word in words(name)}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(found)})"
