"""Make centroids.tsv from the package ``cpca`` (0.5.5, MIT): a point for each province, city and district.

Its table is older than the gazetteer. A unit that it lacks gets the point of the unit with the same stem in the same
province (邵东县 for 邵东市), or of one that changes.tsv says it came from; else it has none, and its city's point
serves.

    python make_centroids.py cpca/resources/adcodes.csv
"""

import csv
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
HEAD = "# Source: cpca 0.5.5 (MIT), good to about a kilometre; see make_centroids.py\n# adcode, longitude, latitude\n"
KIND = re.compile("(?:各族|[一-鿿]{1,3}族)*自治[县州旗]$|新区$|[市区县旗]$")


def main(table: str) -> None:
    with open(table, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["adcode"].endswith("000000") and row["longitude"]]
    points = {row["adcode"][:6]: (row["longitude"], row["latitude"]) for row in rows}
    by_stem = {(row["adcode"][:2], KIND.sub("", row["name"])): points[row["adcode"][:6]] for row in rows}
    before = {new: old for _, old, _, new, _ in entries("changes.tsv")}
    with open(HERE / "centroids.tsv", "w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD)
        for code, name, *_ in entries("units.tsv"):
            stem = code[:2], KIND.sub("", name)
            point = points.get(code) or by_stem.get(stem) or points.get(before.get(code))
            if point:
                file.write("\t".join((code, *(f"{float(degree):.2f}" for degree in point))) + "\n")


def entries(name: str):
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
