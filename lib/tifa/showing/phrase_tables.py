"""Passages side by side and wordings below each other, as HTML tables: what differs is bold and coloured.

Bold tells the difference without the colour: in print, and where a web page takes colours out. All page text is
escaped.
"""

from html import escape

import pandas as pd
from IPython.display import HTML

from tifa.showing import figures, style
from tifa.showing.tables import of_cells
from tifa.studies.phrasing.align import align, cut
from tifa.studies.phrasing.matter import IGNORED
from tifa.tables import TABLES

LEFT, RIGHT = style.PALETTE[0], style.PALETTE[3]
# Marks make no difference between wordings.
MARKS = IGNORED + "，,。.；;：:！!？?（）()—…\n \u3000"
MOST_WORDINGS, MOST_COLUMNS = 6, 6


def who(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """A table whose many columns of counts per group are one column in words.

    Parameters
    ----------
    table : DataFrame
        With a column of counts per group after its own.
    name : str
        Which table of :mod:`tifa.tables` it is.

    Returns
    -------
    DataFrame
        Unchanged up to six groups.

    Examples
    --------
    >>> counts = {f"{place}市": [n] for place, n in zip("甲乙丙丁戊己庚", [0, 2, 0, 0, 1, 0, 0])}
    >>> who(pd.DataFrame({"phrase": ["实现清零"]} | counts), "shared")["who"].tolist()
    ['乙市 2, 戊市 1']
    """
    own = {column.name for column in TABLES[name]}
    groups = [column for column in table.columns if column not in own]
    if len(groups) <= MOST_COLUMNS:
        return table
    rows = table[groups].to_dict("records")
    return table.drop(columns=groups).assign(who=[_who(row) for row in rows])


def _who(counts: dict) -> str:
    """The groups that have any, most first."""
    having = sorted(((name, n) for name, n in counts.items() if n), key=lambda pair: -pair[1])
    return ", ".join(f"{style.short_city(name)} {n}" for name, n in having)


def side_by_side(passages: pd.DataFrame, documents: pd.DataFrame, n: int = 6) -> HTML:
    """Passages of two documents next to each other, each out to the ends of its clauses.

    Parameters
    ----------
    passages : DataFrame
        Table ``passages``; of its first row's two documents, in its order.
    documents : DataFrame
        Table ``documents``.
    n : int
        Most passages.

    Returns
    -------
    HTML
        A row per passage. What one has and the other has not is bold, blue on the left and orange on the right.

    Examples
    --------
    >>> from tifa.studies import phrases
    >>> pages = pd.DataFrame({"doc": ["a", "b"], "city": ["甲市", "乙市"], "published": pd.NaT,
    ...     "body": ["要守好第一道疫情关口。", "严格守好第一道疫情关口。"]})
    >>> found = phrases.passages(pages, pd.DataFrame({"doc": ["a"], "other": ["b"]}))
    >>> "<b style=\\"color: #D55E00\\">严格</b>守好" in side_by_side(found, pages).data
    True
    """
    if passages.empty:
        return HTML("<p>No passage in common.</p>")
    one, other = passages.iloc[0][["doc", "other"]]
    own = passages[(passages["doc"] == one) & (passages["other"] == other)].head(n)
    bodies, names = documents.set_index("doc")["body"], figures.labels(documents)
    left = [_whole_clauses(bodies[one], a, b) for a, b in zip(own["start"], own["end"], strict=True)]
    right = [_whole_clauses(bodies[other], a, b) for a, b in zip(own["other_start"], own["other_end"], strict=True)]
    return HTML(of_cells((names[one], names[other]), map(_pair, cut(left), cut(right))))


def _whole_clauses(body: str, start: int, end: int) -> str:
    """The passage from the beginning of its first clause to the end of its last."""
    while start and _inside(body[start - 1]):
        start -= 1
    while end < len(body) and _inside(body[end]):
        end += 1
    return body[start:end]


def _inside(char: str) -> bool:
    return char.isalnum() or char in IGNORED


def _pair(left: list[str], right: list[str]) -> tuple[str, str]:
    parts = align(left, right, MARKS)
    return _marked([(p.same, p.left) for p in parts], LEFT), _marked([(p.same, p.right) for p in parts], RIGHT)


def _marked(parts, colour: str) -> str:
    return "".join(escape(text) if same or not text else _bold(text, colour) for same, text in parts)


def _bold(text: str, colour: str) -> str:
    return f'<b style="color: {colour}">{escape(text)}</b>'


def wordings(variants: pd.DataFrame, n: int = 12) -> HTML:
    """Wordings of formulae below their bases: what is added is bold, what is dropped is struck out.

    Parameters
    ----------
    variants : DataFrame
        What :func:`tifa.phrases.variants` gives.
    n : int
        Most rows; of each formula the first six wordings.

    Returns
    -------
    HTML
        A row per wording: the wording, which groups have it and how often, its first day.

    Examples
    --------
    >>> from tifa.studies import phrases
    >>> pages = pd.DataFrame({"doc": ["a", "b"], "city": ["甲市", "乙市"], "published": pd.NaT,
    ...     "body": ["守好第一道疫情关口。", "严格守好第一道疫情关口。"]})
    >>> "<b style=\\"color: #D55E00\\">严格</b>守好" in wordings(phrases.variants(pages)).data
    True
    """
    if variants.empty:
        return HTML("<p>No formula with several wordings.</p>")
    groups = list(variants.columns[len(TABLES["variants"]) :])
    own = variants.groupby("formula").head(MOST_WORDINGS).head(n)
    pieces = dict(zip(own["wording"], cut(own["wording"].tolist()), strict=True))
    rows = [_wording(row, pieces, groups) for row in own.to_dict("records")]
    rest = f"<p>{len(own)} of {len(variants)} wordings</p>" if len(own) < len(variants) else ""
    return HTML(of_cells(("formula", "wording", "who says it", "first day"), rows) + rest)


def _wording(row: dict, pieces: dict, groups: list) -> tuple[str, ...]:
    is_base = row["wording"] == row["base"]
    text = "".join(map(_change, align(pieces[row["base"]], pieces[row["wording"]])))
    day = "" if pd.isna(row["first_day"]) else row["first_day"].strftime("%Y-%m-%d")
    return str(row["formula"]) if is_base else "", text, escape(_who({group: row[group] for group in groups})), day


def _change(part) -> str:
    if part.same:
        return escape(part.right)
    dropped = f'<s style="color: {style.QUIET}">{escape(part.left)}</s>' if part.left else ""
    return dropped + (_bold(part.right, RIGHT) if part.right else "")
