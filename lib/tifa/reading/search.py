"""Finds the text that a mirror's bytes were, by trying what a lost byte can have been.

A path is one way to read the symbols of a damaged stretch: a plain tuple ``(cost, pending, last, before, out)``.
``pending`` is the lead byte of a character whose second byte is still to come (the text's own characters are then a
byte away from those on the page), 0 between characters, and minus the byte before it where the lead byte itself is
lost; ``last`` the two bytes before this place, ``before`` the last two characters as :mod:`likelihood` counts them,
``out`` the text so far as linked pieces ``(out, text, symbol)``. At most ``WIDTH`` paths go on from symbol to symbol,
so the work grows with the length of the stretch and no faster.
"""

import re
from collections import defaultdict
from functools import cache
from heapq import nsmallest

from tifa.reading import gbk
from tifa.reading.damage import CUT_LEAD, CUTS, QUESTION, Kind, Symbol
from tifa.reading.evidence import Page
from tifa.reading.likelihood import LINE_END, price
from tifa.reading.options import after_gap, before_gap, beginning_with, counted, frequent_after

WIDTH = 40
ALIKE = 4  # paths that go on from one and the same state
FAR = 80  # paths this much dearer than the best are given up
REACH = 60  # symbols before a stretch that are looked at, and
FAR_BACK = 1000  # characters before it in which an opening mark is looked for
LONGEST = 160  # symbols of one stretch, and
HARDEST = 120_000  # characters tried on it; one that needs more is left alone
ENOUGH = 2  # symbols that all paths must read alike before a stretch ends

# Prices in the steps of likelihood.py. What mirrors do often is cheap.
VANISHED = 0  # a pair that GBK leaves empty was read and left no trace
NEAR = 4  # a vanished pair is looked for on so many of the cheapest paths
TRIES = 24  # characters that are tried for a lost byte
CUT_TRIES = 60  # where a cut went through it, and nothing is known but that it ends in A3
NEXT = 8  # and so many after it
TWICE = 3  # the same, where two such pairs follow each other
GAPS = 6  # likeliest characters before a vanished pair that are tried
PLAUSIBLE = 20  # a character as likely as this gives no reason to look for a vanished pair before it
UNCONVINCING = 30  # two such pairs are looked for where one leads to nothing likelier than this
SILENT = 24  # a lead byte was lost and left no question mark
EATEN = 8  # a lead byte took an ASCII character with it
GENUINE = 16  # a question mark that belongs there
MIXED = 60  # the same before a full-width mark, which no writer sets beside a half-width one, or as U+FFFD
NOT_EATEN = 48  # a lost lead byte at the end of a late reading took nothing with it
WHOLLY_LOST = 24  # an annotated character of which only a question mark is left
NOT_TORN = 60  # "?reading)" that belongs there
NOT_READING = 24  # "(reading)" that belongs there
UNMARKED = 24  # a character of the mirror's table without its reading
UNKNOWN_TO_TABLE = 4  # a character that is not known to be in the table
STANDS_BARE = 24  # a character annotated here, which stands without elsewhere on the page
READ_OTHERWISE = 5  # the reading is not the first one of its character; twice for a later one
ALSO_SIMPLIFIED = 12  # mirrors annotate what simplified text does not have
NEVER_LATE = 24  # a mark that the mirror keeps whole cannot be read a byte late, unless a cut goes through it
AFTER_SPEECH = 16  # a comma after a speech that ended with a full stop
OPEN_ENDED = 10  # an opening quotation mark before another one, or before none
SHORT_CLAUSE = 12  # a full stop one character after another mark
LONE_INDENT = 32  # an ideographic space alone: paragraphs are indented by two
UNOPENED = 16  # a closing mark without its opening one
UNOPENED_SPEECH = 0  # the same at the end of a sentence, as part of a longer speech
UNCLOSED = 12  # a line's end within a quotation
ON_PAGE = 12  # at most, for a character after another one after which an undamaged part of the page has it
OTHER_SCRIPT = 12  # a simplified character on a traditional page, or the other way round


