"""What GitHub shows of the committed notebooks: it strips scripts and styles, and cuts what is large."""

import base64
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LARGEST_IMAGE, LARGEST_NOTEBOOK, MOST_COLUMNS = 300_000, 1_000_000, 13
TEXT = {
    "a",
    "b",
    "br",
    "code",
    "del",
    "div",
    "em",
    "i",
    "ins",
    "mark",
    "p",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
}
TABLE = {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
# What is set off by such a tag is set off without its colour too.
SET_OFF = {"b", "del", "em", "i", "ins", "mark", "s", "strong"}
LAYOUT = {"text-align", "vertical-align", "white-space", "table-layout", "width", "min-width", "max-width"}
LINK = re.compile(r"\]\(([^)\s]+)")


class Page(HTMLParser):
    """Tags that GitHub or a page without styles would lose, tables row by row, and links."""

    def __init__(self, html):
        super().__init__()
        self.lost, self.rows, self.links = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag not in TEXT | TABLE or any(name.startswith("on") for name in found):
            self.lost.append(tag)
        styles = {part.partition(":")[0].strip() for part in (found.get("style") or "").split(";")} - {""}
        self.lost += sorted(styles - LAYOUT - ({"color"} if tag in SET_OFF else set()))
        self.links += [found["href"]] if found.get("href") else []
        if tag in ("table", "tr"):
            self.rows.append([] if tag == "tr" else None)
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, text):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += text.strip()

    def tables(self):
        """The rows of each table."""
        for row in self.rows:
            if row is None:
                table = []
                yield table
            else:
                table.append(row)


def faults(html):
    """What of a piece of HTML would be missing or hard to read, in words."""
    page = Page(html)
    found = [f"{name} is lost" for name in page.lost]
    for head, *rows in (list(table) for table in list(page.tables())):
        found += ["a column without a name"] if not all(head) else []
        found += ["too many columns"] if len(head) > MOST_COLUMNS else []
        found += ["rows of different length"] if {len(row) for row in rows} - {len(head)} else []
    return found


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<table><tr><th>a</th></tr><tr><td><b style='color: red'>1</b></td></tr></table>", []),
        ("<script>1</script>", ["script is lost"]),
        ("<p onclick=x>a</p>", ["p is lost"]),
        ("<td style='background: red; text-align: left'>", ["background is lost"]),
        ("<span style='color: red'>a</span>", ["color is lost"]),
        ("<table><tr><th></th></tr></table>", ["a column without a name"]),
        ("<table><tr><th>a</th></tr><tr><td>1</td><td>2</td></tr></table>", ["rows of different length"]),
        ("<table><tr>" + "<th>a</th>" * 14 + "</tr></table>", ["too many columns"]),
    ],
)
def test_faults_are_found(html, told):
    opened = f"<table><tr><th>a</th></tr><tr>{html}" if html.startswith("<td") else html
    assert faults(opened) == told


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


def cells(path):
    return json.loads(path.read_text("utf-8"))["cells"]


def outputs(path, kind):
    """Outputs of a kind, with what is told about them."""
    for cell in cells(path):
        for output in cell.get("outputs", ()):
            if kind in output.get("data", ()):
                yield "".join(output["data"][kind]), output["metadata"].get(kind, {})


def test_html_makes_sense_without_scripts_and_styles(path):
    assert [fault for html, _ in outputs(path, "text/html") for fault in faults(html)] == []


def test_images_are_small_and_described(path):
    images = list(outputs(path, "image/png"))
    assert [alt for png, alt in images if len(base64.b64decode(png)) > LARGEST_IMAGE or not alt.get("alt")] == []


def test_the_notebook_is_small(path):
    assert path.stat().st_size < LARGEST_NOTEBOOK


def test_links_lead_somewhere(path):
    prose = ["".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "markdown"]
    links = [link for text in prose for link in LINK.findall(text)]
    links += [link for html, _ in outputs(path, "text/html") for link in Page(html).links]
    own = [unquote(urlsplit(link).path) for link in links if not urlsplit(link).scheme]
    assert [link for link in own if link and not (path.parent / link).exists()] == []


def test_no_live_widget_is_stored(path):
    text = path.read_text("utf-8")
    assert "jupyter.widget" not in text and "widgets" not in json.loads(text)["metadata"]
