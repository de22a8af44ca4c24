"""An executed notebook as one HTML file that needs nothing else: no script, and no style, font or picture from another
place.

What saved pages say ends up in outputs, so all HTML is cut to the tags of plain text and tables, and the file tells the
browser to run no script and to fetch nothing.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tifa.showing import web_font
from tifa.showing.execute import _without

with _without("rfc3987_syntax"):
    import bleach
    import nbformat
    from bleach.css_sanitizer import CSSSanitizer
    from nbconvert import HTMLExporter
    from nbconvert.filters import Highlight2HTML

TEMPLATES = Path(__file__).parent / "template"
TAGS = frozenset(
    (
        "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 "
        "h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s small span strong sub summary sup table tbody "
        "td tfoot th thead tr u ul wbr"
    ).split()
)
ATTRIBUTES = {
    "*": ["class", "style", "title", "lang", "dir"],
    "a": ["href"],
    "img": ["src", "alt", "width", "height"],
    "td": ["colspan", "rowspan", "align"],
    "th": ["colspan", "rowspan", "align", "scope"],
    "ol": ["start"],
    "details": ["open"],
}
PROPERTIES = (
    "background-color border border-bottom border-collapse border-left border-right border-top color font-size "
    "font-style font-weight height margin max-width min-width padding text-align text-decoration vertical-align "
    "white-space width"
).split()
PROTOCOLS = ("http", "https", "data")
STYLE = re.compile(r"<style\b.*?</style\s*>", re.DOTALL | re.IGNORECASE)  # pandas puts one in front of each table
HEADING = re.compile(r"^# +(.+)$", re.MULTILINE)
SECTION = re.compile(r"^## +(.+)$", re.MULTILINE)
FONT = "data:font/woff;base64,"  # in report.css, where each page's own characters are put
MARKS = re.compile(r"[`*]|#+\s*$")  # of Markdown, in a heading


def clean(html: str) -> str:
    """HTML with the tags of text and tables only; links lead to the web, pictures are in the file itself.

    Examples
    --------
    >>> clean('<p onclick="x()">a<script>b</script></p><a href="javascript:c">d</a>')
    '<p>ab</p><a>d</a>'
    """
    return _cleaner().clean(STYLE.sub("", str(html)))


@cache
def _cleaner() -> bleach.Cleaner:
    attributes = ATTRIBUTES | {"img": _image_attribute, "a": _link_attribute}
    css = CSSSanitizer(allowed_css_properties=PROPERTIES)
    return bleach.Cleaner(tags=TAGS, attributes=attributes, protocols=PROTOCOLS, css_sanitizer=css, strip=True)


def _image_attribute(tag: str, name: str, value: str) -> bool:
    return name in ("alt", "width", "height", "class") or (name == "src" and value.startswith("data:image/"))


def _link_attribute(tag: str, name: str, value: str) -> bool:
    return name in ("title", "class") or (name == "href" and not value.strip().lower().startswith("data:"))


class _Exporter(HTMLExporter):
    """nbconvert's, without its second pass over the whole file, which does for its own templates what ours does."""

    def from_notebook_node(self, nb, resources=None, **more):
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **more)


@cache
def _exporter() -> _Exporter:
    exporter = _Exporter(template_name="tifa", extra_template_basedirs=[str(TEMPLATES)], exclude_anchor_links=True)
    exporter.register_filter("clean", clean)
    exporter.register_filter("highlight_code", Highlight2HTML(pygments_lexer="python", parent=exporter))
    return exporter


class Shown(NamedTuple):
    """A figure of a report: the id of its cell, the PNG in base64, its caption."""

    id: str
    png: str
    caption: str


def title_of(notebook, name: str) -> str:
    """A notebook's first heading, or ``name`` where it has none."""
    headings = (HEADING.search(cell.source) for cell in notebook.cells if cell.cell_type == "markdown")
    return next((_plain(found[1]) for found in headings if found), name)


def contents(notebook) -> list[tuple[str, str]]:
    """Id and text of the section headings, in order."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    return [(cell.id, _plain(text)) for cell in cells for text in SECTION.findall(cell.source)]


def _plain(heading: str) -> str:
    return MARKS.sub("", heading).strip()


def figures(notebook) -> list[Shown]:
    """Every picture of an executed notebook, in order."""
    outputs = [(cell.id, output) for cell in notebook.cells for output in cell.get("outputs", ())]
    return [
        Shown(id, output.data["image/png"], output.metadata.get("image/png", {}).get("alt", ""))
        for id, output in outputs
        if "image/png" in output.get("data", ())
    ]


def to_html(notebook, name: str) -> str:
    """The notebook as an HTML file.

    Parameters
    ----------
    notebook : NotebookNode
        Executed.
    name : str
        Title where the notebook has no heading of its own.
    """
    resources = {"title": title_of(notebook, name), "contents": contents(notebook)}
    page, _ = _exporter().from_notebook_node(notebook, resources=resources)
    return _with_font(page)


def index(notebooks: dict[str, nbformat.NotebookNode]) -> str:
    """One page that leads to all reports and shows their figures, as an HTML file.

    Parameters
    ----------
    notebooks : dict
        Executed notebooks by the name of their report, without ``.html``.
    """
    reports = [
        {"file": f"{name}.html", "title": title_of(notebook, name), "figures": figures(notebook)}
        for name, notebook in notebooks.items()
    ]
    return _with_font(_exporter().environment.get_template("gallery.html.j2").render(reports=reports))


def _with_font(page: str) -> str:
    return page.replace(FONT, f"data:font/woff;base64,{web_font.woff(page)}", 1)
