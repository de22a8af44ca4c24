"""Sentences of the body, each with the line of the page it stands on, and which part of each tells what happened.

Reports of inspection tours go to and fro between what the leader did and what the leader said. A place in the second is
no visit.
"""

import re
from functools import cache

import ahocorasick_rs
import pandas as pd

from tifa import data
from tifa.progress import bar
from tifa.tables import table

# A sentence runs to its end mark and takes the closing quotation marks and brackets along. A line's end is one too.
_SENTENCE = re.compile(r"[^。！？!?…]*[。！？!?…]+[”’」』）)》〉]*|[^。！？!?…]+$")
# 听…介绍 is listening, 据…介绍 only says where the report has it from.
_HEARSAY = re.compile("听|^据")
_PAUSE = "，,：:道说"
# 听说, 小说 are no saying; neither are 说明 and 说法.
_NOT_BEFORE_SAID = frozenset("小听话传据解学游")
_NOT_BEHIND_SAID = frozenset("明法服")
# 要求 and 希望 are verbs at the beginning of a clause, behind one of these, or behind a short subject.
_ASKING = ("他", "她", "领导", "一行", "并", "还", "也", "时", "中", "后", "现场", "当场", "再次", "反复", "明确")
_NO_SUBJECT = frozenset("的作控尽定高关本项出照合策按")
# What takes the story up again within a sentence that has reported speech.
_RESUMES = re.compile(
    r"[，,；;](?=(?:随后|紧?接着|之后|然后|而后|最后|离开|随即|当天|下午|上午|傍晚|晚上|次日)"
    r"|[^，,；;。要应须]{0,8}(?<!以)(?:来到|走进|赶到|前往|抵达|转到|又到|还到|再到|后到)"
    r"|(?:并|还|又)?(?:实地|现场|详细|认真|仔细)(?:察看|查看|检查|了解|听取))"
    r"|[；;](?=[\u4e00-\u9fff]{2,4}?(?:则|又|还|随后)?(?:到|前往|赶到|赴|去了)[^，,。；;要应须]{4})"
    r"|[；;](?=在[^，,。]{2,24}[，,]|[^，,。；;要应须]{3,24}[，,](?:他|她)(?!说|要求|强调|指出))"
)
# What takes the story up again after speech: a time, a stop, the leader as the one who moves or
# looks, or a place that is introduced.
_TAKES_UP = re.compile(
    r"^〓?(?:会[前后]|从[^，,。现今]{1,8}(?:出来|出发)[，,]|位于|坐落|地处|走出|出了|[其期]间|[^，,。]{1,6}(?:走|离开)后[，,]|随后|紧?接着|之后|然后|而后|最后|离开|当天|当日|当晚|次日|今天|昨天|[上下]午|傍晚|晚上|夜里|凌晨|清晨|中午|午后|深夜|第.站|首站|每到|\d{1,2}日|\d{1,2}月|在?(?:检查|督查|督导|调研|走访|慰问|暗访|抽查|巡查|视察|督战)[中后结时期]"
    r"|在[^，,。]{2,30}[，,](?!要)"
    r"|[^，,。“要应须]{2,20}(?:[村站点口厂店校]|社区|小区|公司|中心|超市|市场|医院|[卫养敬][生老]院)(?:里|内|门口|现场)?[，,]"
    r"(?:他|她|[^，,。要应须各]{2,3}(?:向|问|看|听|让|同|与|对|翻|查|询|在|进|走|站|蹲|登|拿|数|尝|量|试|仔细|详细|认真))"
    r"|[^，,。“要应须]{0,14}(?:来到|走进|赶到|前往|抵达|赴|深入|到|在|听取|察看|查看|看望|慰问|检查|询问|握|还|又|陪同|参加|主持|召开)"
    r"|[^，,。“]{2,24}(?:启用|投用|建成|位于|占地|始建|住着|拥有|地处|承担|共有|居住|是[^，,。]{0,16}(?:最大|重要|首个|唯一|定点|集中)))"
)
_QUOTED = re.compile(r"“[^”]*[，。！？,!?；：][^”]*”|“[^”]{13,}”")


def split(lines: pd.DataFrame, *, progress: bool = False) -> pd.DataFrame:
    """Sentences of every document.

    Parameters
    ----------
    lines : DataFrame
        Table ``lines``: the body's lines in order, document by document.
    progress : bool
        Whether to show a bar once it takes longer than two seconds.

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
    return table("sentences", _rows(lines, progress))


def _rows(lines, progress):
    doc, offset, number, speaking = None, 0, 0, False
    for line in bar(lines.itertuples(index=False), progress, "sentences", "line", len(lines)):
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
    for start, end in _sayings(text):
        if start < position:
            continue
        parts.append((position, start))
        resumes = _RESUMES.search(text, end)
        if not resumes:
            return [part for part in parts if part[0] < part[1]], True
        position = resumes.end()
    parts.append((position, len(text)))
    return [part for part in parts if part[0] < part[1]], False


@cache
def _saying_finder():
    kinds = {}
    for line in data.lines("sentences/saying.txt"):
        kind, _, words = line.partition(":")
        kinds |= dict.fromkeys(words.split(), kind)
    kinds |= {"说": "said", "表示": "expresses", "要求": "asks", "希望": "asks", "：“": "quotes", ":“": "quotes"}
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(list(kinds), matchkind=kind), list(kinds.values())


def _sayings(text):
    """Where speech begins: start of the verb, or of the short clause before it, and the verb's end."""
    finder, kinds = _saying_finder()
    for i, start, end in finder.find_matches_as_indexes(text):
        kind, behind = kinds[i], text[end : end + 1]
        if kind in ("always", "quotes"):
            if behind != "的" and text[start - 1 : start] != "再":
                yield start, end
        elif kind == "pause":
            if behind and behind in _PAUSE and not _HEARSAY.search(text[_clause_start(text, start) : start]):
                yield start, end
        elif kind == "expresses":
            if behind and behind in "，,：:“要将会愿":
                yield start, end
        else:
            clause = _clause_start(text, start)
            if _is_said(text, clause, start, end) if kind == "said" else _is_asked(text, clause, start, behind):
                yield (clause if start - clause <= 6 else start), end


def _clause_start(text, at):
    return max(text.rfind(mark, 0, at) for mark in "，,；;。") + 1


def _is_said(text, clause, start, end):
    behind = text[end : end + 1]
    if text[start - 1 : start] in _NOT_BEFORE_SAID:
        return False
    return not behind or behind in '，,：:道“"' or (start - clause <= 6 and behind not in _NOT_BEHIND_SAID)


def _is_asked(text, clause, start, behind):
    before = text[clause:start]
    if behind in ("等", "下"):
        return False
    return not before or before.endswith(_ASKING) or (len(before) <= 4 and not _NO_SUBJECT & set(before))


def quoted(text: str) -> list[tuple[int, int]]:
    """Stretches in quotation marks that are words spoken, not names.

    Examples
    --------
    >>> quoted("在“红星”小区,他问:“菜够吃吗?几天送一次?”")
    [(11, 24)]
    """
    return [match.span() for match in _QUOTED.finditer(text, 0, text.rfind("”") + 1)]


def _only_speech(text, told):
    """Whether what is told is no more than who spoke: 李强指出, …"""
    if not told:
        return True
    start, end = told[0]
    brief = len(told) == 1 and end < len(text) and end - start <= 12
    return brief and not re.search("[，,；;]|在.{2,}", text[start:end])
