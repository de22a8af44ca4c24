"""How well and how fast phrases, variants, frames, reuse and diffusion are found.

Run from the project's root:  .venv/bin/python bench/phrases.py [millions of characters ...]

Ten cities with two hundred made-up reports each: words drawn by their frequency, with phrases, wordings, frames,
borrowed passages and formulae planted in them. Recall and precision are counted against what was planted. Then time
and peak memory of exact sharing, each in a process of its own, beside the bare suffix-array call on the same text, a
naive index of n-grams, and difflib.
"""

import argparse
import logging
import multiprocessing
import queue
import random
import tempfile
import time
import warnings
from bisect import bisect
from collections import defaultdict
from itertools import accumulate, combinations
from pathlib import Path

import numpy as np
import pandas as pd

from tifa import phrases

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba
jieba.setLogLevel(logging.ERROR)

CITIES, REPORTS, CLAUSES = 10, 200, 60
PATIENCE = 60  # seconds
SEED = 7


class Language:
    """Words of two to four characters, drawn by their frequency in the segmenter's dictionary."""

    def __init__(self, seed=SEED):
        self.random = random.Random(seed)
        with jieba.Tokenizer().get_dict_file() as file:
            rows = [line.split() for line in file.read().decode().splitlines()]
        single = [(row[0], row[-1][0]) for row in rows if len(row[0]) == 1]
        self.particles = {char for char, kind in single if kind in "ucy"}
        self.adverbs = [char for char, kind in single if kind == "d"]
        rows = [(row[0], int(row[1])) for row in rows if 2 <= len(row[0]) <= 4 and row[-1][0] in "nvad"]
        rows.sort(key=lambda row: -row[1])
        self.words = [word for word, _ in rows[:30_000]]
        self.sums = list(accumulate(count for _, count in rows[:30_000]))

    def draw(self, n):
        return [self.words[bisect(self.sums, self.random.random() * self.sums[-1])] for _ in range(n)]

    def rare(self, n):
        """Words that all differ, from the rarer half."""
        return self.random.sample(self.words[15_000:], n)


class Made:
    """Reports as lists of clauses, each a list of words; what was planted is kept beside them."""

    def __init__(self, cities, reports, clauses, seed=SEED):
        self.language = Language(seed)
        self.random = self.language.random
        draw = self.language.draw
        self.reports = [[draw(self.random.randint(3, 7)) for _ in range(clauses)] for _ in range(cities * reports)]
        self.city = [f"city {number % cities}" for number in range(cities * reports)]
        self.day = pd.to_datetime("2022-01-01") + pd.to_timedelta(
            [self.random.randrange(365) for _ in self.reports], unit="D"
        )

    def plant(self, report, words):
        """Put words into a clause of their report, other words before and after."""
        clause = self.random.choice(self.reports[report])
        at = self.random.randint(0, len(clause))
        clause[at:at] = words

    def plant_clause(self, report, words):
        self.reports[report].insert(self.random.randrange(len(self.reports[report])), list(words))

    def documents(self):
        marks = "，，，，。"
        bodies = ["".join("".join(c) + marks[i % 5] for i, c in enumerate(report)) for report in self.reports]
        return pd.DataFrame(
            {
                "doc": [f"{i:05d}" for i in range(len(bodies))],
                "article": [f"{i:05d}" for i in range(len(bodies))],
                "city": self.city,
                "published": pd.Series(self.day).dt.tz_localize("Asia/Shanghai"),
                "body": bodies,
            }
        )

    def borders(self):
        """For each clause its text and where its words begin and end."""
        return {"".join(c): {0, *accumulate(map(len, c))} for report in self.reports for c in report}


def scored(name, found, planted, of_these=None):
    """Print recall and precision of two sets; ``of_these``: found ones that count for precision."""
    hits = len(found & planted)
    counted = found if of_these is None else of_these
    recall, precision = hits / len(planted), len(counted & planted) / max(len(counted), 1)
    print(
        f"{name:<34} planted {len(planted):>6,}  found {len(found):>6,}  recall {recall:.3f}  precision {precision:.3f}"
    )
    return min(recall, precision)


