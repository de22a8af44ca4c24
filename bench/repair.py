"""How well and how fast mirrors' damage is undone.

Run from the project's root:  .venv/bin/python bench/repair.py [file or folder of clean text] [number of documents]

Clean documents (by default paragraphs of tests/cases, shuffled anew into documents) are damaged as mirrors do it, each
by a mirror of its own with a random table, repaired, simplified and compared character by character with what the
mirror would have shown without damage. Sentences are then damaged and repaired one by one, without the page.
"""

import json
import random
import re
import sys
import time
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import mirror  # noqa: E402
from tifa.reading.repair import repair  # noqa: E402
from tifa.reading.script import simplify  # noqa: E402

DOCUMENTS = 320
LENGTH = 700  # characters of a document
MEGABYTE = 1 << 20
HOSTILE = [
    "?",
    "(",
    "強(qiáng)",
    "強(qiáng)\n",
    "?！",
    "大?！大",
    "日?qǐng)?bào)",
    "強?强!",
    "!笆弧秉S",
    "確?！叭采w",
    "\ufffd",
]


def paragraphs(source: Path | None) -> list[str]:
    """Clean paragraphs: of the project's own cases, or of the text files that are named."""
    if source:
        files = sorted(source.rglob("*.txt")) if source.is_dir() else [source]
        found = [line for file in files for line in file.read_text(encoding="utf-8").split("\n")]
    else:
        cases = ROOT / "tests" / "cases"
        found = [p for case in cases.glob("pages/*.json") for p in json.loads(case.read_text(encoding="utf-8"))["body"]]
        for case in cases.glob("visits/*.txt"):
            found += case.read_text(encoding="utf-8").split("---")[0].split("\n")[1:]
    return [p.strip() for p in found if len(re.findall(r"[\u4e00-\u9fff]", p)) > 8]


def documents(source: Path | None, number: int) -> list[str]:
    """Documents of shuffled paragraphs; paragraphs come back where there are too few."""
    rng, every, found = random.Random(1), paragraphs(source), []
    while len(found) < number:
        document = []
        while sum(map(len, document)) < LENGTH:
            document.append(rng.choice(every))
        found.append("\n".join(document))
    return found


def differences(got: str, wanted: str):
    """What differs, as pairs of got and wanted."""
    if got == wanted:
        return
    for tag, a, b, c, d in SequenceMatcher(None, got, wanted, autojunk=False).get_opcodes():
        if tag != "equal":
            yield got[a:b], wanted[c:d]


def kind(got: str, wanted: str) -> str:
    """What sort of error a difference is."""
    if "\u3013" in got:
        return "shown as lost"
    if not re.search(r"[\u4e00-\u9fff]", got + wanted):
        return "punctuation or number"
    return "another character" if len(got) == len(wanted) else "more or fewer characters"


def damaged_pages(every: list[str], change) -> list[tuple[str, str]]:
    """Each document damaged by a mirror of its own, and what it should be."""
    rng, found = random.Random(2), []
    for document in every:
        ways = change(rng, document)
        found.append((mirror.damage(document, ways), simplify(mirror.clean(document, ways))))
    return found


def error_rate(title: str, pages: list[tuple[str, str]]) -> None:
    errors, start = Counter(), time.process_time()
    repaired = [repair(damaged).text for damaged, _ in pages]
    seconds = time.process_time() - start
    for text, (_, wanted) in zip(repaired, pages, strict=True):
        for got_line, wanted_line in zip(simplify(text).split("\n"), wanted.split("\n"), strict=True):
            for got, should in differences(got_line, wanted_line):
                errors[kind(got, should)] += max(len(got), len(should))
    characters = sum(len(wanted) for _, wanted in pages)
    size = sum(len(damaged.encode("utf-8")) for damaged, _ in pages) / MEGABYTE
    print(
        f"{title}: {len(pages)} documents, {characters} characters, error rate {sum(errors.values()) / characters:.3%}"
    )
    print(f"    {size / seconds:.2f} MB/s; wrong: {dict(errors.most_common())}")


def sentences_alone(title: str, every: list[str], change) -> None:
    """Share of the torn sentences that come back whole without a page around them."""
    rng, right, torn = random.Random(3), 0, 0
    for document in every:
        ways = change(rng, document)
        for sentence in re.findall(r"[^。\n]{6,80}。?", document):
            damaged, wanted = mirror.damage(sentence, ways), mirror.clean(sentence, ways)
            if damaged.count("?") > wanted.count("?"):
                torn += 1
                right += simplify(repair(damaged).text) == simplify(wanted)
    print(f"{title}: {right} of {torn} right, {right / max(torn, 1):.1%}")


def clean_text(every: list[str]) -> None:
    traditional = [mirror.traditionalise(document, {}) for document in every]
    for title, texts in (("simplified", every), ("traditional", traditional)):
        start = time.process_time()
        changed = sum(repair(text).text != text for text in texts)
        seconds = time.process_time() - start
        size = sum(len(text.encode("utf-8")) for text in texts) / MEGABYTE
        print(f"undamaged {title} text: {changed} of {len(texts)} documents changed; {size / seconds:.0f} MB/s")
    start = time.process_time()
    changed = sum(simplify(text) != text for text in every)
    print(f"simplify: {changed} of {len(every)} simplified documents changed; ", end="")
    print(f"{size / (time.process_time() - start):.0f} MB/s on them, ", end="")
    start = time.process_time()
    for text in traditional:
        simplify(text)
    print(f"{size / (time.process_time() - start):.0f} MB/s on traditional ones")


def hostile() -> None:
    for unit in HOSTILE:
        text = unit * (MEGABYTE // len(unit.encode("utf-8")))
        start = time.process_time()
        repair(text)
        print(f"hostile megabyte of {unit!r}: {time.process_time() - start:.2f} s")


def traditional(rng, document):
    return mirror.random_mirror(rng, document, traditional=True)


def simplified(rng, document):
    return mirror.random_mirror(rng, document, traditional=False)._replace(table={})


def simplified_annotated(rng, document):
    ways = mirror.random_mirror(rng, document, traditional=False)
    return ways._replace(table={c: mirror.reading(rng, c) for c in rng.sample(sorted(set(document) & HAN), 30)})


def mixed(rng, document):
    return mirror.random_mirror(rng, document)


HAN = {chr(c) for c in range(0x4E00, 0xA000)}


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    every = documents(source, int(sys.argv[2]) if len(sys.argv) > 2 else DOCUMENTS)
    repair("再?gòu)?qiáng)調(diào)確?！叭采w”")  # loads what is loaded once
    kinds = {"mirrors of all kinds": mixed, "traditional": traditional, "simplified, cut only": simplified}
    for title, change in (kinds | {"simplified, 30 annotated": simplified_annotated}).items():
        error_rate(title, damaged_pages(every, change))
    for title, change in kinds.items():
        sentences_alone(f"torn sentences alone, {title}", every, change)
    clean_text(every)
    hostile()


if __name__ == "__main__":
    main()
