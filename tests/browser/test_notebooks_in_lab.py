"""Every notebook, opened in JupyterLab and run as a newcomer runs it."""

import pytest

from browser.labs import ROOT, faults, run_all

NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.long
@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_runs_from_top_to_bottom_without_a_complaint(browser, lab, shots, name, width):
    page = run_all(browser, lab, name, width)
    try:
        page.screenshot(path=shots / f"{name.partition('.')[0]}-{width}.png")
        assert faults(page) == []
        assert page.locator(".jp-OutputArea-output").count() >= 5
        broken = "[...document.images].filter(image => image.complete && !image.naturalWidth).length"
        assert page.evaluate(broken) == 0
    finally:
        page.close()
