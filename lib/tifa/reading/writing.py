"""Writes one character more onto a path of :mod:`search`, at the price that it has there."""

from functools import cache
from heapq import nsmallest

from tifa.reading import gbk
from tifa.reading.damage import CUT_LEAD, Kind, Symbol
from tifa.reading.evidence import Page
from tifa.reading.likelihood import LINE_END, price
from tifa.reading.options import counted

# Prices in the steps of likelihood.py.
MIXED = 16  # a half-width question mark before a full-width mark, as few writers set it, or one shown as U+FFFD
UNMARKED = 24  # a character of the mirror's table without its reading
UNKNOWN_TO_TABLE = 4  # a character that is not known to be in the table
STANDS_BARE = 24  # a character annotated here, which stands without elsewhere on the page
READ_OTHERWISE = 5  # the reading is not the first one of its character; twice for a later one
ALSO_SIMPLIFIED = 12  # mirrors annotate what simplified text does not have
AFTER_SPEECH = 16  # a comma after a speech that ended with a full stop
OPEN_ENDED = 10  # an opening quotation mark before another one, or before none
SHORT_CLAUSE = 12  # a full stop one character after another mark
LONE_INDENT = 32  # an ideographic space alone: paragraphs are indented by two
UNOPENED = 16  # a closing mark without its opening one
UNOPENED_SPEECH = 0  # the same at the end of a sentence, as part of a longer speech
ON_PAGE = 12  # at most, for a character after another one after which an undamaged part of the page has it
OTHER_SCRIPT = 12  # a simplified character on a traditional page, or the other way round

_OPENING = dict(zip("”’》）」』】", "“‘《（「『【", strict=True))
_QUOTES = frozenset("“”")
_SPEECH_ENDS = frozenset(("。”", "!”", "?”"))
_MARKS = frozenset(",、;:")
_HALF = dict(zip("，：（）", ",:()", strict=True))
FULL = dict(zip(",:();!?", "，：（）；！？", strict=True))


@cache
def _script_prices(traditional: bool | None) -> dict[str, int]:
    """Prices of the characters that are not of the page's script."""
    if traditional is None:
        return {}
    return dict.fromkeys(gbk.simplified_only() if traditional else gbk.simplified(), OTHER_SCRIPT)


def bytes_of(symbol: Symbol) -> tuple[int, int]:
    """The last two bytes of a symbol as the mirror had it: marks that are half-width now were full-width then."""
    return gbk.codes()[FULL[symbol.seen]] if symbol.seen in FULL else (symbol.first, symbol.second)


class Writer:
    """Writes on the paths of one line."""

    def __init__(self, line: list[Symbol], page: Page, earlier: str):
        self.line = line
        self.page = page
        self.steps = 0  # characters tried, the measure of the work done
        self._earlier = earlier  # what stands before the line's first symbol, for the marks opened there
        self._open = {}
        self._scripts = _script_prices(page.traditional)

    def emit(self, path, char, pair, at, extra=0):
        token, before = counted(char), path[3]
        own = self._scripts.get(char, 0) + self._mark_price(path, char, pair, at)
        total = path[0] + self._price(before, token) + own + extra
        if char in _HALF and self.page.comma == ",":
            char = _HALF[char]
        return total, 0, pair, (before + token)[-2:], (path[4], char, at)

    def likeliest(self, path, options, at, most, extra=0):
        """The path goes on with each of the likeliest of some characters."""
        self.steps += len(options) + 4 * most
        before, scripts, price_of = path[3], self._scripts, self._price
        ranked = nsmallest(most, [(price_of(before, token) + scripts.get(c, 0), pair, c) for pair, c, token in options])
        return [self.emit(path, char, pair, at, extra) for _, pair, char in ranked]

    def _price(self, before, token):
        """What two characters cost is little where the page has them side by side, as it has the names it tells of."""
        found = price(before, token) + AFTER_SPEECH * (token in _MARKS and before in _SPEECH_ENDS)
        return min(found, ON_PAGE) if before[-1:] + token in self.page.familiar else found

    def _mark_price(self, path, char, pair, at):
        """Of marks out of place, and of a character that the mirror's table would have marked.

        A character torn by a cut was whole no more when the mirror came to its table.
        """
        if char in _OPENING and not self.is_open(path[4], _OPENING[char], char):
            return UNOPENED_SPEECH if char == "”" and path[3][-1:] == "。" else UNOPENED
        if char == "“" and not self._closes(at):
            return OPEN_ENDED
        if char == "。" and not path[3].isalpha():
            return SHORT_CLAUSE
        if char == "\u3000":
            return LONE_INDENT * (self.line[at].seen != char and path[3][-1:] != LINE_END)
        if char not in self.page.table or self.line[at].kind is Kind.TORN or pair[1] == CUT_LEAD:
            return 0
        following = self.line[at + 1].kind if at + 1 < len(self.line) else None
        return UNMARKED * (following not in (Kind.READING, Kind.TORN))

    def is_open(self, out, opening, closing):
        """Whether of a pair of marks the opening one came last, in what was read here or before it."""
        while out:
            out, text, _ = out
            if opening in text or closing in text:
                return opening in text
        if opening not in self._open:
            self._open[opening] = self._earlier.rfind(opening) > self._earlier.rfind(closing)
        return self._open[opening]

    def _closes(self, at):
        """Whether of the quotation marks that follow, as the page shows them, a closing one comes first."""
        marks = (s.seen for s in self.line[at + 1 :] if s.seen in _QUOTES)
        return next(marks, "") == "”"

    def table_price(self, char, rank):
        """Of a character that a reading stands for: mirrors annotate common traditional ones, always the same."""
        if char in self.page.table:
            return 0
        found = price("", counted(char)) // 3 + READ_OTHERWISE * rank + UNKNOWN_TO_TABLE
        if char in self.page.bare:
            found += STANDS_BARE
        return found + ALSO_SIMPLIFIED * (self.page.traditional is not False and char not in gbk.simplified())

    def as_it_stands(self, path, at, extra=0):
        symbol = self.line[at]
        char = counted(symbol.seen[-1])
        total = path[0] + self._price(path[3], char) + extra
        return at + 1, (total, 0, bytes_of(symbol), (path[3] + char)[-2:], (path[4], symbol.seen, at))

    def mixed(self, at):
        """The extra price of a half-width question mark beside a full-width mark, or of a replacement character."""
        following = self.line[at + 1 : at + 2]
        if self.line[at].seen == "\ufffd":
            return MIXED
        return MIXED if self.line[at].seen == "?" and following and following[0].seen in "！？；，" else 0
