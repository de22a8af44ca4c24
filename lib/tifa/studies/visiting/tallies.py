"""How many visits: by kind of site, by leader, and by district with its point on the map."""

import pandas as pd

from tifa.marking.centroids import centroid


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
    >>> from tifa.tables import table
    >>> rows = [{"kind": "visit", "site_type": "village", "city": "泉州市", "district": "晋江市"}] * 2
    >>> kinds(table("visits", rows)).to_dict("records")
    [{'site_type': 'village', 'city': '泉州市', 'district': '晋江市', 'count': 2}]
    """
    counted = _counted(visits, ["city", "district", "site_type"])
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
    >>> from tifa.tables import table
    >>> rows = [{"kind": "visit", "leader": name, "city": "泉州市"} for name in ("林远", "卓帆", "卓帆")]
    >>> leaders(table("visits", rows))[["leader", "count"]].to_dict("records")
    [{'leader': '卓帆', 'count': 2}, {'leader': '林远', 'count': 1}]
    """
    counted = _counted(visits, ["leader", "city", "district"])
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
    >>> from tifa.tables import table
    >>> rows = [{"kind": "visit", "city": "泉州市", "district": "晋江市", "adcode": "350582"}] * 2
    >>> points(table("visits", rows)).drop(columns="city").to_dict("records")
    [{'district': '晋江市', 'adcode': '350582', 'count': 2, 'longitude': 118.55, 'latitude': 24.78, 'point': '350582'}]
    """
    counted = _counted(visits[visits["adcode"].notna()], ["city", "district", "adcode"])
    found = [centroid(code) for code in counted["adcode"]]
    degrees = [(None, None) if place is None else place[1] for place in found]
    counted[["longitude", "latitude"]] = pd.DataFrame(degrees, index=counted.index, columns=["x", "y"], dtype=float)
    counted["point"] = [place and place[0] for place in found]
    known = counted.dropna(subset="point")
    return known.sort_values(["count", "adcode"], ascending=[False, True], kind="stable").reset_index(drop=True)


def _counted(visits, columns):
    """Visits by the values of some columns, in their order; a meeting is no visit."""
    there = visits[visits["kind"] == "visit"]
    return there.groupby(columns, dropna=False).size().rename("count").reset_index()
