"""One function per kind of figure, each from a plain table to a matplotlib figure, and :func:`save`, which keeps both.

>>> import pandas as pd
>>> table = pd.DataFrame({"term": ["x"], "doc": ["000"], "city": [None], "per_thousand": [1.0]})
>>> term_dots(table).get_size_inches()[0].item()
8.4
"""

import base64
import io
import os
import re
from html import escape
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from tifa.showing import fonts, style
from tifa.showing.calendar import visit_calendar
from tifa.showing.charts import composition, term_dots, word_cloud
from tifa.showing.matrices import leaders_by_district, phrase_matrix, reuse_matrix, sites_by_kind, term_matrix
from tifa.showing.timeline import MOST_NAMED, visit_timeline
from tifa.showing.visit_map import visit_map

__all__ = [
    "MOST_NAMED",
    "composition",
    "labelled",
    "labels",
    "leaders_by_district",
    "phrase_matrix",
    "reuse_matrix",
    "save",
    "sites_by_kind",
    "term_dots",
    "term_matrix",
    "visit_calendar",
    "visit_map",
    "visit_timeline",
    "word_cloud",
]

WIDEST_STEM = 8  # ems
NAME = re.compile(r"\d\d-[a-z0-9][a-z0-9-]*")


def folder() -> Path:
    """Where figures are written: ``$TIFA_OUT/figures``, else the project's own ``figures/``.

    Raises
    ------
    OSError
        If the package is installed apart from its project and ``TIFA_OUT`` is not set.
    """
    if os.environ.get("TIFA_OUT"):
        return Path(os.environ["TIFA_OUT"]) / "figures"
    project = Path(__file__).resolve().parents[3]
    if not (project / "pyproject.toml").is_file():
        raise OSError(
            "tifa is installed apart from its project: set TIFA_OUT to the folder that figures/ should be made in"
        )
    return project / "figures"


class Picture:
    """A saved figure: shows the PNG and its caption when it ends a notebook's cell."""

    def __init__(self, png: bytes, caption: str):
        self.png, self.caption = png, caption

    def __repr__(self) -> str:
        return f"Picture({self.caption!r})"

    def _ipython_display_(self) -> None:
        from IPython.display import display  # only there in a notebook

        image = {"image/png": base64.b64encode(self.png).decode(), "text/plain": repr(self)}
        display(image, raw=True, metadata={"image/png": {"alt": self.caption}})
        if self.caption:
            html = f'<p class="caption"><em>{escape(self.caption)}</em></p>'
            display({"text/html": html, "text/plain": self.caption}, raw=True)


def save(fig: Figure, data: pd.DataFrame, name: str, caption: str = "") -> Picture:
    """Write a figure and its numbers to ``figures/NAME.png`` and ``figures/NAME.csv``.

    Parameters
    ----------
    fig : Figure
        From one of this module's functions, or any other of matplotlib's.
    data : DataFrame
        What was drawn. Written as UTF-8 with six significant digits; a named index is written too.
    name : str
        Number of the notebook, a hyphen and words, such as ``02-top-terms``.
    caption : str
        One or two sentences that state n. What the figure had to leave out is added to it.

    Returns
    -------
    Picture
        Shows image and caption in a notebook.

    Raises
    ------
    ValueError
        If ``name`` has another form.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"figure name {name!r}: write the notebook's number, a hyphen and words, such as 02-top-terms")
    target = folder()
    target.mkdir(parents=True, exist_ok=True)
    image = png(fig)
    (target / f"{name}.png").write_bytes(image)
    named = any(level is not None for level in data.index.names)
    data.to_csv(target / f"{name}.csv", index=named, lineterminator="\n", float_format="%.6g", encoding="utf-8-sig")
    said = [caption if not caption or caption[-1] in ".!?。" else f"{caption}.", fig.get_label()]
    return Picture(image, " ".join(filter(None, said)))


def png(fig: Figure, small: bool = True) -> bytes:
    """The figure in 256 colours of its own: a third of the size, and no difference to be seen.

    They are chosen to lie far apart: a choice by number of pixels gives the few dots of a legend the colour of others.
    Not ``small``: in all its colours, in half the time.
    """
    fonts.register()
    fig.dpi = style.DPI
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    image = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    buffer = io.BytesIO()
    if small:
        image.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(buffer, "png")
    else:
        image.save(buffer, "png", compress_level=1)
    return buffer.getvalue()


def labels(documents: pd.DataFrame) -> dict[str, str]:
    """Short names of documents for figures: day, city and the start of the file's name; all different.

    Parameters
    ----------
    documents : DataFrame
        With ``doc``, ``published`` and ``city``.

    Returns
    -------
    dict
        ``doc`` to label, in order of time; documents without a time last.

    Examples
    --------
    >>> days = pd.to_datetime(["2022-04-24", None])
    >>> labels(pd.DataFrame({"doc": ["000_ab", "001_cd"], "published": days, "city": ["上海市", None]}))
    {'000_ab': '04-24 上海 (000)', '001_cd': '(001)'}
    """
    ordered = documents.sort_values(["published", "doc"], na_position="last")
    days = ordered.published
    form = "%m-%d" if days.dt.year.nunique() < 2 else "%Y-%m-%d"
    stems = _short_stems(list(documents.doc))
    result = {}
    for doc, day, city in zip(ordered.doc, days, ordered.city, strict=True):
        parts = ("" if pd.isna(day) else day.strftime(form), style.short_city(city), f"({stems[doc]})")
        result[doc] = " ".join(filter(None, parts))
    return result


def _short_stems(docs: list[str]) -> dict[str, str]:
    """The shortest of three starts of the names that keeps them all apart, else numbers."""
    for cut in (lambda d: re.split(r"[_.-]", d)[0], lambda d: d[:8], lambda d: d[:16]):
        short = {doc: cut(doc) for doc in docs}
        if len(set(short.values())) == len(docs) and all(fonts.width(s) <= WIDEST_STEM for s in short.values()):
            return short
    return {doc: f"{i:03d}" for i, doc in enumerate(docs)}


def labelled(table: pd.DataFrame, documents: pd.DataFrame, within: str | None = None) -> pd.DataFrame:
    """A table about documents, ready to draw: labels for names, city and day beside them, in order of time.

    Parameters
    ----------
    table : DataFrame
        With ``doc`` (and perhaps ``other``, a second document).
    documents : DataFrame
        Table ``documents``.
    within : str, optional
        Column whose order of appearance comes first, such as ``term``.

    Returns
    -------
    DataFrame
        ``table`` with ``doc`` and ``other`` replaced by :func:`labels`, ``city`` and ``date`` of ``doc`` added.
    """
    names, facts = labels(documents), documents.set_index("doc")
    times = {doc: place for place, doc in enumerate(names)}
    keys = [table[within].map({v: i for i, v in enumerate(dict.fromkeys(table[within]))})] if within else []
    keys += [table[column].map(times) for column in ("doc", "other") if column in table]
    order = pd.concat(keys, axis=1, keys=range(len(keys))).sort_values(list(range(len(keys))), kind="stable").index
    rows = table.loc[order].reset_index(drop=True)
    day = facts["published"].dt.tz_localize(None).dt.normalize()
    rows = rows.assign(city=rows["doc"].map(facts["city"]), date=rows["doc"].map(day))
    return rows.assign(**{column: rows[column].map(names) for column in ("doc", "other") if column in rows})