def score_shared(made):
    """Planted phrases in the exact list; of the trimmed list, those that begin and end where words do."""
    planted = {}
    for _ in range(300):
        words = made.language.rare(made.random.randint(3, 5))
        holders = made.random.sample(range(len(made.reports)), made.random.randint(4, 12))
        planted["".join(words)] = holders
        for report in holders:
            made.plant(report, words)
    documents = made.documents()
    table = phrases.shared(documents, trim=False)
    exact = set(table["phrase"])
    across = {p for p, holders in planted.items() if len({made.city[h] for h in holders}) > 1}
    true = {p for p in exact if _shared_by_force(p, documents)}
    print(
        f"{'shared, exact list':<34} planted {len(across):>6,}  found {len(exact):>6,}  recall "
        f"{len(across & exact) / len(across):.3f}  precision {len(true) / len(exact):.3f}"
    )
    trimmed = set(phrases.shared(documents)["phrase"])
    whole = _at_borders(trimmed, made)
    print(
        f"{'shared, trimmed to words':<34} planted {len(across):>6,}  found {len(trimmed):>6,}  recall "
        f"{len(across & trimmed) / len(across):.3f}  precision {len(whole) / len(trimmed):.3f}"
    )
    days = _first_days(made, {p: planted[p] for p in across})
    found = phrases.diffusion(sorted(across), documents)
    rows = set(zip(found["phrase"], found["city"], found["first_day"].dt.strftime("%m-%d"), strict=True))
    scored("diffusion: phrase, city, first day", rows, days)
    return documents


def _shared_by_force(phrase, documents):
    """Whether the phrase stands in two cities, by looking."""
    return documents.loc[documents["body"].str.contains(phrase, regex=False), "city"].nunique() > 1


def _at_borders(found, made):
    """Phrases that somewhere begin and end where the maker's words do."""
    whole = set()
    text = "\n".join(made.borders())
    starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
    borders = list(made.borders().values())
    for phrase in found:
        at = text.find(phrase)
        while at >= 0:
            clause = bisect(starts, at) - 1
            if {at - starts[clause], at - starts[clause] + len(phrase)} <= borders[clause]:
                whole.add(phrase)
                break
            at = text.find(phrase, at + 1)
    return whole


def _first_days(made, planted):
    first = {}
    for phrase, holders in planted.items():
        for report in sorted(holders, key=lambda r: made.day[r], reverse=True):
            first[phrase, made.city[report]] = made.day[report].strftime("%m-%d")
    return {(*key, day) for key, day in first.items()}


def score_variants(made):
    """Pairs of wordings of one formula."""
    planted = set()
    for _ in range(100):
        base = made.language.rare(made.random.randint(6, 9))
        wordings = {"".join(w) for w in [base, *(_reworded(made, base) for _ in range(made.random.randint(2, 5)))]}
        for wording in wordings:
            for report in made.random.sample(range(len(made.reports)), 2):
                made.plant_clause(report, [wording])
        planted |= set(combinations(sorted(wordings), 2))
    table = phrases.variants(made.documents())
    found = {pair for _, own in table.groupby("formula") for pair in combinations(sorted(own["wording"]), 2)}
    scored("variants: pairs of wordings", found, planted)


def _reworded(made, base):
    """One word added, dropped or replaced."""
    words, at = list(base), made.random.randrange(len(base))
    new = made.language.draw(1)
    words[at : at + 1] = made.random.choice([[*new, words[at]], [], new])
    return words


