"""Explorers: choose pages, search them, follow visits, pick a phrase.

Each ends a cell. In JupyterLab it is live; in an HTML report and on a page that runs no kernel the same output shows
what it found when the cell was run.

>>> import tifa
>>> found = concordance(tifa.load(progress=False), "社会面清零")
>>> found.answer.said
'“社会面清零”: n = 13 in 5 of 5 documents.'
"""

from tifa.showing.exploring.explorers import Concordance, Phrases, Visits
from tifa.showing.exploring.pages import Pages

__all__ = ["concordance", "pages", "phrases", "visits"]


def pages(folder=None) -> Pages:
    """A chooser of pages: a folder, or files brought in; says what was left out and why.

    Parameters
    ----------
    folder : path, optional
        Folder to begin with; left out: the one that :func:`tifa.load` reads.

    Returns
    -------
    Pages
        Give it to the explorers: they follow when other pages are chosen. ``corpus`` is what was read.
    """
    return Pages(folder)


def concordance(source, query: str | None = None) -> Concordance:
    """Search: a phrase or regular expression, by city and days, sorted by what stands around it.

    Parameters
    ----------
    source : tifa.Corpus or Pages
    query : str, optional
        What to begin with; left out: the set phrase that stands most often.
    """
    return _following(source, Concordance(_corpus(source), query))


def visits(source) -> Visits:
    """Visits by district, kind of site, leader and days, as timeline and table.

    Parameters
    ----------
    source : tifa.Corpus or Pages
    """
    return _following(source, Visits(_corpus(source)))


def phrases(source) -> Phrases:
    """Phrases that documents share: where one stands, and its wordings.

    Parameters
    ----------
    source : tifa.Corpus or Pages
    """
    return _following(source, Phrases(_corpus(source)))


def _corpus(source):
    return source.corpus if isinstance(source, Pages) else source


def _following(source, explorer):
    if isinstance(source, Pages):
        source.follow(explorer)
    return explorer
