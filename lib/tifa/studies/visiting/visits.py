"""The table of visits: document by document, what each one's tour tells."""

import re

import pandas as pd

from tifa.marking.places import Home
from tifa.progress import bar
from tifa.studies.visiting.report import Sentence, report
from tifa.studies.visiting.tour import Tour
from tifa.tables import table

YEAR = re.compile(r"(?<!\d)(20\d\d)年")


def visits(documents: pd.DataFrame, sentences: pd.DataFrame, *, progress: bool = False) -> pd.DataFrame:
    """One row per place where a leader was physically present, and one per leader and day of meetings.

    Parameters
    ----------
    documents, sentences : DataFrame
        The tables of these names.
    progress : bool
        Whether to show a bar once it takes longer than two seconds.

    Returns
    -------
    DataFrame
        Table ``visits``, document by document, in the order of the text.

    Examples
    --------
    >>> from tifa.marking.sentences import split
    >>> body = "4月5日,县委书记林远到石桥镇大堰村检查。"
    >>> lines = table("lines", [{"doc": "a", "line": 0, "role": "paragraph", "text": body}])
    >>> found = visits(table("documents", [{"doc": "a", "body": body}]), split(lines))
    >>> found[["leader", "township", "site"]].to_dict("records")
    [{'leader': '林远', 'township': '石桥镇', 'site': '大堰村'}]
    """
    return table("visits", _rows(documents, sentences, progress))


def _rows(documents, sentences, progress):
    by_doc = _sentences(sentences)
    years = {day.year for day in documents["published"].dropna()}
    year = years.pop() if len(years) == 1 else None
    rows = documents[["doc", "title", "body", "published", "province", "city"]].itertuples(index=False)
    for row in bar(rows, progress, "visits", "document", len(documents)):
        published = None if pd.isna(row.published) else row.published.date()
        home = Home(*(None if pd.isna(value) else value for value in (row.province, row.city)))
        hint = _year_in(row.title) or year
        yield from Tour(report(row.doc, row.body, by_doc.get(row.doc, []), published, hint, home)).rows()


def _year_in(title) -> int | None:
    """The one year that a title names: 某旗2021年8月大事记."""
    named = set(YEAR.findall(title)) if isinstance(title, str) else set()
    return int(named.pop()) if len(named) == 1 else None


def _sentences(sentences) -> dict[str, list[Sentence]]:
    columns = ("text", "start", "end", "paragraph", "source_line", "is_heading", "is_speech")
    by_doc: dict[str, list[Sentence]] = {}
    for doc, *values in zip(sentences["doc"], *(sentences[name].tolist() for name in columns), strict=True):
        by_doc.setdefault(doc, []).append(Sentence(*values))
    return by_doc
