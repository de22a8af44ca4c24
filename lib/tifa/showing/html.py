"""An executed notebook as one HTML file that needs nothing else: no script, and no style, font or
picture from another place.

What saved pages say ends up in outputs, so all HTML is cut to the tags of plain text and tables, and the file tells the
browser to run no script and to fetch nothing.
"""

import re
from functools import cache
from pathlib import Path

from tifa.showing.execute import _without

with _without("rfc3987_syntax"):
    import bleach
    from bleach.css_sanitizer import CSSSanitizer
    from nbconvert import HTMLExporter

TEMPLATES = Path(__file__).parent / "template"
TAGS = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "wbr",
    ]
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
PROPERTIES = [
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-left",
    "border-right",
    "border-top",
    "color",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "margin",
    "max-width",
    "min-width",
    "padding",
    "text-align",
    "text-decoration",
    "vertical-align",
    "white-space",
    "width",
]
PROTOCOLS = ("http", "https", "data")
STYLE = re.compile(r"<style\b.*?</style\s*>", re.DOTALL | re.IGNORECASE)  # pandas puts one in front of each table
HEADING = re.compile(r"^# +(.+)$", re.MULTILINE)


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


@cache
def _exporter() -> HTMLExporter:
    exporter = HTMLExporter(template_name="tifa", extra_template_basedirs=[str(TEMPLATES)], exclude_anchor_links=True)
    exporter.register_filter("clean", clean)
    return exporter


def to_html(notebook, name: str) -> str:
    """The notebook as an HTML file.

    Parameters
    ----------
    notebook : NotebookNode
        Executed.
    name : str
        Title where the notebook has no heading of its own.
    """
    headings = (HEADING.search(cell.source) for cell in notebook.cells if cell.cell_type == "markdown")
    title = next((found[1] for found in headings if found), name)
    body, _ = _exporter().from_notebook_node(notebook, resources={"title": title})
    return body
