"""The codebook of all tables and the glossary of the READMEs, written from what the program itself uses.

    python -m tifa.showing.codebook

The codebook is a file of its own beside ``tables.py``. The glossary stands in each README between two marks; what is
outside of them is left alone.
"""

from pathlib import Path
from typing import NamedTuple

from tifa import data
from tifa.marking.words import set_phrases
from tifa.tables import CATEGORY, COUNT, DAY, FLAG, NAMES, NUMBER, TABLES, TEXT, TIME

PROJECT = Path(__file__).resolve().parents[3]
COMMAND = "python -m tifa.showing.codebook"
OPENING, CLOSING = f"<!-- glossary, written by {COMMAND} -->", "<!-- end of glossary -->"
HEADS = {"README.md": ("term", "in English", "in Chinese"), "README.zh-CN.md": ("词语", "英译", "释义")}

TYPES = {
    TEXT: "text",
    CATEGORY: "text, kept as category",
    COUNT: "whole number",
    NUMBER: "number",
    FLAG: "true or false",
    NAMES: "list of names",
    TIME: "time, Asia/Shanghai",
    DAY: "day",
}


class Door(NamedTuple):
    """How a table is asked for, and what one of its rows is."""

    call: str
    row: str


GROUP_COLUMNS = "Behind the columns below comes one for each group: how often it has this."
DOORS = {
    "What reading finds": {
        "documents": Door("corpus.documents", "an article, and what its page tells about it."),
        "lines": Door("corpus.lines", "a line of an article."),
        "dropped": Door("corpus.dropped", "a line of a page that is not in the article."),
        "left_out": Door("corpus.left_out", "a file without an article."),
        "repairs": Door("corpus.repairs", "a damaged place in a page, repaired or shown as lost."),
    },
    "What marking finds": {
        "sentences": Door("corpus.sentences", "a sentence."),
        "tokens": Door("corpus.tokens", "a word, or a set phrase or name kept whole. Marks are left out."),
        "names": Door("corpus.names", "a person's or place's name where it stands."),
    },
    "Terms": {
        "frequency": Door("tifa.terms.frequency", "a term in a group of documents."),
        "dictionary_effect": Door("tifa.terms.dictionary_effect", "a set phrase that the documents have."),
        "keyness": Door("tifa.terms.keyness", "a term in a group, compared with other documents."),
        "dispersion": Door("tifa.terms.dispersion", "a term."),
        "positions": Door("tifa.terms.positions", "a place where a term stands; null for a document without it."),
        "share": Door("tifa.terms.share", "a period, for one term."),
        "concordance": Door("tifa.terms.concordance", "a place where a pattern stands, with what is around it."),
        "collocates": Door("tifa.terms.collocates", "a term that stands near another one, the node."),
        "cooccurrence": Door("tifa.terms.cooccurrence", "two terms that share sentences."),
        "discover": Door("tifa.terms.discover", "a string that may be a set phrase."),
    },
    "Visits": {
        "visits": Door("corpus.visits", "a place where a leader was present, or a meeting."),
    },
    "Phrases": {
        "shared": Door("tifa.phrases.shared", f"a phrase that several groups have. {GROUP_COLUMNS}"),
        "occurrences": Door("tifa.phrases.occurrences", "a phrase in a document."),
        "phrase_positions": Door("tifa.phrases.positions", "a place where a phrase stands."),
        "leave_one_out": Door("tifa.phrases.leave_one_out", "a document, and what rests on it alone."),
        "reuse": Door("tifa.phrases.reuse", "two documents, read from the first."),
        "agreement": Door("tifa.phrases.agreement", "a group, compared with the rest."),
        "passages": Door("tifa.phrases.passages", "a passage that two documents share."),
        "variants": Door("tifa.phrases.variants", f"a wording of a formula. {GROUP_COLUMNS}"),
        "differences": Door("tifa.phrases.differences", f"a change made in the base of a formula. {GROUP_COLUMNS}"),
        "frames": Door("tifa.phrases.frames", f"a pattern that makes phrases. {GROUP_COLUMNS}"),
        "fillers": Door("tifa.phrases.fillers", "a use of a frame."),
        "diffusion": Door("tifa.phrases.diffusion", "a phrase in a group, in order of days."),
        "links": Door("tifa.phrases.links", "two groups, and what both have."),
    },
}


class Term(NamedTuple):
    """An entry of the glossary."""

    term: str
    english: str
    chinese: str


def glossary() -> list[Term]:
    """The entries in order; English glosses that the list leaves empty come from the set phrases.

    Examples
    --------
    >>> glossary()[2]
    Term(term='动态清零', english='dynamic zero-COVID', chinese='发现一起、扑灭一起，不让疫情持续蔓延')
    """
    glosses = set_phrases()
    entries = (line.split("\t") for line in data.lines("glossary.tsv"))
    return [Term(term, english or glosses[term], chinese) for term, english, chinese in entries]


def codebook() -> str:
    """The whole codebook as Markdown: every table, how it is asked for, and its columns.

    Examples
    --------
    >>> "| `doc` | text | document: the file's name, without its ending where that tells it apart |" in codebook()
    True
    """
    contents = [f"- {group}: {', '.join(f'[{name}](#{name})' for name in doors)}" for group, doors in DOORS.items()]
    parts = [
        "# Codebook",
        f"Every table of tifa, its columns, their types and meaning. Written by `{COMMAND}` from "
        "[`tables.py`](tables.py); change it there. A null is a value that nothing tells.",
        "\n".join(contents),
    ]
    for group, doors in DOORS.items():
        parts += [f"## {group}", *(_described(name, door) for name, door in doors.items())]
    return "\n\n".join(parts) + "\n"


def _described(name: str, door: Door) -> str:
    rows = [(f"`{column.name}`", TYPES[column.dtype], column.meaning) for column in TABLES[name]]
    return f"### {name}\n\n`{door.call}`. One row is {door.row}\n\n{_table(('column', 'type', 'meaning'), rows)}"


def _table(head, rows) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |" for line in lines)


def with_glossary(text: str, head: tuple[str, str, str]) -> str:
    """A README's text with the glossary put between its two marks.

    Raises
    ------
    ValueError
        If the text lacks the marks.

    Examples
    --------
    >>> old = f"before {OPENING}old{CLOSING} after"
    >>> new = with_glossary(old, ("term", "in English", "in Chinese"))
    >>> new.startswith("before "), "old" in new, new.endswith(" after")
    (True, False, True)
    """
    before, opened, rest = text.partition(OPENING)
    _, closed, after = rest.partition(CLOSING)
    if not (opened and closed):
        raise ValueError(f"no glossary can be written: the text has no {OPENING} before {CLOSING}")
    return f"{before}{OPENING}\n\n{_table(head, glossary())}\n\n{CLOSING}{after}"


def texts(project: Path = PROJECT) -> dict[Path, str]:
    """The files that this module writes, and what should be in them."""
    found = {project / name: with_glossary((project / name).read_text("utf-8"), head) for name, head in HEADS.items()}
    return {project / "lib/tifa/CODEBOOK.md": codebook(), **found}


def main() -> None:
    """Write every file that is out of date, and name it."""
    for path, text in texts().items():
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(path.relative_to(PROJECT))


if __name__ == "__main__":
    main()
