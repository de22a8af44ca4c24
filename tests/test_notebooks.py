"""The committed notebooks keep the rules of the house, and say what they would say if they were executed now."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tifa.showing.execute import KEPT_TYPES, NOTEBOOK_METADATA

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LONGEST_CELL, MOST_ROWS = 8, 12
# Anchored where a path begins, so that 1/2 and </td> are none.
ABSOLUTE = re.compile(r"(?<![\w.:/<])/(?:home|root|tmp|Users|usr|var|mnt|work|private)/|\b[A-Z]:\\")
ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}")
LAST_HEADING = "## What this shows, and what it does not"


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return json.loads(request.param.read_text("utf-8"))


def source(cell):
    return "".join(cell["source"])


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def outputs(notebook):
    return [output for cell in code_cells(notebook) for output in cell["outputs"]]


def imports_only(cell):
    return all(isinstance(line, ast.Import | ast.ImportFrom) for line in ast.parse(source(cell)).body)


def test_there_are_notebooks():
    assert [path.name[:3] for path in NOTEBOOKS] == [f"{i:02d}-" for i in range(1, len(NOTEBOOKS) + 1)]


def test_opens_with_its_question(notebook):
    first = notebook["cells"][0]
    assert first["cell_type"] == "markdown"
    heading, _, rest = source(first).partition("\n")
    assert re.fullmatch(r"# .+\?", heading)
    assert 1 <= len(rest.strip().splitlines()) <= 3


def test_imports_come_first_and_in_one_cell(notebook):
    cells = code_cells(notebook)
    assert imports_only(cells[0])
    later = [node for cell in cells[1:] for node in ast.walk(ast.parse(source(cell)))]
    assert not [node for node in later if isinstance(node, ast.Import | ast.ImportFrom)]


def test_code_cells_are_short(notebook):
    long = [source(cell) for cell in code_cells(notebook) if len(source(cell).splitlines()) > LONGEST_CELL]
    assert [text for text in long if not imports_only({"source": text})] == []


def test_no_tricks_with_the_path_or_the_shell(notebook):
    text = "\n".join(map(source, code_cells(notebook)))
    assert not re.search(r"sys\.path|^\s*[%!]|\bos\.chdir\b|get_ipython", text, re.MULTILINE)


def test_counts_run_from_one(notebook):
    counts = [cell["execution_count"] for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_outputs_are_text_tables_and_pictures(notebook):
    kinds = {output["output_type"] for output in outputs(notebook)}
    assert kinds <= {"display_data", "execute_result", "stream"}
    assert {output["name"] for output in outputs(notebook) if output["output_type"] == "stream"} <= {"stdout"}
    assert {kind for output in outputs(notebook) for kind in output.get("data", ())} <= set(KEPT_TYPES)


def test_something_is_shown_by_each_notebook(notebook):
    kinds = {kind for output in outputs(notebook) for kind in output.get("data", ())}
    assert {"image/png", "text/html"} <= kinds


def test_tables_are_short(notebook):
    tables = [
        "".join(output["data"]["text/html"]) for output in outputs(notebook) if "text/html" in output.get("data", ())
    ]
    assert [table.count("<tr") for table in tables if table.count("<tr") > MOST_ROWS + 2] == []


def test_captions_state_n(notebook):
    alts = [
        output["metadata"]["image/png"]["alt"] for output in outputs(notebook) if "image/png" in output.get("data", ())
    ]
    assert [alt for alt in alts if not re.search(r"\bn = \d", alt)] == []


def test_nothing_of_the_machine_or_the_moment(notebook):
    cells = notebook["cells"]
    assert notebook["metadata"] == NOTEBOOK_METADATA
    assert [cell["metadata"] for cell in cells if set(cell["metadata"]) - {"tags"}] == []
    text = "\n".join("".join(part) for output in outputs(notebook) for part in texts(output))
    assert ABSOLUTE.findall(text) == [] and ADDRESS.findall(text) == []
    assert ABSOLUTE.findall("\n".join(map(source, cells))) == []


def texts(output):
    yield output.get("text", "")
    yield from (value for kind, value in output.get("data", {}).items() if kind.startswith("text/"))


def test_ids_are_words_and_different(notebook):
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert [name for name in ids if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name)] == []
    assert [name for name in ids if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4})*", name)] == []  # made by a machine


def test_ends_with_a_check_and_its_limits(notebook):
    cells = notebook["cells"]
    assert cells[-1]["cell_type"] == "markdown"
    assert source(cells[-1]).startswith(LAST_HEADING + "\n")
    checks = [i for i, cell in enumerate(cells) if source(cell).startswith("## Check")]
    assert len(checks) == 1 and "assert " in source(cells[checks[0] + 1])


def test_figures_have_their_numbers_beside_them():
    names = {file.stem for file in (ROOT / "figures").glob("[0-9][0-9]-*.png")}
    assert names == {file.stem for file in (ROOT / "figures").glob("[0-9][0-9]-*.csv")}
    assert {name[:2] for name in names} >= {"01", "02", "03", "04"}


def test_executing_again_gives_what_is_committed():
    command = [sys.executable, "-m", "tifa.showing.report", "--check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"{run.stdout}{run.stderr}\nmake report brings notebooks and figures up to date"
