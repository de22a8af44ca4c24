"""Whether the text behind a mark was read a byte late, judged by its next few characters alone.

A mirror that cuts through the bytes of a mark reads on with the second half of a character: what follows is then
garbled as it stands, and text when its bytes are shifted back. Behind a mark that belongs there it is the other way
round, so that hardly any of them needs a search, however rare the characters behind it.
"""

import re
from itertools import islice

from tifa.reading import gbk
from tifa.reading.damage import CUTS, SPELT, Kind, Symbol, symbols
from tifa.reading.likelihood import price
from tifa.reading.options import counted

LOOKED_AT = 7  # symbols behind a mark, and
WITHIN = 60  # characters that they stand within, readings among them
GARBLED = 40  # the price of a late character that is no text, the most that any other one costs
GAIN = 4  # steps of likelihood.py a symbol by which the text must read better late; true cuts were met from 8
DOUBLED_GAIN = 1  # the same behind two question marks, which alone are a sign already
_ALONE = re.compile(rf"(?<![?\ufffd])(?:[！？；!;]|\?(?![！？；，!?;]|{SPELT}\)))")
_DOUBLED = re.compile(r"\?\?")
_KEPT_WHOLE = "、。"


def may_be_cut(line: str, at: int) -> bool:
    """Whether a sign of damage is to be looked into: any but a mark alone, or two question marks, that text follows.

    Most mirrors that cut leave a question mark before the mark. Two question marks are what others leave, but people
    type them too, and lost emoji become them.
    """
    if _DOUBLED.match(line, at):
        return reads_better_late(line, at + 1, DOUBLED_GAIN)
    return not _ALONE.match(line, at) or reads_better_late(line, at)


def reads_better_late(line: str, at: int, gain: int = GAIN) -> bool:
    """Whether text follows the mark at ``at`` if its bytes are shifted by one, rather than as it stands.

    ``gain`` is how much better each symbol must read.

    Examples
    --------
    >>> reads_better_late("在路口等！按蠹遗懦闪脚牛", 4), reads_better_late("保供稳价；菾家湾社区", 4)
    (True, False)
    """
    following = _following(line, at)
    late = _late(following, CUTS[line[at]])
    if all(cost >= GARBLED for cost in late):
        return False
    return sum(_as_it_stands(line, at, following[: len(late)])) - sum(late) >= gain * (len(late) + 1)


def _following(line: str, at: int) -> list[Symbol]:
    """The symbols behind a mark, without readings."""
    plain = (s for s in symbols(line[at + 1 : at + 1 + WITHIN]) if s.kind is not Kind.READING)
    return list(islice(plain, LOOKED_AT))


def _as_it_stands(line: str, at: int, following: list[Symbol]):
    """The price of each symbol as the page shows it."""
    before = "".join(map(counted, line[max(0, at - 1) : at + 1]))
    for symbol in following:
        char = counted(symbol.seen[-1])
        yield price(before, char)
        before = (before + char)[-2:]


def _late(following: list[Symbol], pending: int) -> list[int]:
    """The price of each symbol's first byte as the end of the character before it, down to where the reading ends."""
    found, before = [], ""
    for symbol in following:
        if symbol.seen in _KEPT_WHOLE or symbol.first < 0x40 or symbol.kind is Kind.TORN:
            break
        char = gbk.pairs().get((pending, symbol.first), "")
        if char and gbk.is_text(char):
            found.append(min(price(before, counted(char)), GARBLED))
            before = (before + counted(char))[-2:]
        else:
            found.append(GARBLED)
            before = ""
        if 0 < symbol.second < 0x80:
            found[-1] += price(before, counted(chr(symbol.second)))  # it would be a letter of its own
        if symbol.second <= 0x80:
            break
        pending = symbol.second
    return found
