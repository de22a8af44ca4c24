"""Execute the notebooks and write notebooks, figures and HTML reports; ``make report`` runs this.

    python -m tifa.showing.report                               the project's own pages
    python -m tifa.showing.report --seeds PAGES --out FOLDER    other pages, written below FOLDER
    python -m tifa.showing.report --check                       compare with what is committed, write nothing

Exit status: 0 done, 1 a notebook failed or differs, 2 asked for the impossible, 130 interrupted.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tifa.showing.execute import Done, NotebookError, as_text, environment, execute, nbformat

PROJECT = Path(__file__).resolve().parents[3]
NOTEBOOK = "[0-9][0-9]-*.ipynb"


class Refused(Exception):
    """What was asked for cannot be started, and why."""


def main(argv: list[str] | None = None) -> int:
    """Run the command; see the module's text."""
    options = _options().parse_args(argv)
    try:
        seeds, out = _folders(options)
        notebooks = _notebooks(options.notebooks)
        with tempfile.TemporaryDirectory(prefix="tifa-") as work:
            if options.check:
                return _check(notebooks, Path(work))
            return _report(notebooks, seeds, out, Path(work))
    except Refused as error:
        print(error, file=sys.stderr)
        return 2
    except NotebookError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; nothing was changed", file=sys.stderr)
        return 130


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tifa.showing.report", description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=Path, metavar="FOLDER", help="folder of saved pages; needs --out")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where to write notebooks/, figures/ and reports/")
    parser.add_argument(
        "--notebooks", type=Path, metavar="FOLDER", default=PROJECT / "notebooks", help=argparse.SUPPRESS
    )
    parser.add_argument("--check", action="store_true", help="compare with the committed notebooks and figures")
    return parser


def _folders(options) -> tuple[Path | None, Path]:
    """Where pages come from (None: the project's own) and where results go."""
    if options.seeds and not options.out:
        raise Refused("--seeds needs --out (make report SEEDS=... OUT=...), so that the project keeps its own figures")
    if options.check and (options.seeds or options.out):
        raise Refused("--check compares with what is committed: it takes no --seeds and no --out")
    if options.out and options.out.resolve() == PROJECT:
        raise Refused(f"--out {options.out} is the project itself; name another folder")
    if options.seeds:
        _require_pages(options.seeds)
    return options.seeds and options.seeds.resolve(), (options.out or options.notebooks.parent).resolve()


def _require_pages(folder: Path) -> None:
    if not folder.is_dir():
        raise Refused(f"{folder}: no such folder; name a folder of saved pages (.txt .html .htm .md)")
    if not any(file.is_file() and not file.name.startswith(".") for file in folder.iterdir()):
        raise Refused(f"{folder}: the folder is empty; put saved pages (.txt .html .htm .md) into it")


def _notebooks(folder: Path) -> list[Path]:
    found = sorted(folder.glob(NOTEBOOK))
    if not found:
        raise Refused(f"{folder}: no notebooks named {NOTEBOOK}")
    return found


def _report(notebooks: list[Path], seeds: Path | None, out: Path, work: Path) -> int:
    """Execute, convert, and only when all went well put everything into its place."""
    made, started = work / "made", time.monotonic()
    env = environment(work, TIFA_OUT=str(made), **({"TIFA_SEEDS": str(seeds)} if seeds else {}))
    print(f"Executing {len(notebooks)} notebooks ...", flush=True)
    for kind in ("notebooks", "figures", "reports"):
        (made / kind).mkdir(parents=True)
    done = _executed(notebooks, work / "run", env, made)
    _write_index(done, made)
    _place(made, out, own=out == PROJECT)
    for file in sorted(made.rglob("*.*")):
        print(_shown(out / file.relative_to(made)))
    print(f"{len(notebooks)} notebooks in {time.monotonic() - started:.1f} s")
    return 0


def _executed(notebooks: list[Path], work: Path, env: dict[str, str], made: Path) -> list[Done]:
    """Execute, and convert each notebook as soon as it is done."""
    tasks = []
    with ThreadPoolExecutor(1) as converter:  # one at a time: nbconvert and bleach keep what they work on
        done = execute(
            notebooks,
            work,
            env,
            each=lambda one: tasks.append(converter.submit(_write, one, made)),
            meanwhile=lambda: converter.submit(_prepare).result(),
        )
    for task in tasks:
        task.result()
    return done


def _prepare() -> None:
    """Import what converts notebooks, and convert a first one."""
    from tifa.showing import html

    cells = [nbformat.v4.new_markdown_cell("*a*"), nbformat.v4.new_code_cell("1")]
    html.to_html(nbformat.v4.new_notebook(cells=cells), "")


def _write(done: Done, made: Path) -> None:
    from tifa.showing import html

    name = done.path.stem
    _save(made / "notebooks" / done.path.name, as_text(done.notebook))
    _save(made / "reports" / f"{name}.html", html.to_html(done.notebook, name))
    print(f"{name:<28}{done.seconds:5.1f} s", flush=True)


def _write_index(done: list[Done], made: Path) -> None:
    from tifa.showing import html

    _save(made / "reports" / "index.html", html.index({one.path.stem: one.notebook for one in done}))


def _save(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


def _place(made: Path, out: Path, own: bool) -> None:
    """Move each file into its place in one step; take away the project's figures that no notebook draws now."""
    for file in sorted(made.rglob("*.*")):
        target = out / file.relative_to(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.tmp")
        shutil.copyfile(file, beside)
        os.replace(beside, target)
    if own:
        for stale in sorted((out / "figures").glob("[0-9][0-9]-*.*")):
            if not (made / "figures" / stale.name).exists():
                stale.unlink()


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _check(notebooks: list[Path], work: Path) -> int:
    """Execute into a temporary folder and say what differs from the committed files."""
    from tifa.showing import compare

    made = work / "made"
    (made / "figures").mkdir(parents=True)
    done = execute(notebooks, work / "run", environment(work, TIFA_OUT=str(made)))
    found = [line for one in done for line in compare.notebooks(one.path, one.notebook)]
    found += compare.figures(notebooks[0].parent.parent / "figures", made / "figures")
    print("\n".join(found) or f"{len(done)} notebooks and their figures are as committed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
