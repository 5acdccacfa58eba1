"""HTML to text, title, date, publisher: the one address of trafilatura."""

from __future__ import annotations

from dragoman.ingest.raw import Raw, RawDocument, RawProblem
from dragoman.ingest.streams import decode


def read_page(data: bytes, *, url: str | None = None, locator: str = "", thorough: bool = False) -> Raw:
    """The article of a web page; a problem when the page holds none."""
    html = decode(data)
    if html is None:
        return RawProblem(
            "not-text", "the page is not text in any known encoding", "Save the page again as UTF-8.", locator
        )
    import trafilatura  # 0.2 s: only for those who have pages

    try:
        found = trafilatura.bare_extraction(
            html,
            url=url,
            fast=not thorough,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            deduplicate=False,
        )
    except Exception as error:  # any fault of the parser concerns this page alone, and is reported
        return RawProblem(
            "bad-html",
            f"the page could not be parsed ({type(error).__name__}: {error})",
            "Save the page again, or give its text as .txt.",
            locator,
        )
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        return RawProblem(
            "no-text",
            "no article text was found in the page",
            "Check that the page is an article; try `--thorough`, or give its text as .txt.",
            locator,
        )
    return RawDocument(
        text=found.text,
        title=found.title or None,
        date=found.date or None,
        url=url or http_url(found.url),
        source=found.sitename or found.hostname or None,
        locator=locator,
    )


def http_url(url: object) -> str | None:
    """The url if it is an http(s) address of sane length, else None: nothing else is ever stored as a link."""
    if not isinstance(url, str):
        return None
    url = url.strip()
    if len(url) > 2000 or not url.lower().startswith(("http://", "https://")):
        return None
    return None if any(c.isspace() or ord(c) < 32 for c in url) else url


def fragment_text(html: str) -> str:
    """Plain text of an HTML fragment such as a feed entry: tags dropped, blocks on lines of their own."""
    from lxml import html as lxml_html

    if "<" not in html and "&" not in html:
        return html
    try:
        root = lxml_html.fragment_fromstring(html, create_parent="div")
    except Exception:  # lxml raises many kinds for hostile markup; the tags are then cut by hand
        import re

        return re.sub(r"<[^>]{0,2000}>", " ", html)
    for bad in root.xpath(".//script|.//style|.//iframe|.//object"):
        bad.drop_tree()
    for block in root.xpath(".//p|.//br|.//div|.//li|.//h1|.//h2|.//h3|.//blockquote"):
        block.tail = "\n\n" + (block.tail or "")
    return str(root.text_content())
