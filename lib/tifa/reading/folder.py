"""A folder of saved pages → the tables of the reading step."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from tifa import tables
from tifa.progress import bar
from tifa.reading.article import Article, Dropped, Line, read_article
from tifa.reading.copies import copies_of
from tifa.reading.decoding import LOST, NotText, decode
from tifa.reading.pages import read_layout
from tifa.reading.repair import Repair, repair
from tifa.reading.script import simplify

ENDINGS = (".txt", ".html", ".htm", ".md")
# What people save pages as too, and this step cannot read.
OTHER_ENDINGS = (".mhtml", ".mht", ".xhtml", ".webarchive", ".maff", ".pdf", ".doc", ".docx", ".rtf", ".epub")
ABOUT = frozenset({"readme", "license"})  # files about a folder of pages, no pages


class FolderError(ValueError):
    """The folder is missing, or holds no page."""


class Reading(NamedTuple):
    """The reading step's tables; columns in :mod:`tifa.tables`."""

    documents: pd.DataFrame
    lines: pd.DataFrame
    dropped: pd.DataFrame
    repairs: pd.DataFrame
    left_out: pd.DataFrame


class Read(NamedTuple):
    """One page, read."""

    layout: str
    article: Article
    repairs: list
    n_chars: int  # of the page as saved, without white space


class NoArticle(ValueError):
    """A page that can be read but holds no article."""


def read_bytes(data: bytes) -> Read:
    """One saved page.

    Parameters
    ----------
    data : bytes
        The file as saved.

    Returns
    -------
    Read
        Layout, article and the repairs made, their lines those of the file.

    Raises
    ------
    NotText
        If the bytes are no text.
    NoArticle
        If the page is empty or has no paragraph.

    Examples
    --------
    >>> read_bytes("泉州要聞\\n市領導29日到晉江市檢查，要求做好防控工作。".encode("big5")).article.lines[-1].text
    '市领导29日到晋江市检查，要求做好防控工作。'
    """
    text = decode(data)
    if not text.strip():
        raise NoArticle("the page is empty: save it again")
    repaired = repair(text)
    page = read_layout(simplify(repaired.text))
    article = read_article(page)
    if article is None:
        raise NoArticle(
            "no paragraph with a full sentence was found: the page holds no article, or only a list of links"
        )
    return Read(page.layout, article, repaired.ledger, len("".join(text.split())))


def read_folder(folder, *, progress: bool = True) -> Reading:
    """Every page of a folder.

    Parameters
    ----------
    folder : str or path
        Its ``.txt``, ``.html``, ``.htm`` and ``.md`` files are read, in order of their names, except a
        ``README``; folders inside are not.
    progress : bool
        Whether to show a bar on stderr once reading takes longer than two seconds.

    Returns
    -------
    Reading
        Tables ``documents``, ``lines``, ``dropped``, ``repairs`` and ``left_out``. A page that cannot be read is a
        row of ``left_out`` with the reason; the others go on.

    Raises
    ------
    FolderError
        If the folder is missing, holds no such file, or no page of it has an article.

    Examples
    --------
    >>> reading = read_folder("seeds", progress=False)
    >>> len(reading.documents), len(reading.left_out)
    (5, 0)
    """
    files = _pages_of(Path(folder))
    names = _documents(files)
    read, left_out = _Tables(), list(_unread(Path(folder)))
    for file in bar(files, progress, "pages", "page"):
        try:
            read.add(_printable(names[file]), _printable(file.name), read_bytes(file.read_bytes()))
        except (NotText, NoArticle) as error:
            left_out.append({"file": _printable(file.name), "reason": str(error)})
        except OSError as error:
            reason = f"the file cannot be read ({error.strerror}): look at its permissions, or save the page again"
            left_out.append({"file": _printable(file.name), "reason": reason})
    if not read.rows:
        first = "; ".join(f"{row['file']}: {row['reason']}" for row in left_out[:3])
        raise FolderError(f"none of the {len(files)} files in {folder} has an article. {first}")
    return read.made(left_out)


