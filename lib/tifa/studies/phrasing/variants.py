"""Wordings of one formula: clauses that are nearly the same, grouped, aligned, their differences marked."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from tifa.studies.phrasing.align import align, cut
from tifa.studies.phrasing.alike import alike
from tifa.studies.phrasing.grouping import at_least, days, grouped
from tifa.studies.phrasing.matter import BORDER, Matter, different
from tifa.tables import TABLES, columns


def variants(
    documents: pd.DataFrame,
    by: str | Mapping = "city",
    min_chars: int = 6,
    core: int = 6,
    *,
    across: bool = True,
    copies: bool = False,
) -> pd.DataFrame:
    """Groups of wordings of one formula.

    A wording is a whole clause. Two wordings belong together when they have a string of ``core`` characters in common
    and half of their pairs of characters, or when most words of the shorter one stand in the longer one in their order.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``.
    by : str or mapping
        What makes the groups, as for :func:`tifa.phrases.shared`.
    min_chars : int
        Shortest clause looked at.
    core : int
        Shortest string that two wordings must share.
    across : bool
        Only formulae of at least two groups.
    copies : bool
        Count all copies of an article, not only the earliest.

    Returns
    -------
    DataFrame
        Table ``variants`` and a column of counts per group: formulae by falling number of documents, of each its base
        first (the wording of most documents), then by documents and day.

    Notes
    -----
    Groups are stars: every wording is like its base, so that a chain of small steps joins nothing that is unlike
    (Aslam, Pelekhov & Rus 2004, "The star clustering algorithm").

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": list("ab"), "city": ["甲市", "乙市"], "published": pd.NaT,
    ...     "body": ["要坚决贯彻落实重要讲话精神。", "要深入贯彻重要讲话精神。"]})
    >>> variants(documents)[["formula", "wording", "changes"]].to_dict("split")["data"]
    [[1, '要深入贯彻重要讲话精神', ''], [1, '要坚决贯彻落实重要讲话精神', '深入 → 坚决 +落实']]
    """
    at_least(2, min_chars=min_chars, core=core)
    documents, names, group = grouped(documents, by, copies)
    clauses = _clauses(Matter(documents), min_chars)
    base = _stars(clauses, core, group, across)
    chosen = np.flatnonzero(base >= 0)
    return _table(documents, names, group, clauses, base, chosen)


class _Clauses(NamedTuple):
    """Different clauses, and where each stands.

    ``number`` and ``doc`` have an entry per occurrence: the clause and its document.
    """

    wordings: list[str]
    written: list[str]
    number: np.ndarray
    doc: np.ndarray


def _clauses(matter, min_chars):
    """Different clauses of at least ``min_chars`` characters in order of first appearance."""
    borders = np.flatnonzero(matter.codes == BORDER)
    starts, ends = borders[:-1] + 1, borders[1:]
    long = ends - starts >= min_chars
    starts, ends = starts[long].tolist(), ends[long].tolist()
    texts = np.array([matter.text[a:b] for a, b in zip(starts, ends, strict=True)], dtype=object)
    number, wordings = pd.factorize(texts)
    first = np.unique(number, return_index=True)[1].tolist()
    written = [matter.written(starts[i], ends[i]) for i in first]
    return _Clauses(wordings.tolist(), written, number, matter.doc[np.array(starts, dtype=np.int64)])


def _stars(clauses, core, group, across):
    """For each clause the number of its formula's base, -1 where it has none."""
    left, right = alike(clauses.wordings, core)
    base = np.full(len(clauses.wordings), -1, dtype=np.int64)
    neighbours: dict[int, list[int]] = {}
    for a, b in zip([*left.tolist(), *right.tolist()], [*right.tolist(), *left.tolist()], strict=True):
        neighbours.setdefault(a, []).append(b)
    n_docs = np.bincount(different(clauses.number, clauses.doc)[0], minlength=len(base))
    for centre in sorted(neighbours, key=lambda i: (-n_docs[i], -len(neighbours[i]), len(clauses.wordings[i]), i)):
        if base[centre] < 0:
            free = [i for i in neighbours[centre] if base[i] < 0]
            base[[centre, *free]] = centre
    return _kept(base, clauses, group, across)


