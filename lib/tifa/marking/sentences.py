"""Sentences of the body, each with the line of the page it stands on, and which part of each tells what happened.

Reports of inspection tours go to and fro between what the leader did and what the leader said. A place in the second is
no visit.
"""

import re

import pandas as pd

from tifa.tables import table

# A sentence runs to its end mark and takes the closing quotation marks and brackets along. A line's end is one too.
_SENTENCE = re.compile(r"[^。！？!?…]*[。！？!?…]+[”’」』）)》〉]*|[^。！？!?…]+$")
# Verbs of saying. 要求, 希望 and 表示 are nouns or take other objects as well: 按照…要求, 表示慰问.
_SAYS = re.compile(
    r"(?<!再)(?:指出|强调)(?!的)|讲起|回忆|谈起|提起|讲述|叮嘱|嘱咐|嘱托|勉励|坦言|感慨|问道|(?:认为|介绍|谈到|回答|答道|告诉[^，,。]{0,12}|汇报|直言|寄语|明确|提醒|称|告知|反映|解释|承诺|号召|呼吁)(?=[，,：:道说])"
    r"|(?<![小听话传据解学游])说(?=[，,：:道“\"]|$)|(?:^|[，,；;。])[^，,；;。]{0,6}(?<![小听话传据解学游])说(?![明法服])"
    r"|表示(?=[，,：:“要将会愿])|(?:^|[，,；;]|他|她|领导|一行|并|还|也|时|中|后|现场|当场|再次|反复|明确)(?:要求|希望)(?![的，,]?(?:等|下))"
    r"|(?:^|[，,；;])[^，,；;。的作控尽定高关本项出照合策按]{2,4}(?:要求|希望)|[：:]“"
)
# What takes the story up again within a sentence that has reported speech.
_RESUMES = re.compile(
    r"[，,；;](?=(?:随后|紧?接着|之后|然后|而后|最后|离开|随即|当天|下午|上午|傍晚|晚上|次日)"
    r"|[^，,；;。要应须]{0,8}(?<!以)(?:来到|走进|赶到|前往|抵达|转到|又到|还到|再到)"
    r"|(?:并|还|又)?(?:实地|现场|详细|认真|仔细)(?:察看|查看|检查|了解|听取))"
    r"|；(?=在[^，,。]{2,24}[，,])"
)
# What takes the story up again after speech: a time, a stop, the leader as the one who moves or
# looks, or a place that is introduced.
_TAKES_UP = re.compile(
    r"^(?:会[前后]|[其期]间|随后|紧?接着|之后|然后|而后|最后|离开|当天|当日|当晚|次日|今天|昨天|[上下]午|傍晚|晚上|夜里|第.站|首站|每到|\d{1,2}日|\d{1,2}月|在?(?:检查|督查|督导|调研|走访|慰问)[中后结时期]"
    r"|在[^，,。]{2,30}[，,](?!要)"
    r"|[^，,。“要应须]{0,14}(?:来到|走进|赶到|前往|抵达|赴|深入|到|在|听取|察看|查看|看望|慰问|检查|询问|握|还|又|陪同|参加|主持|召开)"
    r"|[^，,。“]{2,24}(?:启用|投用|建成|位于|占地|始建|住着|拥有|地处|承担|共有|居住|是[^，,。]{0,16}(?:最大|重要|首个|唯一|定点|集中)))"
)
_QUOTED = re.compile(r"“[^”]*[，。！？,!?；：][^”]*”|“[^”]{13,}”")


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
        document's lines joined by line feeds. ``is_speech``: the sentence tells what somebody said, and nothing else.

    Examples
    --------
    >>> from tifa.tables import table
    >>> rows = [{"doc": "a", "line": 0, "role": "paragraph", "text": "他来到盈浦街道。随后离开。", "source_line": 7}]
    >>> split(table("lines", rows))[["text", "start", "end", "source_line"]].to_dict("split")["data"]
    [['他来到盈浦街道。', 0, 8, 7], ['随后离开。', 8, 13, 7]]
    """
    return table("sentences", _rows(lines))


def _rows(lines):
    doc, offset, number, speaking = None, 0, 0, False
    for line in lines.itertuples(index=False):
        if line.doc != doc:
            doc, offset, number = line.doc, 0, 0
        heading, speaking = line.role != "paragraph", False
        for start, end in _spans(line.text):
            text = line.text[start:end]
            told, speaking = narrated(text, speaking)
            yield {
                "doc": doc,
                "paragraph": line.line,
                "sentence": number,
                "text": text,
                "start": offset + start,
                "end": offset + end,
                "source_line": line.source_line,
                "is_heading": heading,
                "is_speech": not heading and _only_speech(text, told),
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


def narrated(text: str, speaking: bool = False) -> tuple[list[tuple[int, int]], bool]:
    """Parts of a sentence that tell what happened, not what was said.

    Parameters
    ----------
    text : str
        One sentence.
    speaking : bool
        Whether the sentence before it, in the same paragraph, ended in reported speech.

    Returns
    -------
    parts : list of (int, int)
        Offsets, in order; empty when all of it is speech.
    speaking : bool
        Whether the sentence ends in speech.

    Examples
    --------
    >>> narrated("李强来到长兴镇,要求各区落实。")
    ([(0, 8)], True)
    >>> narrated("要守住农村。", speaking=True)
    ([], True)
    """
    if text[0] in "“‘" and (_QUOTED.match(text) or "”" not in text[:12]):
        return [], speaking
    if speaking and not _TAKES_UP.match(text):
        return [], True
    parts, position = [], 0
    while says := _SAYS.search(text, position):
        parts.append((position, says.start() + (says.group()[0] in "，,；;")))
        resumes = _RESUMES.search(text, says.end())
        if not resumes:
            return [part for part in parts if part[0] < part[1]], True
        position = resumes.end()
    parts.append((position, len(text)))
    return [part for part in parts if part[0] < part[1]], False


def quoted(text: str) -> list[tuple[int, int]]:
    """Stretches in quotation marks that are words spoken, not names.

    Examples
    --------
    >>> quoted("在“红星”小区,他问:“菜够吃吗?几天送一次?”")
    [(11, 24)]
    """
    return [match.span() for match in _QUOTED.finditer(text)]


def _only_speech(text, told):
    """Whether what is told is no more than who spoke: 李强指出, …"""
    return not told or (
        told[-1][1] < len(text) and len(told) == 1 and not re.search("[，,；;]|在.{2,}", text[: told[0][1]])
    )