def score_frames(made):
    """Frames of three kinds and digests with what they stand for."""
    planted = {}
    chars = sorted({char for word in made.language.words[:3_000] for char in word} - made.language.particles)
    heads = iter(made.random.sample(chars, 300))
    links = iter(made.random.sample(made.language.adverbs, 20))
    for _ in range(40):
        one, two = next(heads), next(heads)
        planted[f"{one}_{two}_"] = [one + c + two + c for c in made.random.sample(chars, 6)]
    for times in (2, 3) * 20:
        head = next(heads)
        sets = [made.random.sample(chars, times) for _ in range(6)]
        planted[f"{head}_" * times] = ["".join(head + c for c in own) for own in sets]
    for uses in planted.values():
        for use in uses:
            made.plant_clause(made.random.randrange(len(made.reports)), [*made.language.draw(2), "、", use])
    _plant_correlatives(made, planted, links, heads)
    expansions = _plant_digests(made)
    table = phrases.frames(made.documents())
    digest = table["kind"] == "digest"
    scored("frames", set(table.loc[~digest, "frame"]), set(planted))
    said = set(zip(table.loc[digest, "frame"], table.loc[digest, "stands_for"].fillna(""), strict=True))
    scored("digests, with what they stand for", said, expansions)


def _plant_correlatives(made, planted, links, heads):
    for _ in range(10):
        first, one, two = next(links), next(heads), next(heads)
        planted[f"{first}{one}_{first}{two}_"] = []
        for _ in range(6):
            report = made.random.choice(made.reports)
            at = made.random.randrange(len(report) - 2) // 5 * 5  # no full stop between the two
            report[at : at + 2] = [[first + n, *made.language.draw(2)] for n in (one, two)]


def _plant_digests(made):
    expansions = set()
    for n, name in ((3, "三"), (4, "四"), (5, "五")) * 7:
        words = made.language.rare(n + 1)
        digest = name + words[0]
        items = "、".join(words[1:])
        says = made.random.choice([f"“{digest}”({items})", f"{items}“{digest}”", f"“{digest}”，即{items}"])
        for text in (says, f"“{digest}”"):
            made.plant_clause(made.random.randrange(len(made.reports)), [text])
        expansions.add((digest, items))
    return expansions


def score_reuse(made):
    """Characters of borrowed passages, and formulae told from them."""
    formulae = [made.language.rare(4) for _ in range(20)]
    for words in formulae:
        for report in made.random.sample(range(len(made.reports)), 120):
            made.plant(report, words)
    borrowed = {}
    for _ in range(60):
        source, target = made.random.sample(range(len(made.reports)), 2)
        if made.city[source] == made.city[target] or target in {t for t, _ in borrowed}:
            continue
        borrowed[target, source] = _borrow(made, source, target)
    documents = made.documents()
    pairs = phrases.closest(phrases.reuse(documents), documents, k=len(borrowed))
    found = {frozenset(pair) for pair in zip(pairs["doc"].astype(int), pairs["other"].astype(int), strict=True)}
    scored("reuse: closest pairs, formulae apart", found, {frozenset(pair) for pair in borrowed})
    _score_passages(documents, borrowed)


