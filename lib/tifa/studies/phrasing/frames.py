"""Productive frames with slots, found by how they are built and not by a list, and who fills them with what."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from tifa.studies.phrasing.building import instances
from tifa.studies.phrasing.cutting import words_of
from tifa.studies.phrasing.digests import digests
from tifa.studies.phrasing.grouping import at_least, days, grouped
from tifa.studies.phrasing.instance import Instance
from tifa.studies.phrasing.matter import Matter
from tifa.tables import columns


def fillers(
    documents: pd.DataFrame, by: str | Mapping = "city", least: int = 2, *, copies: bool = False
) -> pd.DataFrame:
    """Every use of every productive frame and numeral digest, with what fills the slots.

    Parameters
    ----------
    documents, by, least, copies
        As for :func:`frames`.

    Returns
    -------
    DataFrame
        Table ``fillers``, documents in order of publication. Fillers of several slots are set apart by a space.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": list("ab"), "city": ["甲市", "乙市"], "published": pd.NaT,
    ...     "body": ["做到应转尽转、从严从紧。", "要应消尽消。"]})
    >>> fillers(documents)[["frame", "filler", "written"]].to_dict("split")["data"]
    [['应_尽_', '转', '应转尽转'], ['应_尽_', '消', '应消尽消']]
    """
    at_least(1, least=least)
    documents, names, group = grouped(documents, by, copies)
    matter = Matter(documents)
    return _fillers_table(documents, names, group, matter, *_found(matter, least))


def _found(matter, least):
    """Uses of frames and of digests, and what the digests stand for."""
    words = words_of(matter)
    summed, stands_for = digests(matter, words, least)
    taken = {place for one in summed for place in range(one.start, one.end)}
    framed = [one for one in instances(matter, words, least) if taken.isdisjoint(range(one.start, one.end))]
    found = [*framed, *(Instance("digest", one.digest, "", one.start, one.end, True, True) for one in summed)]
    return sorted(found, key=lambda one: (one.start, one.end)), stands_for


def _fillers_table(documents, names, group, matter, found, stands_for):
    start, end = (np.array([one[i] for one in found], dtype=np.int64) for i in (3, 4))
    doc = matter.doc[start]
    first, last = matter.spans(start, end)
    return columns(
        "fillers",
        {
            "frame": [one.frame for one in found],
            "kind": [one.kind for one in found],
            "filler": [one.filler for one in found],
            "stands_for": [stands_for.get(one.frame) for one in found],
            "doc": documents["doc"].to_numpy()[doc],
            "city": [names[i] for i in group[doc]],
            "date": days(documents).to_numpy()[doc],
            "start": first,
            "end": last,
            "written": [matter.written(one.start, one.end) for one in found],
        },
    )


def frames(
    documents: pd.DataFrame, by: str | Mapping = "city", least: int = 2, *, copies: bool = False
) -> pd.DataFrame:
    """Productive frames with slots and numeral digests, with their fillers.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``.
    by : str or mapping
        What makes the groups, as for :func:`tifa.phrases.shared`.
    least : int
        Fewest uses of a frame. A digest in quotation marks counts from its first use.
    copies : bool
        Count all copies of an article, not only the earliest.

    Returns
    -------
    DataFrame
        Table ``frames`` and a column of uses per group, most uses first.

    Examples
    --------
    >>> documents = pd.DataFrame({"doc": list("ab"), "city": ["甲市", "乙市"], "published": pd.NaT,
    ...     "body": ["做到应转尽转,压实属地、部门、单位、个人“四方责任”。", "要应消尽消。"]})
    >>> frames(documents)[["frame", "kind", "fillers", "stands_for"]].fillna("").to_dict("split")["data"]
    [['应_尽_', 'echo', '转, 消', ''], ['四方责任', 'digest', '', '属地、部门、单位、个人']]
    """
    used = fillers(documents, by, least, copies=copies)
    by_frame = used.groupby("frame", sort=False)
    rows = by_frame.agg(
        kind=("kind", "first"),
        n_types=("filler", "nunique"),
        n_tokens=("filler", "size"),
        n_docs=("doc", "nunique"),
        n_cities=("city", "nunique"),
        fillers=("filler", lambda own: ", ".join(name for name in own.value_counts(sort=True).index if name)),
        stands_for=("stands_for", "first"),
        first_day=("date", "min"),
    )
    wide = used.pivot_table(index="frame", columns="city", values="filler", aggfunc="size", fill_value=0)
    wide = wide.reindex(columns=grouped(documents, by, copies)[1], fill_value=0)
    order = rows.reset_index().sort_values(["n_tokens", "n_docs", "frame"], ascending=[False, False, True])
    known = columns("frames", order.reset_index(drop=True).to_dict("series"))
    return pd.concat([known, wide.reindex(order["frame"]).astype("Int64").reset_index(drop=True)], axis=1)
