"""Which pages: a folder, or files brought in; what was read, and what was left out and why."""

import tempfile
from html import escape
from pathlib import Path

import ipywidgets

from tifa import corpus as corpora
from tifa.reading.folder import ENDINGS
from tifa.showing.exploring import fields
from tifa.showing.exploring.panel import Explorer, answered, sentence
from tifa.showing.tables import show

BROUGHT = "files brought in"


def _typed_folder(typed: str):
    """The folder that was typed; a relative one may be told from the project, though notebooks run below it."""
    below = corpora.SEEDS.parent / typed
    return below if typed and not Path(typed).is_dir() and below.is_dir() else typed or None


class Pages(Explorer):
    """A chooser of pages; what is made from it follows when others are chosen.

    Parameters
    ----------
    folder : path, optional
        Folder to begin with; left out: the one that :func:`tifa.load` reads.

    Attributes
    ----------
    corpus : tifa.Corpus or None
        The pages read last.
    """

    name = "documents"
    has_picture = False
    columns = ("doc", "published", "city", "title", "n_chars", "n_repairs", "n_lost")

    def __init__(self, folder=None):
        self._followers, self._brought = [], None
        self.left_out = ipywidgets.HTML()
        self.folder = fields.text("folder", "" if folder is None else str(folder), "a folder of saved pages; Enter")
        self.upload = ipywidgets.FileUpload(accept=",".join(ENDINGS), multiple=True, description="or files")
        super().__init__()
        self.fields.children, self.after.children = [self.folder, self.upload], [self.left_out]
        self.folder.observe(self._typed, "value")
        self.upload.observe(lambda change: change["new"] and self.bring(change["new"]), "value")
        self.read(folder)

    def follow(self, explorer: Explorer) -> None:
        """Let an explorer have each corpus that is read from now on."""
        self._followers.append(explorer)

    def _typed(self, change) -> None:
        if change["new"] != BROUGHT:
            self.read(_typed_folder(change["new"].strip()))

    def read(self, folder) -> None:
        """Read a folder; where it cannot be read the pages stay as they were, and a sentence says why."""
        self.said.value = "<p>Reading the pages …</p>"
        try:
            corpus = corpora.load(folder)
        except (ValueError, OSError) as error:
            stay = " The pages stay as they were." if self.corpus else ""
            self.said.value = f"<p>{escape(sentence(error) + stay)}</p>"
            return
        self.corpus, self.labels = corpus, {}
        self.update()
        self.left_out.value = self._left_out()
        for explorer in self._followers:
            explorer.wait()
        for explorer in self._followers:
            explorer.load(self.corpus)

    def bring(self, files) -> None:
        """Read files that were brought in, each a name and its content, from a folder that lasts as long as Python."""
        self._brought = tempfile.TemporaryDirectory(prefix="tifa-")
        for file in files:
            name = Path(file["name"].replace("\\", "/")).name
            (Path(self._brought.name) / name).write_bytes(file["content"])
        self.folder.value = BROUGHT
        self.read(self._brought.name)

    def find(self):
        rows = self.corpus.documents
        brought = self._brought is not None and str(self.corpus.folder) == self._brought.name
        where = BROUGHT if brought else f"the folder {self.corpus.folder.name}"
        n, n_out = len(rows), len(self.corpus.left_out)
        said = f"n = {n:,} document{'s' * (n != 1)} from {where}; {n_out:,} page{'s' * (n_out != 1)} left out."
        return answered(said, rows, self.columns)

    def place(self, row):
        first = self.corpus.lines[self.corpus.lines["doc"] == row["doc"]].iloc[0]
        return row["doc"], first["source_line"], first["text"]

    def _left_out(self) -> str:
        rows = self.corpus.left_out
        return f"<p>Left out, and why:</p>{show(rows).data}" if len(rows) else ""

    def static(self):
        return super().static() + self.left_out.value
