"""What an event is about: contexts that the model reads, that frames and words speak for, and that follow from who acts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dragoman.coding.candidates import Candidate
from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import DATA
from dragoman.coding.sides import Sides
from dragoman.records import Party, Step

MODEL_FLOOR = 0.5
"""The model's contexts below this are not taken; chosen on corpus dev among 0.3, 0.4, 0.5, 0.6."""

MOST = 4
OFFICIAL = frozenset({"GOV", "MIL", "LEG", "SPY"})
BETWEEN_STATES = frozenset(
    {"CONSULT", "ACCUSE", "REJECT", "SANCTION", "AGREE", "SUPPORT", "REQUEST", "THREATEN", "CONCEDE"}
)
OF_FORCES = frozenset({"ASSAULT", "MOBILIZE", "RETREAT", "COOPERATE"})


@lru_cache(maxsize=1)
def context_words() -> Mapping[str, tuple[str, ...]]:
    """Word (lemma or lower-case form) -> contexts it speaks for, from `data/contexts.tsv`."""
    found: dict[str, list[str]] = {}
    for line in (DATA / "contexts.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            context, words = line.split("\t")
            for word in words.split():
                found.setdefault(word.replace("_", " "), []).append(context)
    return {word: tuple(names) for word, names in found.items()}


def contexts_of(
    g: Grammar, c: Candidate, sides: Sides, kind: str, mode: str | None, title: str | None
) -> tuple[tuple[str, ...], list[Step]]:
    """The contexts of an event, surest first, and why."""
    found: dict[str, Step] = {}
    if c.reading is not None:
        for name, p in c.reading.contexts:
            if p >= MODEL_FLOOR:
                found[name] = Step("contexts", "model", f"the model reads {name} with probability {p:.2f}", p)
    if c.match is not None:
        for name in c.match.frame.contexts:
            found.setdefault(name, Step("contexts", f"lexicon:{c.match.frame.entry}", f"the frame says {name}"))
    for step, name in _by_sides(sides, kind, mode):
        found.setdefault(name, step)
    for index in _near(g, c):
        for key in (g.lemmas[index], g.tokens[index].text.lower()):
            for name in context_words().get(key, ()):
                found.setdefault(
                    name, Step("contexts", "table:contexts.tsv", f"“{g.tokens[index].text}” speaks for {name}")
                )
    if title:
        for word in title.lower().replace("'s", "").split():
            for name in context_words().get(word.strip(",.:;?!\"'“”’").removesuffix("s"), ()):
                if len(found) < 2:
                    found.setdefault(
                        name, Step("contexts", "table:contexts.tsv", f"“{word}” of the title speaks for {name}")
                    )
    names = sorted(found, key=lambda n: (found[n].by != "model", -(found[n].score or 0)))[:MOST]
    return tuple(names), [found[n] for n in names]


def _by_sides(sides: Sides, kind: str, mode: str | None) -> list[tuple[Step, str]]:
    """Dealings of states' officials with each other are diplomatic; what state forces do is military."""
    found = []
    actors, recipients = [f.party for f in sides.actors], [f.party for f in sides.recipients]
    states = {p.country for p in (*actors, *recipients) if p.country and _official(p)}
    if kind in BETWEEN_STATES and len(states) > 1:
        found.append(
            (Step("contexts", "rule:between-states", "officials of several states deal with each other"), "diplomatic")
        )
    if kind in OF_FORCES and any("MIL" in p.sectors for p in actors):
        found.append((Step("contexts", "rule:state-forces", "state forces act"), "military"))
    crowd = any(p.kind == "crowd" or "OPP" in p.sectors or "CVL" in p.sectors for p in recipients)
    if (
        crowd
        and (mode == "crowd-control" or (kind == "COERCE" and mode == "arrest"))
        and any({"COP", "MIL", "SPY"} & set(p.sectors) for p in actors)
    ):
        found.append(
            (Step("contexts", "rule:force-against-the-unarmed", "security services act against a crowd"), "repression")
        )
    return found


def _official(p: Party) -> bool:
    return p.kind in ("state", "igo") or bool(OFFICIAL & set(p.sectors)) or p.kind == "institution"


def _near(g: Grammar, c: Candidate) -> list[int]:
    """Words of the trigger's own clause, other finite clauses left out."""
    top = next((t for t in c.tokens if g.is_verb(t)), c.head)
    found, waiting = [top], [top]
    while waiting:
        for child in g.children[waiting.pop()]:
            if g.tokens[child].deprel not in ("ccomp", "parataxis", "acl:relcl") and not (
                g.tokens[child].deprel == "conj" and g.is_verb(child)
            ):
                found.append(child)
                waiting.append(child)
    return sorted(found)
