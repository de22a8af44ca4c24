"""A table whose rows can be chosen."""

from pathlib import Path

import anywidget
import pandas as pd
import traitlets

from tifa.showing.tables import readable

MOST_ROWS = 200  # more than anybody reads; what is saved holds all
# How a column is set, by its name; others are plain text.
STYLES = {
    "left": "before",
    "right": "behind",
    "title": "title",
    "site": "site",
    "doc": "doc",
    "match": "match",
    "phrase": "match",
    "written": "match",
} | dict.fromkeys(("document", "published", "date", "day", "city", "district", "leader"), "short")


class Rows(anywidget.AnyWidget):
    """Rows of a table; ``chosen`` is the place of the row that was clicked, -1 for none.

    Examples
    --------
    >>> rows = Rows()
    >>> rows.show(pd.DataFrame({"city": ["上海市", None], "n": [1, 2]}), ["city", "n"])
    >>> rows.rows, rows.chosen
    ([['上海市', '1'], ['', '2']], 0)
    """

    _esm = Path(__file__).with_name("rows.js")
    _css = Path(__file__).with_name("rows.css")
    columns = traitlets.List(traitlets.Unicode()).tag(sync=True)
    styles = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows = traitlets.List().tag(sync=True)
    chosen = traitlets.Int(-1).tag(sync=True)

    def show(self, table: pd.DataFrame, columns: list[str]) -> None:
        """Replace the rows; the first is chosen."""
        part = table[columns]
        with self.hold_sync():
            self.columns = [name.replace("_", " ") for name in columns]
            self.styles = [_style(part[name]) for name in columns]
            self.chosen = -1
            self.rows = part.apply(readable).astype(str).to_numpy(dtype=object).tolist()
            self.chosen = 0 if self.rows else -1


def _style(column: pd.Series) -> str:
    number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    return "number" if number else STYLES.get(column.name, "")
