"""Bytes of a saved page → its text: which encoding, which line endings, no invisible characters."""

import codecs
import re
from functools import cache

LOST = "\u3013"  # 〓, the printers' mark for a character that is missing
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"%PDF", b"\x1f\x8b", b"RIFF", b"\xd0\xcf\x11\xe0")
FEW_ZEROS = 0.05  # share of zero bytes; UTF-16 has more of them in its spaces and tags
SAMPLE = 200_000  # bytes looked at when encodings are compared
DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{2,20})""", re.I)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Zero-width and direction marks, the soft hyphen, and control characters: seen between characters of copied pages.
_CONTROLS = [*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F]
_ZERO_WIDTH = [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF]
INVISIBLE = dict.fromkeys(_CONTROLS + _ZERO_WIDTH)
INVISIBLE.update({0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"})
UNSEEN = re.compile("[" + "".join(re.escape(chr(code)) for code in INVISIBLE) + "]")
ENTITY = re.compile(r"&(?:#(?:x([0-9a-f]{2,5})|([0-9]{3,6}))|(shy|zwnj|zwj|lrm|rlm|ZeroWidthSpace|NoBreak));", re.I)


class NotText(ValueError):
    """The bytes are no text in any encoding that Chinese pages come in."""


def decode(data: bytes) -> str:
    r"""Text of a saved page, whatever encoding it is in.

    Parameters
    ----------
    data : bytes
        The file. UTF-8, GBK, GB18030, Big5, UTF-16 and UTF-32 are told apart by their marks and by how
        plausible the text is; the charset a page declares is one candidate, not an order.

    Returns
    -------
    str
        Lines end in ``\n``; bytes that fit no character are shown as 〓; invisible characters are gone.

    Raises
    ------
    NotText
        If the bytes are a picture, an archive or the like.

    Examples
    --------
    >>> decode("泉州市\r\n晋江市".encode("gb18030"))
    '泉州市\n晋江市'
    """
    return tidy(_characters(data))


def tidy(text: str) -> str:
    """Lines that end in one way, no invisible characters (nor entities for them), Chinese ones for their numbers."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if UNSEEN.search(text):
        text = text.translate(INVISIBLE)
    if "&" in text:
        text = ENTITY.sub(_numbered, text)
    return text.replace("\ufffd", LOST)


def _numbered(match: re.Match) -> str:
    """A numbered Chinese character itself, nothing for an invisible one; other numbers stay for the markup to read."""
    if match[3]:
        return ""
    code = int(match[1], 16) if match[1] else int(match[2])
    if code in INVISIBLE:
        return INVISIBLE[code] or ""
    return chr(code) if 0x2E80 <= code <= 0x323AF and not 0xD800 <= code <= 0xDFFF else match[0]


def _characters(data: bytes) -> str:
    for mark, name in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    sample = data[:SAMPLE]
    if text is not None and sample.count(0) <= len(sample) * FEW_ZEROS:
        return text
    if data.startswith(SIGNATURES):
        raise NotText("the file is no text but a picture, an archive or the like: save the page as .html or .txt")
    best = max(_candidates(sample), key=lambda name: _plausible(sample, name))
    if _plausible(sample, best) < 0.5:
        raise NotText("the file is no text in UTF-8, GB18030, Big5 or UTF-16: save the page again as UTF-8")
    return data.decode(best, "replace")


def _candidates(sample: bytes) -> list[str]:
    """Encodings worth comparing, the declared one first: it wins a tie."""
    names = ["utf-8", "gb18030", "big5hkscs"]
    if b"\0" in sample:
        return ["utf-16-le", "utf-16-be"]
    declared = DECLARED.search(sample[:4096])
    if declared:
        name = _codec(declared[1].decode("ascii"))
        names = [name, *(n for n in names if n != name)] if name else names
    return names


def _codec(declared: str) -> str | None:
    """Name of the codec for a declared charset; the wider one for its subsets, None if unknown."""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    wider = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
    return wider.get(name, name if name in {"utf-8", "gb18030", "big5hkscs"} else None)


def _plausible(sample: bytes, name: str) -> float:
    """Share of the characters beyond ASCII in every-day use; a pair that maps to nothing counts three times."""
    text = sample.decode(name, "replace")
    beyond = [c for c in text if c > "\x7f"]
    if not beyond:
        return 0.0 if CONTROL.search(sample) else 1.0
    everyday = _everyday()
    lost = beyond.count("\ufffd")
    controls = sum(c < "\x09" for c in text)
    return (sum(c in everyday for c in beyond) - 3 * max(0, lost - 2) - 3 * controls) / len(beyond)


@cache
def _everyday() -> frozenset:
    """First-level characters of GB 2312 and of Big5, and Chinese punctuation."""
    gb = (bytes((a, b)) for a in [*range(0xA1, 0xA4), *range(0xB0, 0xD8)] for b in range(0xA1, 0xFF))
    big5 = (bytes((a, b)) for a in range(0xA4, 0xC7) for b in [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
    found = b"".join(gb).decode("gb2312", "ignore") + b"".join(big5).decode("big5", "ignore")
    return frozenset(found + "\xa0\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u3000©")
