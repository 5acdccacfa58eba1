"""What all tests share."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dragoman.records import EventMention, Origin, Party, Report, Step

settings.register_profile("dragoman", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dragoman")

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"


@pytest.fixture
def examples() -> Path:
    """The sample reports that ship."""
    return EXAMPLES


def make_report(text: str, *, published: date | None = date(2024, 2, 3), source: str | None = "Wire") -> Report:
    """A report as ingest would make it, from clean text."""
    from dragoman.ingest.clean import content_id

    return Report(
        content_id(text),
        text,
        None,
        source,
        None,
        published,
        "metadata" if published else None,
        "en",
        (Origin("test", ""),),
    )


def make_party(text: str, country: str | None, *sectors: str, span: tuple[int, int] | None = None) -> Party:
    """A party by its words and codes."""
    return Party(text, text, f"state:{country}" if country else None, "state", country, sectors, None, span)


def make_mention(
    *, report_id: str = "r1", event_type: str = "CONSULT", actors: tuple[Party, ...] = (), recipients: tuple[Party, ...] = (),
    day: date | None = date(2024, 2, 2), published: date | None = date(2024, 2, 3), sentence: str = "Seoul and Moscow held talks.",
    trigger: tuple[int, int] = (17, 27), status: str = "actual", number: int = 0, source: str | None = "Wire",
) -> EventMention:  # fmt: skip
    """A mention with sensible fields, for tests that need one or two of them."""
    return EventMention(
        mention_id=f"{report_id}-{number}", report_id=report_id, source=source, url=None, published=published, sentence_index=0,
        sentence=sentence, sentence_start=0, sentence_end=len(sentence), trigger_text=sentence[trigger[0]: trigger[1]], trigger=trigger,
        event_type=event_type, base_type=event_type, mode=None, contexts=("diplomatic",), cameo="046", quad_class=1, plover_score=2.5,
        goldstein=7.0, status=status, actors=actors or (make_party("Seoul", "KOR", span=(0, 5)), make_party("Moscow", "RUS", span=(10, 16))),
        recipients=recipients, date_start=day, date_end=day, date_precision="day" if day else None, date_found="argument" if day else None,
        place=None, attribution=(), quantities=(), confidence=0.8, spans={"actors": ((0, 5), (10, 16))},
        trail=(Step("event_type", "model", "the model reads a meeting", 0.8),),
    )  # fmt: skip
