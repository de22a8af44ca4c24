"""Visits: who went where on which day, each with the sentence that says so."""

import re

import pandas as pd

from tifa.marking.centroids import centroid
from tifa.marking.places import Home
from tifa.progress import bar
from tifa.studies.report import Sentence, report
from tifa.studies.tour import Tour
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


def kinds(visits: pd.DataFrame) -> pd.DataFrame:
    """How many visits each kind of site had, by district; meetings are not counted.

    Parameters
    ----------
    visits : DataFrame
        Table ``visits``.

    Returns
    -------
    DataFrame
        ``site_type``, ``city``, ``district``, ``count``, in order of city and district; a district is null where the
        text names none.

    Examples
    --------
    >>> rows = [{"kind": "visit", "site_type": "village", "city": "泉州市", "district": "晋江市"}] * 2
    >>> kinds(table("visits", rows)).to_dict("records")
    [{'site_type': 'village', 'city': '泉州市', 'district': '晋江市', 'count': 2}]
    """
    there = visits[visits["kind"] == "visit"]
    counted = there.groupby(["city", "district", "site_type"], dropna=False).size().rename("count").reset_index()
    return counted[["site_type", "city", "district", "count"]]


def leaders(visits: pd.DataFrame) -> pd.DataFrame:
    """How many visits each leader made, by district; meetings are not counted.

    Parameters
    ----------
    visits : DataFrame
        Table ``visits``.

    Returns
    -------
    DataFrame
        ``leader``, ``city``, ``district``, ``count``, leaders with most visits first; places in order of name.

    Examples
    --------
    >>> rows = [{"kind": "visit", "leader": name, "city": "泉州市"} for name in ("林远", "卓帆", "卓帆")]
    >>> leaders(table("visits", rows))[["leader", "count"]].to_dict("records")
    [{'leader': '卓帆', 'count': 2}, {'leader': '林远', 'count': 1}]
    """
    there = visits[visits["kind"] == "visit"]
    counted = there.groupby(["leader", "city", "district"], dropna=False).size().rename("count").reset_index()
    total = counted.groupby("leader")["count"].transform("sum")
    order = counted.assign(total=-total).sort_values(["total", "leader", "city", "district"], kind="stable").index
    return counted.loc[order].reset_index(drop=True)


def points(visits: pd.DataFrame) -> pd.DataFrame:
    """How many visits each district had, with the point where a map shows it; meetings are not counted.

    Parameters
    ----------
    visits : DataFrame
        Table ``visits``.

    Returns
    -------
    DataFrame
        ``city``, ``district``, ``adcode``, ``count``, ``longitude``, ``latitude`` (degrees) and ``point``: the adcode
        of the unit whose point it is, the city's where the district has none or is not named. Most visits first.
        Visits without a city are not there.

    Examples
    --------
    >>> rows = [{"kind": "visit", "city": "泉州市", "district": "晋江市", "adcode": "350582"}] * 2
    >>> points(table("visits", rows)).drop(columns="city").to_dict("records")
    [{'district': '晋江市', 'adcode': '350582', 'count': 2, 'longitude': 118.55, 'latitude': 24.78, 'point': '350582'}]
    """
    there = visits[(visits["kind"] == "visit") & visits["adcode"].notna()]
    counted = there.groupby(["city", "district", "adcode"], dropna=False).size().rename("count").reset_index()
    found = [centroid(code) for code in counted["adcode"]]
    degrees = [(None, None) if place is None else place[1] for place in found]
    counted[["longitude", "latitude"]] = pd.DataFrame(degrees, index=counted.index, columns=["x", "y"], dtype=float)
    counted["point"] = [place and place[0] for place in found]
    known = counted.dropna(subset="point")
    return known.sort_values(["count", "adcode"], ascending=[False, True], kind="stable").reset_index(drop=True)


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