def _borrow(made, source, target):
    """Put ten clauses of one report into another, a word changed in every third; what was put there."""
    at = made.random.randrange(len(made.reports[source]) - 10)
    passage = [list(clause) for clause in made.reports[source][at : at + 10]]
    for clause in passage[::3]:
        clause[len(clause) // 2] = made.language.draw(1)[0]
    place = made.random.randrange(len(made.reports[target])) // 5 * 5
    made.reports[target][place:place] = passage
    return "".join(map("".join, passage))


def _score_passages(documents, borrowed):
    """Characters of the passages found in the right pairs against those that were borrowed."""
    pairs = pd.DataFrame([(f"{t:05d}", f"{s:05d}") for t, s in borrowed], columns=["doc", "other"])
    table = phrases.passages(documents, pairs)
    longest = table.sort_values("n_same", ascending=False).drop_duplicates(["doc", "other"])
    hits = found = planted = 0
    for row in longest.itertuples():
        truth = borrowed[int(row.doc), int(row.other)]
        text = "".join(char for char in row.text if char.isalnum())
        at = truth.find(text[:8])
        hits += min(len(text), len(truth) - max(at, 0)) if at >= 0 or truth[-8:] in text else 0
        found, planted = found + len(text), planted + len(truth)
    print(
        f"{'passages: characters borrowed':<34} planted {planted:>6,}  found {found:>6,}  recall {hits / planted:.3f}"
        f"  precision {hits / found:.3f}"
    )


# --- time and memory -------------------------------------------------------------------------------------------------


def corpus_of(n_chars):
    """A table of reports of about a thousand characters; phrases of a common stock fill a fifth of their clauses."""
    made = Made(CITIES, n_chars // CITIES // 1000, 78)
    stock = [made.language.draw(made.random.randint(3, 7)) for _ in range(2_000)]
    for number in range(len(made.reports)):
        for _ in range(16):
            made.plant(number, made.random.choice(stock[: made.random.choice((50, 500, 2_000))]))
    return made.documents()


def bare_suffix_array(documents):
    import pydivsufsort

    codes = np.frombuffer("\n".join(documents["body"]).encode("utf-32-le"), dtype=np.uint32)
    start = time.perf_counter()
    pydivsufsort.divsufsort(codes)
    return time.perf_counter() - start, f"{len(codes):,} characters"


def shared_exact(documents, trim=False):
    start = time.perf_counter()
    table = phrases.shared(documents, trim=trim)
    return time.perf_counter() - start, f"{len(table):,} phrases"


def shared_trimmed(documents):
    return shared_exact(documents, trim=True)


def naive_index(documents, size=6):
    """Every n-gram and the cities that have it, in a dictionary; without growing them to maximal strings."""
    start, cities = time.perf_counter(), defaultdict(set)
    for city, body in zip(documents["city"], documents["body"], strict=True):
        for at in range(len(body) - size + 1):
            cities[body[at : at + size]].add(city)
    n = sum(len(own) > 1 for own in cities.values())
    return time.perf_counter() - start, f"{n:,} n-grams of {size}"


def difflib_pairs(documents):
    """The longest matches of each report with each report of another city."""
    from difflib import SequenceMatcher

    start, n = time.perf_counter(), 0
    for i, body in enumerate(documents["body"]):
        for j in range(i):
            if documents["city"][i] != documents["city"][j]:
                matcher = SequenceMatcher(None, documents["body"][j], body, autojunk=False)
                n += sum(block.size >= 6 for block in matcher.get_matching_blocks())
    return time.perf_counter() - start, f"{n:,} matches"


def measured(work, file, results):
    """Run in a process of its own: seconds, peak memory in GB, a remark."""
    seconds, remark = work(pd.read_pickle(file))
    results.put((seconds, _peak(), remark))


def _peak():
    """Most memory that this process ever held; the usual counter begins with the parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 2**20


def in_own_process(work, file, patience):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=measured, args=(work, file, results))
    process.start()
    try:
        return results.get(timeout=patience)
    except queue.Empty:
        process.terminate()
        return None
    finally:
        process.join()


def show_speed(millions):
    print(f"\n{'characters':>12}  {'what':<20} {'seconds':>8} {'x bare':>7} {'peak GB':>8}")
    for million in millions:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "documents.pickle")
            corpus_of(int(million * 1e6)).to_pickle(file)
            bare = None
            for work in (bare_suffix_array, shared_exact, shared_trimmed, naive_index, difflib_pairs):
                done = in_own_process(work, file, PATIENCE if work in (naive_index, difflib_pairs) else None)
                bare = bare or done[0]
                figures = f"   not done in {PATIENCE} s"
                if done:
                    figures = f"{done[0]:8.2f} {done[0] / bare:7.1f} {done[1]:8.2f}  {done[2]}"
                print(f"{million * 1e6:12,.0f}  {work.__name__:<20} {figures}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("millions", nargs="*", type=float, default=[1, 3, 10], help="sizes of the speed test")
    millions = parser.parse_args().millions
    print(f"{CITIES} cities x {REPORTS} reports")
    for score in (score_shared, score_variants, score_frames, score_reuse):
        score(Made(CITIES, REPORTS, CLAUSES))
    show_speed(millions)


if __name__ == "__main__":
    main()
