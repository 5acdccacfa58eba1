"""Each suite on a tiny file whose figures are worked out by hand, with a coder that answers from a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest

from dragoman.errors import UsageError
from dragoman.evaluate import articles, classes, run_suite
from dragoman.evaluate.forms import GoldFormError
from dragoman.pipeline import Tools
from dragoman.records import EventMention, Quantity, Reading, Report, ResolvedReading
from tests.conftest import make_mention, make_party

KENYA, UGANDA = make_party("Kenya", "KEN", span=(0, 5)), make_party("Uganda", "UGA", span=(14, 20))


class _Reader:
    def read_all(self, reports: Iterable[Report]) -> list[Reading]:
        return [Reading(report, ()) for report in reports]


class _Resolver:
    def resolve(self, reading: Reading) -> ResolvedReading:
        return ResolvedReading(reading, (), None, None)


@dataclass(frozen=True)
class _Coder:
    events: Mapping[str, tuple[EventMention, ...]] = field(default_factory=dict)
    floor: float = 0.2

    def code(self, resolved: ResolvedReading) -> tuple[EventMention, ...]:
        return self.events.get(resolved.reading.report.text, ())


def tools(**events: tuple[EventMention, ...]) -> Tools:
    return cast(Tools, Tools(_Reader(), _Resolver(), _Coder(dict(events))))  # type: ignore[arg-type]


def with_events(events: Mapping[str, tuple[EventMention, ...]]) -> Tools:
    return replace(tools(), coder=_Coder(events))  # type: ignore[arg-type]


def put(folder: Path, *rows: Any, name: str = "gold.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows) + "\n")
    return path


def told(kind: str, **other: Any) -> EventMention:
    made = make_mention(
        event_type=kind, actors=(KENYA,), recipients=(UGANDA,), sentence="Kenya thanked Uganda.", trigger=(6, 13)
    )
    return replace(made, **other)


PRAISE = "Kenya thanked Uganda."


def test_events_by_plover_records(tmp_path: Path) -> None:
    """One of two gold events is found exactly, the other with the wrong side; a third found event is too many."""
    gold = [
        {"text": PRAISE, "event": "SUPPORT", "source": [{"country": "KEN"}], "target": [{"country": "UGA"}]},
        {
            "text": "Uganda raided Kenya.",
            "event": "FIGHT",
            "source": [{"country": "UGA"}],
            "target": [{"country": "KEN"}],
        },
    ]
    found = {
        PRAISE: (told("SUPPORT"), told("CONSULT")),
        "Uganda raided Kenya.": (told("ASSAULT"),),
    }
    outcome = run_suite("events", put(tmp_path, *gold), with_events(found))
    assert outcome.n == 2
    # exact: 1 of 3 found, 1 of 2 gold -> P 33.3, R 50, F1 40; types: 2 of 3, 2 of 2 -> F1 80
    assert (round(outcome.metrics["f1"], 1), round(outcome.metrics["type_f1"], 1)) == (40.0, 80.0)
    assert set(outcome.to_json()) == {"suite", "file", "n", "metrics"}


def test_events_by_petrarch_xml(tmp_path: Path) -> None:
    """CAMEO roots are compared; a sentence without events costs precision when one is found."""
    path = tmp_path / "gold.xml"
    path.write_text(
        """<Sentences>
        <Sentence date="20150101" id="A"><Text>Kenya thanked Uganda.</Text>
        <EventCoding eventcode="051" sourcecode="KENGOV" targetcode="UGA"/></Sentence>
        <Sentence date="20150101" id="B"><Text>Rain fell.</Text><EventCoding noevents="True"/></Sentence></Sentences>"""
    )
    found = {PRAISE: (told("SUPPORT", cameo="051"),), "Rain fell.": (told("AID", cameo="070"),)}
    outcome = run_suite("events", path, with_events(found))
    # 1 of 2 found, 1 of 1 gold -> P 50, R 100, F1 66.7
    assert (outcome.n, round(outcome.metrics["f1"], 1), outcome.metrics["recall"]) == (2, 66.7, 100.0)


def test_xml_that_is_not_well_formed_is_refused_with_its_line(tmp_path: Path) -> None:
    path = put(tmp_path, "<Sentences>", "<Sentence></Sentences>", name="gold.xml")
    with pytest.raises(GoldFormError, match=r"gold\.xml:2: this is not well-formed XML"):
        run_suite("events", path, tools())


def test_classes(tmp_path: Path) -> None:
    """Gold 1, 4, 0; found 1, 0, 0: class 1 F1 100, class 4 F1 0, class 0 F1 66.7; the mean is 55.6, two of three are right."""
    gold = [{"text": PRAISE, "quad": 1}, {"text": "b", "quad": 4}, {"text": "c", "quad": 0}]
    outcome = run_suite("classes", put(tmp_path, *gold), with_events({PRAISE: (told("SUPPORT", cameo="051"),)}))
    assert round(outcome.metrics["macro_f1"], 1) == 55.6
    assert round(outcome.metrics["accuracy"], 1) == 66.7


@pytest.mark.parametrize(
    ("kind", "cameo", "status", "expected"),
    [
        ("SUPPORT", "051", "actual", 1),
        ("AID", "070", "actual", 2),
        ("SANCTION", "163", "actual", 3),
        ("ASSAULT", "190", "actual", 4),
        ("REQUEST", "020", "actual", 0),
        ("AID", "070", "future", 1),
        ("ASSAULT", "190", "future", 3),
        ("CONSULT", "040", "negated", 3),
        ("REJECT", "120", "actual", 3),
    ],
)
def test_an_event_in_five_classes(kind: str, cameo: str, status: str, expected: int) -> None:
    assert classes.five_class(told(kind, cameo=cameo, status=status)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("Kenya rejected accusations that it had raided Uganda.", 0, id="denial-of-guilt"),
        pytest.param("Kenya, which declined to comment, had praised Uganda.", 0, id="no-comment"),
        pytest.param("Kenya praised Uganda and expressed concern.", 1, id="the-act-comes-first"),
    ],
)
def test_a_mere_statement_is_neutral(sentence: str, expected: int) -> None:
    at = max(sentence.find("praised"), sentence.find("rejected"))
    assert classes.class_of([told("SUPPORT", cameo="051", trigger=(at, at + 7))], sentence) == expected


def test_articles(tmp_path: Path) -> None:
    """One sentence of force with a death is found, one arrest is missed: KILL and FORCE 100, ARREST 0, mean 66.7."""
    first = "Police shot two men."
    gold = {
        "sentences": [
            {"text": first, "labels": ["KILL", "FORCE", "ANY_ACTION"]},
            {"text": "A man was held.", "labels": ["ARREST"]},
        ]
    }
    police = make_party("Police", None, "COP", span=(0, 6))
    shooting = replace(
        make_mention(event_type="ASSAULT", actors=(police,), sentence=first, trigger=(7, 11)),
        quantities=(Quantity("killed", 2, 2, "two", (12, 15), None, None),),
    )
    outcome = run_suite("articles", put(tmp_path, gold), with_events({f"{first}\n\nA man was held.": (shooting,)}))
    assert {k: outcome.metrics[f"f1_{k}"] for k in ("KILL", "FORCE", "ARREST")} == {
        "KILL": 100.0,
        "FORCE": 100.0,
        "ARREST": 0.0,
    }
    assert round(outcome.metrics["f1"], 1) == 66.7


def test_deaths_without_a_doer_are_the_polices_where_they_use_force() -> None:
    sentence = "Two died as police fired."
    police = make_party("police", None, "COP", span=(12, 18))
    firing = make_mention(event_type="ASSAULT", actors=(police,), sentence=sentence, trigger=(19, 24))
    death = replace(make_mention(event_type="ASSAULT", sentence=sentence, trigger=(4, 8)), actors=())
    assert articles.sentence_labels([firing, death]) == {"ANY_ACTION", "FORCE", "KILL"}


@pytest.mark.parametrize(
    ("suite", "row", "message"),
    [
        ("classes", {"text": "x"}, "'quad' is missing"),
        ("classes", {"text": "x", "quad": 7}, "quad: 7 is no class"),
        ("spans", {"text": "x", "entities": [{"role": "hero", "start": 0, "end": 1}]}, "has no role"),
        ("spans", {"text": "x", "entities": [{"role": "source", "start": 0, "end": 9}]}, "outside the text"),
        ("articles", {"sentences": [{"text": "x"}]}, "lacks text or labels"),
        ("attribution", {"text": "x", "attributions": ["y"]}, "an entry is no object"),
        ("attribution", {"text": "x", "attributions": [{"cue": [[0, 5]]}]}, "cue: [0, 5] lies outside"),
        ("events", {"text": "x"}, "'event' is missing"),
        ("events", {"text": "x", "event": [3]}, "holds something that is no text"),
        ("relations", {"text": "x", "root": "LOVE"}, "no PLOVER type"),
        ("actors", {"text": "x", "start": 0, "end": 1}, "'country' is missing"),
        ("times", {"text": "x"}, "'timexes' is missing"),
        ("places", {"text": "x"}, "'toponyms' is missing"),
        ("coref", {"doc_id": "a"}, "'topic' is missing"),
    ],
)
def test_every_suite_refuses_another_form_naming_line_and_field(
    tmp_path: Path, suite: str, row: Mapping[str, Any], message: str
) -> None:
    with pytest.raises(GoldFormError) as caught:
        run_suite(suite, put(tmp_path, row), tools())
    assert message in str(caught.value)
    assert "gold.jsonl:1:" in str(caught.value)


def test_a_suite_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no suite 'poems'"):
        run_suite("poems", tmp_path / "x", tools())
