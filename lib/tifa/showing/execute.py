"""Run notebooks in kernels of their own, in parallel, and bring what comes out into one form.

The kernel is the running interpreter, whatever kernels are registered on the machine, and it does not see the user's
settings of IPython and matplotlib, so the same pages give the same outputs everywhere.
"""

import asyncio
import atexit
import logging
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tifa.showing import kernels


@contextmanager
def _without(module: str):
    """Hide a module from imports inside the block."""
    hidden = module not in sys.modules
    if hidden:
        sys.modules[module] = None
    try:
        yield
    finally:
        if hidden:
            del sys.modules[module]


# jsonschema tries it for a check of addresses that no notebook asks for; it builds a grammar for a whole second.
with _without("rfc3987_syntax"):
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

TIMEOUT = 600  # seconds a cell may take
PARALLEL = 4  # kernels at a time; a study has four notebooks
KEPT_TYPES = ("text/plain", "text/html", "image/png")
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# What a user may have set for other work and what must be the same in every run.
UNSET = (
    "PYTHONSTARTUP",
    "PYTHONWARNINGS",
    "MATPLOTLIBRC",
    "MPLBACKEND",
    "PYTHONDONTWRITEBYTECODE",
    "TIFA_SEEDS",
    "TIFA_OUT",
)
SET = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else the debugger writes a warning about frozen modules
    "COLUMNS": "80",
    "TQDM_DISABLE": "1",  # a bar would stay in the output
    "OMP_NUM_THREADS": "1",  # sums in one order on machines with any number of cores
    "OPENBLAS_NUM_THREADS": "1",
}
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class NotebookError(Exception):
    """A notebook that could not be executed: which, which cell, and why."""


class Done(NamedTuple):
    """An executed notebook."""

    path: Path
    notebook: nbformat.NotebookNode
    seconds: float


def environment(work: Path, **more: str) -> dict[str, str]:
    """The environment that kernels run in.

    Parameters
    ----------
    work : Path
        Folder for what kernels write on the side.
    **more : str
        Variables to add, such as ``TIFA_OUT``.
    """
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    if "PYTHONPATH" in kept:  # kernels run in other folders
        kept["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, kept["PYTHONPATH"].split(os.pathsep)))
    settings = Path(sys.prefix) / "share" / "tifa" if os.access(sys.prefix, os.W_OK) else work / "settings"
    folders = {"IPYTHONDIR": str(work / "ipython"), "MPLCONFIGDIR": str(settings)}
    return kept | SET | folders | more


def list_fonts(env: dict[str, str]) -> None:
    """Let matplotlib list the machine's fonts once, before several kernels do so and say so in their outputs."""
    folder = Path(env["MPLCONFIGDIR"])
    if not list(folder.glob("fontlist-*.json")):
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-c", "import matplotlib.font_manager"]
        subprocess.run(command, env=env, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def execute(
    paths: list[Path],
    work: Path,
    env: dict[str, str],
    each: Callable[[Done], None] = lambda done: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[Done]:
    """Execute notebooks side by side; the files are read and never written.

    Parameters
    ----------
    paths : list of Path
        Notebooks.
    work : Path
        Folder, made if missing; the kernels run in folders of their own below it.
    env : dict
        See :func:`environment`.
    each : callable
        Called with each :class:`Done` as soon as it is there.
    meanwhile : callable
        Called once, while the first kernel gets ready.

    Returns
    -------
    list of Done
        In the order of ``paths``.

    Raises
    ------
    NotebookError
        At the first cell that raises, writes to stderr or takes longer than ``TIMEOUT`` seconds. The other kernels are
        stopped.
    """
    logging.getLogger("traitlets").setLevel(logging.CRITICAL)  # what goes wrong is told once, by NotebookError
    work.mkdir(parents=True, exist_ok=True)
    list_fonts(env)
    warm = kernels.Warm(work, env) if kernels.FORKS else None
    try:
        meanwhile()
        return _side_by_side(paths, work, env, each, warm)
    finally:
        if warm:
            warm.close()


def _side_by_side(paths, work, env, each, warm) -> list[Done]:
    managers = {path: kernels.manager(work / path.stem, warm) for path in paths}
    with ThreadPoolExecutor(PARALLEL) as pool:
        tasks = [pool.submit(_execute_one, path, managers[path], work / path.stem, env, each) for path in paths]
        try:
            ended = wait(tasks, return_when=FIRST_EXCEPTION).done
        finally:
            if warm:
                warm.server.kill()  # nobody waits for a new kernel from here on
            _stop(tasks, managers.values())
    for task in ended:
        if task.exception():
            raise task.exception()
    return [task.result() for task in tasks]


def _stop(tasks, managers) -> None:
    """End what still runs, after a failure or an interrupt; nothing where all is done."""
    for task in tasks:
        task.cancel()
    while wait(tasks, timeout=0.2).not_done:
        for manager in managers:
            kernels.kill(manager)


def _execute_one(path: Path, manager, folder: Path, env: dict[str, str], each) -> Done:
    start = time.monotonic()
    notebook = read(path)
    folder.mkdir()
    _run(notebook, path, manager, folder, env)
    done = Done(path, normalise(notebook), time.monotonic() - start)
    each(done)
    return done


def read(path: Path) -> nbformat.NotebookNode:
    """A notebook's file, or a NotebookError that names it."""
    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, KeyError, AttributeError, nbformat.ValidationError) as error:
        raise NotebookError(f"{path.name}: not a notebook ({error})") from error


def _run(notebook, path: Path, manager, folder: Path, env: dict[str, str]) -> None:
    """Execute in place; every way to fail becomes a NotebookError."""
    client = NotebookClient(
        notebook,
        km=manager,
        timeout=TIMEOUT,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # how often a kernel flushes what a cell prints is a matter of chance
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(folder)}},
    )
    log = folder.with_suffix(".log")
    with log.open("wb") as heard:
        try:
            asyncio.run(client.async_execute(env=env, stdout=heard, stderr=heard, cleanup_kc=True))
        except CellExecutionError as error:
            raise NotebookError(_failure(path, notebook, error)) from None
        except CellTimeoutError as error:
            raise NotebookError(f"{path.name}: a cell took longer than {TIMEOUT} seconds\n{error}") from None
        except RuntimeError as error:  # the kernel did not start, or died
            told = log.read_text(errors="replace").strip()[-2000:]
            raise NotebookError("\n".join(filter(None, (f"{path.name}: {error}", told)))) from None
        finally:
            atexit.unregister(client._cleanup_kernel)  # stays registered where a kernel did not start, and fails then
    _forbid_stderr(path, notebook)


