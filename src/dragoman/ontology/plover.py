"""PLOVER: the ontology that Dragoman codes into, with its scores and its status rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dragoman.ontology.form import load_file
from dragoman.ontology.model import Ontology, StatusRule, spell
from dragoman.ontology.tables import DATA


@lru_cache(maxsize=1)
def plover() -> Ontology:
    """PLOVER 2.0, read on the first call."""
    return load_file(DATA / "plover.toml")


def score(event_type: str, mode: str | None = None) -> float:
    """PLOVER's conflict-cooperation score, -10 to 10.

    A mode without a score of its own takes that of the manual's mode it folds into, else its type's.

    Raises:
        UnknownCodeError: No such type, or no such mode of that type.
    """
    of = plover().type(event_type)
    found: float | None = None
    if mode is not None:
        how = plover().mode(of.code, mode)
        folded = how.folds.get("manual")
        found = how.score if how.score is not None or not folded else plover().mode(of.code, folded).score
    if found is None:
        found = of.score
    assert found is not None, f"plover.toml gives {of.code} no score"
    return found


@dataclass(frozen=True, slots=True)
class AfterStatus:
    """What a base act counts as once its status is known.

    Attributes:
        mode: Mode of the resulting type; None when that type has no such mode.
        rule: The rule that changed the type, or None when it stays what it was.
    """

    event_type: str
    mode: str | None
    rule: StatusRule | None


def after_status(
    base_type: str,
    status: str,
    *,
    mode: str | None = None,
    own_words: bool = False,
    ontology: Ontology | None = None,
) -> AfterStatus:
    """Apply the codebook's status rules: a future CONSULT is AGREE, a future RETREAT is CONCEDE, and so on.

    Args:
        own_words: Whether the one who would act is the one who says so; a possible attack is a threat
            only then.
        ontology: Whose rules; PLOVER's when not given.

    Raises:
        UnknownCodeError: No such type, mode or status.
    """
    rules = ontology or plover()
    of = rules.type(base_type)
    how = rules.mode(of.code, mode).code if mode is not None else None
    state = rules.status(status).code
    for rule in rules.status_rules:
        if (
            spell(rule.base_type) == spell(of.code)
            and rule.status == state
            and (rule.base_mode is None or rule.base_mode == how)
            and (own_words or not rule.own_words)
        ):
            return AfterStatus(rule.event_type, rule.mode, rule)
    return AfterStatus(of.code, how, None)
