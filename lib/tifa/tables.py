"""Every table's columns, types and meaning, in one place.

A step returns its rows through :func:`table`, or whole columns through :func:`columns`, so a column that is not written
down here cannot get into a table. ``CODEBOOK.md`` beside this file is written from it, and says how each table is
asked for.

>>> [column.name for column in TABLES["repairs"]]
['doc', 'source_line', 'seen', 'became', 'rule', 'certainty']
>>> TABLES["repairs"][-1].meaning
'from 0 to 1; 1 where only one reading is possible'
"""

from typing import NamedTuple

import pandas as pd

ZONE = "Asia/Shanghai"
TEXT, COUNT, FLAG, NUMBER, NAMES = "str", "Int64", "bool", "float64", "object"
CATEGORY = "category"
TIME, DAY = f"datetime64[s, {ZONE}]", "datetime64[s]"


class Column(NamedTuple):
    """A column: its name, the pandas type it always has, also when empty, and its meaning."""

    name: str
    dtype: str
    meaning: str


_DOC = Column("doc", TEXT, "document: the file's name, without its ending where that tells it apart")
_SOURCE_LINE = Column("source_line", COUNT, "line of the page's file, counted from 1")
_START = Column("start", COUNT, "first character, counted from 0 in the document's body")
_END = Column("end", COUNT, "one past the last character")
_SENTENCE = Column("sentence", COUNT, "sentence of the document, counted from 0")

