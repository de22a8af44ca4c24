"""What a person does in JupyterLab: open a notebook, run all of it, look at an explorer."""

from pathlib import Path

import nbformat
from playwright.sync_api import TimeoutError, expect

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds
TALL = 6000  # pixels; all cells of a notebook are drawn at once
expect.set_options(timeout=PATIENCE * 500)
RESTART = '[data-command="notebook:restart-run-all"]'
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(prompt => prompt.textContent)"
WRONG = '[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]'


def run_all(browser, lab, name: str, width: int = 1280):
    """The page of a notebook after Restart & Run All."""
    page = browser.new_page(viewport={"width": width, "height": TALL})
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(lab.url(f"doc/tree/{name}") + "&reset")
    page.wait_for_selector(IDLE)
    cells = nbformat.read(lab.folder / name, as_version=4).cells
    n_cells = sum(cell.cell_type == "code" for cell in cells)
    page.wait_for_function(f"{PROMPTS}.length === {n_cells}")
    lab.wait_for_kernel(name)
    numbered = as_json([f"[{number}]:" for number in range(1, n_cells + 1)])
    for patience in (PATIENCE // 2, PATIENCE, 2 * PATIENCE):  # a kernel just started may lose what it is sent
        page.click(RESTART)
        page.click(".jp-Dialog button.jp-mod-accept")
        try:
            page.wait_for_function(f"JSON.stringify({PROMPTS}) === `{numbered}`", timeout=patience * 1000)
            return page
        except TimeoutError:
            reached = page.evaluate(PROMPTS)
    raise AssertionError(f"{name} did not run to its end: {reached}")


def as_json(names: list[str]) -> str:
    return "[" + ",".join(f'"{name}"' for name in names) + "]"


def faults(page) -> list[str]:
    """What cells wrote to stderr, and their errors."""
    return [fault.inner_text() for fault in page.query_selector_all(WRONG)]


class Explorer:
    """One of the explorers on a page, by its place."""

    def __init__(self, page, place: int):
        self.page, self.root = page, page.locator(".tifa-explorer").nth(place)
        self.root.wait_for()

    def field(self, label: str):
        """The input, or list, that a label names."""
        box = self.root.locator(".widget-inline-hbox", has=self.page.locator(f"label:text-is('{label}')"))
        return box.locator("input, select").first

    def type(self, label: str, text: str) -> None:
        self.field(label).fill(text)
        self.field(label).press("Enter")

    def choose(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def says(self, text: str) -> None:
        """Wait until a sentence holds the text."""
        self.root.locator("p", has_text=text).first.wait_for()

    def rows(self, table: int = 0):
        return self.root.locator(".tifa-rows").nth(table).locator("tbody tr")

    @property
    def opened(self) -> str:
        return self.root.locator(".tifa-opened").inner_text()
