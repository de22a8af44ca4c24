"""Sentences of the body, each with the line of the page it stands on."""

import re

import pandas as pd

from tifa.tables import table

# A sentence runs to its end mark and takes the closing quotation marks and brackets along. A line's end is one too.
_SENTENCE = re.compile(r"[^。！？!?…]*[。！？!?…]+[”’」』）)》〉]*|[^。！？!?…]+$")
_SAYS = re.compile(r"(?:指出|强调|要求|叮嘱|表示|认为|希望|介绍|说道?)(?:[,，:：“]|$)|[：:]“")


def split(lines: pd.DataFrame) -> pd.DataFrame:
    """Sentences of every document.

    Parameters
    ----------
    lines : DataFrame
        Table ``lines``: the body's lines in order, document by document.

    Returns
    -------
    DataFrame
        Table ``sentences``, in order of document and offset. ``start`` and ``end`` count in the body, which is the
        document's lines joined by line feeds.

    Examples
    --------
    >>> from tifa.tables import table
    >>> rows = [{"doc": "a", "line": 0, "role": "paragraph", "text": "他来到盈浦街道。随后离开。", "source_line": 7}]
    >>> split(table("lines", rows))[["text", "start", "end", "source_line"]].to_dict("split")["data"]
    [['他来到盈浦街道。', 0, 8, 7], ['随后离开。', 8, 13, 7]]
    """
    return table("sentences", _rows(lines))


def _rows(lines):
    doc, offset, number = None, 0, 0
    for line in lines.itertuples(index=False):
        if line.doc != doc:
            doc, offset, number = line.doc, 0, 0
        heading = line.role != "paragraph"
        for start, end in _spans(line.text):
            text = line.text[start:end]
            yield {
                "doc": doc,
                "paragraph": line.line,
                "sentence": number,
                "text": text,
                "start": offset + start,
                "end": offset + end,
                "source_line": line.source_line,
                "is_heading": heading,
                "is_speech": not heading and bool(_SAYS.search(text)),
            }
            number += 1
        offset += len(line.text) + 1


def _spans(text):
    """Start and end of each sentence of one line, without white space at its edges."""
    for match in _SENTENCE.finditer(text):
        piece = match.group()
        start = match.start() + len(piece) - len(piece.lstrip())
        end = match.end() - len(piece) + len(piece.rstrip())
        if end > start:
            yield start, end