LOST = "\u3013"
_AFTER_NUMBERS = frozenset("月日年时時点點分个個名例人岁歲元")
_MARKUP = {"<": re.compile(r"/?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>"), "&": re.compile(r"(?:[a-z]{2,6}|#\d+);")}
_REST_OF_MONTH = re.compile("([0-9]?)月[0-9]")
_KEPT_WHOLE = frozenset("！？；。、")
_OPENING = dict(zip("”’》）』】", "“‘《（『【", strict=True))
_QUOTES = frozenset("“”")
_SPEECH_ENDS = frozenset(("。”", "!”", "?”"))
_MARKS = frozenset(",、;:")
_HALF = dict(zip("，：（）", ",:()", strict=True))
_FULL = dict(zip(",:();!?", "，：（）；！？", strict=True))


@cache
def _script_prices(traditional: bool | None) -> dict[str, int]:
    """Prices of the characters that are not of the page's script."""
    if traditional is None:
        return {}
    return dict.fromkeys(gbk.simplified_only() if traditional else gbk.simplified(), OTHER_SCRIPT)


def pieces(path: tuple) -> list[tuple[str, int]]:
    """Texts of a path, each with the symbol it came from."""
    found, out = [], path[4]
    while out:
        found.append(out[1:])
        out = out[0]
    return found[::-1]


