"""The HTML reports in a browser that may fetch nothing."""

import nbformat
import pytest

from browser.labs import ROOT
from tifa.showing.html import to_html

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
WIDEST = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for path in NOTEBOOKS:
        html = to_html(nbformat.read(path, as_version=4), path.stem)
        (folder / f"{path.stem}.html").write_text(html, encoding="utf-8")
    return folder


@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("stem", [path.stem for path in NOTEBOOKS])
def test_asks_for_nothing_and_fits_the_window(browser, reports, shots, stem, width):
    file = (reports / f"{stem}.html").as_uri()
    asked, page = [], browser.new_page(viewport={"width": width, "height": 1000})
    try:
        page.route("**/*", lambda route: route.continue_() if route.request.url == file else route.abort())
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=shots / f"report-{stem}-{width}.png", full_page=True)
        assert [url for url in asked if not url.startswith("data:")] == [file]
        scrolled, there = page.evaluate(WIDEST)
        assert scrolled <= there
        assert page.evaluate("[...document.images].filter(image => !image.naturalWidth).length") == 0
        assert page.evaluate("document.images.length") > 0
    finally:
        page.close()