def _failure(path: Path, notebook, error: CellExecutionError) -> str:
    """Notebook, number of the cell, its first line, and the end of the traceback without colours."""
    kinds = ([output.output_type for output in cell.get("outputs", ())] for cell in notebook.cells)
    number = next(number for number, found in enumerate(kinds, 1) if "error" in found)
    head = notebook.cells[number - 1].source.strip().partition("\n")[0]
    trace = ANSI.sub("", error.traceback).partition("-" * 60)[2].strip("-\n").splitlines()
    return "\n".join([f"{path.name}, cell {number}: {head}", *trace[-15:]])


def _forbid_stderr(path: Path, notebook) -> None:
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", ()):
            if output.output_type == "stream" and output.name == "stderr":
                raise NotebookError(f"{path.name}, cell {number}: wrote to stderr\n{output.text.strip()[-2000:]}")


def normalise(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """One form for every executed notebook: nothing of the machine, the time or the kernel's version stays in it.

    Metadata are cut to the kernel's name, outputs to text, HTML and PNG; counts run from 1; ids stay as they are.
    """
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    count = 0
    for number, cell in enumerate(notebook.cells, 1):
        cell.setdefault("id", f"cell-{number:02d}")
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k == "tags"})
        if cell.cell_type == "code":
            count += bool(cell.source.strip())
            cell.execution_count = count if cell.source.strip() else None
            plain = [_plain(output, cell.execution_count) for output in cell.outputs if _showable(output)]
            cell.outputs = [part for output in plain for part in _apart(output)]
    return notebook


def _showable(output) -> bool:
    return output.output_type == "stream" or any(kind in KEPT_TYPES for kind in output.get("data", ()))


def _plain(output, count: int | None):
    if output.output_type == "execute_result":
        output.execution_count = count
    if "data" in output:
        output.data = nbformat.from_dict(
            {kind: output.data[kind] for kind in sorted(output.data) if kind in KEPT_TYPES}
        )
        output.metadata = nbformat.from_dict({k: v for k, v in output.metadata.items() if k == "image/png"})
    return output


def _apart(output) -> list:
    """A picture and a table that came in one output as two: where no kernel runs, only one of them would be shown."""
    data = output.get("data", {})
    if not {"image/png", "text/html"} <= data.keys():
        return [output]
    picture = {"image/png": data.pop("image/png"), "text/plain": data.get("text/plain", "")}
    metadata, output.metadata = output.metadata, nbformat.from_dict({})
    return [nbformat.v4.new_output("display_data", data=picture, metadata=metadata), output]


def as_text(notebook: nbformat.NotebookNode) -> str:
    """The notebook's file, byte for byte the same for the same notebook."""
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"
