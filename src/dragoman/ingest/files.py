"""From what the user names to reports: folders walked, formats told apart, every failure a `Problem`."""

from __future__ import annotations

import glob
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import IO

from dragoman.errors import NoSuchPathError
from dragoman.ingest.archives import read_feed, read_petrarch, read_warc
from dragoman.ingest.clean import clean_line, clean_text, content_id, markdown_to_text, shown_name
from dragoman.ingest.dates import date_in_dateline, date_in_name, parse_date
from dragoman.ingest.language import identify
from dragoman.ingest.options import MAX_REPORT_BYTES, MAX_TEXT_CHARS, Options
from dragoman.ingest.page import http_url, read_page
from dragoman.ingest.raw import Raw, RawDocument, RawProblem
from dragoman.ingest.streams import ZstdError, decode, open_bytes, read_bounded
from dragoman.ingest.tables import read_csv, read_json, read_jsonl, read_parquet
from dragoman.records import Origin, Problem, Report

COMPRESSED = (".gz", ".zst", ".zstd")
FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".xml": "xml",
    ".rss": "xml",
    ".atom": "xml",
    ".warc": "warc",
}
"""File name ending (compression taken off) -> format."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A further copy of a report that came before: only its origin is new."""

    report_id: str
    origin: Origin


Item = Report | Copy | Problem


def ingest(paths: Iterable[str | Path], options: Options | None = None) -> Iterator[Item]:
    """Reports of files, folders, globs and "-" (standard input), lazily, in a fixed order (sorted within a folder).

    Raises:
        NoSuchPathError: a path names nothing (a misuse, before anything is read); files that cannot be read are `Problem`s.
    """
    options = options or Options()
    files: dict[tuple[str, Path | None], None] = {}  # a glob such as `**` names folders and the files in them
    barren: list[Problem] = []
    for path in paths:
        found = expand(path)
        files |= dict.fromkeys(found)
        if not found:
            barren.append(_nothing_in(Path(path)))
    return chain(barren, _items(files, options))


def _nothing_in(folder: Path) -> Problem:
    """A folder without a single file that can be read is no success."""
    endings = Counter(f.suffix.lower() or "no ending" for f in folder.rglob("*") if f.is_file())
    held = ", ".join(f"{n} {ending}" for ending, n in endings.most_common(4))
    return Problem(
        shown_name(str(folder)),
        "",
        "nothing-to-read",
        f"the folder holds no file of a known format ({shown_name(held) or 'it is empty'})",
        f"Known endings are {' '.join(FORMATS)}, also {' '.join(COMPRESSED)}; convert other files to text first.",
    )


def _items(files: Iterable[tuple[str, Path | None]], options: Options) -> Iterator[Item]:
    seen: set[int] = set()
    for name, file in files:
        for raw in _guarded(name, file, options):
            item = to_report(raw, name, options)
            if isinstance(item, Report):
                key = int(item.id, 16)
                if key in seen:
                    yield Copy(item.id, item.origins[0])
                    continue
                seen.add(key)
            yield item


def expand(path: str | Path) -> list[tuple[str, Path | None]]:
    """(name as shown, file) for everything that a path argument stands for; (“-”, None) for standard input."""
    if str(path) == "-":
        return [("-", None)]
    here = Path(path)
    if here.is_dir():
        return [(str(f), f) for f in sorted(here.rglob("*")) if f.is_file() and _wanted(f, here)]
    if here.exists():
        return [(str(path), here)]
    matches = sorted(glob.glob(str(path), recursive=True)) if glob.has_magic(str(path)) else []  # noqa: PTH207 - absolute globs
    if not matches:
        raise NoSuchPathError(path)
    return [pair for match in matches for pair in expand(Path(match))]


def _wanted(file: Path, root: Path) -> bool:
    """Inside a folder only known endings are read, and nothing hidden; a link may not lead out of the folder."""
    inside = file.relative_to(root)
    if any(part.startswith(".") for part in inside.parts):
        return False
    if file.is_symlink() and not file.resolve().is_relative_to(root.resolve()):
        return False
    return _format_by_name(file.name) is not None


def _format_by_name(name: str) -> str | None:
    lower = name.lower()
    for ending in COMPRESSED:
        lower = lower.removesuffix(ending)
    return FORMATS.get(Path(lower).suffix)


def _guarded(name: str, file: Path | None, options: Options) -> Iterator[Raw]:
    """The documents of one file; what the operating system or a decompressor refuses becomes a problem, once."""
    try:
        yield from _documents(name, file, options)
    except (EOFError, zlib.error, ZstdError) as error:
        yield RawProblem(
            "bad-compression",
            f"the compressed file is damaged or cut short ({error}); what came before was read",
            "Fetch or compress the file again; reports already read are kept.",
        )
    except OverflowError as error:
        yield RawProblem("too-large", str(error), "Check that the file has line breaks between reports.")
    except OSError as error:
        yield RawProblem(
            "unreadable",
            f"the file cannot be read ({error.strerror or error})",
            "Check that it exists and may be read.",
        )
    except Exception as error:  # a fault in a format library concerns this file alone, and is reported
        yield RawProblem(
            "unreadable",
            f"the file cannot be read as {_format_by_name(name) or 'any known format'} "
            f"({type(error).__name__}: {str(error)[:200]})",
            "Check the file, or convert it to JSON Lines.",
        )


