"""Resolved readings to event mentions: candidates, then parties, status, speaker, time, place, sizes, codes, confidence; each with its trail."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.coding import attribution, circumstances, quantities, status
from dragoman.coding.candidates import Candidate, candidates
from dragoman.coding.carried import carry
from dragoman.coding.codes import Codes, base_type, codes_of
from dragoman.coding.confidence import confidence
from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import Lexicon, lexicon
from dragoman.coding.parties import Cast, Found
from dragoman.coding.quotes import Quoted
from dragoman.coding.sides import Sides, sides_of
from dragoman.coding.trails import event_trail
from dragoman.records import Attribution, EventMention, Quantity, ResolvedMention, ResolvedReading

REPORTED = 0.2
"""Below this confidence a candidate is dropped; what lies between it and a threshold of the user's is kept as candidate.
Chosen on the development part of the corpus (docs/model-card.md): there F1 of events whose type and named parties are right is best at 0.2."""


@dataclass(frozen=True, slots=True)
class MentionCoder:
    """Codes resolved readings; holds nothing that changes.

    Attributes:
        frames: The lexicon of trigger frames.
        floor: Candidates less sure than this are left out.
        use_model, use_lexicon: Whether the reading model's events and the lexicon's take part; for measuring each alone.
    """

    frames: Lexicon
    floor: float = REPORTED
    use_model: bool = True
    use_lexicon: bool = True

    @classmethod
    def load(cls) -> MentionCoder:
        """A coder with the shipped lexicon."""
        return cls(lexicon())

    @property
    def fingerprint(self) -> str:
        """16 hex digits that change with any file that decides the codes."""
        folder = Path(__file__).parent
        digest = hashlib.sha256()
        for path in sorted([*folder.glob("*.py"), *folder.glob("data/**/*.*")]):
            digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()[:16]

    def code(self, resolved: ResolvedReading) -> tuple[EventMention, ...]:
        """The events that a report tells, in order of their triggers."""
        found: list[EventMention] = []
        quoted = Quoted(resolved.reading.report.text)
        for sentence, mentions in zip(resolved.reading.sentences, resolved.mentions, strict=True):
            if sentence.tokens:
                found += _Sentence(self, resolved, Grammar(sentence), mentions, quoted).events()
        return tuple(carry(found))


class _Sentence:
    """What the coding of one sentence shares."""

    def __init__(
        self,
        coder: MentionCoder,
        resolved: ResolvedReading,
        g: Grammar,
        mentions: Sequence[ResolvedMention],
        quoted: Quoted,
    ) -> None:
        self.coder, self.resolved, self.g, self.mentions, self.quoted = coder, resolved, g, mentions, quoted
        self.report = resolved.reading.report
        self.cast = Cast(g, mentions, self.report.text)

    def events(self) -> list[EventMention]:
        coder = self.coder
        found = candidates(self.g, coder.frames, use_model=coder.use_model, use_lexicon=coder.use_lexicon)
        if not found:
            return []
        self.quotes = attribution.in_sentence(self.g, self.quoted)
        self.amounts = quantities.in_sentence(self.g, self.report.text)
        made = [event for c in found if (event := self._event(c)) is not None]
        return sorted(made, key=lambda m: m.trigger)

    def _event(self, c: Candidate) -> EventMention | None:
        sides = self._without_speakers(c, sides_of(self.g, self.cast, self.mentions, c))
        if not sides.actors and not sides.recipients:
            return None
        dated = circumstances.date_of(self.g, c.tokens, self.mentions, c.roles("time"))
        verdict = status.judge(
            self.g,
            c.tokens,
            c.head,
            dict(c.reading.statuses) if c.reading else {},
            dated.when if dated and not dated.since else None,
            self.report.published,
            dated.when if dated and dated.since else None,
        )
        if c.refused and verdict.status in ("negated", "future", "hypothetical"):
            verdict = status.FACT
        placed = circumstances.place_of(self.g, c.tokens, self.mentions, c.roles("place"), base_type(c)[0])
        first, last = circumstances.window(dated, verdict.status, self.report.published)
        codes = codes_of(self.g, c, sides, verdict.status, self.report.title)
        sure = confidence(c, sides)
        if sure < self.coder.floor:
            return None
        said = self._said(c)
        sizes = self._sizes(c, codes, said)
        g, sentence = self.g, self.g.sentence
        trigger = g.span(c.tokens[0], c.tokens[-1]) if c.tokens[-1] - c.tokens[0] < 8 else g.span(c.head, c.head)
        spans = {
            "event_type": _word_spans(g, c.tokens),
            "actors": tuple(f.party.span for f in sides.actors if f.party.span),
            "recipients": tuple(f.party.span for f in sides.recipients if f.party.span),
            "status": (g.span(verdict.cue.token, verdict.cue.token),)
            if verdict.cue and verdict.cue.token is not None
            else (),
            "date": (dated.span,) if dated and dated.span else (),
            "place": (placed.place.span,) if placed and placed.place.span else (),
            "attribution": tuple(s for a in said for s in (a.span, a.cue_span) if s),
            "quantities": tuple(q.span for q in sizes),
        }
        text = self.report.text
        identity = f"{self.report.id}\n{trigger[0]}\n{trigger[1]}\n{codes.base_type}"
        return EventMention(
            mention_id=hashlib.sha256(identity.encode()).hexdigest()[:16], report_id=self.report.id, source=self.report.source,
            url=self.report.url, published=self.report.published, sentence_index=sentence.index,
            sentence=text[sentence.start : sentence.end], sentence_start=sentence.start, sentence_end=sentence.end,
            trigger_text=text[slice(*trigger)], trigger=trigger, event_type=codes.event_type, base_type=codes.base_type,
            mode=codes.mode, contexts=codes.contexts, cameo=codes.cameo, quad_class=codes.quad_class, plover_score=codes.plover_score,
            goldstein=codes.goldstein, status=verdict.status, actors=tuple(f.party for f in sides.actors),
            recipients=tuple(f.party for f in sides.recipients), date_start=first, date_end=last, date_precision=_precision(dated), date_found=dated.found if dated else None,
            place=placed.place if placed else None, attribution=said, quantities=sizes, confidence=sure,
            spans={field: found for field, found in spans.items() if found},
            trail=event_trail(self.g, c, codes, sides, verdict, dated, placed, said, sizes, sure),
        )  # fmt: skip

    def _without_speakers(self, c: Candidate, sides: Sides) -> Sides:
        """Sides without actors that the model took from a cue: "police said two were killed" names no killer."""
        if sides.actors_by != "model" or not (self.g.passive(c.head) or not self.g.is_verb(c.head)):
            return sides
        speakers = {t for q in attribution.voices(self.quotes, c.tokens, c.head) for t in q.source_tokens}
        kept = tuple(f for f in sides.actors if f.token not in speakers)
        return sides if len(kept) == len(sides.actors) else replace(sides, actors=kept)

    def _said(self, c: Candidate) -> tuple[Attribution, ...]:
        """Who vouches for the event, outermost first."""
        found = []
        for quote in attribution.voices(self.quotes, c.tokens, c.head):
            speakers = [f for head in quote.source_tokens for f in self.cast.at(head)]
            found.append(self._voice(quote, speakers))
        return tuple(found)

    def _voice(self, quote: attribution.Quotation, speakers: Sequence[Found]) -> Attribution:
        text = self.report.text
        cue_span = (
            quote.cue[0] if quote.cue else None
        )  # of an interrupted cue ("accused him on Friday of") the first words
        cue = text[slice(*cue_span)] if cue_span else None
        if speakers:
            party = speakers[0].party
            head = self.g.tokens[speakers[0].token].text
            kind = attribution.speaker_kind(party.text, head, party.kind, party.sectors, party.office)
            names = _names(speakers)
            return Attribution(" and ".join(names), kind, cue, quote.direct, party.span, cue_span)
        if quote.source:
            words = " ".join(text[a:b] for a, b in quote.source)
            head = self.g.tokens[quote.source_tokens[0]].text if quote.source_tokens else words
            return Attribution(
                words,
                attribution.speaker_kind(words, head, None, (), None),
                cue,
                quote.direct,
                quote.source[0],
                cue_span,
            )
        return Attribution("", "unnamed", cue, quote.direct, None, cue_span)

    def _sizes(self, c: Candidate, codes: Codes, said: Sequence[Attribution]) -> tuple[Quantity, ...]:
        """The quantities that belong to this event."""
        speaker = said[-1].speaker or None if said else None
        kept = [
            Quantity(q.kind, q.min, q.max, q.text, q.span, q.currency, speaker)
            for q in self.amounts
            if c.owns(self.g, q, self.mentions) and q.kind in _SIZES_OF.get(codes.base_type, ("money",))
        ]  # fmt: skip
        return tuple(kept)


_SIZES_OF = {
    "ASSAULT": ("killed", "injured", "arrested", "displaced"), "COERCE": ("arrested", "killed", "injured", "displaced", "money"),
    "PROTEST": ("participants", "killed", "injured", "arrested"), "MOBILIZE": ("participants",), "AID": ("money", "participants", "displaced"),
    "SANCTION": ("money", "arrested"), "AGREE": ("money", "participants"), "COOPERATE": ("money", "participants"), "RETREAT": ("arrested", "participants", "displaced", "money"),
    "CONSULT": ("participants",), "SUPPORT": ("money", "participants"), "CONCEDE": ("money", "arrested"), "REQUEST": ("money",), "ACCUSE": ("killed", "injured", "arrested", "money", "displaced"),
    "REJECT": ("money",), "THREATEN": ("money", "participants"),
}  # fmt: skip
"""Which sizes an act of a type can have."""


def _names(speakers: Sequence[Found]) -> list[str]:
    """The words for each speaker, once: a name set off behind its title ("a commander, Joseph Wekesa") is no second one."""
    words = list(dict.fromkeys(f.party.text for f in speakers))
    return [w for w in words if not any(w != other and w in other for other in words)]


def _precision(dated: circumstances.Dated | None) -> str | None:
    if dated is None:
        return None
    return dated.when.precision if dated.when.precision in ("day", "week", "month", "year") else "year"


def _word_spans(g: Grammar, tokens: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Runs of tokens as character spans."""
    runs: list[list[int]] = []
    for token in tokens:
        if runs and token == runs[-1][1] + 1:
            runs[-1][1] = token
        else:
            runs.append([token, token])
    return tuple(g.span(a, b) for a, b in runs)


__all__ = ["MentionCoder", "Sides"]
