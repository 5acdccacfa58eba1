"""Who is heard in a sentence: one speaker an event, and one for all that one word of saying carries."""

from __future__ import annotations

import pytest

from dragoman.read.decode import PARTY, FoundEvent, _said

FOUND = PARTY["speaker"]
Roles = tuple[tuple[str, int, float], ...]


def event(word: int, cue: int | None, *roles: tuple[str, int, float]) -> FoundEvent:
    return FoundEvent((word,), (("ASSAULT", 0.9),), (), (), (("actual", 1.0),), roles, cue)


@pytest.mark.parametrize(
    ("events", "speakers"),
    [
        pytest.param([event(2, 9, ("speaker", 3, 0.7), ("speaker", 1, 0.9))], [1], id="the surer of two"),
        pytest.param([event(2, 9, ("speaker", 3, 0.7)), event(5, 9)], [3, 3], id="one cue, one speaker"),
        pytest.param([event(2, 9, ("speaker", 3, 0.7)), event(5, 11)], [3, None], id="another cue"),
        pytest.param([event(2, None, ("speaker", 3, 0.7)), event(5, None)], [3, None], id="no cue, nothing shared"),
        pytest.param([event(2, 9, ("speaker", 3, 0.7)), event(5, 9, ("speaker", 1, 0.6))], [3, 1], id="own before shared"),
        pytest.param(
            [event(1, 9, ("speaker", 3, 0.6)), event(2, 9, ("speaker", 4, 0.8)), event(5, 9)], [3, 4, 4], id="the surest is shared"
        ),
    ],
)  # fmt: skip
def test_speakers(events: list[FoundEvent], speakers: list[int | None]) -> None:
    said = [[number for role, number, _ in e.roles if role == "speaker"] for e in _said(events)]
    assert said == [[] if s is None else [s] for s in speakers]


def test_the_other_roles_stay() -> None:
    roles: Roles = (("actor", 0, 0.8), ("speaker", 3, 0.7), ("recipient", 1, 0.6))
    told, shared = _said([event(2, 9, *roles), event(4, 9, ("actor", 0, 0.9))])
    assert set(told.roles) == set(roles)
    assert shared.roles == (("actor", 0, 0.9), ("speaker", 3, FOUND))
