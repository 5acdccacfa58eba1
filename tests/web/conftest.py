"""A record with everything a page must cope with: two sides that differ, every status, names from right to left, hostile reports."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the web app's packages are not installed: pip install 'dragoman[web]'")

from fastapi.testclient import TestClient

from dragoman.merge import merge
from dragoman.records import Attribution, EventMention, Origin, Party, PlaceRef, Problem, Quantity, Report, Step
from dragoman.store import CodedReport, Writer
from dragoman.web.app import create_app

BASE = "http://127.0.0.1:8350"
HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)> "quoted" {{7*7}} \u202eevil\u202c \x07 ]]> </script'
ARABIC = "محمد بن عبد الله"
LONG = "x" * 1_000_000


def party(text: str, country: str | None, *, name: str | None = None, actor_id: str | None = None, kind: str = "state", office: str | None = None,
          at: tuple[int, int] | None = None) -> Party:  # fmt: skip
    """A party; a state gets its usual id."""
    known = actor_id or (f"state:{country}" if kind == "state" and country else None)
    return Party(text, name or text, known, kind, country, ("GOV",) if kind == "person" else (), office, at)


def report(
    number: int, text: str, *, title: str | None, source: str | None, day: date | None, url: str | None = None
) -> Report:
    """A report with an id that tests can name."""
    return Report(
        f"{number:016x}",
        text,
        title,
        source,
        url,
        day,
        "metadata" if day else None,
        "en",
        (Origin(f"wire/{number}.txt", "", source),),
    )


def told(of: Report, sentence: str, trigger: str, *, kind: str = "CONSULT", base: str | None = None, quad: int = 1, score: float = 2.5, status: str = "actual",
         actors: tuple[Party, ...] = (), recipients: tuple[Party, ...] = (), day: date | None = None, said: tuple[Attribution, ...] = (),
         confidence: float = 0.9, contexts: tuple[str, ...] = ("diplomatic",), place: PlaceRef | None = None, quantities: tuple[Quantity, ...] = (),
         mode: str | None = None) -> EventMention:  # fmt: skip
    """A mention of a sentence that stands in the report, its spans found by their words."""
    start = of.text.index(sentence)
    at = start + sentence.index(trigger)

    def placed(p: Party) -> Party:
        where = of.text.find(p.text, start)
        return replace(p, span=(where, where + len(p.text)) if where >= 0 else None)

    actors, recipients = tuple(map(placed, actors)), tuple(map(placed, recipients))
    spans = {
        "event_type": ((at, at + len(trigger)),),
        "actors": tuple(p.span for p in actors if p.span),
        "recipients": tuple(p.span for p in recipients if p.span),
    }
    return EventMention(
        mention_id=f"{of.id[-4:]}{at:012d}", report_id=of.id, source=of.source, url=of.url, published=of.published, sentence_index=of.text[:start].count(". "),
        sentence=sentence, sentence_start=start, sentence_end=start + len(sentence), trigger_text=trigger, trigger=(at, at + len(trigger)), event_type=kind,
        base_type=base or kind, mode=mode, contexts=contexts, cameo="040", quad_class=quad, plover_score=score, goldstein=1.0, status=status, actors=actors,
        recipients=recipients, date_start=day, date_end=day, date_precision="day" if day else None, date_found="argument" if day else None, place=place,
        attribution=said, quantities=quantities, confidence=confidence, spans=spans,
        trail=(Step("base_type", "model", "the model reads it so", 0.9), Step("status", "default", "told as a fact")),
    )  # fmt: skip


def coded() -> list[CodedReport]:
    """The reports of the record and what they tell."""
    kor, rus = party("South Korea", "KOR"), party("Russia", "RUS")
    chung = party(
        "Chung",
        "KOR",
        name="Chung Byung-won",
        actor_id="per:chung-byung-won",
        kind="person",
        office="vice foreign minister",
    )
    rudenko = party(
        "Rudenko",
        "RUS",
        name="Andrey Rudenko",
        actor_id="per:andrey-rudenko",
        kind="person",
        office="deputy foreign minister",
    )
    seoul = PlaceRef("Seoul", "KOR", None, 37.57, 126.98, 1835848, "city")
    said = (Attribution("the ministry", "official", "said", False),)
    found: list[CodedReport] = []

    def add(of: Report, *mentions: EventMention) -> None:
        found.append(CodedReport(of, mentions))

    a = report(
        1,
        "South Korea summoned Russia on Friday, the ministry said. Chung met Rudenko in Seoul.",
        title="Seoul summons envoy",
        source="Hanbit",
        day=date(2024, 2, 21),
        url="https://news.example/1",
    )
    add(a, told(a, "South Korea summoned Russia on Friday, the ministry said.", "summoned", kind="ACCUSE", quad=3, score=-2.0, actors=(kor,), recipients=(rus,), day=date(2024, 2, 2), said=said, mode="disapprove"),
        told(a, "Chung met Rudenko in Seoul.", "met", actors=(chung, rudenko), day=date(2024, 2, 20), place=seoul, mode="meet"))  # fmt: skip
    b = report(
        2,
        "The embassy denied that South Korea summoned Russia on Friday.",
        title="Embassy denies",
        source="Smolensk Square",
        day=date(2024, 2, 21),
    )
    add(b, told(b, "The embassy denied that South Korea summoned Russia on Friday.", "summoned", kind="ACCUSE", quad=3, score=-2.0, status="negated", actors=(kor,), recipients=(rus,), day=date(2024, 2, 2),
             said=(Attribution("The embassy", "official", "denied", False),), mode="disapprove"))  # fmt: skip
    for n, (status, kind) in enumerate(
        [
            ("future", "AGREE"),
            ("hypothetical", "THREATEN"),
            ("postponed", "CONSULT"),
            ("cancelled", "CONSULT"),
            ("historical", "SUPPORT"),
        ],
        start=3,
    ):
        c = report(
            n,
            f"Number {n}: Russia would deal with South Korea over trade.",
            title=None,
            source="Wire",
            day=date(2023, n, 1),
        )
        add(
            c,
            told(
                c,
                c.text,
                "deal",
                kind=kind,
                base="CONSULT",
                status=status,
                actors=(rus,),
                recipients=(kor,),
                day=date(2023, n, 2),
                confidence=max(0.5, 0.3 + n / 20),
                contexts=("economic",),
            ),
        )
    killed = Quantity("killed", 12, None, "at least 12", (0, 11))
    text = f"at least 12 died when {ARABIC} struck. {HOSTILE} Iran accused Israel."
    h = report(20, text, title=HOSTILE, source="<b>Evil</b>", day=date(2024, 1, 9), url="javascript:alert(1)")
    who = party(ARABIC, "IRN", actor_id='per:m/../"><script>', kind="person", office="<i>minister</i>")
    add(h, told(h, f"at least 12 died when {ARABIC} struck.", "struck", kind="ASSAULT", quad=4, score=-9.0, actors=(who,), recipients=(party("died", None, kind="crowd"),), day=date(2024, 1, 8), quantities=(killed,)),
        told(h, f"{HOSTILE} Iran accused Israel.", "accused", kind="ACCUSE", quad=3, score=-2.0, actors=(party("Iran", "IRN"),), recipients=(party("Israel", "ISR"),), day=None,
             said=(Attribution(HOSTILE, "unnamed", "=cmd()", True),)))  # fmt: skip
    long = report(21, f"France met {LONG} Germany.", title="=1+1", source="Wire", day=date(2024, 1, 3))
    add(
        long,
        told(long, long.text, "met", actors=(party("France", "FRA"), party("Germany", "DEU")), day=date(2024, 1, 2)),
    )
    add(report(22, "Nothing happened at all.", title="Quiet", source="Wire", day=None))
    return found


def write_record(path: Path) -> Path:
    """The record as a file."""
    with Writer(path) as writer:
        writer.add(
            coded(),
            [],
            [Problem("bad/<x>.txt", "", "empty", "there is <b>no</b> text", "Look at the file.")],
            coder="test",
        )
        writer.replace_events(merge(writer.mentions()))
    return path


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record, read by many tests."""
    return write_record(tmp_path_factory.mktemp("web") / "record.duckdb")


@pytest.fixture(scope="session")
def client(record: Path) -> Iterator[TestClient]:
    """The app on it, as it is by default: nothing can be changed."""
    app = create_app(record)
    with TestClient(app, base_url=BASE, follow_redirects=False) as opened:
        yield opened
    app.state.dragoman.index.close()


@pytest.fixture
def own_record(record: Path, tmp_path: Path) -> Path:
    """A copy that a test may write to."""
    return Path(shutil.copy(record, tmp_path / "own.duckdb"))


@pytest.fixture(scope="session")
def ids(client: TestClient) -> dict[str, str]:
    """Event ids by what they are."""
    events = client.get("/api/v1/events", params={"limit": 100}).json()["events"]
    return {
        f"{e['event_type']}-{e['status']}-{'-'.join(sorted({p['country'] or '' for s in ('actors', 'recipients') for p in e[s]}))}": e[
            "event_id"
        ]
        for e in events
    }