TABLES = {
    "documents": (
        _DOC,
        Column("file", TEXT, "file name"),
        Column(
            "layout", TEXT, "how the page is laid out: plain or html, below front matter or in a feed where it says so"
        ),
        Column("article", TEXT, "one id for all copies of one article: the document it was first seen in"),
        Column("title", TEXT, "title, simplified"),
        Column("over_title", TEXT, "line printed above the title"),
        Column("sub_title", TEXT, "line or lines printed below the title"),
        Column("published", TIME, "publication time in Beijing time; midnight where only the day is known"),
        Column("published_precision", TEXT, "second, minute, day or none"),
        Column("published_basis", TEXT, "what the time was read from: front matter, page, url, text, corpus"),
        Column("agency", TEXT, "who is named as the source"),
        Column("website", TEXT, "site that carries the page"),
        Column("url", TEXT, "address of the page, where the page names it"),
        Column("authors", NAMES, "reporters named on the page"),
        Column("editors", NAMES, "editors named on the page"),
        Column("photographers", NAMES, "photographers named on the page"),
        Column("province", TEXT, "province the article is about"),
        Column("city", TEXT, "city the article is about"),
        Column("city_basis", TEXT, "what the city was read from: post, agency, dateline, website, places"),
        Column("doubt", TEXT, "what looks wrong about the page, in words"),
        Column("body", TEXT, "the article, simplified: title and paragraphs, a line each"),
        Column("n_page", COUNT, "characters of the page as saved, without white space"),
        Column("n_chars", COUNT, "characters of the body without white space"),
        Column("n_repairs", COUNT, "repairs made in the page"),
        Column("n_lost", COUNT, "characters of the page that stay lost, shown as \u3013"),
    ),
    "lines": (
        _DOC,
        Column("line", COUNT, "line of the document's body, counted from 0; line 0 is the title where there is one"),
        Column("role", TEXT, "title, heading or paragraph"),
        Column("text", TEXT, "the line, simplified"),
        _SOURCE_LINE,
    ),
    "dropped": (
        _DOC,
        _SOURCE_LINE,
        Column("text", TEXT, "what was left out of the body"),
        Column("rule", TEXT, "why: navigation, link farm, editor, caption, share bar, copyright ..."),
    ),
    "left_out": (
        Column("file", TEXT, "file name"),
        Column("reason", TEXT, "why the page has no document, and what to do"),
    ),
    "repairs": (
        _DOC,
        _SOURCE_LINE,
        Column("seen", TEXT, "what the page has"),
        Column("became", TEXT, "what it was repaired to, in the page's own script"),
        Column("rule", TEXT, "insertion, torn, shifted, lost ..."),
        Column("certainty", NUMBER, "from 0 to 1; 1 where only one reading is possible"),
    ),
    "sentences": (
        _DOC,
        Column("paragraph", COUNT, "line of the body the sentence stands on"),
        _SENTENCE,
        Column("text", TEXT, "the sentence"),
        _START,
        _END,
        _SOURCE_LINE,
        Column("is_heading", FLAG, "title or heading"),
        Column("is_speech", FLAG, "reports what somebody said rather than what happened"),
    ),
    # Categories: a corpus of 10,000 reports has 5 million tokens of 50,000 kinds.
    "tokens": (
        _DOC._replace(dtype=CATEGORY),
        _SENTENCE,
        Column("token", CATEGORY, "word, or set phrase kept whole"),
        Column("pos", CATEGORY, "part of speech in jieba's letters; set phrases have 'l', people 'nr', places 'ns'"),
        _START,
        _END,
        Column("overlaps", FLAG, "set phrase in or across the one before it: an occurrence, but no more text"),
    ),
    "names": (
        _DOC,
        _SENTENCE,
        Column("text", TEXT, "the name as written"),
        _START,
        _END,
        Column("pos", TEXT, "'nr' for people, 'ns' for places"),
    ),
    "frequency": (
        Column("group", TEXT, "document, city or other group"),
        Column("term", TEXT, "word or set phrase"),
        Column("count", COUNT, "occurrences in the group"),
        Column("per_thousand", NUMBER, "occurrences per 1,000 tokens of the group"),
        Column("per_10k_chars", NUMBER, "occurrences per 10,000 characters of the group's words, marks left out"),
        Column("k_docs", COUNT, "documents of the group that have the term"),
        Column("n_docs", COUNT, "documents of the group"),
    ),
    "dictionary_effect": (
        Column("phrase", TEXT, "set phrase"),
        Column("count", COUNT, "occurrences as one token"),
        Column("without_dictionary", COUNT, "the same with no set phrase in the dictionary"),
        Column("cut_into", TEXT, "what the segmenter makes of it by itself"),
    ),
    "keyness": (
        Column("group", TEXT, "document, city or other group"),
        Column("against", TEXT, "what it is compared with: rest, or another group"),
        Column("term", TEXT, "word or set phrase"),
        Column("count", COUNT, "occurrences in the group"),
        Column("count_rest", COUNT, "occurrences in what it is compared with"),
        Column("size", COUNT, "tokens of the group"),
        Column("size_rest", COUNT, "tokens of what it is compared with"),
        Column("per_thousand", NUMBER, "occurrences per 1,000 tokens of the group"),
        Column("per_thousand_rest", NUMBER, "the same of what it is compared with"),
        Column("g2", NUMBER, "log-likelihood ratio, tokens taken as independent"),
        Column("log_ratio", NUMBER, "binary logarithm of the ratio of the rates; infinite where a count is 0"),
        Column("log_ratio_low", NUMBER, "lower bound of its interval"),
        Column("log_ratio_high", NUMBER, "upper bound of its interval"),
        Column("lrc", NUMBER, "the bound nearer 0; 0 where the interval holds 0"),
        Column("k_docs", COUNT, "documents of the group that have the term"),
        Column("n_docs", COUNT, "documents of the group"),
        Column("k_docs_rest", COUNT, "documents of what it is compared with that have the term"),
        Column("n_docs_rest", COUNT, "documents of what it is compared with"),
        Column("p_exact", NUMBER, "exact one-sided p over documents that the group uses the term more"),
        Column("p_smallest", NUMBER, "the least that p could be with so many documents"),
        Column("p_basis", TEXT, "what was counted: all arrangements, or documents above the median"),
        Column("p_adjusted", NUMBER, "p corrected for the number of tests"),
        Column("stable", NUMBER, "share of documents that can be left out with the term still among the first"),
    ),
    "dispersion": (
        Column("term", TEXT, "word or set phrase"),
        Column("count", COUNT, "occurrences"),
        Column("k_docs", COUNT, "range: documents that have it"),
        Column("n_docs", COUNT, "documents"),
        Column("dp", NUMBER, "deviation of proportions; null where the term is rarer than one per document"),
        Column("dp_norm", NUMBER, "the same from 0, even, to 1, all in the smallest document"),
    ),
    "positions": (
        _DOC,
        Column("term", TEXT, "word or set phrase"),
        Column("place", COUNT, "token of the document, counted from 0"),
        Column("size", COUNT, "tokens of the document"),
        Column("share", NUMBER, "place as a share of the document's tokens"),
    ),
    "share": (
        Column("period", TEXT, "day, week, month or year"),
        Column("k_docs", COUNT, "documents of the period that have the term"),
        Column("n_docs", COUNT, "documents of the period"),
        Column("share", NUMBER, "k_docs of n_docs; null where there is no document"),
        Column("low", NUMBER, "lower bound of Wilson's interval"),
        Column("high", NUMBER, "upper bound"),
    ),
    "concordance": (
        _DOC,
        _SENTENCE,
        Column("left", TEXT, "what stands before, on the same line of the body"),
        Column("match", TEXT, "what was found, as written"),
        Column("right", TEXT, "what stands behind"),
        _START,
        _END,
        _SOURCE_LINE,
        Column("date", DAY, "publication day"),
        Column("city", TEXT, "city of the document"),
    ),
    "collocates": (
        Column("term", TEXT, "word or set phrase near the node"),
        Column("count", COUNT, "its occurrences in the window"),
        Column("count_all", COUNT, "its occurrences anywhere"),
        Column("expected", NUMBER, "occurrences expected in the window were it spread evenly"),
        Column("k_docs", COUNT, "documents in which it stands in the window"),
        Column("n_docs", COUNT, "documents that have the node"),
        Column("log_dice", NUMBER, "14 + log2 of the Dice coefficient of node and term"),
        Column("mi3", NUMBER, "log2 of count cubed over expected"),
        Column("g2", NUMBER, "log-likelihood ratio, tokens taken as independent; negative where fewer than expected"),
        Column("stable", NUMBER, "share of documents that can be left out with the term still among the first"),
    ),
    "cooccurrence": (
        Column("term", TEXT, "word or set phrase"),
        Column("other", TEXT, "another one, later in the alphabet"),
        Column("count", COUNT, "sentences that have both"),
        Column("k_docs", COUNT, "documents that have both in one sentence"),
        Column("log_dice", NUMBER, "14 + log2 of the Dice coefficient over sentences"),
    ),
    "discover": (
        Column("phrase", TEXT, "candidate, without quotation marks and 、"),
        Column("n_chars", COUNT, "its characters"),
        Column("count", COUNT, "occurrences"),
        Column("quoted", COUNT, "of these in quotation marks of their own"),
        Column("k_docs", COUNT, "documents that have it"),
        Column("cohesion", NUMBER, "least pointwise mutual information, in bits, over all ways to cut it in two"),
        Column("left_entropy", NUMBER, "variety of what stands before it, in bits"),
        Column("right_entropy", NUMBER, "variety of what stands behind it, in bits"),
        Column("surprise", NUMBER, "bits a character by which it is more frequent than its words would have it"),
        Column("score", NUMBER, "what the candidates are ranked by"),
        Column("example", TEXT, "the first sentence that has it"),
        Column("doc", TEXT, "document of the example"),
        _SOURCE_LINE,
    ),
    "shared": (
        Column("phrase", TEXT, "the characters the groups share, without quotation marks and 、"),
        Column("n_chars", COUNT, "characters of the phrase"),
        Column("n_docs", COUNT, "documents that have it"),
        Column("n_cities", COUNT, "groups that have it: cities unless asked otherwise"),
        Column("first_day", DAY, "first publication day in this corpus"),
        Column("first_doc", TEXT, "document of that day"),
        Column("written", TEXT, "the phrase as that document prints it"),
        Column("stable", FLAG, "two groups still have it, whichever one document is left out"),
    ),
    "occurrences": (
        Column("phrase", TEXT, "phrase, without quotation marks and 、"),
        _DOC,
        Column("city", TEXT, "group of the document: its city unless asked otherwise"),
        Column("date", DAY, "publication day"),
        Column("count", COUNT, "occurrences in the document"),
    ),
    "phrase_positions": (
        Column("phrase", TEXT, "phrase, without quotation marks and 、"),
        _DOC,
        Column("city", TEXT, "group of the document: its city unless asked otherwise"),
        Column("date", DAY, "publication day"),
        _START,
        _END,
        Column("written", TEXT, "the phrase as printed"),
    ),
    "reuse": (
        Column("doc", TEXT, "document"),
        Column("other", TEXT, "document it is compared with"),
        Column("shared_chars", COUNT, "characters of the document that stand in phrases shared with the other"),
        Column("share", NUMBER, "the same as a share of the document's characters, marks left out"),
        Column("formulaic_chars", COUNT, "of these, in phrases of more than half the cities; null below four cities"),
        Column("direct_share", NUMBER, "share of the document's characters that is shared and not formulaic"),
    ),
    "passages": (
        Column("doc", TEXT, "document"),
        Column("other", TEXT, "document it is compared with"),
        _START,
        _END,
        Column("other_start", COUNT, "first character in the other document's body"),
        Column("other_end", COUNT, "one past the last character"),
        Column("n_same", COUNT, "characters in strings that both have, marks left out"),
        Column("formulaic", NUMBER, "share of these that more than half the cities say; null below four cities"),
        Column("text", TEXT, "the passage as printed in the document"),
        Column("other_text", TEXT, "the passage as printed in the other one"),
    ),
    "variants": (
        Column("formula", COUNT, "number of the formula, counted from 1"),
        Column("wording", TEXT, "a clause, without quotation marks and 、"),
        Column("base", TEXT, "wording of the formula that most documents have"),
        Column("changes", TEXT, "what the wording changes in the base: +added, −dropped, one → the other"),
        Column("n_docs", COUNT, "documents that have the wording"),
        Column("n_cities", COUNT, "groups that have it: cities unless asked otherwise"),
        Column("first_day", DAY, "first publication day in this corpus"),
        Column("first_doc", TEXT, "document of that day"),
        Column("written", TEXT, "the wording as that document prints it"),
    ),
    "differences": (
        Column("formula", COUNT, "number of the formula, counted from 1"),
        Column("base", TEXT, "wording of the formula that most documents have"),
        Column("kind", TEXT, "added, dropped or replaced"),
        Column("base_text", TEXT, "words of the base; empty where words are added"),
        Column("text", TEXT, "what stands there instead; empty where words are dropped"),
        Column("n_wordings", COUNT, "wordings with this change"),
    ),
    "frames": (
        Column("frame", TEXT, "fixed characters, _ for a slot; for a numeral digest the digest"),
        Column("kind", TEXT, "parallel, echo, correlative or digest"),
        Column("n_types", COUNT, "different fillers"),
        Column("n_tokens", COUNT, "uses"),
        Column("n_docs", COUNT, "documents that use it"),
        Column("n_cities", COUNT, "groups that use it: cities unless asked otherwise"),
        Column("fillers", TEXT, "different fillers, most frequent first"),
        Column("stands_for", TEXT, "what a digest stands for, where a document says it"),
        Column("first_day", DAY, "first publication day in this corpus"),
    ),
    "fillers": (
        Column("frame", TEXT, "fixed characters, _ for a slot; for a numeral digest the digest"),
        Column("kind", TEXT, "parallel, echo, correlative or digest"),
        Column("filler", TEXT, "what fills the slots, slots set apart by a space; empty for a digest"),
        Column("stands_for", TEXT, "what a digest stands for, where a document says it"),
        _DOC,
        Column("city", TEXT, "group of the document: its city unless asked otherwise"),
        Column("date", DAY, "publication day"),
        _START,
        _END,
        Column("written", TEXT, "the use as printed"),
    ),
    "diffusion": (
        Column("phrase", TEXT, "phrase, without quotation marks and 、"),
        Column("place", COUNT, "place of the group in order of days, from 1; groups of one day share it"),
        Column("city", TEXT, "group: city unless asked otherwise"),
        Column("first_day", DAY, "first day on which a document of the group has it, in this corpus"),
        Column("first_doc", TEXT, "document of that day"),
        Column("days_after", COUNT, "days after the first group"),
        Column("n_docs", COUNT, "documents of the group that have it"),
        Column("docs_before", COUNT, "older documents of the group: those that could have had it earlier"),
    ),
    "links": (
        Column("city", TEXT, "group: city unless asked otherwise"),
        Column("other", TEXT, "group it is paired with"),
        Column("n_phrases", COUNT, "phrases that both have"),
        Column("n_own", COUNT, "of these, phrases that no more than half of all groups have"),
    ),
    "leave_one_out": (
        _DOC,
        Column("city", TEXT, "group of the document: its city unless asked otherwise"),
        Column("n_phrases", COUNT, "phrases that groups share"),
        Column("n_lost", COUNT, "of these, no longer shared without this document"),
    ),
    "agreement": (
        Column("city", TEXT, "group: city unless asked otherwise"),
        Column("n_docs", COUNT, "documents of the group"),
        Column("n_rest", COUNT, "documents of all other groups"),
        Column("within", NUMBER, "mean share that two documents of one side have in common"),
        Column("across", NUMBER, "the same for a document of the group and one of the rest"),
        Column("difference", NUMBER, "within less across"),
        Column("low", NUMBER, "smallest difference when one document is left out"),
        Column("high", NUMBER, "largest difference when one document is left out"),
        Column("p", NUMBER, "share of arrangements of the documents with a difference as large"),
        Column("p_smallest", NUMBER, "smallest p that any outcome could have"),
    ),
    "visits": (
        _DOC,
        Column("leader", TEXT, "the first named of those who were there"),
        Column("role", TEXT, "post of the leader"),
        Column("with", NAMES, "others who were there"),
        Column("date", DAY, "day of the visit, null where the page cannot tell"),
        Column("date_text", TEXT, "the expression the day was read from"),
        Column("date_basis", TEXT, "what the day was read from: text, text + published, corpus year ..."),
        Column("province", TEXT, "official name"),
        Column("city", TEXT, "official name"),
        Column("district", TEXT, "official name"),
        Column("township", TEXT, "official name"),
        Column("site", TEXT, "the place as written"),
        Column("site_type", TEXT, "kind of place, one of the list in data/sites/heads.txt"),
        Column("kind", TEXT, "visit or meeting"),
        Column("activity", TEXT, "what was done there, in the text's words"),
        Column("quote", TEXT, "the sentence"),
        _SOURCE_LINE,
        Column("adcode", TEXT, "six digits, of the smallest unit down to the district"),
        Column("doubt", TEXT, "what looks wrong"),
    ),
}


