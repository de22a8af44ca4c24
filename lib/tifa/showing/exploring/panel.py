"""What all explorers have in common: fields, an answer in a sentence, a picture, a table, an open row, buttons to save.

An explorer ends a cell. Where a kernel runs it is a widget; elsewhere the same output holds its state as text, table
and picture.
"""

import base64
from collections.abc import Callable
from html import escape
from typing import NamedTuple

import ipywidgets
import pandas as pd
from matplotlib.figure import Figure

from tifa.showing import figures
from tifa.showing.exploring import fields
from tifa.showing.exploring.opened import opened
from tifa.showing.exploring.rows import MOST_ROWS, Rows
from tifa.showing.exploring.saving import save_figure, save_table
from tifa.showing.tables import show

STATIC_ROWS = 6
TABLES, PICTURES = ("csv", "xlsx"), ("png", "svg")
WIDE = {"width": "100%"}
WRAPPED = {"width": "100%", "flex_flow": "row wrap", "align_items": "center"}
STYLE = """<style>
.tifa-explorer table { border-collapse: collapse; line-height: 1.5; }
.tifa-explorer .widget-html table th, .tifa-explorer .widget-html table td { padding: 3px 8px; text-align: left; }
.tifa-explorer .tifa-opened table { width: 100%; table-layout: fixed; }
.tifa-explorer .tifa-opened td { overflow-wrap: anywhere; }
.tifa-explorer .widget-html-content { line-height: 1.45; overflow-x: auto; }
.tifa-explorer .widget-html-content p { margin: 4px 8px; line-height: 1.45; }
.tifa-explorer img { display: block; max-width: 100%; height: auto; }
.tifa-explorer .tifa-days { align-items: center; }
</style>"""


class Answer(NamedTuple):
    """What an explorer says.

    Attributes
    ----------
    said : str
        One sentence.
    head : DataFrame
        The rows that are shown, ``columns`` of them.
    n : int
        How many rows there are.
    whole : callable
        Makes the table of all rows; called where it is saved.
    draw : callable, optional
        Draws the picture; called only where it is shown or saved.
    """

    said: str
    head: pd.DataFrame
    columns: list[str]
    n: int
    whole: Callable[[], pd.DataFrame]
    draw: Callable[[], Figure] | None = None

    @property
    def table(self) -> pd.DataFrame:
        """All rows."""
        return self.whole()


def answered(said: str, table: pd.DataFrame, columns, draw: Callable[[], Figure] | None = None) -> Answer:
    """An answer whose table is at hand."""
    return Answer(said, table.head(MOST_ROWS), list(columns), len(table), lambda: table, draw if len(table) else None)


def nothing(said: str) -> Answer:
    """A sentence that says why there is no answer."""
    return answered(said, pd.DataFrame(), [])


def sentence(error: Exception) -> str:
    """What an error says, as a sentence.

    Examples
    --------
    >>> sentence(ValueError("there is no folder x"))
    'There is no folder x.'
    """
    said = str(error).strip()
    return f"{said[:1].upper()}{said[1:].rstrip('.')}."


