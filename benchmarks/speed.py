"""How fast, how big: raw text to stored record, in one run on one machine; compare ratios, machines are noisy.

    python -m benchmarks.speed [--json] [--input FILE] [--copies 1,20,200] [--runs 3]

Prints reports, sentences and words a second for one and two processes, each stage's share of the time, peak memory
(flat as the input grows), the time to import, the time to the first event, and a yardstick: spaCy's blank small
pipeline (tagger and parser, untrained) where spaCy is installed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DEFAULT = Path(__file__).parent.parent.parent / "shared" / "corpora" / "news" / "guardian_dev.jsonl.gz"
EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"


def rows(path: Path) -> list[dict[str, Any]]:
    """The input's rows; the sample reports when the file is not there."""
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    from dragoman.ingest import ingest
    from dragoman.records import Report

    found = [i for i in ingest([EXAMPLES]) if isinstance(i, Report)]
    return [{"id": r.id, "text": r.text, "date": str(r.published or ""), "source": r.source} for r in found]


def repeated(source: list[dict[str, Any]], copies: int, folder: Path) -> Path:
    """The input `copies` times over, each copy's text and id changed so that none is a copy."""
    path = folder / f"input-{copies}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(copies):
            for row in source:
                text = str(row["text"]) + (f" (Edition {number}.)" if number else "")
                file.write(json.dumps({**row, "text": text, "id": f"{row['id']}-{number}"}) + "\n")
    return path


CODE = """
import json, resource, sys, time
from dragoman.api import code_files
if __name__ == "__main__":
    start = time.perf_counter()
    tally = code_files([sys.argv[1]], into=sys.argv[2], workers=int(sys.argv[3]))
    seconds = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "read": tally.read, "events": tally.events, "own_mb": own, "worker_mb": child}))
"""


def run(path: Path, workers: int, folder: Path) -> dict[str, Any]:
    """One run in a process of its own."""
    record = folder / f"r{time.time_ns()}.duckdb"
    script = folder / "run.py"
    script.write_text(CODE)
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, str(script), str(path), str(record), str(workers)],
        capture_output=True,
        text=True,
        env=env,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    record.unlink(missing_ok=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def stages(path: Path) -> dict[str, float]:
    """Seconds each stage takes alone, one process, one pass."""
    from dragoman.ingest import ingest
    from dragoman.merge import merge
    from dragoman.pipeline import Tools
    from dragoman.records import Report
    from dragoman.store import CodedReport, Writer

    tools = Tools.load()
    warm = [i for i in ingest([EXAMPLES / "2019-06-15_tehran-bulletin.txt"]) if isinstance(i, Report)]
    for reading in tools.reader.read_all(warm):
        tools.coder.code(tools.resolver.resolve(reading))
    spent: dict[str, float] = {}

    def timed(name: str, start: float) -> None:
        spent[name] = time.perf_counter() - start

    t = time.perf_counter()
    reports = [i for i in ingest([path]) if isinstance(i, Report)]
    timed("ingest", t)
    t = time.perf_counter()
    encoder = Encoder(tools.reader)
    readings = list(tools.reader.read_all(reports))
    timed("read", t)
    spent["encoder"] = encoder.seconds
    spent["read"] -= encoder.seconds
    t = time.perf_counter()
    resolved = [tools.resolver.resolve(r) for r in readings]
    timed("resolve", t)
    t = time.perf_counter()
    mentions = [tools.coder.code(r) for r in resolved]
    timed("code", t)
    t = time.perf_counter()
    events = list(merge(m for ms in mentions for m in ms))
    timed("merge", t)
    t = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, Writer(Path(folder, "r.duckdb")) as writer:
        writer.add([CodedReport(r, tuple(m)) for r, m in zip(reports, mentions, strict=True)], [], [], coder="x")
        writer.replace_events(events)
    timed("store", t)
    spent["sentences"] = float(sum(len(r.sentences) for r in readings))
    spent["words"] = float(sum(len(r.text.split()) for r in reports))
    return spent


class Encoder:
    """Counts the time inside the model itself."""

    def __init__(self, reader: Any) -> None:
        self.seconds = 0.0
        session = reader._session
        inner = session.run

        def run(*args: Any, **kwargs: Any) -> Any:
            start = time.perf_counter()
            try:
                return inner(*args, **kwargs)
            finally:
                self.seconds += time.perf_counter() - start

        reader.__dict__["_session"] = _Proxy(session, run)


class _Proxy:
    def __init__(self, session: Any, run: Any) -> None:
        self._inner, self.run = session, run

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def start_up() -> dict[str, float]:
    """Seconds to import the package, and from the command to its first event for one file."""
    bare = _best(["-c", "pass"])
    imported = _best(["-c", "import dragoman"])
    command = Path(sys.executable).parent / "dragoman"
    start = time.perf_counter()
    subprocess.run(
        [str(command), "code", str(EXAMPLES / "2019-06-15_tehran-bulletin.txt")], capture_output=True, check=False
    )
    return {"import_s": imported - bare, "first_event_s": time.perf_counter() - start}


def _best(arguments: list[str]) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True)
        times.append(time.perf_counter() - start)
    return min(times)