class Search:
    """Reads the damaged stretches of one line."""

    def __init__(self, line: list[Symbol], page: Page, earlier: str = ""):
        self.line = line
        self.page = page
        self._earlier = earlier  # what stands before the line's first symbol, for the marks opened there
        self._open = {}
        self._near = 0
        self.steps = 0  # paths made, the measure of the work done
        self._read = {
            Kind.PAIR: self._pair,
            Kind.BYTE: self._byte,
            Kind.TORN: self._torn,
            Kind.READING: self._reading,
            Kind.OTHER: self._byte,
        }
        self._scripts = _script_prices(page.traditional)

    def paths(self, start: int) -> tuple[int, list[tuple]]:
        """Where the stretch that begins with symbol ``start`` ends, and the ways to read it, cheapest first."""
        live = [(0, 0, self._last(start), self._before(start), None)]
        ahead = defaultdict(list)
        calm, at = 0, start
        stop = min(len(self.line), start + LONGEST)
        while at < stop and (calm <= ENOUGH or self.line[at].kind is Kind.READING):
            if self.steps > HARDEST:
                return at, []
            self._near = live[min(len(live), NEAR) - 1][0] if live else 0
            for path in live:
                for to, after in self._read[self.line[at].kind](path, at):
                    ahead[to].append(after)
            at += 1
            live = self._best(ahead.pop(at, []))
            alike = live and not ahead and not live[0][1] and len({path[1:4] for path in live}) == 1
            calm = calm + 1 if alike else 0
        return at, sorted(self._ended(live, at), key=_cost)

    def price_as_it_stands(self, start: int, end: int) -> int:
        """The price of the symbols from ``start`` to ``end`` if nothing in them is damaged."""
        path = (0, 0, (0, 0), self._before(start), None)
        for at in range(start, end):
            _, path = self._as_it_stands(path, at, self._mixed(at))
        return path[0]

    def _ended(self, live, at):
        """Paths at the end of the line: a character that is still pending was torn by it."""
        for path in live:
            ends = self._silent_end(path, at - 1) if path[1] else [path]
            for end in ends:
                yield (end[0] + self._end_price(end), *end[1:]) if at == len(self.line) else end

    def _end_price(self, path):
        """Of a line's end, and of a quotation that is still open there."""
        return price(path[3], LINE_END) + UNCLOSED * self._is_open(path[4], "“", "”")

    def _best(self, live):
        self.steps += len(live)
        kept, alike = [], defaultdict(int)
        live.sort(key=_cost)
        for path in live:
            state = path[1:4]
            if alike[state] < ALIKE:
                alike[state] += 1
                kept.append(path)
                if len(kept) == WIDTH or path[0] > live[0][0] + FAR:
                    break
        return kept

    def _last(self, start):
        """The two bytes before a symbol, readings apart."""
        before = start - 1
        while before >= 0 and self.line[before].kind is Kind.READING:
            before -= 1
        return _bytes(self.line[before]) if before >= 0 else (0, 0)

    def _before(self, start):
        near = [s for s in self.line[max(0, start - 6) : start] if s.kind in (Kind.PAIR, Kind.BYTE)]
        return "".join(counted(s.seen) for s in near[-2:])

    # One character more.

    def _emit(self, path, char, pair, at, extra=0):
        token, before = counted(char), path[3]
        own = self._scripts.get(char, 0) + self._mark_price(path, char, pair, at)
        total = path[0] + self._price(before, token) + own + extra
        if char in _HALF and self.page.comma == ",":
            char = _HALF[char]
        return total, 0, pair, (before + token)[-2:], (path[4], char, at)

    def _likeliest(self, path, options, at, most, extra=0):
        """The path goes on with each of the likeliest of some characters."""
        self.steps += len(options) + 4 * most
        before, scripts, price_of = path[3], self._scripts, self._price
        ranked = nsmallest(most, [(price_of(before, token) + scripts.get(c, 0), pair, c) for pair, c, token in options])
        return [self._emit(path, char, pair, at, extra) for _, pair, char in ranked]

    def _price(self, before, token):
        """What two characters cost is little where the page has them side by side, as it has the names it tells of."""
        found = price(before, token) + AFTER_SPEECH * (token in _MARKS and before in _SPEECH_ENDS)
        return min(found, ON_PAGE) if before[-1:] + token in self.page.familiar else found

    def _mark_price(self, path, char, pair, at):
        """Of marks out of place, and of a character that the mirror's table would have marked.

        A character torn by a cut was whole no more when the mirror came to its table.
        """
        if char in _OPENING and not self._is_open(path[4], _OPENING[char], char):
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

    def _is_open(self, out, opening, closing):
        """Whether of a pair of marks the opening one came last, in what was read here or before it."""
        while out:
            out, text, _ = out
            if opening in text or closing in text:
                return opening in text
        if opening not in self._open:
            self._open[opening] = self._earlier.rfind(opening) > self._earlier.rfind(closing)
        return self._open[opening]

    def _lost_digit(self, at):
        """The first digit of a month, if only one month of the page ends in what is left of it."""
        rest = _REST_OF_MONTH.match("".join(s.seen for s in self.line[at + 1 : at + 5]))
        fitting = {m for m in self.page.months if rest and m[1:] == rest[1]}
        return fitting.pop()[0] if len(fitting) == 1 else LOST

    def _closes(self, at):
        """Whether of the quotation marks that follow, as the page shows them, a closing one comes first."""
        marks = (s.seen for s in self.line[at + 1 :] if s.seen in _QUOTES)
        return next(marks, "") == "”"

    def _table_price(self, char, rank):
        """Of a character that a reading stands for: mirrors annotate common traditional ones, always the same."""
        if char in self.page.table:
            return 0
        found = price("", counted(char)) // 3 + READ_OTHERWISE * rank + UNKNOWN_TO_TABLE
        if char in self.page.bare:
            found += STANDS_BARE
        return found + ALSO_SIMPLIFIED * (self.page.traditional is not False and char not in gbk.simplified())

    def _as_it_stands(self, path, at, extra=0):
        symbol = self.line[at]
        char = counted(symbol.seen[-1])
        total = path[0] + self._price(path[3], char) + extra
        return at + 1, (total, 0, _bytes(symbol), (path[3] + char)[-2:], (path[4], symbol.seen, at))

    def _completed(self, path, trail, at):
        """The pending character, now that its second byte is known, or another one past a vanished pair."""
        pair = path[1], trail
        char = gbk.pairs().get(pair)
        if char and gbk.is_text(char):
            late = char in _KEPT_WHOLE and path[2][0] != CUT_LEAD
            after = self._emit(path, char, pair, at, NEVER_LATE * late)
            yield after
            if after[0] < path[0] + PLAUSIBLE:
                return
        yield from self._past_gaps(path, trail, at)

    def _past_gaps(self, path, trail, at):
        """The paths on which one vanished pair stood before this byte, or two where one does not do."""
        gaps, found = list(self._vanished(path, at)), []
        for before in gaps:
            found += self._likeliest(before, after_gap(-before[1], trail), at, NEXT)
        if found and min(found)[0] > path[0] + UNCONVINCING:
            for before in gaps[:TWICE]:
                for between in self._between_gaps(before, at):
                    found += self._likeliest(between, after_gap(-between[1], trail), at, NEXT)
        return found

    def _vanished(self, path, at):
        """The paths on which a pair without a character stood here: its first byte ends the pending character."""
        if path[0] <= self._near:
            for after in self._likeliest(path, before_gap(path[1]), at, GAPS, VANISHED):
                yield (after[0], -after[2][1], *after[2:])

    def _between_gaps(self, path, at):
        """The paths on which another such pair follows at once."""
        options = [option for option in frequent_after(path[3][-1:], -path[1]) if option.pair[1] in gbk.empty_leads()]
        for after in self._likeliest(path, options, at, TWICE, VANISHED):
            yield (after[0], -after[2][1], *after[2:])

    def _endings(self, path, at, extra=0):
        """The pending character, its second byte lost."""
        return self._likeliest(path, beginning_with(path[1]), at, TRIES, extra)

    def _silent_end(self, path, at):
        return self._endings(path, at, SILENT)

    # One symbol more: the paths that follow, each with the symbol it goes on from.

    def _pair(self, path, at):
        symbol = self.line[at]
        if not path[1]:
            yield self._as_it_stands(path, at)
            if symbol.seen in CUTS:
                yield from self._cut(path, at, at, SILENT)
            return
        for after in self._completed(path, symbol.first, at):
            yield from self._begun(after, symbol, at)
        if symbol.seen in "、。！？；":
            for after in self._silent_end(path, at):
                yield self._as_it_stands(after, at)

    def _begun(self, path, symbol, at):
        """The second byte of a pair that is read late: it begins a character, or is one of ASCII."""
        if symbol.second > 0x80:
            yield at + 1, (path[0], symbol.second, (symbol.first, symbol.second), *path[3:])
        elif symbol.second < 0x80:
            yield at + 1, self._emit(path, chr(symbol.second), (0, 0), at)

    def _cut(self, path, at, cut, extra=0):
        """The lost lead byte and the first byte of a cut are a character, the cut's second byte begins the next."""
        following = self.line[cut + 1] if cut + 1 < len(self.line) else None
        if following and (following.kind in (Kind.PAIR, Kind.TORN) or following.first >= 0x3F):
            second = CUTS[self.line[cut].seen]
            for after in self._likeliest(path, after_gap(0, CUT_LEAD), at, CUT_TRIES, extra):
                yield cut + 1, (after[0], second, (CUT_LEAD, second), *after[3:])

    def _torn(self, path, at):
        symbol = self.line[at]
        if path[1]:
            for before in (path, *self._vanished(path, at)):
                yield from self._torn_end(before, symbol, at)
            return
        yield self._as_it_stands(path, at, NOT_TORN)
        for char, rank in symbol.allowed.items():
            pair, cost = gbk.codes()[char], self._table_price(char, rank)
            if pair[0] == path[2][1] and pair[1] > 0x80:
                yield at + 1, (path[0] + cost, pair[1], pair, *path[3:])
            yield at + 1, self._emit(path, char, pair, at, cost + WHOLLY_LOST)

    def _torn_end(self, path, symbol, at):
        """The lost byte ends the pending character, which is the one annotated."""
        for char, rank in symbol.allowed.items():
            pair = gbk.codes()[char]
            fits = pair[0] == path[1] if path[1] > 0 else (-path[1], pair[0]) not in gbk.pairs()
            if fits:
                yield at + 1, self._emit(path, char, pair, at, self._table_price(char, rank))

    def _reading(self, path, at):
        symbol = self.line[at]
        char = gbk.pairs().get(path[2])
        if char in symbol.allowed:
            yield at + 1, (path[0] + self._table_price(char, symbol.allowed[char]), *path[1:])
        if not path[1]:
            yield self._as_it_stands(path, at, NOT_READING)
            return
        for to, after in self._torn_end(path, symbol, at):  # the lost byte left neither a question mark nor took "("
            yield to, (after[0] + SILENT, *after[1:])

    def _byte(self, path, at):
        symbol = self.line[at]
        if symbol.first == QUESTION:
            yield from self._question(path, at)
        elif not path[1]:
            yield self._as_it_stands(path, at)
            if symbol.seen in CUTS:
                yield from self._cut(path, at, at, SILENT)
        elif 0x40 <= symbol.first <= 0x80 and symbol.first != 0x7F:
            for after in self._completed(path, symbol.first, at):
                yield at + 1, after
        elif symbol.seen in _FULL:
            first, second = gbk.codes()[_FULL[symbol.seen]]
            for after in self._completed(path, first, at):
                yield at + 1, (after[0], second, (first, second), *after[3:])
            for after in self._silent_end(path, at):
                yield self._as_it_stands(after, at)
        else:
            for after in self._silent_end(path, at):
                yield self._as_it_stands(after, at)

    def _question(self, path, at):
        following = self.line[at + 1] if at + 1 < len(self.line) else None
        if path[1]:
            for after in self._lost_end(path, at):
                yield from self._eaten(after, at, following)
            return
        yield self._as_it_stands(path, at, GENUINE + self._mixed(at))
        if following and following.seen in CUTS:
            yield from self._cut(path, at, at + 1)
        elif self.line[at].seen in CUTS and following and following.kind is Kind.PAIR:
            yield from self._cut(path, at, at, SILENT)

    def _mixed(self, at):
        """The extra price of a half-width question mark beside a full-width mark, or of a replacement character."""
        following = self.line[at + 1 : at + 2]
        if self.line[at].seen == "\ufffd":
            return MIXED
        return MIXED if self.line[at].seen == "?" and following and following[0].seen in "！？；，" else 0

    def _lost_end(self, path, at):
        yield from self._endings(path, at)
        for before in self._vanished(path, at):
            yield from self._likeliest(before, frequent_after(before[3][-1:], -before[1]), at, NEXT)

    def _eaten(self, path, at, following):
        """A lead byte that comes before an ASCII character takes it along."""
        markup = self._lost_markup(at)
        if markup:
            total = path[0] + price(path[3], LINE_END) + EATEN
            yield at + 1, (total, 0, (0, 0), LINE_END, (path[4], markup, at))
            return
        if following is None or not following.seen.isalnum():
            yield at + 1, path
            return
        mark = self._lost_mark(path, at, following)
        if mark == LOST:
            yield at + 1, (path[0] + EATEN, 0, (0, 0), path[3], (path[4], mark, at))
            return
        yield at + 1, self._emit(path, mark, (0, 0), at, EATEN)
        yield at + 1, (path[0] + NOT_EATEN, *path[1:])

    def _lost_markup(self, at):
        """The first character of the markup that follows without it, none if none does."""
        ahead = "".join(s.seen for s in self.line[at + 1 : at + REACH])
        return next((mark for mark, rest in _MARKUP.items() if rest.match(ahead)), "")

    def _lost_mark(self, path, at, following):
        """The bracket that a later one closes, the comma where text follows, before a number mostly unknown."""
        if following.seen.isascii() or following.seen in _AFTER_NUMBERS:
            return self._lost_digit(at)
        brackets = (s.seen for s in self.line[at : at + REACH] if s.seen in "()")
        closes = next(brackets, "") == ")" and not self._is_open(path[4], "(", ")")
        return "(" if closes else self.page.comma


def _bytes(symbol):
    """The last two bytes of a symbol as the mirror had it: marks that are half-width now were full-width then."""
    return gbk.codes()[_FULL[symbol.seen]] if symbol.seen in _FULL else (symbol.first, symbol.second)


def _cost(path):
    return path[0]
