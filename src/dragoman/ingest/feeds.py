"""Feeds over the network, politely: the only module that fetches anything, and only when `dragoman watch` asks.

A feeds file is TOML:

    every = "15m"                  # how often to look; "30s" to "24h"
    [[feed]]
    url = "https://example.org/world.rss"
    source = "Example"             # optional: the publisher, where the feed does not say
    pages = true                   # optional: fetch the linked pages for their full text
"""

from __future__ import annotations

import ipaddress
import socket
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dragoman.errors import DragomanError, NoSuchPathError, UsageError
from dragoman.ingest.archives import read_feed
from dragoman.ingest.files import Item, to_report
from dragoman.ingest.options import MAX_REPORT_BYTES, Options
from dragoman.ingest.page import http_url, read_page
from dragoman.ingest.raw import Raw, RawDocument, RawProblem

SECONDS = {"s": 1, "m": 60, "h": 3600}
TIMEOUT = 20.0
MOST_TAGS = 20_000
"""Addresses whose state is remembered between rounds, latest fetched kept: a watch may run for years."""
AGENT = "dragoman (+https://github.com/dragoman-events/dragoman)"


class FeedsFileError(DragomanError):
    """The feeds file cannot be used."""

    def __init__(self, path: Path, problem: str, remedy: str) -> None:
        super().__init__(f"{path}: {problem}. {remedy}")
        self.path = path


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed; `pages` fetches what its entries link to."""

    url: str
    source: str | None = None
    pages: bool = False


@dataclass(frozen=True, slots=True)
class Feeds:
    """What a feeds file says: the feeds, and seconds between two rounds."""

    feeds: tuple[Feed, ...]
    every: int


def read_feeds_file(path: Path) -> Feeds:
    """The feeds of a TOML file.

    Raises:
        FeedsFileError: it is not of the form, with what is wrong.
    """
    if not path.exists():
        raise NoSuchPathError(path)
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FeedsFileError(path, f"this is not TOML ({error})", "See docs/how-to/watch.md.") from error
    unknown = set(data) - {"every", "feed"}
    if unknown:
        raise FeedsFileError(path, f"unknown key {sorted(unknown)[0]!r}", "Known are `every` and [[feed]].")
    entries = data.get("feed")
    if not isinstance(entries, list) or not entries:
        raise FeedsFileError(path, "there is no [[feed]]", 'Add one: [[feed]] with url = "https://...".')
    return Feeds(
        tuple(_feed(path, number, entry) for number, entry in enumerate(entries, start=1)),
        _every(path, data.get("every", "15m")),
    )


def _feed(path: Path, number: int, entry: object) -> Feed:
    if not isinstance(entry, dict) or set(entry) - {"url", "source", "pages"}:
        raise FeedsFileError(
            path, f"feed {number} has unknown keys", "A feed has url, and optionally source and pages."
        )
    url = http_url(entry.get("url"))
    if url is None:
        raise FeedsFileError(
            path, f"feed {number}: {entry.get('url')!r} is no http(s) address", "Write the feed's full address."
        )
    source, pages = entry.get("source"), entry.get("pages", False)
    if not isinstance(source, str | None) or not isinstance(pages, bool):
        raise FeedsFileError(
            path, f"feed {number}: source is a text, pages is true or false", "Correct them, or leave them out."
        )
    return Feed(url, source, pages)


def _every(path: Path, value: object) -> int:
    text = str(value)
    if text[-1:] in SECONDS and text[:-1].isdecimal() and 30 <= int(text[:-1]) * SECONDS[text[-1]] <= 86400:
        return int(text[:-1]) * SECONDS[text[-1]]
    raise FeedsFileError(path, f"every = {text!r} is no time from 30s to 24h", 'Write for example every = "15m".')


class Fetcher:
    """Fetches with retries, conditional requests and bounded size; never follows a feed to a private address."""

    def __init__(self, *, allow_private: bool = False) -> None:
        try:
            import httpx
            import stamina
        except ImportError as error:
            raise UsageError(f"{error.name} is not installed; `pip install 'dragoman[feeds]'` adds it.") from error
        self._httpx, self._stamina = httpx, stamina
        self._client = httpx.Client(timeout=TIMEOUT, follow_redirects=False, headers={"User-Agent": AGENT})
        self._tags: dict[str, dict[str, str]] = {}
        self._private = allow_private

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, url: str) -> bytes | None:
        """The body, or None when nothing changed since the last time.

        Raises:
            UsageError: the address is private, the answer too large, or the server refuses for good.
        """
        for _ in range(5):
            self._check(url)
            response = self._once(url)
            if response.status_code == 304:
                return None
            if response.is_redirect:
                url = str(response.next_request.url)
                continue
            if response.status_code != 200:
                raise UsageError(f"{url}: the server answers {response.status_code}")
            tags = {
                "If-None-Match": response.headers.get("etag"),
                "If-Modified-Since": response.headers.get("last-modified"),
            }
            self._tags.pop(url, None)
            self._tags[url] = {name: value for name, value in tags.items() if value}
            if len(self._tags) > MOST_TAGS:
                del self._tags[next(iter(self._tags))]
            return bytes(response.content)
        raise UsageError(f"{url}: more than 5 redirects")

    def _once(self, url: str):  # type: ignore[no-untyped-def]  # httpx is optional
        for attempt in self._stamina.retry_context(on=self._httpx.TransportError, attempts=3, timeout=60):
            with attempt, self._client.stream("GET", url, headers=self._tags.get(url, {})) as response:
                size = 0
                parts = []
                for part in response.iter_bytes():
                    size += len(part)
                    if size > MAX_REPORT_BYTES:
                        raise UsageError(f"{url}: the answer is larger than {MAX_REPORT_BYTES // 2**20} MB")
                    parts.append(part)
                response._content = b"".join(parts)
                return response
        raise UsageError(f"{url}: cannot be reached")

    def _check(self, url: str) -> None:
        """Text from the web may not send us to this machine or its network."""
        host = urlsplit(url).hostname or ""
        if self._private:
            return
        try:
            addresses = {info[4][0] for info in socket.getaddrinfo(host, None)}
        except OSError as error:
            raise UsageError(f"{url}: {host!r} cannot be found ({error.strerror or error})") from error
        if any(not ipaddress.ip_address(a.split("%")[0]).is_global for a in map(str, addresses)):
            raise UsageError(f"{url}: {host!r} is an address of a private network; `--allow-private` permits it")


def poll(feed: Feed, fetcher: Fetcher) -> Iterator[Item]:
    """The entries of a feed as reports; a feed that cannot be fetched is one problem, not the end of the watch."""
    options = Options(source=feed.source)
    try:
        data = fetcher.get(feed.url)
    except Exception as error:  # transport errors of many kinds; each is reported as a problem of this feed
        yield to_report(
            RawProblem("unreachable", f"the feed cannot be fetched ({error})", "It is tried again in the next round."),
            feed.url,
            options,
        )
        return
    if data is None:
        return
    for raw in read_feed(data):
        if (whole := _full(raw, feed, fetcher)) is not None:
            yield to_report(whole, feed.url, options)


def _full(raw: Raw, feed: Feed, fetcher: Fetcher) -> Raw | None:
    """The linked page's article where pages are wanted and can be had; the entry's own text otherwise.

    None for a page that was read before and has not changed: its entry's summary would be another, poorer report.
    """
    if not feed.pages or not isinstance(raw, RawDocument) or not raw.url:
        return raw
    try:
        data = fetcher.get(raw.url)
    except Exception as error:
        return (
            raw
            if raw.text
            else RawProblem("unreachable", f"the page cannot be fetched ({error})", "Open it by hand.", raw.locator)
        )
    if data is None:
        return None
    page = read_page(data, url=raw.url, locator=raw.locator)
    if not isinstance(page, RawDocument) or not page.text:
        return raw
    return RawDocument(
        page.text,
        raw.title or page.title,
        raw.date or page.date,
        raw.url,
        raw.source or page.source,
        raw.report_id,
        raw.locator,
    )
