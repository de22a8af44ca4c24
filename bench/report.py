"""What ``make report`` costs over bare notebooks.

    .venv/bin/python bench/report.py [runs]

The bare notebooks, four of them, only import pandas, jieba, matplotlib and wordcloud. They are executed side by side,
a kernel each: once with nbclient as anyone would write it, and once with this project's own runner.
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
ALLOWED = 1.5


def main(runs: int = 3) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare"
        write_bare(bare)
        measured = [one_round(bare, Path(folder) / str(run)) for run in range(runs + 1)]
    plain, own, report = map(min, zip(*measured[1:], strict=True))  # the first fills the caches of disk and fonts
    print(f"four bare notebooks, nbclient     {plain:5.2f} s")
    print(f"four bare notebooks, this runner  {own:5.2f} s")
    print(f"make report                       {report:5.2f} s")
    print(f"ratio to nbclient                 {report / plain:5.2f}   (allowed {ALLOWED})")
    print(f"ratio to this runner              {report / own:5.2f}")


def write_bare(folder: Path) -> None:
    """The four notebooks that do nothing but import."""
    folder.mkdir()
    for number in range(1, 5):
        cell = nbformat.v4.new_code_cell(IMPORTS)
        nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / f"{number:02d}-bare.ipynb")


def one_round(bare: Path, folder: Path) -> tuple[float, float, float]:
    """Seconds for the three ways, one after the other."""
    return (
        seconds("-c", PLAIN, bare),
        seconds("-c", OWN, bare, folder / "work"),
        seconds("-m", "tifa.showing.report", "--out", folder / "out"),
    )


def seconds(*command) -> float:
    """How long a command of this Python takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *map(str, command)], check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
