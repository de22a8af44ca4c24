"""What ``make report`` costs over bare notebooks.

    .venv/bin/python bench/report.py [runs]

The bare notebooks, as many as the project has, only import pandas, jieba, matplotlib and wordcloud. They are executed
side by side, a kernel each: once with nbclient as anyone would write it, and once with this project's own runner.
``make report`` is measured twice too: as it is, its kernels forked from one warmed-up Python, and with each kernel
started for itself, which tells what the forking is worth.
Each time is the best of some runs (3 unless told), taken in turns, and holds everything from the start of the command
to its end. The project's files are left alone.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

IMPORTS = "import warnings\n\nwarnings.simplefilter('ignore')\nimport jieba, matplotlib, pandas, wordcloud"
PLAIN = """
import asyncio, sys
from pathlib import Path
import nbformat
from nbclient import NotebookClient
async def main(files):
    notebooks = [nbformat.read(file, 4) for file in files]
    await asyncio.gather(*(NotebookClient(n, record_timing=False).async_execute() for n in notebooks))
asyncio.run(main(sorted(Path(sys.argv[1]).glob("*.ipynb"))))
"""
OWN = """
import sys
from pathlib import Path
from tifa.showing.execute import environment, execute
notebooks, work = Path(sys.argv[1]), Path(sys.argv[2])
execute(sorted(notebooks.glob("*.ipynb")), work, environment(work))
"""
NO_FORKS = """
import sys
from tifa.showing import kernels, report
kernels.FORKS = False
sys.exit(report.main(["--out", sys.argv[1]]))
"""
ALLOWED = 1.5
NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("[0-9][0-9]-*.ipynb"))


def main(runs: int = 3) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare"
        write_bare(bare)
        measured = [one_round(bare, Path(folder) / str(run)) for run in range(runs + 1)]
    plain, own, report, started = map(min, zip(*measured[1:], strict=True))  # the first fills caches of disk and fonts
    print(f"{len(NOTEBOOKS)} bare notebooks, nbclient     {plain:5.2f} s")
    print(f"{len(NOTEBOOKS)} bare notebooks, this runner  {own:5.2f} s")
    print(f"make report                    {report:5.2f} s")
    print(f"make report, nothing forked    {started:5.2f} s")
    print(f"ratio to nbclient              {report / plain:5.2f}   (allowed {ALLOWED})")
    print(f"ratio to this runner           {report / own:5.2f}")


def write_bare(folder: Path) -> None:
    """The notebooks that do nothing but import."""
    folder.mkdir()
    for number in range(1, len(NOTEBOOKS) + 1):
        cell = nbformat.v4.new_code_cell(IMPORTS)
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / f"{number:02d}-bare.ipynb")


def one_round(bare: Path, folder: Path) -> tuple[float, float, float, float]:
    """Seconds for the four ways, one after the other."""
    return (
        seconds("-c", PLAIN, bare),
        seconds("-c", OWN, bare, folder / "work"),
        seconds("-m", "tifa.showing.report", "--out", folder / "out"),
        seconds("-c", NO_FORKS, folder / "started"),
    )


def seconds(*command) -> float:
    """How long a command of this Python takes."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
