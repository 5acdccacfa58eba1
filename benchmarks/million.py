"""A large record: mentions simulated from real ones, written to a record and merged in a process of its own."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from dragoman.records import EventMention
from dragoman.records.codec import mention_to_json
from dragoman.spread import cores
from dragoman.store import Writer, bulk

SEED = 7
DAYS = 3650


def simulated(real: Sequence[EventMention], count: int) -> Iterator[EventMention]:
    """Events drawn from `real`, moved to a day of ten years, each told by 1 to 40 reports (most by one or two) a day or
    two apart, with a tenth of the words left out; parties keep their countries, so that busy pairs stay busy."""
    chance = random.Random(SEED)
    made = 0
    while made < count:
        event = chance.choice(real)
        shift = timedelta(days=chance.randrange(DAYS))
        town = f"Town{chance.randrange(5000)}"
        for telling in range(min(count - made, 40, int(chance.paretovariate(1.1)))):
            words = [w for w in event.sentence.split() if chance.random() > 0.1]
            late = timedelta(days=chance.choice((0, 0, 0, 1, 1, 2)))
            yield replace(
                event, mention_id=f"{made:016x}", report_id=f"{made // 4:016x}", source=f"publisher {chance.randrange(3000)}",
                published=event.published + shift + late if event.published else None,
                date_start=event.date_start + shift if event.date_start else None, date_end=event.date_end + shift if event.date_end else None,
                sentence=f"{' '.join(words)} in {town}", trigger=(made % 4 * 200 + 9, made % 4 * 200 + 19),
                sentence_start=made % 4 * 200, sentence_end=made % 4 * 200 + 190,
            )  # fmt: skip
            made += 1
            if telling > 38:
                break


def write(path: Path, mentions: Iterator[EventMention]) -> None:
    """A record that holds these mentions and, for each of their reports, a text that nobody else has."""
    with Writer(path) as writer:
        reports: dict[str, str] = {}

        def rows() -> Iterator[dict[str, object]]:
            for m in mentions:
                body = mention_to_json(m)
                reports.setdefault(m.report_id, m.source or "")
                yield {
                    "mention_id": m.mention_id, "report_id": m.report_id, "published": body["published"], "sentence_index": m.sentence_index,
                    "trigger_start": m.trigger[0], "event_type": m.event_type, "base_type": m.base_type, "status": m.status,
                    "confidence": body["confidence"], "body": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
                }  # fmt: skip

        bulk.insert(writer.connection, "event_mentions", bulk.MENTIONS, rows())
        bulk.insert(writer.connection, "reports", bulk.REPORTS, (
            {"report_id": key, "text": " ".join(random.Random(key).choices(_WORDS, k=300)), "title": None, "source": source, "url": None,
             "published": None, "published_from": None, "language": "en", "coder": "simulated", "n_mentions": 4}
            for key, source in reports.items()
        ))  # fmt: skip
        writer.connection.execute("UPDATE state SET value = 'no' WHERE name = 'merged'")


_WORDS = [f"word{n}" for n in range(20_000)]


def measure(real: Sequence[EventMention], count: int) -> dict[str, float]:
    """Seconds, CPU seconds and peak memory (MiB, of all its processes together) of merging `count` simulated mentions."""
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        path = Path(folder, "large.duckdb")
        write(path, simulated(real, count))
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.million", str(path)], capture_output=True, text=True, check=True
        )
        return {"mentions": count} | {k: float(v) for k, v in json.loads(done.stdout).items()}


def main(path: str) -> int:
    """Merge the record at `path` and print what it took."""
    from dragoman.api import remerge

    started = time.monotonic()
    with Writer(path) as writer:
        events = remerge(writer, workers=None)
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({
        "events": events, "seconds": round(time.monotonic() - started, 1),
        "cpu_seconds": round(sum(u.ru_utime + u.ru_stime for u in (own, children)), 1),
        "peak_mib": round((own.ru_maxrss + cores() * children.ru_maxrss) / 1024),
    }))  # fmt: skip
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
