"""Tables as CSV or XLSX, figures as PNG or SVG, in a folder beside the notebook; the same content, the same bytes."""

import io
import re
from pathlib import Path

import matplotlib
import pandas as pd
from matplotlib.figure import Figure
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tifa.showing import figures, fonts
from tifa.showing.tables import readable

FOLDER = "saved"
FORBIDDEN = re.compile(r'[\\/:*?"<>|\s\x00-\x1f.]+')  # in a file's name, on one system or another
LONGEST_NAME = 60


def save_table(table: pd.DataFrame, name: str, ending: str, folder: Path | None = None) -> Path:
    """Write a table to a new file.

    Parameters
    ----------
    table : DataFrame
    name : str
        Name of the file without its ending; what no file's name may hold becomes a hyphen.
    ending : str
        ``csv`` (UTF-8 with a mark by which Excel knows it) or ``xlsx``.
    folder : Path, optional
        Made if missing; ``saved/`` in the working directory when left out.

    Returns
    -------
    Path
        The file; an earlier file of that name is kept, the new one gets a number.

    Raises
    ------
    OSError
        If it cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> save_table(pd.DataFrame({"n": [1]}), "a/b", "csv", Path(tempfile.mkdtemp())).name
    'a-b.csv'
    """
    data = _csv(table) if ending == "csv" else _xlsx(table)
    return _write(data, name, ending, folder)


def save_figure(fig: Figure, name: str, ending: str, folder: Path | None = None) -> Path:
    """Write a figure to a new file, as :func:`save_table` does; ``ending`` is ``png`` or ``svg``."""
    return _write(figures.png(fig) if ending == "png" else svg(fig), name, ending, folder)


def svg(fig: Figure) -> bytes:
    """The figure as SVG, text as outlines, so that it looks the same without the font."""
    fonts.register()
    buffer = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "tifa", "svg.fonttype": "path"}):
        fig.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def _csv(table: pd.DataFrame) -> bytes:
    text = table.apply(readable).to_csv(index=False, lineterminator="\n")
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


def _xlsx(table: pd.DataFrame) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("table")
    sheet.append(list(table.columns))
    for row in table.apply(_cells).itertuples(index=False, name=None):
        sheet.append([_cell(sheet, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cells(column: pd.Series) -> pd.Series:
    """Numbers as numbers, all else as text."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return column.astype(object).where(column.notna(), None)
    return readable(column).astype(str)


def _cell(sheet, value):
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"  # a page's = begins no formula
    return cell


def _write(data: bytes, name: str, ending: str, folder: Path | None) -> Path:
    folder = Path(FOLDER) if folder is None else folder
    folder.mkdir(parents=True, exist_ok=True)
    stem = FORBIDDEN.sub("-", name).strip("-")[:LONGEST_NAME] or "table"
    number = 1
    while True:
        file = folder / f"{stem}{f'-{number}' if number > 1 else ''}.{ending}"
        try:
            with file.open("xb") as out:
                out.write(data)
            return file
        except FileExistsError:
            number += 1
