"""Phrases: what documents and cities say in the same words, in nearly the same words, and who said it first."""

from tifa.studies.phrasing.agreement import agreement
from tifa.studies.phrasing.diffusion import diffusion
from tifa.studies.phrasing.frames import fillers, frames
from tifa.studies.phrasing.links import links
from tifa.studies.phrasing.passages import passages
from tifa.studies.phrasing.positions import occurrences, positions
from tifa.studies.phrasing.reuse import closest, reuse
from tifa.studies.phrasing.shared import leave_one_out, shared
from tifa.studies.phrasing.variants import differences, variants

__all__ = [
    "agreement",
    "closest",
    "differences",
    "diffusion",
    "fillers",
    "frames",
    "leave_one_out",
    "links",
    "occurrences",
    "passages",
    "positions",
    "reuse",
    "shared",
    "variants",
]
