"""Whether a sentence tells of a meeting or video conference that a leader held or attended."""

import re

_MEETING = (
    r"(?:会议|大会|(?:视频|电视电话|电视|电话|调度|推进|部署|座谈|工作|专题|会商|动员|约谈|研判|汇报|协调|碰头|常务"
    r"|调研|通报|恳谈|联席|紧急|分析|培训|点评|例|群众|碰头|点名|交办|推进|视频|反馈|办公|现场|协商|部署|研讨|誓师|院坝|见面)会|会商)"
    r"(?!议?精神|议?要求|议?决定|议?纪要|议?确定|议室|堂|展|场|诊|客|所|员|长|馆)"
)
# 主持召开…调度会, 出席…会议; 会议…举行; 在会上强调; 视频连线: presence at a meeting or before a screen.
_HELD = re.compile(
    rf"(?P<verb>(?:主持|组织|连夜|紧急)?召开|主持(?!人)|出席|参加|列席|举行|召集[^，,。；;]{{2,16}}开|开了)[^，,。；;！？]{{0,40}}?{_MEETING}"
    r"|(?<![\u4e00-\u9fff])(?:在?随后(?:召开)?的)?[^，,。；;]{0,8}(?:座谈|汇报|调度|会商|推进|专题|反馈|点评|总结)会上(?=[，,])"
    rf"|{_MEETING}[^，,。；;]{{0,16}}(?:召开|举行|闭幕|开幕)|(?<!正)在[^，,。；;]{{0,24}}会议?上(?:的讲话)?(?:[，,][^，,。；;]{{0,6}})?(?:指出|强调|要求|说|讲|作|表示)"
    rf"|^{_MEETING}上[，,][^，,。；;]{{2,8}}听取"
    r"|召集[^，,。；;]{2,16}(?:开会|座谈|碰头)|在[^，,。；;]{0,20}(?:会议室|宾馆|酒店|政府|办公楼|县城)[^，,。；;]{0,6}座谈"
    r"|视频(?:调度|连线|会商|督导|督查|检查|抽查)|(?:通过|利用|以)[^，,。；;]{0,10}视频(?!方式学习)[^，,。；;]{0,6}(?:调度|连线|会商|督导|督查|检查|抽查|巡查|了解)"
)
# A quick look whether there can be one.
_GATE = re.compile("召开|召集|座谈|开了|主持|出席|参加|列席|举行|会上|会议上|视频")
_SPOKEN_OF = re.compile(r"随即|就地|现场|学习|传达|贯彻|落实|按照|根据|精神|近期|此前|要|将")


def meeting_in(text: str) -> str | None:
    """What a sentence says of a meeting that takes place, or None.

    Parameters
    ----------
    text : str
        The part of a sentence that tells what happened.

    Examples
    --------
    >>> meeting_in("5日晚,县长杜川主持召开全县疫情防控视频调度会,")
    '主持召开全县疫情防控视频调度会'
    >>> meeting_in("座谈会上,林远听了各部门的汇报。")
    '座谈会上'
    >>> meeting_in("传达学习全省疫情防控工作会议精神") is None
    True
    """
    match = _GATE.search(text) and _HELD.search(text)
    if not match:
        return None
    clause = max(text.rfind(mark, 0, match.start()) for mark in "，,；;。") + 1
    return None if _SPOKEN_OF.search(text[clause : match.start()]) else match.group()
