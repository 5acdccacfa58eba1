"""Containers of the trade: RSS and Atom, PETRARCH XML, WARC."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any

from dragoman.ingest.clean import clean_line
from dragoman.ingest.options import MAX_REPORT_BYTES
from dragoman.ingest.page import fragment_text, http_url, read_page
from dragoman.ingest.raw import Raw, RawDocument, RawProblem


def read_feed(data: bytes) -> Iterator[Raw]:
    """Entries of an RSS or Atom file; the fullest text that each entry carries."""
    import feedparser

    # As a stream: given bare bytes, feedparser first tries them as the name of a file on this machine.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=True)
    publisher = feed.feed.get("title")
    if not feed.entries:
        reason = f" ({feed.bozo_exception})" if feed.get("bozo") else ""
        yield RawProblem(
            "bad-feed", f"no entry was found in the feed{reason}", "Check that the file is RSS or Atom and complete."
        )
        return
    for number, entry in enumerate(feed.entries, start=1):
        bodies = [part.get("value") or "" for part in entry.get("content") or ()] + [entry.get("summary") or ""]
        yield RawDocument(
            text=fragment_text(max(bodies, key=len)) or None,
            title=fragment_text(entry.get("title") or "") or None,
            date=entry.get("published") or entry.get("updated"),
            url=http_url(entry.get("link")),
            source=publisher,
            report_id=entry.get("id"),
            # Not its number: a feed is fetched again and again, and other entries then stand in that place.
            locator=f"entry {clean_line(entry.get('id') or entry.get('link'), 200) or number}",
        )


def read_petrarch(data: bytes) -> Iterator[Raw]:
    """PETRARCH input and validation XML: `<Sentence date id source><Text>` and `<Article>` alike, one report each."""
    from defusedxml import ElementTree

    try:
        root = ElementTree.fromstring(data)
    except Exception as error:  # ParseError, and defusedxml's refusals of entities and bombs
        yield RawProblem(
            "bad-xml", f"the file is not well-formed XML ({error})", "Check the file against PETRARCH's input format."
        )
        return
    number = 0
    for node in root.iter():
        if node.tag not in ("Sentence", "Article"):
            continue
        number += 1
        found = node.find("Text")
        yield RawDocument(
            text=" ".join(("".join(found.itertext()) if found is not None else "").split()) or None,
            date=node.get("date"),
            source=node.get("source"),
            report_id=node.get("id"),
            locator=f"{node.tag} {node.get('id') or number}",
        )
    if number == 0:
        yield RawProblem(
            "bad-xml",
            f"the root is <{root.tag}> and holds no <Sentence> or <Article>",
            "Give PETRARCH XML, RSS or Atom; for other XML convert to JSON Lines first.",
        )


def read_warc(stream: IO[bytes], *, thorough: bool = False) -> Iterator[Raw]:
    """HTML and plain-text responses of a web archive; the date comes from the page, never from the crawl."""
    from warcio.archiveiterator import ArchiveIterator

    number = 0
    for record in ArchiveIterator(stream):
        if record.rec_type not in ("response", "resource", "conversion"):
            continue
        number += 1
        yield _warc_record(record, f"record {number}", thorough)


def _warc_record(record: Any, locator: str, thorough: bool) -> Raw:
    headers = record.http_headers or record.rec_headers
    kind = (headers.get_header("Content-Type") or "").lower()
    url = http_url(record.rec_headers.get_header("WARC-Target-URI"))
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status not in ("200", "203", ""):
        return RawProblem(
            "not-a-report", f"the server answered {status}", "Nothing to do: error pages are not read.", locator
        )
    data = record.content_stream().read(MAX_REPORT_BYTES + 1)
    if len(data) > MAX_REPORT_BYTES:
        return RawProblem(
            "too-large",
            f"the record is larger than {MAX_REPORT_BYTES // 2**20} MB",
            "Leave it out or split it.",
            locator,
        )
    if "html" in kind:
        return read_page(data, url=url, locator=locator, thorough=thorough)
    if "text/plain" in kind:
        return RawDocument(text=data.decode("utf-8", errors="replace"), url=url, locator=locator)
    return RawProblem(
        "not-a-report",
        f"the record is {kind or 'of unknown type'}, not a page",
        "Nothing to do: only pages are read.",
        locator,
    )