def _kept(base, clauses, group, across):
    """Without bases that have one wording, one document or, if asked, one group."""
    n = len(base)
    star = base[clauses.number]
    own = star >= 0
    sizes = np.bincount(base[base >= 0], minlength=n)
    docs = np.bincount(different(star[own], clauses.doc[own])[0], minlength=n)
    held = np.bincount(different(star[own], group[clauses.doc[own]])[0], minlength=n)
    good = (sizes > 1) & (docs > 1) & ((held > 1) | (not across))
    return np.where((base >= 0) & good[base], base, -1)


def _table(documents, names, group, clauses, base, chosen):
    """A row per wording that belongs to a formula."""
    star = base[clauses.number]
    own = star >= 0
    of_wording, doc = different(clauses.number[own], clauses.doc[own])
    n, n_groups = len(base), len(names)
    counts = np.bincount(clauses.number * n_groups + group[clauses.doc], minlength=n * n_groups).reshape(n, n_groups)
    n_docs = np.bincount(of_wording, minlength=n)
    docs_of_star = np.bincount(different(star[own], clauses.doc[own])[0], minlength=n)
    first = np.zeros(n, dtype=np.int64)
    first[of_wording[::-1]] = doc[::-1]
    order = chosen[
        np.lexsort((chosen, -n_docs[chosen], base[chosen] != chosen, base[chosen], -docs_of_star[base[chosen]]))
    ]
    result = columns(
        "variants",
        {
            "formula": pd.factorize(base[order])[0] + 1,
            "wording": [clauses.wordings[i] for i in order],
            "base": [clauses.wordings[i] for i in base[order]],
            "changes": _changes(clauses.wordings, order, base),
            "n_docs": n_docs[order],
            "n_cities": (counts[order] > 0).sum(axis=1),
            "first_day": days(documents).to_numpy()[first[order]],
            "first_doc": documents["doc"].to_numpy()[first[order]],
            "written": [clauses.written[i] for i in order],
        },
    )
    per_group = {name: pd.array(counts[order, i], dtype="Int64") for i, name in enumerate(names)}
    return pd.concat([result, pd.DataFrame(per_group)], axis=1)


def _changes(wordings, order, base):
    """For each wording what it changes in its base, in words."""
    pieces = dict(zip(order.tolist(), cut([wordings[i] for i in order]), strict=True))
    return [" ".join(map(_in_words, _altered(pieces[base[i]], pieces[i]))) for i in order.tolist()]


def _altered(left, right):
    return [part for part in align(left, right) if not part.same]


def _in_words(part):
    if not part.left:
        return f"+{part.right}"
    return f"{part.left} → {part.right}" if part.right else f"−{part.left}"


def differences(found: pd.DataFrame) -> pd.DataFrame:
    """Who adds what: each change of a formula's base, and which groups make it.

    Parameters
    ----------
    found : DataFrame
        What :func:`variants` gives.

    Returns
    -------
    DataFrame
        Table ``differences`` and a column of counts per group: a row per formula and change, most wordings first.
        Counts are occurrences of the wordings that have the change.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": list("ab"), "city": ["甲市", "乙市"], "published": pd.NaT,
    ...     "body": ["要坚决贯彻重要讲话精神。", "要坚决贯彻落实重要讲话精神。"]})
    >>> differences(variants(documents))[["kind", "base_text", "text", "甲市", "乙市"]].to_dict("split")["data"]
    [['added', '', '落实', 0, 1]]
    """
    names = list(found.columns[len(TABLES["variants"]) :])
    pieces = cut(found["wording"].tolist())
    of_wording = dict(zip(found["wording"], pieces, strict=True))
    altered = [_altered(of_wording[base], own) for base, own in zip(found["base"], pieces, strict=True)]
    rows = found.loc[found.index.repeat([len(parts) for parts in altered]), ["formula", "base", *names]]
    rows = rows.reset_index(drop=True)
    rows["base_text"] = [part.left for parts in altered for part in parts]
    rows["text"] = [part.right for parts in altered for part in parts]
    rows["n_wordings"] = 1
    same = rows.groupby(["formula", "base", "base_text", "text"], sort=False)
    result = same[["n_wordings", *names]].sum().reset_index()
    result = result.sort_values(["formula", "n_wordings"], ascending=[True, False], kind="stable", ignore_index=True)
    kind = np.select([result["base_text"] == "", result["text"] == ""], ["added", "dropped"], "replaced")
    known = columns("differences", result.drop(columns=names).assign(kind=kind).to_dict("series"))
    return pd.concat([known, result[names].astype("Int64")], axis=1)
