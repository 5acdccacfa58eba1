"""How fast, how big: raw text to stored record, in one run on one machine; compare ratios, machines are noisy.

    python -m benchmarks.speed [--json] [--input FILE] [--model FILE] [--copies 1,20,200] [--words N] [--runs 3]

Prints reports, sentences and words a second for one and two processes, by the clock and by the processor time used (which
is what counts when the machine is doing other things too), each stage's share, peak memory (flat as the input grows), the
time to import, the time to the first event, and a yardstick: spaCy's blank small pipeline (tagger and parser, untrained)
where spaCy is installed. `--words` keeps only the beginning of each report, to show memory over very many reports.
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
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

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


def beginning(text: str, words: int | None) -> str:
    """The first words of a text; all of it for None."""
    return text if words is None else " ".join(text.split(" ")[:words])


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
from pathlib import Path
import dragoman.read.runtime as runtime
from dragoman.api import code_files
if sys.argv[4]:
    runtime.MODEL = Path(sys.argv[4])
if __name__ == "__main__":
    start = time.perf_counter()
    tally = code_files([sys.argv[1]], into=sys.argv[2], workers=int(sys.argv[3]))
    seconds = time.perf_counter() - start
    own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    cpu = sum(u.ru_utime + u.ru_stime for u in (own, child))
    print(json.dumps({"seconds": seconds, "cpu": cpu, "read": tally.read, "events": tally.events,
        "own_mb": own.ru_maxrss / 1024, "worker_mb": child.ru_maxrss / 1024}))
"""


def run(path: Path, workers: int, folder: Path, model: Path | None) -> dict[str, Any]:
    """One run in a process of its own."""
    record = folder / f"r{time.time_ns()}.duckdb"
    script = folder / "run.py"
    script.write_text(CODE)
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, str(script), str(path), str(record), str(workers), str(model or "")],
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


class Spent:
    """Seconds by stage, of the processor and of the clock."""

    def __init__(self) -> None:
        self.cpu: dict[str, float] = {}
        self.wall: dict[str, float] = {}

    def on(self, name: str, work: Callable[[], T]) -> T:
        """Do a stage's work and count its time."""
        cpu, wall = time.process_time(), time.perf_counter()
        result = work()
        self.cpu[name], self.wall[name] = time.process_time() - cpu, time.perf_counter() - wall
        return result


def stages(path: Path, model: Path | None) -> tuple[Spent, int, int]:
    """What each stage takes alone, one process, one pass; words and sentences read."""
    from dragoman.ingest import ingest
    from dragoman.merge import merge
    from dragoman.pipeline import Tools
    from dragoman.read import Reader
    from dragoman.records import Report
    from dragoman.store import CodedReport, Writer

    tools = Tools.load()
    if model:
        tools = replace(tools, reader=Reader(model))
    warm = [i for i in ingest([EXAMPLES / "2019-06-15_tehran-bulletin.txt"]) if isinstance(i, Report)]
    for reading in tools.reader.read_all(warm):
        tools.coder.code(tools.resolver.resolve(reading))
    spent = Spent()
    reports = spent.on("ingest", lambda: [i for i in ingest([path]) if isinstance(i, Report)])
    encoder = Encoder(tools.reader)
    readings = spent.on("read", lambda: list(tools.reader.read_all(reports)))
    spent.cpu["encoder"], spent.wall["encoder"] = encoder.cpu, encoder.wall
    spent.cpu["read"] -= encoder.cpu
    spent.wall["read"] -= encoder.wall
    resolved = spent.on("resolve", lambda: [tools.resolver.resolve(r) for r in readings])
    mentions = spent.on("code", lambda: [tuple(tools.coder.code(r)) for r in resolved])
    events = spent.on("merge", lambda: list(merge(m for ms in mentions for m in ms)))
    with tempfile.TemporaryDirectory() as folder, Writer(Path(folder, "r.duckdb")) as writer:

        def store() -> None:
            writer.add([CodedReport(r, m) for r, m in zip(reports, mentions, strict=True)], [], [], coder="x")
            writer.replace_events(events)

        spent.on("store", store)
    return spent, sum(len(r.text.split()) for r in reports), sum(len(r.sentences) for r in readings)


