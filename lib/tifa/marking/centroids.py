"""A point for each city and district, for maps that need no outlines."""

from functools import cache

from tifa import data


@cache
def centroids() -> dict[str, tuple[float, float]]:
    """Longitude and latitude, in degrees, by adcode; good to about a kilometre.

    Examples
    --------
    >>> centroids()["350582"]
    (118.55, 24.78)
    """
    rows = (line.split("\t") for line in data.lines("places/centroids.tsv"))
    return {code: (float(longitude), float(latitude)) for code, longitude, latitude in rows}


def centroid(adcode: str) -> tuple[str, tuple[float, float]] | None:
    """The point of a unit, or of the city or province above it where it has none of its own.

    Returns
    -------
    tuple or None
        The adcode that the point belongs to, and the point; None for a code that is not known.

    Examples
    --------
    >>> centroid("350582")
    ('350582', (118.55, 24.78))
    >>> centroid("350599")  # no such district: its city's point
    ('350500', (118.68, 24.87))
    >>> centroid("990000") is None
    True
    """
    for code in (adcode, adcode[:4] + "00", adcode[:2] + "0000"):
        if code in centroids():
            return code, centroids()[code]
    return None


def districts(adcode: str) -> list[tuple[float, float]]:
    """The points of all districts of the city that a unit lies in (of the province, for units without a city).

    Examples
    --------
    >>> len(districts("350582"))  # of Quanzhou
    12
    """
    above = adcode[:2] if adcode[:2] in ("11", "12", "31", "50") or adcode[2:4] == "90" else adcode[:4]
    return [point for code, point in centroids().items() if code.startswith(above) and not code.endswith("00")]
