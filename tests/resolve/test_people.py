"""Names: spellings meet, namesakes stay apart; profiles do not depend on order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from dragoman.records import EventMention, Party
from dragoman.resolve.dossier import learn
from dragoman.resolve.people import Named, same_person
from tests.conftest import make_mention


@pytest.mark.parametrize(("one", "two", "same"), [
    (Named("Andrei Rudenko"), Named("Andrey Rudenko"), True),
    (Named("Chung Byung-won"), Named("Byung-won Chung"), True),
    (Named("Chung Byung-won"), Named("Chung Byung Won"), True),
    (Named("Alyaksandr Lukashenka"), Named("Alexander Lukashenko"), True),
    (Named("Kim Jong-un"), Named("Kim Jong-il"), False),
    (Named("Islam Karimov"), Named("Gulnara Karimova"), False),
    (Named("Donald Trump"), Named("Donald Trump Jr."), False),
    (Named("John Smith", "spokesman", "GBR"), Named("John Smith", "police chief", "USA"), False),
])  # fmt: skip
def test_two_namings(one: Named, two: Named, same: bool) -> None:
    for finding in (same_person(one, two), same_person(two, one)):
        assert finding.same is same, finding
        assert finding.because


def person(name: str, *, ident: str | None = None, office: str | None = None, at: int = 0) -> Party:
    return Party(name, name, ident, "person", "RUS", ("GOV",), office, (at, at + len(name)))


def mention(report: str, *parties: Party) -> EventMention:
    return replace(make_mention(report_id=report), actors=parties, recipients=())


def test_a_profile_gathers_spellings_and_evidence_whatever_the_order() -> None:
    mentions = [
        mention("r1", person("Andrei Morozov", ident="new:a", office="deputy foreign minister")),
        mention("r2", person("Andrey Morozov", ident="new:b")),
        mention("r3", person("Olga Morozova", ident="new:c")),
    ]
    first = learn(mentions)
    random.Random(1).shuffle(mentions)
    assert learn(mentions) == first
    (found,) = first.find("Andrei Morozov")
    assert set(found.names) == {"Andrei Morozov", "Andrey Morozov"}
    assert [s.report_id for s in found.sightings] == ["r1", "r2"]
    assert found.joined
