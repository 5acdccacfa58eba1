"""Counting what was read against gold."""

from dragoman.read.decode import Analysis, FoundEvent, FoundMention
from training import metrics
from training.examples import Example, Happening, Party

WORDS = ("France", "and", "he", "met", "Iran", ".")
GOLD = Example(
    "x",
    "corpus",
    WORDS,
    spans=(((1, 1), "actor"), ((3, 3), "actor"), ((5, 5), "actor")),
    events=(
        Happening(
            4, (4, 4), "CONSULT", (), (), "actual", (Party("actor", (1, 1), ((3, 3),)), Party("recipient", (5, 5))), ()
        ),
    ),
)


def mention(at: int) -> FoundMention:
    return FoundMention(at, at + 1, "actor", "state", at, None, 0.9)


def read(kind: str, roles: tuple[tuple[str, int, float], ...]) -> Analysis:
    event = FoundEvent((3,), ((kind, 0.9),), (), (), (("actual", 0.9),), roles, None)
    n = len(WORDS)
    return Analysis(
        WORDS,
        ("X",) * n,
        (-1, *[0] * (n - 1)),
        ("root", *["dep"] * (n - 1)),
        (),
        (mention(0), mention(2), mention(4)),
        (),
        (event,),
    )


def test_the_same_actor_named_twice_counts_once() -> None:
    ours = read("CONSULT", (("actor", 0, 0.9), ("actor", 1, 0.8), ("recipient", 2, 0.9)))
    assert metrics.parties([GOLD], [ours], {"actor", "recipient"}) == metrics.Counts(2, 2, 2)


def test_parties_of_a_wrong_event_are_wrong() -> None:
    ours = read("ASSAULT", (("actor", 0, 0.9),))
    assert metrics.parties([GOLD], [ours], {"actor", "recipient"}) == metrics.Counts(0, 1, 2)
    assert metrics.parties([GOLD], [ours], {"actor", "recipient"}, typed=False) == metrics.Counts(1, 1, 2)
    assert metrics.triggers([GOLD], [ours]) == metrics.Counts(0, 1, 1)
    assert metrics.triggers([GOLD], [ours], typed=False) == metrics.Counts(1, 1, 1)


def test_mentions_are_counted_by_exact_span() -> None:
    assert metrics.mentions([GOLD], [read("CONSULT", ())], "actor").f1 == 100
    assert metrics.Counts(0, 0, 0).f1 == 0
