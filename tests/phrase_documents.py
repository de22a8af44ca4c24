"""Documents for the tests of phrases: from bodies, and from the lines of tests/cases/phrases."""

from pathlib import Path

import pandas as pd

CASES = Path(__file__).parent / "cases" / "phrases"


def documents(*bodies, cities="ABCDEFGHIJKLMNOP", **columns):
    """One document per body, a day apart, each of another city unless told."""
    n = len(bodies)
    days = pd.Series(pd.date_range("2022-04-01", periods=n, tz="Asia/Shanghai"))
    frame = pd.DataFrame(
        {"doc": [f"d{i}" for i in range(n)], "city": list(cities[:n]), "published": days, "body": list(bodies)}
    )
    return frame.assign(**columns)


def cases(name):
    """Rows of a file of cases, comments left out."""
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def apart(text):
    """Documents set apart by a bar."""
    return documents(*(part.strip() for part in text.split(" | ")))
