"""A candidate's codes: type, mode, contexts, CAMEO, scores; the frame's, the model's, and the table of contents weighed together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from dragoman.coding.candidates import Candidate
from dragoman.coding.content import ABOUT, COLUMNS, INSISTING, Content, find_content
from dragoman.coding.contexts import contexts_of
from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import Frame
from dragoman.coding.means import ARMED, HARMING, TOLD_BY_MEANS, means
from dragoman.coding.refusal import MODES
from dragoman.coding.sides import Sides
from dragoman.coding.slots import fill
from dragoman.ontology import after_status, cameo, goldstein, plover, quad_class, score, to_cameo
from dragoman.records import Step


@dataclass(frozen=True, slots=True)
class Codes:
    """All codes of an event, and why."""

    event_type: str
    base_type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    quad_class: int
    plover_score: float
    goldstein: float | None
    why: tuple[Step, ...]


def codes_of(g: Grammar, c: Candidate, sides: Sides, status: str, title: str | None = None) -> Codes:
    """All codes of a candidate whose status is known."""
    kind, why = base_type(c)
    frame = c.match.frame if c.match is not None and c.match.frame.event_type == kind else None
    content, word, column = _content(g, c, kind, frame)
    mode, mode_why = _mode(kind, c, content, sides)
    contexts, contexts_why = contexts_of(g, c, sides, kind, mode, title)
    own = len(sides.actors) > 0
    after = after_status(kind, status, mode=mode, own_words=own and _own_words(g, c))
    code, code_why = _cameo(kind, mode, contexts, c, content, column)
    steps = [why, *mode_why, *contexts_why]
    if content is not None and word is not None:
        steps.append(
            Step("cameo", "table:content.tsv", f"“{g.tokens[word].text}” says what it is about: {content.name}")
        )
    steps.append(code_why)
    if after.rule is not None:
        steps.append(
            Step(
                "event_type",
                "rule:after-status",
                f"{kind} told as {status} counts as {after.event_type}: {after.rule.why}",
            )
        )
    return Codes(
        after.event_type, kind, mode, contexts, code, quad_class(after.event_type), score(after.event_type, after.mode),
        goldstein(code) if code else None, tuple(steps),
    )  # fmt: skip


FRAME_WEIGHT, WEAK_FRAME_WEIGHT = 0.6, 0.35
"""Share of belief that a fitting frame gives its type beside the model's probabilities. Where they differ on corpus dev, strong frames
are right in 46 of 64 cases and the model in 12; weak frames in 3 of 11, the model in 4."""


def weighed(c: Candidate) -> dict[str, float]:
    """Belief in each type: the model's probabilities and the frame's type, mixed."""
    belief = dict(c.reading.types) if c.reading is not None else {}
    if c.match is not None:
        kind = "REJECT" if c.refused else c.match.frame.event_type
        share = (WEAK_FRAME_WEIGHT if c.match.frame.weak else FRAME_WEIGHT) if c.reading is not None else 1.0
        belief = {k: (1 - share) * p for k, p in belief.items()}
        belief[kind] = belief.get(kind, 0.0) + share
    return belief


KEEPING_PEACE = frozenset({"peacekeeper", "peacekeepers", "peacekeeping", "peace-keeping"})


def for_peace(c: Candidate) -> bool:
    """Whether forces are moved to keep the peace, as the words under the trigger say: AID, not MOBILIZE."""
    if c.match is None:
        if c.reading is None or c.reading.types[0][0] != "MOBILIZE":
            return False
    elif c.match.frame.cameo != "154":
        return False
    return any(c.g.lemmas[t] in KEEPING_PEACE for t in c.g.below(c.head))


def base_type(c: Candidate) -> tuple[str, Step]:
    """The type with most belief, and why."""
    if for_peace(c):
        return "AID", Step("base_type", "rule:for-peace", "forces are sent to keep the peace")
    if c.refused:
        return "REJECT", Step("base_type", "rule:will-not", "who says that he will not do it refuses")
    belief = weighed(c)
    kind = max(sorted(belief), key=lambda k: belief[k])
    model = dict(c.reading.types).get(kind) if c.reading is not None else None
    if c.match is not None and c.match.frame.event_type == kind:
        because = f"the frame “{c.match.frame.entry}” fits" + (
            f", and the model gives {kind} {model:.2f}" if model else ""
        )
        return kind, Step("base_type", f"lexicon:{c.match.frame.entry}", because, model)
    return kind, Step("base_type", "model", f"the model reads {kind} with probability {model or 0:.2f}", model)


def _content(g: Grammar, c: Candidate, kind: str, frame: Frame | None) -> tuple[Content | None, int | None, str]:
    """What the act is about, the word that says so, and the column of the table that applies."""
    if frame is not None:
        about = c.match.about if c.match is not None and frame.about else ()
        column = frame.column
    elif c.refused:
        about, column = (c.head,), COLUMNS["REJECT"]
    else:
        about = tuple(h for slot in ABOUT.get(kind, ()) for h in fill(g, c.head, slot))
        column = COLUMNS.get(kind, "")
        if kind == "REQUEST" and g.lemmas[c.head] in INSISTING:
            column = "demand"
    content, word = find_content(g, about)
    return content, word, column


def _mode(kind: str, c: Candidate, content: Content | None, sides: Sides) -> tuple[str | None, list[Step]]:
    known = {m.code for m in plover().type(kind).modes}
    if not known:
        return None, []
    if content is not None and content.mode.get(kind) in known:
        return content.mode[kind], [Step("mode", "table:content.tsv", f"{content.name} is {kind}/{content.mode[kind]}")]
    if kind == "ASSAULT" and any(c.g.lemmas[t] in HARMING for t in c.tokens):
        return _with_what(c, known)
    if c.match is not None and c.match.frame.event_type == kind and c.match.frame.modes:
        return c.match.frame.modes[0], [
            Step("mode", f"lexicon:{c.match.frame.entry}", f"the frame says {c.match.frame.modes[0]}")
        ]
    if c.reading is not None and c.reading.types[0][0] == kind:
        for mode, p in c.reading.modes:
            if mode in known and p >= MODE_FLOOR:
                return mode, [Step("mode", "model", f"the model reads {mode} with probability {p:.2f}", p)]
    refused = MODES.get(_told(c)) if c.refused else None
    if refused is not None:
        return refused, [Step("mode", "rule:will-not", f"what is refused makes it {refused}")]
    countries = {f.party.country for f in (*sides.actors, *sides.recipients) if f.party.country}
    if kind == "CONSULT" and len(countries) > 2:
        return "multilateral", [Step("mode", "rule:three-sides", f"{len(countries)} sides take part")]
    return None, []


def _with_what(c: Candidate, known: Collection[str]) -> tuple[str | None, list[Step]]:
    """The mode of harm whose verb does not tell the weapon: from the words for it; else what the frame or the model says of its kind
    ("massacre", "execute"), if that is not a weapon."""
    if (told := means(c.g, c.tokens, c.head)) is not None:
        mode, word = told
        return mode, [Step("mode", "table:means.tsv", f"“{c.g.tokens[word].text}” says with what it was done: {mode}")]
    frame = c.match.frame if c.match is not None and c.match.frame.event_type == "ASSAULT" else None
    if frame is not None and (modes := [m for m in frame.modes if m not in ARMED]):
        return modes[0], [Step("mode", f"lexicon:{frame.entry}", f"the frame says {modes[0]}")]
    for mode, p in c.reading.modes if c.reading is not None and c.reading.types[0][0] == "ASSAULT" else ():
        if mode in known and p >= (SURE_WEAPON if mode in ARMED else MODE_FLOOR):
            return mode, [Step("mode", "model", f"the model reads {mode} with probability {p:.2f}", p)]
    return None, []


SURE_WEAPON = 0.7
"""The model's modes of a weapon that no word by the trigger names are taken from here on; set by judgement, they are few."""