def _printable(name):
    """A file's name as text on one line, whatever bytes it is made of."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def file_named(folder: Path, name: str) -> Path:
    """The file that a table names: as written, or, for a name that cannot be printed, the one that is printed so.

    Examples
    --------
    >>> file_named(Path("seeds"), "README.md").name
    'README.md'
    """
    plain = folder / name
    return plain if plain.exists() else next((f for f in folder.iterdir() if _printable(f.name) == name), plain)


def _unread(folder):
    """Rows of ``left_out`` for what is saved in a form that is not read, and for links that lead to no file."""
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        ending = file.suffix.lower()
        if ending in OTHER_ENDINGS and not file.is_dir():
            reason = f"{ending} is not read: open it in a browser and save it as .html or .txt"
            yield {"file": _printable(file.name), "reason": reason}
        elif ending in ENDINGS and file.is_symlink() and not file.exists():
            yield {"file": _printable(file.name), "reason": "the link leads to no file: put the page itself here"}


def _pages_of(folder):
    try:
        files = sorted(f for f in folder.iterdir() if _is_page(f))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FolderError(f"there is no folder {folder}: give the folder that holds your saved pages") from error
    if not files:
        raise FolderError(f"the folder {folder} holds no {', '.join(ENDINGS)} file: put saved pages there")
    return files


def _is_page(file):
    return file.suffix.lower() in ENDINGS and file.stem.lower() not in ABOUT and file.is_file()


def _documents(files):
    """Document of each file: its stem, with the ending where two files share a stem."""
    stems, names = Counter(f.stem for f in files), {f.name for f in files}
    return {f: f.stem if stems[f.stem] == 1 and f.stem not in names else f.name for f in files}


class _Columns:
    """A table with many rows to a page, kept column by column: a row of its own costs more than what it says."""

    def __init__(self, kind, **names):
        self.fields = [names.get(field, field) for field in kind._fields]
        self.data = {name: [] for name in ("doc", *self.fields)}

    def add(self, doc, rows):
        self.data["doc"] += [doc] * len(rows)
        for name, values in zip(self.fields, zip(*rows, strict=True), strict=False):  # no values without rows
            self.data[name] += values


class _Tables:
    """The tables in the making, page after page."""

    def __init__(self):
        self.rows, self.published, self.numbers = [], [], []
        self.lines, self.dropped, self.repairs = _Columns(Line), _Columns(Dropped), _Columns(Repair, line="source_line")

    def add(self, doc, file, page):
        article = page.article
        self.rows.append(_document(doc, file, page, "\n".join(line.text for line in article.lines)))
        self.published.append(article.published)
        self.numbers += range(len(article.lines))
        self.lines.add(doc, article.lines)
        self.dropped.add(doc, article.dropped)
        self.repairs.add(doc, page.repairs)

    def made(self, left_out) -> Reading:
        """The tables, after what only all pages together tell."""
        _dated_by_corpus(self.rows, self.published)
        _grouped(self.rows)
        return Reading(
            tables.table("documents", self.rows),
            tables.columns("lines", self.lines.data | {"line": self.numbers}),
            tables.columns("dropped", self.dropped.data),
            tables.columns("repairs", self.repairs.data),
            tables.table("left_out", left_out),
        )


def _document(doc, file, page, body):
    article, credits = page.article, page.article.credits
    return {
        "doc": doc,
        "file": file,
        "layout": page.layout,
        "article": doc,
        "title": article.title,
        "over_title": article.over_title,
        "sub_title": article.sub_title,
        "published": _in_zone(article.published.time),
        "published_precision": article.published.precision,
        "published_basis": article.published.basis,
        "agency": credits.agency,
        "website": credits.website or _host(article.url),
        "url": article.url,
        "authors": credits.authors,
        "editors": credits.editors,
        "photographers": credits.photographers,
        "doubt": article.doubt,
        "body": body,
        "n_page": page.n_chars,
        "n_chars": len("".join(body.split())),
        "n_repairs": sum(row.seen != row.became for row in page.repairs),
        "n_lost": body.count(LOST) + sum(row.text.count(LOST) for row in article.dropped),
    }


def _host(url):
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:  # http://[bad/ is no address
        return None


def _in_zone(time):
    return None if time is None else pd.Timestamp(time, tz=tables.ZONE)


def _dated_by_corpus(rows, published):
    """The year for pages that give month and day only, where all dated pages lie in one year."""
    years = {p.time.year for p in published if p.time}
    if len(years) != 1:
        return
    year = years.pop()
    for row, one in zip(rows, published, strict=True):
        if one.waiting and one.time is None and one.waiting.possible(year):
            time, precision = _in_zone(one.waiting.at(year)), one.waiting.precision
            row.update(published=time, published_precision=precision, published_basis="corpus")


def _grouped(rows):
    """One article id for copies: the document of the earliest."""
    groups: dict[int, list[dict]] = {}
    for row, first in zip(rows, copies_of([row["body"] for row in rows]), strict=True):
        groups.setdefault(first, []).append(row)
    for group in groups.values():
        dated = [row for row in group if row["published"] is not None]
        earliest = min(dated, key=lambda row: row["published"]) if dated else group[0]
        for row in group:
            row["article"] = earliest["doc"]
