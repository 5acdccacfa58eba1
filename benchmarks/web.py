"""How fast the web app answers: a generated record of a million events, every page asked many times, p50 and p95 printed.

python -m benchmarks.web make RECORD [--events 1000000]     writes the record (simulated, from hand-made event mentions)
python -m benchmarks.web ask RECORD [--times 30]            opens the app on it and asks; server time, in process
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dragoman.merge.build import build
from dragoman.ontology import plover, score
from dragoman.query.codes import country_name
from dragoman.records import Attribution, Event, EventMention, Party, PlaceRef, Quantity, Step
from dragoman.records.codec import event_to_json, mention_to_json
from dragoman.resolve.knowledge import load_knowledge
from dragoman.store import Writer, bulk

PROTOTYPES = 6_000
A_REPORT = 4
"""Events per report."""

START = date(2015, 1, 1)
DAYS = 3_650
CUES = ("said", "announced", "told reporters", "claimed")
VERBS = {1: ("held talks with", "met", "praised", "agreed to consult"), 2: ("sent aid to", "signed a trade accord with", "released prisoners of", "withdrew troops from"),
         3: ("accused", "summoned the ambassador of", "threatened", "rejected the demands of"), 4: ("shelled positions of", "imposed sanctions on", "detained citizens of", "massed troops near")}  # fmt: skip
THEMES = ("the border", "fishing rights", "gas deliveries", "the ceasefire", "visas", "a new port", "tariffs on steel", "the detained crew", "missile tests", "a water treaty",
          "election monitors", "drone flights", "grain shipments", "a prisoner exchange", "the island dispute")  # fmt: skip


def prototypes(chance: random.Random) -> Iterator[tuple[Event, EventMention]]:
    """Events of one mention each, of all types and statuses; pairs of countries as uneven as they are in the news."""
    known = load_knowledge()
    countries = [c.code for c in known.countries.values() if c.kind == "member"]
    chance.shuffle(countries)
    weights = [1 / (rank + 2) for rank in range(len(countries))]
    people: dict[str, list[str]] = {}
    for person in known.people.values():
        if person.spells:
            people.setdefault(person.spells[-1].country, []).append(person.id)
    types = plover().types
    for number in range(PROTOTYPES):
        a, b = chance.choices(countries, weights, k=2)
        kind = chance.choice(types)
        mode = chance.choice([m.code for m in kind.modes] or [None])
        theme = chance.choice(THEMES)
        yield _prototype(number, chance, a, b, kind.code, kind.quad or 1, mode, theme, people)


def _prototype(
    number: int,
    chance: random.Random,
    a: str,
    b: str,
    kind: str,
    quad: int,
    mode: str | None,
    theme: str,
    people: dict[str, list[str]],
) -> tuple[Event, EventMention]:
    first, second = _party(a, chance, people), _party(b, chance, people)
    verb = chance.choice(VERBS[quad])
    speaker = f"the foreign ministry of {country_name(chance.choice((a, b)))}"
    cue = chance.choice(CUES)
    sentence = f"{first.text} {verb} {second.text} over {theme}, {speaker} {cue} in statement {number}."
    at = sentence.index(verb)
    status = chance.choices(
        ("actual", "future", "hypothetical", "negated", "postponed", "cancelled", "historical"), (80, 7, 4, 3, 1, 1, 4)
    )[0]
    spans = {
        "event_type": ((at, at + len(verb)),),
        "actors": ((0, len(first.text)),),
        "recipients": ((at + len(verb) + 1, at + len(verb) + 1 + len(second.text)),),
    }
    place = None
    if chance.random() < 0.4:
        known = load_knowledge().countries[a]
        place = PlaceRef(known.capital or known.name, a, None, known.lat, known.lon, number, "city")
    said = (
        (
            Attribution(
                speaker, "official", cue, False, (sentence.index(speaker), sentence.index(speaker) + len(speaker))
            ),
        )
        if chance.random() < 0.6
        else ()
    )
    killed = (Quantity("killed", 3, 5, "three to five", (0, 5)),) if quad == 4 and chance.random() < 0.3 else ()
    mention = EventMention(
        mention_id="@MENTION@", report_id="@REPORT@", source=f"Wire {number % 200}", url=None, published=START, sentence_index=0, sentence=sentence, sentence_start=0,
        sentence_end=len(sentence), trigger_text=verb, trigger=(at, at + len(verb)), event_type=kind, base_type=kind, mode=mode,
        contexts=tuple(sorted({chance.choice(plover().contexts).code for _ in range(chance.randint(0, 2))})), cameo="040", quad_class=quad, plover_score=score(kind, mode),
        goldstein=1.0, status=status, actors=(replace(first, span=(0, len(first.text))),), recipients=(second,), date_start=START, date_end=START, date_precision="day",
        date_found="argument", place=place, attribution=said, quantities=killed, confidence=round(chance.betavariate(6, 2), 4), spans=spans,
        trail=tuple(Step(f, "model", f"simulated reason {n} for {f}", 0.9) for n, f in enumerate(("base_type", "mode", "status", "actors", "recipients", "date_start", "cameo"))),
    )  # fmt: skip
    return build([mention], {}), mention


def _party(country: str, chance: random.Random, people: dict[str, list[str]]) -> Party:
    known = load_knowledge().people
    if country in people and chance.random() < 0.3:
        person = known[chance.choice(people[country][:12])]
        return Party(
            person.name,
            person.name,
            person.id if ":" in person.id else f"per:{person.id}",
            "person",
            country,
            ("GOV",),
            "minister",
        )
    name = country_name(country)
    return Party(name, name, f"state:{country}", "state", country, (), None)


def make(path: Path, events: int) -> None:
    """Write the record: prototypes in Python, copies with other ids and days in SQL."""
    if path.exists():
        sys.exit(f"{path} is there already; name another file.")
    chance = random.Random(8)
    started = time.monotonic()
    with Writer(path) as writer:
        db = writer.connection
        db.execute("SET memory_limit='6GB'")
        db.execute(
            "CREATE TEMP TABLE proto AS SELECT * FROM events; ALTER TABLE proto ADD COLUMN body VARCHAR; ALTER TABLE proto ADD COLUMN p INTEGER"
        )
        rows = []
        for number, (event, mention) in enumerate(prototypes(chance)):
            row = event_to_json(event) | {
                "representative": "",
                "body": json.dumps(mention_to_json(mention), ensure_ascii=False),
                "p": number,
            }
            del row["mentions"]
            rows.append(row)
        bulk.insert(db, "proto", bulk.EVENTS | {"body": "VARCHAR", "p": "INTEGER"}, rows)
        names = [
            n
            for n in bulk.EVENTS
            if n not in ("event_id", "date_start", "date_end", "first_seen", "representative", "novelty_days")
        ]
        db.execute(
            f"CREATE TEMP TABLE copy AS SELECT i, i % {PROTOTYPES} AS p, DATE '{START}' + (hash(i) % {DAYS})::INTEGER AS day FROM range({events}) t(i)"
        )
        # Ids are hashes, as real ones are: sorted they would be found faster than they are in life.
        fresh = "left(md5('e' || i), 16)"
        db.execute(
            f"INSERT INTO events (event_id, date_start, date_end, first_seen, representative, novelty_days, {', '.join(names)}) "
            f"SELECT {fresh}, day, day, day + 1, left(md5('m' || i), 16), 1, {', '.join(names)} FROM copy JOIN proto USING (p) ORDER BY i"
        )
        db.execute(
            "INSERT INTO event_mentions SELECT left(md5('m' || i), 16), left(md5('r' || (i // 4)), 16), day + 1, 0, 0, event_type, base_type, status, confidence, "
            "replace(replace(replace(body, '@MENTION@', left(md5('m' || i), 16)), '@REPORT@', left(md5('r' || (i // 4)), 16)), "
            f"'{START}', day::VARCHAR) FROM copy JOIN proto USING (p) ORDER BY i"
        )
        db.execute(f"INSERT INTO event_members SELECT {fresh}, left(md5('m' || i), 16), 0 FROM copy ORDER BY i")
        db.execute(
            "INSERT INTO reports SELECT left(md5('r' || g), 16), string_agg(json_extract_string(body, '$.sentence'), ' '), 'Simulated report ' || g, "
            "'Wire ' || (g % 200), NULL, max(day) + 1, 'metadata', 'en', 'simulated', count(*) FROM (SELECT *, i // 4 AS g FROM copy JOIN proto USING (p)) GROUP BY g"
        )
        db.execute("CHECKPOINT")
    print(
        f"{events:,} simulated events in {path} ({path.stat().st_size / 1e6:,.0f} MB), {time.monotonic() - started:.0f} s"
    )


def ask(path: Path, times: int, only: list[str]) -> None:
    """Open the app and ask every page with ever different questions."""
    from fastapi.testclient import TestClient

    from dragoman.web.app import create_app
    from dragoman.web.pages import warm

    started = time.monotonic()
    app = create_app(path, review=True)
    opened = time.monotonic() - started
    chance = random.Random(3)
    with app.state.dragoman.index.cursor(60) as cursor:
        pairs = cursor.execute(
            "SELECT a, b FROM (SELECT a, b, count(*) AS n FROM pairs GROUP BY a, b ORDER BY n DESC LIMIT 400)"
        ).fetchall()
        events = [
            r[0] for r in cursor.execute("SELECT event_id FROM ev USING SAMPLE 400 ROWS (reservoir, 5)").fetchall()
        ]
        reports = [
            r[0]
            for r in cursor.execute("SELECT report_id FROM reports USING SAMPLE 400 ROWS (reservoir, 5)").fetchall()
        ]
        people = [r[0] for r in cursor.execute("SELECT actor_id FROM known ORDER BY n DESC LIMIT 400").fetchall()]
    words = [
        "sanctions",
        "ambassador",
        "border",
        "grain",
        "troops near",
        "minister",
        "accord steel",
        "missile tests",
        "drone*",
        "prisoners",
        "island dispute",
        "ministry",
    ]

    def period() -> str:
        low = START + timedelta(days=chance.randrange(DAYS - 400))
        return f"since={low}&until={low + timedelta(days=chance.choice((30, 90, 365)))}"

    def pair() -> str:
        return "{}/{}".format(*chance.choice(pairs))

    def narrowed() -> str:
        return f"country={chance.choice(pairs)[0]}&status=actual&min_confidence=0.{chance.randrange(3, 9)}&{period()}"

    kinds: dict[str, Any] = {
        "overview": lambda: "/",
        "pair": lambda: f"/pair/{pair()}",
        "one of the 5 busiest pairs": lambda: "/pair/{}/{}?by={}".format(*chance.choice(pairs[:5]), chance.choice(("month", "week", "quarter"))),
        "event": lambda: f"/event/{chance.choice(events)}",
        "report": lambda: f"/report/{chance.choice(reports)}",
        "actor": lambda: f"/actor/{chance.choice(people)}",
        "search, everything": lambda: f"/search?order={chance.choice(('newest', 'oldest', 'surest'))}&page={chance.randrange(1, 200)}",
        "search, words": lambda: f"/search?q={chance.choice(words)}&{period() if chance.random() < 0.5 else ''}",
        "search, filters": lambda: f"/search?{narrowed()}",
        "network": lambda: f"/network?country={chance.choice(pairs)[0]}&{period()}",
        "network, everything": lambda: f"/network?min_confidence=0.{chance.randrange(10, 90)}",
        "review": lambda: f"/review?doubt={chance.choice(('confidence', 'disputes', 'persons'))}&page={chance.randrange(1, 50)}",
        "review, one": lambda: f"/review/{chance.choice(events)}",
        "API record": lambda: "/api/v1/record",
        "API events": lambda: f"/api/v1/events?country={chance.choice(pairs)[1]}&limit=50&{period()}",
        "API event": lambda: f"/api/v1/events/{chance.choice(events)}",
        "API counts": lambda: f"/api/v1/counts?{narrowed()}",
        "API counts, everything": lambda: f"/api/v1/counts?min_confidence=0.{chance.randrange(10, 90)}",
        "API reports": lambda: f"/api/v1/reports?q={chance.choice(words)}",
        "API report": lambda: f"/api/v1/reports/{chance.choice(reports)}",
        "API pairs": lambda: f"/api/v1/pairs?limit={chance.randrange(10, 100)}",
        "API pair": lambda: f"/api/v1/pairs/{pair()}",
        "API actors": lambda: f"/api/v1/actors?q={chance.choice('abcdefghijklm')}{chance.choice('aeiou')}",
        "API actor": lambda: f"/api/v1/actors/{chance.choice(people)}",
        "API network": lambda: f"/api/v1/network?country={chance.choice(pairs)[0]}&{period()}",
        "API problems": lambda: "/api/v1/problems",
    }  # fmt: skip
    if only:
        kinds = {name: address for name, address in kinds.items() if any(o in name for o in only)}
    with TestClient(app, base_url="http://127.0.0.1") as client:
        started = time.monotonic()
        warm(app.state.dragoman)
        first = time.monotonic() - started
        client.get("/pair/{}/{}".format(*pairs[0]))
        print(
            f"opened in {opened:.1f} s, what `serve` works out at its start took {first:.2f} s; {times} questions a page, hardly one asked twice"
        )
        print(
            f"{'page':28}{'p50 ms':>9}{'p95 ms':>9}{'p50 CPU':>9}{'p95 CPU':>9}{'kB sent':>9}   (CPU: ms of processor time, all threads; on a busy machine the fairer figure)"
        )
        for name, address in kinds.items():
            taken, worked, size = [], [], 0
            for _ in range(times):
                asked = address()
                started, cpu = time.monotonic(), time.process_time()
                answer = client.get(asked, headers={"accept-encoding": "gzip"})
                taken.append((time.monotonic() - started) * 1000)
                worked.append((time.process_time() - cpu) * 1000)
                assert answer.status_code == 200, (asked, answer.text[:300])
                size += int(answer.headers.get("content-length", len(answer.content)))
            figures = "".join(
                f"{statistics.median(v):9.0f}{sorted(v)[int(len(v) * 0.95)]:9.0f}" for v in (taken, worked)
            )
            print(f"{name:28}{figures}{size / times / 1000:9.0f}", flush=True)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "ask"))
    parser.add_argument("record", type=Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--only", nargs="*", default=[], help="words of the pages to ask")
    given = parser.parse_args()
    make(given.record, given.events) if given.what == "make" else ask(given.record, given.times, given.only)


if __name__ == "__main__":
    main()
