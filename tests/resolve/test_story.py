"""Who is who inside one report."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.records import ResolvedMention, ResolvedReading
from dragoman.resolve import Resolver
from tests.resolve.building import reading_of


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver.load()


def said(resolved: ResolvedReading, words: str, nth: int = 0) -> ResolvedMention:
    text = resolved.reading.report.text
    return [m for row in resolved.mentions for m in row if text[m.mention.start : m.mention.end] == words][nth]


def test_a_pronoun_and_a_surname_take_up_the_minister(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of(
            "[Foreign Minister Ana Brnabić|person] visited [Turkey|state].",
            "[She|pronoun] said [Brnabić|person] signed.",
        )
    )
    first = said(resolved, "Foreign Minister Ana Brnabić").entity
    assert said(resolved, "She").entity == first
    assert said(resolved, "Brnabić").entity == first


def test_both_sides_are_the_two_named(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of("[Armenia|state] met [Azerbaijan|state].", "[The two countries|group] signed.")
    )
    assert {a.country for a in said(resolved, "The two countries").actors} == {"ARM", "AZE"}


def test_a_coordination_is_several_actors(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[Armenia and Azerbaijan|state] signed."))
    assert [a.country for a in said(resolved, "Armenia and Azerbaijan").actors] == ["ARM", "AZE"]


def test_a_capital_that_acts_is_its_state(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of("[Moscow|state] accused [Georgia|state].", "[Russia|state] said so in [Moscow|place].")
    )
    assert said(resolved, "Moscow").entity == said(resolved, "Russia").entity
    place = said(resolved, "Moscow", 1)
    assert (place.role_here, place.actors) == ("place", ())
    assert place.place is not None
    assert place.place.precision == "city"


def test_two_of_one_surname_stay_apart(resolver: Resolver) -> None:
    resolved = resolver.resolve(reading_of("[Nawaz Sharif|person] met [Shehbaz Sharif|person]."))
    assert said(resolved, "Nawaz Sharif").entity != said(resolved, "Shehbaz Sharif").entity


def test_his_counterpart_holds_the_like_office(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of(
            "[Foreign Minister Sergey Lavrov|person] met [[his|pronoun] Turkish counterpart|office].".replace(
                "[[his|pronoun] ", "[his "
            ),
            published=date(2024, 2, 3),
        )
    )
    assert said(resolved, "his Turkish counterpart").actors[0].actor_id == "per:hakan-fidan"


def test_what_the_reader_missed_is_added_behind_its_own_mentions(resolver: Resolver) -> None:
    reading = reading_of("[The envoy|office] left Kenya.")
    resolved = resolver.resolve(reading)
    assert resolved.reading.sentences[0].mentions[0] == reading.sentences[0].mentions[0]
    assert said(resolved, "Kenya").actors[0].country == "KEN"


def test_rows_fit_the_sentences(resolver: Resolver) -> None:
    resolved = resolver.resolve(
        reading_of("[Kyiv|state] urged [the army|institution].", "Nothing here.", published=None)
    )
    for sentence, row in zip(resolved.reading.sentences, resolved.mentions, strict=True):
        assert [m.mention for m in row] == list(sentence.mentions)
        assert all(m.sentence == sentence.index for m in row)
