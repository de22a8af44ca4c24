"""How fast pages are read, against what can be glued today: trafilatura + a full-tone pattern + OpenCC.

Run from the project's root:  .venv/bin/python bench/reading.py [number of pages]

Both read the same generated pages in one run, in turns, so that other work on the machine slows both: the layouts of
tests/cases/pages, each page with paragraphs of its own (drawn and numbered anew, so that nothing can be remembered from
page to page), a quarter of them annotated with pinyin as mirrors do. The glued peers get plain pages as HTML
paragraphs, since trafilatura reads nothing else.
"""

import html
import json
import random
import re
import sys
import tempfile
import time
from pathlib import Path

import trafilatura
from opencc import OpenCC
from pypinyin import Style, pinyin

from tifa.reading.folder import read_folder

CASES = Path(__file__).parents[1] / "tests" / "cases" / "pages"
TONED = "".join(chr(c) for c in (*range(0xE0, 0xFD), *range(0x100, 0x17F), *range(0x1CD, 0x1DD)))
TONES = re.compile(rf"[(（][a-z\u00fc]*[{TONED}][a-z\u00fc]*[)）]")
TURN = 500  # pages
ANNOTATED = "強會區經點後過與對業產應總"


def paragraphs_and_layouts():
    """Paragraphs of all cases, and the pages that hold theirs as they are."""
    paragraphs, layouts = [], []
    for path in sorted(CASES.glob("*.json")):
        body = json.loads(path.read_text(encoding="utf-8"))["body"]
        page = next(p for p in CASES.glob(f"{path.stem}.*") if p.suffix != ".json")
        try:
            text = page.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            continue
        if all(line in text for line in body[1:]):
            paragraphs += body[1:]
            layouts.append((page.suffix, text, body[1:]))
    return paragraphs, layouts


def surroundings(rng, paragraphs):
    """What the cases leave out of full pages: scripts, and columns of links (a portal's page has 20 to 100 KB)."""
    links = []
    for _ in range(rng.randint(60, 160)):
        text = rng.choice(paragraphs)
        start = rng.randrange(max(1, len(text) - 24))
        address = f"/a/{rng.randint(10**6, 10**7)}.html"
        links.append(f'<li class="item"><a href="{address}" target="_blank">{text[start : start + 18]}</a></li>')
    script = "<script>" + "".join(f"var v{rng.randint(0, 10**6)} = {rng.random()};" for _ in range(200)) + "</script>"
    return script + '<div class="side"><ul class="list">' + "\n".join(links) + "</ul></div>"


def page(rng, paragraphs, layout):
    """One page: the layout with other paragraphs, every number drawn anew."""
    _, text, body = layout
    for line in body:
        new = "".join(rng.choice(paragraphs) for _ in range(rng.randint(1, 3)))
        text = text.replace(line, re.sub(r"\d+", lambda m: str(rng.randint(1, 28)), new))
    return text.replace("</body>", surroundings(rng, paragraphs) + "</body>")


def annotated(text, to_traditional):
    """As a mirror serves it: traditional, a reading behind some characters."""
    return "".join(
        f"{c}({pinyin(c, style=Style.TONE)[0][0]})" if c in ANNOTATED else c for c in to_traditional.convert(text)
    )


def generate(root, n_pages):
    """The pages, in a folder for each turn."""
    rng = random.Random(2022)
    to_traditional = OpenCC("s2t")
    paragraphs, layouts = paragraphs_and_layouts()
    for number in range(n_pages):
        layout = rng.choice(layouts)
        text = page(rng, paragraphs, layout)
        if number % 4 == 0:
            text = annotated(text, to_traditional)
        folder = root / f"{number // TURN:03}"
        folder.mkdir(exist_ok=True)
        (folder / f"{number:05}{layout[0]}").write_text(text, encoding="utf-8")
    return sorted(root.iterdir())


def read_with_tifa(folder):
    return len(read_folder(folder, progress=False).documents)


def glued(folder):
    """The peers: pattern, OpenCC, trafilatura with its metadata."""
    to_simplified = OpenCC("t2s")
    found = 0
    for file in sorted(folder.iterdir()):
        text = to_simplified.convert(TONES.sub("", file.read_text(encoding="utf-8")))
        if "<p" not in text and "<br" not in text.lower():
            text = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
        document = trafilatura.bare_extraction(f"<html><body>{text}</body></html>", with_metadata=True)
        found += bool(document and document.text)
    return found


def timed(function, folder):
    start = time.process_time()  # neither uses more than one core; other work on the machine does not count
    result = function(folder)
    return result, time.process_time() - start


def main():
    n_pages = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    ours = theirs = read = found = 0
    with tempfile.TemporaryDirectory() as name:
        for folder in generate(Path(name), n_pages):
            n, seconds = timed(read_with_tifa, folder)
            ours, read = ours + seconds, read + n
            n, seconds = timed(glued, folder)
            theirs, found = theirs + seconds, found + n
    print(f"{n_pages} pages")
    for what, seconds, n in (("tifa.reading", ours, read), ("trafilatura + OpenCC", theirs, found)):
        print(f"{what:24} {seconds:7.1f} s {n_pages / seconds:6.0f} pages/s {n:6} articles")
    print(f"{'ratio':24} {theirs / ours:7.2f}")


if __name__ == "__main__":
    main()