class Encoder:
    """Counts the time inside the model itself."""

    def __init__(self, reader: Any) -> None:
        self.cpu = self.wall = 0.0
        session = reader._session
        inner = session.run

        def run(*args: Any, **kwargs: Any) -> Any:
            cpu, wall = time.process_time(), time.perf_counter()
            try:
                return inner(*args, **kwargs)
            finally:
                self.cpu += time.process_time() - cpu
                self.wall += time.perf_counter() - wall

        reader.__dict__["_session"] = _Proxy(session, run)


class _Proxy:
    def __init__(self, session: Any, run: Any) -> None:
        self._inner, self.run = session, run

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def start_up() -> dict[str, float]:
    """Seconds to import the package, and from the command to its events for one file."""
    bare, imported = (_best(["-c", code]) for code in ("pass", "import dragoman"))
    command = Path(sys.executable).parent / "dragoman"
    wall, cpu = _timed([str(command), "code", str(EXAMPLES / "2019-06-15_tehran-bulletin.txt")])
    return {
        "import_s": imported[0] - bare[0],
        "import_cpu_s": imported[1] - bare[1],
        "first_event_s": wall,
        "first_event_cpu_s": cpu,
    }


def _best(arguments: list[str]) -> tuple[float, float]:
    times = [_timed([sys.executable, *arguments]) for _ in range(5)]
    return min(t[0] for t in times), min(t[1] for t in times)


def _timed(command: list[str]) -> tuple[float, float]:
    """Seconds by the clock and of the processor that a command takes."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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
    start = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return words / (time.process_time() - start)


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The figures for people."""
    for r in found["runs"]:
        yield (
            f"{r['reports']:>7} reports, {r['workers']} process(es): {r['words_per_s']:>7,.0f} words/s {r['sentences_per_s']:>5,.0f} "
            f"sentences/s {r['reports_per_s']:>6.1f} reports/s; {r['words_per_cpu_s']:>7,.0f} words per processor second; "
            f"peak {r['peak_mb']:,.0f} MB per process"
        )
    cpu, wall = found["stages_cpu"], found["stages_wall"]
    total = sum(cpu.values())
    yield "stages (processor s, clock s, share): " + ", ".join(
        f"{name} {s:.2f} {wall[name]:.2f} {100 * s / total:.0f} %" for name, s in cpu.items()
    )
    yield f"all but the encoder: {100 * (1 - cpu['encoder'] / total):.0f} % of the processor time"
    yield (
        f"import dragoman {found['import_cpu_s']:.2f} s of processor, {found['import_s']:.2f} s by the clock; first event of one "
        f"file after {found['first_event_s']:.1f} s ({found['first_event_cpu_s']:.1f} s of processor)"
    )
    yield (
        f"yardstick, spaCy blank tagger and parser: {found['spacy_words_per_s']:,.0f} words per processor second"
        if found["spacy_words_per_s"]
        else "yardstick: spaCy is not installed"
    )


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--input", type=Path, default=DEFAULT)
    parser.add_argument("--model", type=Path, help="model file; the shipped one by default")
    parser.add_argument("--copies", default="1,4", help="how often the input is repeated, one number per run")
    parser.add_argument("--words", type=int, help="words kept of each report")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--runs", type=int, default=2)
    options = parser.parse_args()
    source = [{**row, "text": beginning(str(row["text"]), options.words)} for row in rows(options.input)]
    found: dict[str, Any] = {"runs": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spent, words, sentences = stages(repeated(source, 1, folder), options.model)
        found["stages_cpu"], found["stages_wall"] = spent.cpu, spent.wall
        for copies in map(int, options.copies.split(",")):
            path = repeated(source, copies, folder)
            for workers in map(int, options.workers.split(",")):
                some = [run(path, workers, folder, options.model) for _ in range(options.runs)]
                best, cpu = min(r["seconds"] for r in some), min(r["cpu"] for r in some)
                found["runs"].append({
                    "reports": len(source) * copies, "workers": workers, "words_per_s": words * copies / best,
                    "words_per_cpu_s": words * copies / cpu, "sentences_per_s": sentences * copies / best,
                    "reports_per_s": len(source) * copies / best, "seconds": best, "cpu_s": cpu,
                    "peak_mb": max(m for r in some for m in (r["own_mb"], r["worker_mb"])),
                })  # fmt: skip
        found |= start_up()
        found["spacy_words_per_s"] = yardstick([str(r["text"]) for r in source])
    print(json.dumps(found) if options.json else "\n".join(lines(found)))


if __name__ == "__main__":
    main()
