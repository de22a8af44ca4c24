"""tifa (提法): clean articles, terms, site visits and shared phrases from saved pages of official Chinese news.

``load`` reads a folder into a ``Corpus``, whose tables are made when first asked for. ``terms``, ``visits`` and
``phrases`` hold the studies: functions from these tables to further ones. ``repair`` and ``simplify`` work on any text.
Every table's columns are explained in ``CODEBOOK.md`` beside this file.

>>> import tifa
>>> tifa.simplify(tifa.repair("再?gòu)?qiáng)調(diào)、再推動(dòng)").text)
'再强调、再推动'
>>> corpus = tifa.load("seeds", progress=False)  # or your own folder
>>> corpus.documents[["title", "city"]].iloc[4].tolist()
['尽锐出战全力攻坚 尽快实现社会面清零', '泉州市']
>>> corpus.visits[["leader", "district", "site"]].iloc[0].tolist()
['李强', '浦东新区', '浦东新区疫情防控指挥部']
"""

from importlib import import_module

__all__ = ["Corpus", "load", "phrases", "repair", "simplify", "terms", "visits"]

# A name is imported when it is first asked for: a program that runs notebooks, or repairs one text, need not wait for
# pandas and two segmenters.
_HOMES = {"Corpus": "corpus", "load": "corpus", "repair": "reading.repair", "simplify": "reading.script"}
_STUDIES = ("phrases", "terms", "visits")


def __getattr__(name: str):
    if name in _STUDIES:
        return import_module(f"tifa.studies.{name}")
    if name in _HOMES:
        return getattr(import_module(f"tifa.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'tifa' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
