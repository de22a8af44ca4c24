"""How soon the explorers answer on 5,000 documents.

    .venv/bin/python bench/explore.py [documents]

Made-up reports are written as pages, read, and explored as a person would: phrases frequent and rare, regular
expressions, cities, days, districts, leaders, phrases picked from the list. An answer's time runs from the question to
the table and the opened sentence being handed to the widget; the picture, which comes after them, is timed by itself.
Time is that of the processor, so that other work on the machine counts little. Median and 95 % per explorer; 0.2 s is
wanted for answers.
"""

import random
import re
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from phrases import Language
from visits import report

import tifa
from tifa.showing.exploring.explorers import Concordance, Phrases, Visits

WANTED = 0.2  # seconds
ROUNDS = 40
FILLER = 40  # clauses of drawn words a document
PLANTED, SHARE = 200, 0.03  # phrases that many documents have, and the share of clauses with one of them


def write_pages(folder: Path, n_docs: int) -> list[str]:
    """Reports as plain pages; what was planted in them."""
    language, rng = Language(), random.Random(3)
    planted = ["".join(language.draw(4)) for _ in range(PLANTED)]
    for number in range(n_docs):
        made = report(number)
        clauses = ["".join(language.draw(rng.randint(3, 7))) for _ in range(FILLER)]
        clauses = [rng.choice(planted) + clause if rng.random() < SHARE else clause for clause in clauses]
        month, day = rng.randint(4, 11), rng.randint(2, 28)
        title, *lines = (re.sub(r"4月\d+日", f"{month}月{day - 1}日", line) for line in made["lines"])
        page = "\n".join([title, f"2022-{month:02d}-{day:02d} 09:00", *lines, "，".join(clauses) + "。"])
        (folder / f"{made['doc']}.txt").write_text(page, encoding="utf-8")
    return planted


class Clock:
    """Times what an explorer does for each question: answers, and pictures."""

    def __init__(self, explorer):
        self.answers, self.pictures = [], []
        self.explorer = explorer
        explorer.tell = self._timed(explorer.tell, self.answers)
        explorer.illustrate = self._timed(explorer.illustrate, self.pictures)

    @staticmethod
    def _timed(action, times):
        def timed():
            start = time.process_time()
            action()
            times.append(time.process_time() - start)

        return timed

    def tell(self) -> bool:
        """Print both, say whether answers came in time."""
        name, reached = type(self.explorer).__name__.lower(), True
        for what, times, wanted in (("answer", self.answers, WANTED), ("picture", self.pictures, np.inf)):
            median, most = np.percentile(times, [50, 95])
            late = most > wanted
            reached = reached and not late
            print(
                f"  {name:12}{what:8}{median * 1000:6.0f} ms median{most * 1000:6.0f} ms 95 %, n = {len(times)}", end=""
            )
            print(f"  more than {wanted * 1000:.0f}" if late else "")
        return reached


def opened(kind, corpus):
    """An explorer, and how long it takes to be there."""
    start = time.process_time()
    explorer = kind(corpus)
    print(f"  {kind.__name__.lower():12}ready in {time.process_time() - start:.1f} s")
    return explorer


def search(corpus, planted: list[str]) -> bool:
    explorer = opened(Concordance, corpus)
    clock, rng = Clock(explorer), random.Random(5)
    for query in [*planted[:ROUNDS], "疫情防控", "检查", "，", "没有这句话", "四方责任"]:
        explorer.query.value = query
    explorer.query.value = planted[0]
    for city in explorer.city.options[1:]:
        explorer.city.value = city[1]
    explorer.city.value = explorer.city.options[0][1]
    for sort in ("left", "right", "day", "city"):
        explorer.query.value, explorer.sort.value = rng.choice(["检查", planted[1]]), sort
    days = explorer.days.slider
    for _ in range(ROUNDS // 2):
        days.index = tuple(sorted(rng.sample(range(len(days.options)), 2)))
    explorer.kind.value = "regex"
    for query in (r"[一二三四]方责任", r"不漏一.,不落一.", r"\d+月\d+日", r"检查.{0,8}工作", r"(坚持|压实).{2}", "("):
        explorer.query.value = query
    return clock.tell()


def follow(corpus) -> bool:
    explorer = opened(Visits, corpus)
    clock, rng = Clock(explorer), random.Random(5)
    for field in (explorer.district, explorer.site_type, explorer.leader):
        for _, value in field.options[1:ROUNDS]:
            field.value = value
        field.value = field.options[0][1]
    days = explorer.days.slider
    for _ in range(ROUNDS // 2):
        days.index = tuple(sorted(rng.sample(range(len(days.options)), 2)))
    return clock.tell()


def pick(corpus, planted: list[str]) -> bool:
    explorer = opened(Phrases, corpus)
    clock = Clock(explorer)
    for number in range(1, ROUNDS):
        explorer.list.chosen = number
    for query in [*planted[:ROUNDS], *(phrase[:2] for phrase in planted[:ROUNDS]), "没有这句话"]:
        explorer.typed.value = query
    return clock.tell()


def main(n_docs: int = 5_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        planted = write_pages(Path(folder), n_docs)
        start = time.process_time()
        corpus = tifa.load(folder, progress=False)
        n_chars = int(corpus.documents["n_chars"].sum())
        print(
            f"{len(corpus.documents):,} documents, {n_chars:,} characters, read in {time.process_time() - start:.1f} s"
        )
        reached = [search(corpus, planted), follow(corpus), pick(corpus, planted)]
    sys.exit(not all(reached))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