def table(name: str, rows) -> pd.DataFrame:
    """Rows as the table ``name``: its columns, in order, in their types.

    Parameters
    ----------
    name : str
        A key of ``TABLES``.
    rows : iterable of dict
        Columns that a row lacks become null.

    Returns
    -------
    DataFrame
        One row per element of ``rows``, in their order.

    Raises
    ------
    ValueError
        If a row has a column that ``TABLES`` does not name.

    Examples
    --------
    >>> table("left_out", [{"file": "a.txt", "reason": "empty file"}])
        file      reason
    0  a.txt  empty file
    """
    rows = list(rows)
    columns = TABLES[name]
    unknown = {key for row in rows for key in row} - {c.name for c in columns}
    if unknown:
        raise ValueError(f"table {name!r} has no column {', '.join(sorted(unknown))}; add it to TABLES or leave it out")
    data = {c.name: pd.Series([row.get(c.name) for row in rows], dtype=c.dtype) for c in columns}
    return pd.DataFrame(data)


def columns(name: str, data: dict) -> pd.DataFrame:
    """Whole columns as the table ``name``, for tables too long to make row by row.

    Parameters
    ----------
    name : str
        A key of ``TABLES``.
    data : dict
        Columns of equal length; those that it lacks become null.

    Returns
    -------
    DataFrame
        The columns in order, in their types.

    Raises
    ------
    ValueError
        If ``data`` has a column that ``TABLES`` does not name.

    Examples
    --------
    >>> columns("left_out", {"file": ["a.txt"], "reason": ["empty file"]})
        file      reason
    0  a.txt  empty file
    """
    unknown = data.keys() - {c.name for c in TABLES[name]}
    if unknown:
        raise ValueError(f"table {name!r} has no column {', '.join(sorted(unknown))}; add it to TABLES or leave it out")
    size = len(next(iter(data.values()), ()))
    return pd.DataFrame({c.name: pd.Series(data.get(c.name, [None] * size), dtype=c.dtype) for c in TABLES[name]})