def _documents(name: str, file: Path | None, options: Options) -> Iterator[Raw]:
    form = _format_by_name(name)
    if form == "parquet" and file is not None:
        yield from read_parquet(file, options.columns)
        return
    with open_bytes(file) as stream:
        form = form or _sniff(stream)
        if form == "jsonl":
            yield from read_jsonl(stream, options.columns)
        elif form in ("csv", "tsv"):
            yield from read_csv(stream, options.columns, "\t" if form == "tsv" else None)
        elif form == "warc":
            yield from read_warc(stream, thorough=options.thorough)
        else:
            yield from _whole(form, stream, options)


def _whole(form: str, stream: IO[bytes], options: Options) -> Iterator[Raw]:
    data = read_bounded(stream, MAX_REPORT_BYTES * (8 if form in ("json", "xml") else 1))
    if data is None:
        yield RawProblem(
            "too-large",
            f"the document is larger than {MAX_REPORT_BYTES // 2**20} MB",
            "Split it into reports, for example one JSON object per line (.jsonl).",
        )
    elif not data.strip():
        yield RawProblem("empty", "the file is empty", "Nothing to do, unless it should not be.")
    elif form == "html":
        yield read_page(data, thorough=options.thorough)
    elif form == "json":
        yield from read_json(data, options.columns)
    elif form == "xml":
        head = data[:4096].lower()
        yield from (
            read_feed(data) if any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf")) else read_petrarch(data)
        )
    else:
        yield _plain(data, form)


def _plain(data: bytes, form: str) -> Raw:
    text = decode(data)
    if text is None:
        return RawProblem("not-text", "the file is not text in any known encoding", "Convert it to UTF-8 text.")
    if form == "markdown":
        body, title = markdown_to_text(text)
        return RawDocument(text=body, title=title)
    return RawDocument(text=text)


def _sniff(stream: IO[bytes]) -> str:
    """The format of a stream without a telling name, by its first bytes."""
    head: bytes = stream.peek(4096)[:4096]  # type: ignore[attr-defined]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"warc/"):
        return "warc"
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<sentences")):
        return "html" if b"<html" in start else "xml"
    if start.startswith(b"{"):
        first = start.split(b"\n", 1)[0]
        try:
            json.loads(first)
        except ValueError:
            return "json" if len(head) < 4096 or b"\n" in head else "jsonl"
        return "jsonl"
    if start.startswith(b"[") and b"{" in start[:100]:
        return "json"
    return "text"


def to_report(raw: Raw, name: str, options: Options) -> Report | Problem:
    """The report of one document as found, cleaned, dated and with its language; a problem when it cannot be read."""
    try:
        item = _report_of(raw, shown_name(name), options)
    except Exception as error:  # a fault of ours or of a library on this document: set aside with its reason
        item = Problem(
            shown_name(name),
            raw.locator,
            "ingest-fault",
            f"the document could not be taken in ({type(error).__name__}: {str(error)[:200]})",
            "Please report this as a bug with the document, if it may be shared; the others are not affected.",
        )
    return _speakable(item) if isinstance(item, Problem) else item


def _speakable(p: Problem) -> Problem:
    """A problem whose words can be stored and printed, whatever the input put into them."""
    return Problem(p.path, shown_name(p.locator), p.kind, shown_name(p.reason)[:1000], p.remedy, p.report_id)


def _report_of(raw: Raw, name: str, options: Options) -> Report | Problem:
    if isinstance(raw, RawProblem):
        return Problem(name, raw.locator, raw.kind, raw.reason, raw.remedy)
    text = clean_text(raw.text or "")
    if not text:
        return Problem(name, raw.locator, "empty", "there is no text", "Nothing to do, unless there should be one.")
    report_id = content_id(text)
    if len(text) > MAX_TEXT_CHARS:
        return Problem(
            name,
            raw.locator,
            "too-large",
            f"the text has {len(text):,} characters, more than {MAX_TEXT_CHARS:,}",
            "Split it into reports.",
            report_id,
        )
    language = identify(text)
    if language not in options.languages:
        return Problem(
            name,
            raw.locator,
            "not-english",
            f"the text is in {language!r}, not English"
            if language != "und"
            else "the text has too few words to tell its language",
            "Translate it first; Dragoman reads English.",
            report_id,
        )
    published, published_from, trouble = _published(raw, name, text, options)
    if trouble:
        return Problem(
            name, raw.locator, "bad-date", trouble, "Write dates as YYYY-MM-DD, or give `--published DATE`.", report_id
        )
    source = clean_line(raw.source) or options.source
    url = http_url(shown_name(raw.url)) if raw.url else None
    origin = Origin(name, shown_name(raw.locator), source, url, clean_line(raw.report_id))
    return Report(report_id, text, clean_line(raw.title), source, url, published, published_from, language, (origin,))


def _published(raw: RawDocument, name: str, text: str, options: Options) -> tuple[date | None, str | None, str | None]:
    if options.published is not None:
        return options.published, "option", None
    if raw.date is not None and raw.date.strip():
        day = parse_date(raw.date)
        if day is None:
            return None, None, f"the publication date {raw.date[:60]!r} is no date between 1900 and 2100"
        return day, "metadata", None
    in_name = date_in_name(Path(name).name) if name != "-" else None
    if in_name is not None:
        return in_name, "file name", None
    in_line = date_in_dateline(text)
    return (in_line, "dateline", None) if in_line is not None else (None, None, None)
