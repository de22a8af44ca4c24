"""A browser, and JupyterLab with copies of the notebooks, as a newcomer would have them.

Where there is no chromium the tests are skipped and say so. What takes long runs with ``make test-browser`` only.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest

from browser.labs import PATIENCE, ROOT

ALL = os.environ.get("TIFA_BROWSER") == "all"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if ROOT / "tests" / "browser" not in item.path.parents:
            continue
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="browser tests need chromium (Debian: apt-get install chromium)"))
        elif not ALL and item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="long browser test; make test-browser runs it"))


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """An empty home with the project's font, so that Chinese text is no boxes whatever the machine has."""
    folder = tmp_path_factory.mktemp("home")
    fonts = folder / ".local" / "share" / "fonts"
    fonts.mkdir(parents=True)
    shutil.copy(ROOT / "lib" / "tifa" / "data" / "font" / "TifaSansSC-Regular.ttf", fonts)
    return folder


@pytest.fixture(scope="session")
def environment(home):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "XDG_", "TIFA_"))}
    return kept | {"HOME": str(home), "XDG_DATA_HOME": str(home / ".local" / "share"), "IPYTHONDIR": str(home / "ipy")}


@pytest.fixture(scope="session")
def browser(environment):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=environment)
        yield running
        running.close()


@pytest.fixture(scope="session")
def shots(tmp_path_factory):
    """Folder of screenshots: ``TIFA_SHOTS``, else a temporary one."""
    folder = Path(os.environ.get("TIFA_SHOTS") or tmp_path_factory.mktemp("shots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory):
    """The notebooks as somebody has them who has not run them yet."""
    folder = tmp_path_factory.mktemp("lab") / "notebooks"
    folder.mkdir()
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(notebook, folder / path.name)
    return folder


class Lab:
    """JupyterLab, running."""

    def __init__(self, folder: Path, env: dict, log: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.token, self.log = folder, "newcomer", log
        command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"]
        options = [
            f"--port={self.port}",
            f"--IdentityProvider.token={self.token}",
            f"--ServerApp.root_dir={folder}",
            '--LabApp.news_url=""',
        ]
        with log.open("wb") as out:
            self.process = subprocess.Popen([*command, *options], env=env, stdout=out, stderr=out)

    def wait(self) -> None:
        for _ in range(PATIENCE * 2):
            try:
                urllib.request.urlopen(self.url("api/status"), timeout=2).close()
                return
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, self.log.read_text()[-2000:]
                time.sleep(0.5)
        raise AssertionError(f"JupyterLab did not start\n{self.log.read_text()[-2000:]}")

    def wait_for_kernel(self, name: str) -> None:
        """Until the kernel of a notebook is there and has nothing to do."""
        for _ in range(PATIENCE * 2):
            with urllib.request.urlopen(self.url("api/sessions"), timeout=5) as answer:
                kernels = [session["kernel"] for session in json.load(answer) if session["path"] == name]
            if any(kernel["execution_state"] == "idle" and kernel["connections"] for kernel in kernels):
                return
            time.sleep(0.5)
        raise AssertionError(f"the kernel of {name} did not start")

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}?token={self.token}"

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@pytest.fixture(scope="session")
def lab(notebooks, environment, tmp_path_factory):
    running = Lab(notebooks, environment, tmp_path_factory.mktemp("log") / "lab.log")
    try:
        running.wait()
        yield running
    finally:
        running.stop()
