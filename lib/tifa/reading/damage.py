"""The signs of a mirror's damage in a line, as symbols for the search to work on."""

import re
from enum import Enum
from typing import NamedTuple

from tifa.reading.gbk import codes
from tifa.reading.readings import read_as

LETTERS = "a-z\u00e0-\u00fc\u0101-\u01dc\u0251\u0261"
# Some mirrors put a space behind a reading, inside its bracket; a letter alone without tone counts answers: "a)".
SPELT = rf"(?![a-z]\))[{LETTERS}]{{1,6}} ?"
CUTS = {"！": 0xA1, "!": 0xA1, "？": 0xBF, "?": 0xBF, "；": 0xBB, ";": 0xBB, "，": 0xAC}  # by the trail byte
CUT_LEAD = 0xA3
QUESTION = 0x3F  # stands for a lost byte; so does U+FFFD on some pages

# The 3,755 characters of GB 2312's first level, which make up all but a few of any simplified text.
_PLAIN = "".join(bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF))
_ODD = rf"(?:[^\x00-\xff\u2010-\u203b\u3000-\u3017\uff00-\uff5e\ufffd{_PLAIN}]|[^\x00-\xff][@A-Z\\^_`a-z])"
_TORN = rf"(?<=[?\ufffd])(?:(?<=[^\x00-\xff].)|(?<=[),:(;!].)){SPELT}\)"
_CUT = (
    r"(?:(?<=[?\ufffd])"
    r"(?:[！？；，!?;](?=[@-Z\\^_`a-z]?[^\x00-\x7f])|[！？；](?=[?\ufffd])|(?<=[^\x00-\x7f].)[!;](?=[?\ufffd]))"
    rf"|(?=[^\x00-\xff]{{0,3}}{_ODD}))"
)

# Each begins with the few characters to look for, so that undamaged text is passed over quickly.
READING = re.compile(rf"[(?\ufffd](?<=[^\x00-\xff].){SPELT}\)")
"""A reading behind a character, the character whole or torn."""

CUT = re.compile(rf"[?！？；!;\ufffd]{_CUT}")
"""Where a mirror may have cut: ``?！`` before text, or one of the marks with odd characters behind it."""

SIGN = re.compile(rf"[?！？；!;\ufffd](?:{_TORN}|{_CUT})")
"""Where a damaged stretch may begin."""

_SYMBOL = re.compile(rf"[?\ufffd](?P<torn>{SPELT})\)|\((?P<reading>{SPELT})\)|(?P<char>.)", re.DOTALL)


class Kind(Enum):
    """What a symbol of a line is."""

    PAIR = 1  # a character of GBK
    BYTE = 2  # an ASCII character, or the euro sign, which is a lone byte 80
    TORN = 3  # ?reading): a lead byte, read with the bracket that followed it
    READING = 4  # (reading)
    OTHER = 5  # what no mirror can have written


class Symbol(NamedTuple):
    """One symbol: ``seen`` as it stands in the line, its bytes, the characters read so and how usual that is."""

    kind: Kind
    seen: str
    first: int = 0
    second: int = 0
    allowed: dict[str, int] = {}  # noqa: RUF012 - never changed


def symbols(line: str):
    """The line as symbols, in order.

    Examples
    --------
    >>> [s.kind.name for s in symbols("日?qǐng)a(b)")]
    ['PAIR', 'TORN', 'BYTE', 'BYTE', 'BYTE', 'BYTE']
    """
    for match in _SYMBOL.finditer(line):
        reading = match["torn"] or match["reading"]
        allowed = read_as(reading) if reading else {}
        if allowed:
            yield Symbol(Kind.TORN if match["torn"] else Kind.READING, match.group(), allowed=allowed)
        else:
            yield from map(_plain, match.group())


_BYTES = {"\u20ac": 0x80, "\ufffd": QUESTION}


def _plain(char: str) -> Symbol:
    if char in _BYTES:
        return Symbol(Kind.BYTE, char, _BYTES[char])
    if char < "\x80":
        return Symbol(Kind.BYTE, char, ord(char))
    pair = codes().get(char)
    return Symbol(Kind.PAIR, char, *pair) if pair else Symbol(Kind.OTHER, char)
