"""Feeds: the file that names them, and fetching from a server on this machine only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from dragoman.errors import DragomanError, UsageError
from dragoman.ingest.feeds import Feed, Fetcher, poll, read_feeds_file
from dragoman.records import Problem, Report

TEXT = "The foreign minister of Kenya met her Ugandan counterpart in Kampala on Tuesday, and they signed an accord on fishing."
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Lake Wire</title><item><title>Accord</title>
<link>http://lake.example/1</link><pubDate>Tue, 06 Feb 2024 08:00:00 GMT</pubDate><description>{TEXT}</description></item></channel></rss>"""


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/feed":
            if self.headers.get("If-None-Match") == "v1":
                self.send_response(304)
                self.end_headers()
                return
            body = RSS.encode()
            self.send_response(200)
            self.send_header("ETag", "v1")
        elif self.path == "/pages":
            body = RSS.replace("http://lake.example/1", f"http://{self.headers['Host']}/page").encode()
            self.send_response(200)
        elif self.path == "/page":
            if self.headers.get("If-None-Match") == "p1":
                self.send_response(304)
                self.end_headers()
                return
            body = f"<html><body><article><p>{TEXT}</p><p>{TEXT.replace('Tuesday', 'Monday')}</p></article></body></html>".encode()
            self.send_response(200)
            self.send_header("ETag", "p1")
        elif self.path == "/huge":
            body = b"x" * (9 * 1024 * 1024)
            self.send_response(200)
        elif self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
            return
        else:
            self.send_response(404)
            self.end_headers()
            return
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()


def test_a_feed_gives_its_entries_once(server: str) -> None:
    fetcher = Fetcher(allow_private=True)
    (report,) = poll(Feed(f"{server}/feed", source="Lake"), fetcher)
    assert isinstance(report, Report)
    assert (report.title, report.source, str(report.published)) == ("Accord", "Lake Wire", "2024-02-06")
    assert list(poll(Feed(f"{server}/feed"), fetcher)) == []  # not modified since


def test_a_page_that_has_not_changed_is_not_read_again_from_its_summary(server: str) -> None:
    fetcher = Fetcher(allow_private=True)
    (report,) = poll(Feed(f"{server}/pages", pages=True), fetcher)
    assert isinstance(report, Report)
    assert "Monday" in report.text
    assert list(poll(Feed(f"{server}/pages", pages=True), fetcher)) == []


@pytest.mark.parametrize(("path", "reason"), [("/none", "404"), ("/huge", "larger than"), ("/loop", "redirects")])
def test_what_cannot_be_fetched_is_a_problem_of_that_feed(server: str, path: str, reason: str) -> None:
    (problem,) = poll(Feed(server + path), Fetcher(allow_private=True))
    assert isinstance(problem, Problem)
    assert reason in problem.reason


def test_addresses_of_this_machine_are_refused_unless_allowed(server: str) -> None:
    with pytest.raises(UsageError, match="private network"):
        Fetcher().get(f"{server}/feed")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("every = ", "not TOML"),
        ('every = "15m"', "there is no"),
        ('every = "1s"\n[[feed]]\nurl = "https://a.example/x"', "from 30s to 24h"),
        ('[[feed]]\nurl = "file:///etc/passwd"', "no http"),
        ('[[feed]]\nurl = "https://a.example/x"\ncolour = "red"', "unknown keys"),
        ('[[feed]]\nurl = "https://a.example/x"\nsource = 5', "source is a text"),
        ('colour = "red"', "unknown key"),
    ],
)
def test_a_feeds_file_with_a_mistake_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(DragomanError, match=message):
        read_feeds_file(path)


def test_a_good_feeds_file(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text('every = "2h"\n[[feed]]\nurl = "https://a.example/x"\npages = true\n')
    feeds = read_feeds_file(path)
    assert (feeds.every, feeds.feeds) == (7200, (Feed("https://a.example/x", None, True),))
