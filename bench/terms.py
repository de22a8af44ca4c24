"""What words and their counts cost: jieba against rjieba, and counting against cutting.

    .venv/bin/python bench/terms.py [characters] [documents]

Two questions, each answered in one run. How much faster is the compiled segmenter than jieba on the same text (a
million characters unless told), and are the tokens the same? And do frequency, keyness and dispersion of 10,000
documents take longer than rjieba takes to do nothing but cut them? The reports are drawn from the sentences of the
seeds and of the tests' pages, every number anew. Times are the best of three; each segmenter has loaded its dictionary
before.
"""

import random
import re
import sys
import tempfile
import time
from pathlib import Path
from shutil import copy

import pandas as pd

import tifa
from tifa.marking import segmenters, words

PROJECT = Path(__file__).resolve().parents[1]
PAGES = (PROJECT / "seeds", PROJECT / "tests" / "cases" / "pages")
CITIES = 40
FASTER, SHARE = 10, 1.0


def sentences_of_pages() -> list[str]:
    """All sentences of the seeds and of the tests' pages."""
    with tempfile.TemporaryDirectory() as folder:
        for file in (file for pages in PAGES for file in pages.iterdir() if file.suffix in (".txt", ".htm", ".html")):
            copy(file, folder)
        return tifa.load(folder, progress=False).sentences["text"].tolist()


def reports(pool: list[str], n_chars: int, n_docs: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Documents and their sentences, about ``n_chars`` characters in all."""
    rng, rows, each = random.Random(1), [], n_chars / n_docs
    for doc in range(n_docs):
        start, number = 0, 0
        while start < each:
            text = re.sub(r"\d+", lambda _: str(rng.randint(1, 28)), rng.choice(pool))
            rows.append((f"{doc:05d}", number, text, start))
            start, number = start + len(text), number + 1
    docs = [f"{doc:05d}" for doc in range(n_docs)]
    documents = pd.DataFrame({"doc": docs, "article": docs, "city": [f"city {i % CITIES:02d}" for i in range(n_docs)]})
    return documents, pd.DataFrame(rows, columns=["doc", "sentence", "text", "start"])


def best(action, runs: int = 3):
    """Result and shortest time."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        result = action()
        times.append(time.perf_counter() - start)
    return result, min(times)


def compare_segmenters(pool: list[str], n_chars: int) -> bool:
    _, sentences = reports(pool, n_chars, max(n_chars // 1000, 1))
    text = "\n".join(sentences["text"])
    cut = {name: best(lambda engine=engine: engine(text)) for name, engine in segmenters.ENGINES.items()}
    whole = {name: best(lambda name=name: words.tokens(sentences, engine=name)) for name in cut}
    same = cut["jieba"][0] == cut["rjieba"][0] and whole["jieba"][0].equals(whole["rjieba"][0])
    ratio = cut["jieba"][1] / cut["rjieba"][1]
    print(f"{len(text):,} characters, {len(cut['jieba'][0]):,} pieces, the same from both: {same}")
    for name in sorted(cut):
        print(f"  {name:7}{cut[name][1]:7.3f} s to cut, {whole[name][1]:7.3f} s for the table of tokens, phrases whole")
    print(f"  rjieba cuts {ratio:.1f} times as fast (at least {FASTER} wanted)")
    return same and ratio >= FASTER


def compare_counting(pool: list[str], n_docs: int) -> bool:
    documents, sentences = reports(pool, 800 * n_docs, n_docs)
    bodies = sentences.groupby("doc")["text"].agg("".join).tolist()
    _, cutting = best(lambda: [segmenters.ENGINES["rjieba"](body) for body in bodies])
    tokens = words.tokens(sentences, engine="rjieba")
    studies = {
        "frequency by city": lambda: tifa.terms.frequency(tokens, documents, by="city"),
        "keyness of cities": lambda: tifa.terms.keyness(tokens, documents, by="city"),
        "dispersion": lambda: tifa.terms.dispersion(tokens, documents),
    }
    times = {name: best(study)[1] for name, study in studies.items()}
    ratio = sum(times.values()) / cutting
    n_kinds = tokens["token"].nunique()
    print(f"{n_docs:,} documents, {len(tokens):,} tokens of {n_kinds:,} kinds, {CITIES} cities: cut in {cutting:.3f} s")
    for name, seconds in times.items():
        print(f"  {name:18}{seconds:7.3f} s")
    print(f"  together {ratio:.2f} of the time to cut (at most {SHARE} wanted)")
    return ratio <= SHARE


def main(n_chars: int = 1_000_000, n_docs: int = 10_000) -> None:
    pool = sentences_of_pages()
    for cut in segmenters.ENGINES.values():
        cut("清零")  # loads its dictionary
    reached = [compare_segmenters(pool, n_chars), compare_counting(pool, n_docs)]
    sys.exit(not all(reached))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
