"""The phrase of a role, from hand-made trees."""

from dragoman.read.phrases import Parsed, Phrases


def phrases(rows: str) -> Phrases:
    """Rows of "word upos head relation", heads counted from 1."""
    table = [row.split() for row in rows.strip().splitlines()]
    return Phrases(
        Parsed([r[0] for r in table], [r[1] for r in table], [int(r[2]) - 1 for r in table], [r[3] for r in table])
    )


TRIP = phrases(
    """
    The DET 2 det
    trip NOUN 8 nsubj:pass
    , PUNCT 6 punct
    which PRON 6 nsubj:pass
    was AUX 6 aux:pass
    planned VERB 2 acl:relcl
    , PUNCT 6 punct
    postponed VERB 0 root
    """
)


def test_a_relative_clause_belongs_to_the_outer_argument_only() -> None:
    assert TRIP.span("ARG1", 1, 7) == (0, 6)
    assert TRIP.span("ARG1", 1, 5) == (0, 2)
    assert TRIP.span("R-ARG1", 3, 5) == (3, 4)


def test_a_complement_leaves_out_the_subject_of_its_clause() -> None:
    minister = phrases(
        """
        He PRON 5 nsubj
        is AUX 5 cop
        now ADV 5 advmod
        the DET 5 det
        minister NOUN 0 root
        . PUNCT 5 punct
        """
    )
    assert minister.span("ARG2", 4, 1) == (3, 5)