class Explorer:
    """Base of the explorers; each makes its fields, says what it finds, and which sentence a row opens.

    Parameters
    ----------
    corpus : tifa.Corpus, optional
        Its pages; none as long as none are chosen.
    """

    name = "table"
    has_picture = True

    def __init__(self, corpus=None):
        self.said, self.picture, self.shown = (ipywidgets.HTML(layout=WIDE) for _ in range(3))
        self.rows = Rows(layout=WIDE)
        self.fields = ipywidgets.HBox(layout=WRAPPED)
        self.between, self.after = ipywidgets.VBox(layout=WIDE), ipywidgets.VBox(layout=WIDE)
        parts = [self.fields, self.between, self.said, self.picture, self.rows, self.shown, self.after, self._saving()]
        self.widget = ipywidgets.VBox([ipywidgets.HTML(STYLE), *parts], layout=WIDE)
        self.widget.add_class("tifa-explorer")
        self.rows.observe(lambda change: self._open(), "chosen")
        self.load(corpus)

    def load(self, corpus) -> None:
        """Begin anew with the pages of a corpus, or with none."""
        self.corpus = corpus
        self.labels = {} if corpus is None else figures.labels(corpus.documents)
        asked = [] if corpus is None else self.make_fields()
        self.fields.children = asked
        for field in asked:
            (field.slider if hasattr(field, "slider") else field).observe(lambda change: self.update(), "value")
        self.update()

    def wait(self) -> None:
        """Say that other pages are being looked through; until then there is nothing to ask."""
        self.fields.children, self.said.value = [], "<p>Looking through the pages …</p>"

    def update(self) -> None:
        """Answer what the fields ask, then draw."""
        self.tell()
        self.illustrate()

    def tell(self) -> None:
        """Sentence, table and its first row opened; a mistake in the fields is told in the sentence."""
        try:
            self.answer = nothing("Choose a folder of pages first.") if self.corpus is None else self.find()
        except (ValueError, OSError) as error:
            self.answer = nothing(sentence(error))
        self.said.value = f"<p>{escape(self.answer.said)}</p>"
        self.rows.show(self.visible(), self.answer.columns)

    def illustrate(self) -> None:
        """The picture, where the answer has one."""
        png = figures.png(self.answer.draw(), small=False) if self.answer.draw else b""
        self.picture.value = _image(png, self.answer.said)

    def make_fields(self) -> list[ipywidgets.Widget]:
        """The fields for this corpus."""
        raise NotImplementedError

    def find(self) -> Answer:
        """Answer what the fields ask."""
        raise NotImplementedError

    def place(self, row: pd.Series) -> tuple[str, int, str]:
        """Document, line and sentence of a row."""
        raise NotImplementedError

    def _open(self) -> None:
        self.shown.value = self._opened(self.rows.chosen)

    def _opened(self, number: int) -> str:
        if not 0 <= number < len(self.answer.head):
            return ""
        try:
            return opened(self.corpus, *self.place(self.answer.head.iloc[number]))
        except OSError as error:
            return f"<p>{escape(f'The page cannot be opened: {error}')}</p>"

    def _saving(self) -> ipywidgets.HBox:
        self.file_name = fields.text("save as", self.name, width="18rem")
        self.saved = ipywidgets.HTML()
        buttons = [_button(ending, self.save) for ending in (*TABLES, *(PICTURES if self.has_picture else ()))]
        return ipywidgets.HBox([self.file_name, *buttons, self.saved], layout=WRAPPED)

    def save(self, ending: str) -> None:
        """Write the whole table, or the picture, beside the notebook and say where."""
        self.saved.value = escape(self._save(ending))

    def _save(self, ending: str) -> str:
        drawn = ending in PICTURES
        if not self.answer.n or (drawn and not self.answer.draw):
            return "There is no picture to save." if drawn else "There is no row to save."
        try:
            if drawn:
                return f"Saved as {save_figure(self.answer.draw(), self.file_name.value, ending)}"
            file = save_table(self.answer.table, self.file_name.value, ending)
        except OSError as error:
            return f"Not saved: {error}"
        return f"Saved {self.answer.n:,} rows as {file}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        """The widget, and its state now for places without a kernel."""
        data = dict(self.widget._repr_mimebundle_()) | {"text/plain": self.answer.said, "text/html": self.static()}
        if self.answer.draw:
            data["image/png"] = base64.b64encode(figures.png(self.answer.draw())).decode()
        return data, {"image/png": {"alt": self.answer.said}}

    def visible(self) -> pd.DataFrame:
        """The rows that are shown, documents by their short names."""
        rows = self.answer.head
        return rows.assign(document=rows["doc"].map(self.labels)) if "document" in self.answer.columns else rows

    def static(self) -> str:
        """Sentence, first rows and open row as HTML."""
        rows = show(self.visible().head(STATIC_ROWS), self.answer.columns, total=self.answer.n).data
        table = rows if self.answer.n else ""
        return f"<p>{escape(self.answer.said)}</p>{table}{self.shown.value}"


def _button(ending: str, action) -> ipywidgets.Button:
    button = ipywidgets.Button(description=ending.upper(), layout=ipywidgets.Layout(width="4rem"))
    button.on_click(lambda clicked: action(ending))
    return button


def _image(png: bytes, alt: str) -> str:
    return f'<img alt="{escape(alt)}" src="data:image/png;base64,{base64.b64encode(png).decode()}">' if png else ""
