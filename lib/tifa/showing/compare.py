"""Say where notebooks and figures differ from those that are committed."""

import difflib
import io
from base64 import b64decode
from pathlib import Path

import numpy as np
from PIL import Image

from tifa.showing.execute import read

IMAGE_TOLERANCE = 0.005  # mean difference of the pixels' channels, as a share of white to black
MOST_LINES = 20  # of one difference


def notebooks(committed: Path, executed) -> list[str]:
    """Differences in sources and outputs between a notebook's file and the same notebook executed again."""
    name, old = committed.name, read(committed)
    if len(old.cells) != len(executed.cells):
        return [f"{name}: {len(old.cells)} cells committed, {len(executed.cells)} executed"]
    found = [] if old.metadata == executed.metadata else [f"{name}: metadata differ: {dict(old.metadata)}"]
    for number, (before, after) in enumerate(zip(old.cells, executed.cells, strict=True), 1):
        found += _cell(f"{name}, cell {number}", before, after)
    return found


def _cell(where: str, before, after) -> list[str]:
    found = _text(f"{where}, source", before.source, after.source)
    if before.cell_type != "code":
        return found
    if before.execution_count != after.execution_count:
        found.append(f"{where}: count {before.execution_count} committed, {after.execution_count} executed")
    kinds = [_kinds(cell.outputs) for cell in (before, after)]
    if kinds[0] != kinds[1]:
        return [*found, f"{where}: outputs {kinds[0]} committed, {kinds[1]} executed"]
    for old, new in zip(before.outputs, after.outputs, strict=True):
        found += _output(where, old, new)
    return found


def _kinds(outputs) -> list[str]:
    return [" + ".join([output.output_type, *sorted(output.get("data", ()))]) for output in outputs]


def _output(where: str, old, new) -> list[str]:
    if old.output_type == "stream":
        return _text(f"{where}, {new.name}", old.text, new.text)
    found = []
    for kind, value in new.data.items():
        if kind == "image/png":
            found += image(f"{where}, image", b64decode(old.data[kind]), b64decode(value))
        else:
            found += _text(f"{where}, {kind}", old.data[kind], value)
    return found


def _text(where: str, before: str, after: str) -> list[str]:
    """Nothing for equal texts, else where and the changed lines."""
    if before == after:
        return []
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "committed", "executed", lineterm="", n=1)
    return [f"{where}:", *(f"    {line}" for line in list(lines)[:MOST_LINES])]


def image(where: str, before: bytes, after: bytes) -> list[str]:
    """Nothing for two PNG that look the same, within ``IMAGE_TOLERANCE``."""
    if before == after:
        return []
    old, new = (np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=float) for png in (before, after))
    if old.shape != new.shape:
        return [f"{where}: {old.shape[1]} x {old.shape[0]} pixels committed, {new.shape[1]} x {new.shape[0]} executed"]
    distance = np.abs(old - new).mean() / 255
    return [f"{where}: differs by {distance:.4f}, allowed are {IMAGE_TOLERANCE}"] if distance > IMAGE_TOLERANCE else []


def figures(committed: Path, drawn: Path) -> list[str]:
    """Differences between two folders of figures: the same files, equal tables, equal pictures within the tolerance."""
    old, new = ({file.name: file for file in folder.glob("[0-9][0-9]-*.*")} for folder in (committed, drawn))
    found = [f"figures/{name}: committed, but no notebook draws it" for name in sorted(old.keys() - new)]
    found += [f"figures/{name}: drawn, but not committed" for name in sorted(new.keys() - old)]
    for name in sorted(old.keys() & new):
        before, after = old[name].read_bytes(), new[name].read_bytes()
        if name.endswith(".png"):
            found += image(f"figures/{name}", before, after)
        else:
            found += _text(f"figures/{name}", before.decode(), after.decode())
    return found
