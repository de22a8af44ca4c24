"""A folder of pages and its tables, each made when it is first asked for."""

import os
from functools import cached_property
from pathlib import Path

import pandas as pd

from tifa.marking import names, places, sentences, words
from tifa.reading.decoding import decode
from tifa.reading.folder import Reading, read_folder
from tifa.studies import visits

# Where the seed pages lie in a checkout; the environment variable lets a report be made of another folder.
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SEEDS_VARIABLE = "TIFA_SEEDS"


class Corpus:
    """Tables of one folder of pages; columns are described in :mod:`tifa.tables`. :func:`load` makes one.

    Attributes
    ----------
    folder : Path
        Where the pages are.
    documents, lines, dropped, repairs, left_out : DataFrame
        What reading found: articles, their lines, what was left out of them, repairs, pages without an article.
    sentences, names, tokens, visits : DataFrame
        Made from the documents when first asked for, then kept.
    lists : Lists
        Set phrases and stop words: the project's, and those in ``lists/`` beside the pages.

    Examples
    --------
    From a finding back to the page: the sentence of a visit, and its line as it was saved.

    >>> corpus = load(progress=False)
    >>> visit = corpus.visits.iloc[-1]
    >>> visit["site"], visit["quote"][:12]
    ('丰泽区指挥部', '赵龙分别在泉州市和晋江市')
    >>> corpus.page(visit["doc"])[visit["source_line"] - 1][:12]
    '趙龍分別在泉州市和晉江市'
    """

    def __init__(self, reading: Reading, folder: Path, progress: bool = False):
        self.folder, self._progress = folder, progress
        self.lines = reading.lines
        self.dropped = reading.dropped
        self.repairs = reading.repairs
        self.left_out = reading.left_out
        self.documents = reading.documents.assign(**places.locate(reading.documents))

    def __repr__(self):
        return f"<Corpus: {len(self.documents)} documents, {len(self.left_out)} pages left out>"

    def page(self, doc: str) -> list[str]:
        """Lines of a document's page as saved, decoded but not repaired; ``source_line`` 1 is the first.

        Parameters
        ----------
        doc : str
            A value of the column ``doc``.

        Raises
        ------
        KeyError
            If there is no such document.
        OSError
            If the file is no longer there.
        """
        file = self.documents.set_index("doc")["file"][doc]
        return decode((self.folder / file).read_bytes()).split("\n")

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """Table ``sentences``."""
        return sentences.split(self.lines, progress=self._progress)

    @cached_property
    def tokens(self) -> pd.DataFrame:
        """Table ``tokens``: set phrases and names are kept whole."""
        return words.tokens(self.sentences, phrases=words.Phrasebook(self.lists.phrases), names=self.names)

    @cached_property
    def names(self) -> pd.DataFrame:
        """Table ``names``: people and places where they stand."""
        return names.names_in(self.documents, self.sentences, progress=self._progress)

    @cached_property
    def lists(self) -> words.Lists:
        """Set phrases with their glosses, and stop words, the user's own included."""
        return words.lists_for(self.folder)

    @cached_property
    def visits(self) -> pd.DataFrame:
        """Table ``visits``."""
        return visits.visits(self.documents, self.sentences, progress=self._progress)


def load(folder: str | os.PathLike | None = None, *, progress: bool = True) -> Corpus:
    """Read a folder of saved pages.

    Parameters
    ----------
    folder : path, optional
        Folder with ``.txt``, ``.html``, ``.htm`` or ``.md`` files; its folder ``lists``, if there is one, holds set
        phrases and stop words of your own. Left out: the seed pages, or the folder that the environment variable
        ``TIFA_SEEDS`` names.
    progress : bool
        Show a bar where reading, and later making a table, takes longer than two seconds.

    Returns
    -------
    Corpus

    Raises
    ------
    tifa.reading.folder.FolderError
        If the folder is missing, or none of its pages has an article.

    Examples
    --------
    >>> load(progress=False)
    <Corpus: 5 documents, 0 pages left out>
    """
    folder = Path(folder or os.environ.get(SEEDS_VARIABLE) or SEEDS)
    return Corpus(read_folder(folder, progress=progress), folder, progress)
