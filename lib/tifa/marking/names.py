"""Names of people and places that the segmenter's dictionary need not know, for tokens to keep them whole."""

import re
from bisect import bisect_right
from functools import cache

import pandas as pd

from tifa.marking.home import Home
from tifa.marking.people import people_in
from tifa.marking.segmenters import tagged
from tifa.marking.units import units_in
from tifa.progress import bar
from tifa.tables import table

# 李强调研 is 李强 on a tour; in 李强调要 the name would take a character of 强调.
_TAKES_OVER = "(?!(?<=强)调(?![研度查整]))"


def names_in(documents: pd.DataFrame, sentences: pd.DataFrame, *, progress: bool = False) -> pd.DataFrame:
    """People named with a post anywhere in the document, wherever their name stands, and administrative units.

    Parameters
    ----------
    documents, sentences : DataFrame
        The tables of these names.
    progress : bool
        Whether to show a bar once it takes longer than two seconds.

    Returns
    -------
    DataFrame
        Table ``names``, in order of document and offset.

    Examples
    --------
    >>> from tifa.marking.sentences import split
    >>> body = "市委书记王忠林到石桥镇。王忠林强调防控。"
    >>> lines = table("lines", [{"doc": "a", "line": 0, "role": "paragraph", "text": body}])
    >>> found = names_in(table("documents", [{"doc": "a", "body": body}]), split(lines))
    >>> list(zip(found["text"], found["pos"]))
    [('王忠林', 'nr'), ('石桥镇', 'ns'), ('王忠林', 'nr')]
    """
    begins = sentences.groupby("doc", sort=False)[["sentence", "start", "end"]].agg(list)
    rows = documents.set_index("doc")[["body", "province", "city"]].loc[begins.index]
    found = []
    for doc, body, province, city in bar(rows.itertuples(name=None), progress, "names", "document", len(rows)):
        home = Home(*(None if pd.isna(value) else value for value in (province, city)))
        numbers, starts, ends = begins.loc[doc]
        for start, end, pos in sorted({*_people(body), *_places(body, home)}):
            at = bisect_right(starts, start) - 1
            if at >= 0 and end <= ends[at]:
                row = {"doc": doc, "sentence": numbers[at], "start": start, "end": end}
                found.append(row | {"text": body[start:end], "pos": pos})
    return table("names", found)


def _people(body):
    found = {person.name for person in people_in(body)}
    names = sorted(filter(_is_no_word, found), key=len, reverse=True)
    if names:
        for match in re.finditer(f"(?:{'|'.join(map(re.escape, names))}){_TAKES_OVER}", body):
            yield match.start(), match.end(), "nr"


@cache
def _is_no_word(name: str) -> bool:
    """Not a word, or words in a row, of the dictionary: those need no help to be kept whole, and may be no name."""
    words = tagged(name)
    return words[0][1].startswith("nr") or any(len(word) == 1 for word, _ in words)


def _places(body, home):
    for unit in units_in(body, home):
        yield unit.start, unit.end, "ns"
