"""What one report teaches another: family names, spellings, namesakes left open, decisions taken back."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dragoman.derive import remerge
from dragoman.records import EventMention, Party
from dragoman.resolve.teaching import Taught, lessons, teach, verdicts_of
from dragoman.store import CodedReport, Reader, Writer
from dragoman.store.decisions import append
from tests.conftest import make_mention, make_report

FULL = "South Korea's deputy foreign minister, Chung Byung-won, met the Russian ambassador."
BARE = "Chung told the Russian ambassador that Seoul wants the talks to go on."


def person(
    name: str, *, text: str | None = None, ident: str | None = None, office: str | None = None, country: str = "KOR"
) -> Party:
    words = text or name
    return Party(words, name, ident, "person", country, ("GOV",), office, (0, len(words)))


def mention(report: str, *parties: Party, day: date = date(2024, 2, 3), sentence: str = BARE) -> EventMention:
    made = make_mention(report_id=report, sentence=sentence, published=day, day=day, trigger=(0, 5))
    return replace(made, actors=parties, recipients=())


CHUNG = person("Chung Byung-won", ident="new:chung", office="deputy foreign minister")


def test_a_family_name_is_whom_another_report_names_in_full() -> None:
    _, second = teach([mention("r1", CHUNG), mention("r2", person("Chung"))])
    (who,) = second.actors
    assert (who.actor_id, who.name, who.office) == ("new:chung", "Chung Byung-won", "deputy foreign minister")
    assert who.text == "Chung"
    assert second.trail[-1].by == "dossier"
    assert "named in full in another report" in second.trail[-1].because


def test_a_title_goes_with_the_name() -> None:
    minister = person("Chung", text="Deputy Foreign Minister Chung", office="Deputy Foreign Minister")
    _, second = teach([mention("r1", CHUNG), mention("r2", minister)])
    assert second.actors[0].actor_id == "new:chung"


@pytest.mark.parametrize(("other", "why"), [
    (person("Chung", country="TWN"), "of another country"),
    (person("Kim"), "of another name"),
    (replace(person("Chung"), kind="company"), "no person"),
])  # fmt: skip
def test_others_are_left_as_they_are(other: Party, why: str) -> None:
    assert teach([mention("r1", CHUNG), mention("r2", other)])[1].actors == (other,), why


def test_years_later_the_name_is_not_remembered() -> None:
    assert not lessons([mention("r1", CHUNG), mention("r2", person("Chung"), day=date(2034, 1, 1))])


def test_kim_beside_two_kims_is_left_open_and_said_to_be() -> None:
    one, two = person("Kim Hong-kyun", ident="new:one"), person("Kim Gunn", ident="new:two")
    taught = teach([mention("r1", one), mention("r2", two), mention("r3", person("Kim"))])[2]
    assert taught.actors == (person("Kim"),)
    assert taught.trail[-1].because == "'Kim' may be Kim Gunn or Kim Hong-kyun: left open"


def test_of_two_kims_the_office_tells() -> None:
    one, two = (
        person("Kim Hong-kyun", ident="new:one", office="vice minister"),
        person("Kim Gunn", ident="new:two", office="envoy"),
    )
    told = person("Kim", text="Envoy Kim", office="Envoy")
    assert teach([mention("r1", one), mention("r2", two), mention("r3", told)])[2].actors[0].actor_id == "new:two"


def test_spellings_meet_in_one_actor_and_a_decision_parts_them() -> None:
    one, two = (
        person("Andrei Morozov", ident="new:a", country="RUS"),
        person("Andrey Morozow", ident="new:b", country="RUS"),
    )
    mentions = [mention("r1", one), mention("r2", two)]
    assert len({m.actors[0].actor_id for m in teach(mentions)}) == 1
    apart = verdicts_of([], [("Andrei Morozov", "Andrey Morozow")])
    assert len({m.actors[0].actor_id for m in teach(mentions, apart)}) == 2


def test_a_decision_makes_two_names_one_person() -> None:
    one, two = (
        person("Pierre Dupont", ident="new:a", country="FRA"),
        person("Abbé Rochefort", ident="new:b", country="FRA"),
    )
    mentions = [mention("r1", one), mention("r2", two)]
    assert not lessons(mentions)
    assert lessons(mentions, verdicts_of([("Abbé Rochefort", "Pierre Dupont")], []))


def test_any_order_teaches_the_same() -> None:
    mentions = [
        mention("r1", CHUNG), mention("r2", person("Chung")), mention("r3", person("Chung Byungwon", ident="new:other")),
        mention("r4", person("Byung-won")),
    ]  # fmt: skip
    first: dict[str, Taught] = lessons(mentions)
    assert first
    for order in itertools.permutations(mentions):
        assert lessons(order) == first


def test_a_record_learns_whichever_report_comes_first_and_forgets_on_undo() -> None:
    tellings = [
        (FULL, mention("", CHUNG, sentence=FULL)),
        (BARE, mention("", person("Chung"), sentence=BARE, day=date(2024, 2, 5))),
    ]
    states = []
    for order in (tellings, tellings[::-1]):
        with Writer(":memory:") as writer:
            for text, told in order:
                report = make_report(text, published=told.published)
                told = replace(told, report_id=report.id, mention_id=f"{report.id}-0")
                writer.add([CodedReport(report, (told,))], [], [], coder="x")
                remerge(writer)
            reader = Reader(writer.connection)
            states.append(list(reader.events_json()))
            assert {p["actor_id"] for e in states[-1] for p in e["actors"]} == {"new:chung"}
            assert any(s["by"] == "dossier" for e in states[-1] for m in e["mentions"] for s in m["trail"])
            decided = append(
                writer.connection, "other_person", "Chung", {"names": ["Chung", "Chung Byung-won"]}, made_by="ed"
            )
            remerge(writer)
            assert {p["actor_id"] for e in reader.events_json() for p in e["actors"]} == {"new:chung", None}
            append(writer.connection, "undo", decided, {}, made_by="ed")
            remerge(writer)
            assert list(reader.events_json()) == states[-1]
    assert states[0] == states[1]


def test_the_command_decides_about_names(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from dragoman.cli.main import app

    record = tmp_path / "r.duckdb"
    with Writer(record) as writer:
        for text, told in (
            (FULL, mention("", CHUNG, sentence=FULL)),
            (BARE, mention("", person("Chung"), sentence=BARE)),
        ):
            report = make_report(text)
            told = replace(told, report_id=report.id, mention_id=f"{report.id}-0")
            writer.add([CodedReport(report, (told,))], [], [], coder="x")
        remerge(writer)
    done = CliRunner().invoke(app, ["actor", "Chung Byung-won", "--not", "Chung", "--record", str(record)])
    assert done.exit_code == 0, done.output
    with Reader(record) as reader:
        assert None in {p["actor_id"] for e in reader.events_json() for m in e["mentions"] for p in m["actors"]}