def _told(c: Candidate) -> str:
    """The type of the act itself, were it done."""
    if c.match is not None:
        return c.match.frame.event_type
    return c.reading.types[0][0] if c.reading is not None else ""


MODE_FLOOR = 0.4
"""The model's modes below this are not taken; chosen on corpus dev among 0.3, 0.4, 0.5."""


def _own_words(g: Grammar, c: Candidate) -> bool:
    """Whether the doer himself says that he may do it: first person, or a saying verb with the same subject."""
    subjects = fill(g, c.head, "subj")
    return bool(any(g.lemmas[s] in ("we", "i") for s in subjects))


_ANY_ASSAULT = frozenset({"180", "190"})
"""CAMEO's violence without a word for the weapon."""


def _cameo(
    kind: str, mode: str | None, contexts: tuple[str, ...], c: Candidate, content: Content | None, column: str
) -> tuple[str | None, Step]:
    frame = c.match.frame if c.match is not None and c.match.frame.event_type == kind else None
    if content is not None and content.codes.get(column) in cameo():
        code = content.codes[column]
        return code, Step("cameo", "table:content.tsv", f"{content.name}, told as {column}, is {code}")
    if kind == "ASSAULT" and frame is not None and mode not in frame.modes:
        told = (
            frame.cameo in _ANY_ASSAULT and mode in TOLD_BY_MEANS
        )  # the weapon says more than the frame, which knew of none
        if told or (frame.cameo not in _ANY_ASSAULT and not ARMED.isdisjoint(frame.modes)):
            frame = None  # or the frame's code is of another weapon than the words tell
    if frame is not None and frame.cameo is not None:
        return frame.cameo, Step("cameo", f"lexicon:{frame.entry}", f"the frame gives {frame.cameo}")
    code = to_cameo(kind, mode, contexts)
    return code, Step(
        "cameo", "table:plover-to-cameo.csv", f"{kind}{'/' + mode if mode else ''} stands nearest to {code}"
    )