def yardstick(texts: list[str]) -> float | None:
    """Words a second of spaCy's blank tagger and parser on the same texts; None without spaCy."""
    try:
        import spacy
    except ImportError:
        return None
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger").add_label("NN")
    parser = nlp.add_pipe("parser")
    for label in ("ROOT", "nsubj", "obj", "det"):
        parser.add_label(label)
    nlp.initialize()
    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return words / (time.perf_counter() - start)


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The figures for people."""
    for r in found["runs"]:
        yield f"{r['reports']:>7} reports, {r['workers']} process(es): {r['words_per_s']:>8,.0f} words/s {r['sentences_per_s']:>6,.0f} sentences/s {r['reports_per_s']:>6.1f} reports/s, peak {r['peak_mb']:,.0f} MB per process"
    total = sum(found["stages"].values())
    yield "stages: " + ", ".join(f"{name} {100 * s / total:.0f} %" for name, s in found["stages"].items())
    yield f"all but the encoder: {100 * (1 - found['stages']['encoder'] / total):.0f} % of the time"
    yield f"import dragoman {found['import_s']:.2f} s; first event of one file after {found['first_event_s']:.1f} s"
    yield (
        f"yardstick, spaCy blank tagger and parser: {found['spacy_words_per_s']:,.0f} words/s"
        if found["spacy_words_per_s"]
        else "yardstick: spaCy is not installed"
    )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--input", type=Path, default=DEFAULT)
    parser.add_argument("--copies", default="1,4")
    parser.add_argument("--runs", type=int, default=2)
    options = parser.parse_args()
    source = rows(options.input)
    found: dict[str, Any] = {"runs": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spent = stages(repeated(source, 1, folder))
        words, sentences = spent.pop("words"), spent.pop("sentences")
        found["stages"] = spent
        for copies in map(int, options.copies.split(",")):
            path = repeated(source, copies, folder)
            for workers in (1, 2):
                best = min((run(path, workers, folder) for _ in range(options.runs)), key=lambda r: r["seconds"])
                found["runs"].append({
                    "reports": len(source) * copies, "workers": workers, "words_per_s": words * copies / best["seconds"],
                    "sentences_per_s": sentences * copies / best["seconds"], "reports_per_s": len(source) * copies / best["seconds"],
                    "peak_mb": max(best["own_mb"], best["worker_mb"]), "seconds": best["seconds"],
                })  # fmt: skip
        found |= start_up()
        found["spacy_words_per_s"] = yardstick([str(r["text"]) for r in source])
        found["peak_mb_here"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(found) if options.json else "\n".join(lines(found)))


if __name__ == "__main__":
    main()
