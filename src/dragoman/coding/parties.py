"""From the head word of an argument to the party that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import lexicon
from dragoman.records import Actor, Party, ResolvedMention

PERSONAL = frozenset("i we he she they it us him her them me".split())


@dataclass(frozen=True, slots=True)
class Found:
    """A party with how it was found: "mention", "owner" (the phrase's owner is the actor), "words" (nothing known of it)."""

    party: Party
    how: str
    entity: int | None
    token: int
    confidence: float


class Cast:
    """Who is named where in one sentence."""

    def __init__(self, g: Grammar, mentions: Sequence[ResolvedMention], text: str) -> None:
        self.g, self.text = g, text
        self.mentions = [m for m in mentions if is_actor(m)]
        self.others = [m for m in mentions if not is_actor(m)]
        self.by_head: dict[int, ResolvedMention] = {}
        for mention in sorted(self.mentions, key=lambda m: m.mention.token_end - m.mention.token_start):
            self.by_head[mention.mention.head] = mention

    def at(self, head: int) -> list[Found]:
        """The parties that the phrase headed by the token names; several for "the two countries"; [] when it names none."""
        mention = self._mention(head)
        if mention is not None:
            return as_parties(mention, self.text, "mention", head)
        if self._is_other(head):
            return []
        owner = self._owner(head)
        if owner is not None:
            return as_parties(owner, self.text, "owner", head)
        return self._words(head)

    def _mention(self, head: int) -> ResolvedMention | None:
        g = self.g
        if head in self.by_head:
            return self.by_head[head]
        for child in g.children[head]:
            if g.tokens[child].deprel in ("appos", "flat", "nmod:desc", "compound") and child in self.by_head:
                mention = self.by_head[child]
                named = g.tokens[child].deprel in ("appos", "flat", "nmod:desc")
                if named or mention.mention.token_start <= head < mention.mention.token_end:
                    return mention
        covering = [m for m in self.mentions if m.mention.token_start <= head < m.mention.token_end]
        close = [m for m in covering if g.is_below(head, m.mention.head) and g.tokens[head].deprel in ("flat", "compound", "nmod:desc", "appos")]
        return min(close, key=lambda m: m.mention.token_end - m.mention.token_start, default=None)

    def _is_other(self, head: int) -> bool:
        return any(m.mention.head == head and m.role_here in ("time", "quantity") for m in self.others)

    def _owner(self, head: int) -> ResolvedMention | None:
        """Whose deed, word, land or thing the phrase is: "Russian strikes", "the president's remarks", "remarks by X"."""
        g = self.g
        if g.lemmas[head] in PERSONAL or g.tokens[head].upos == "VERB":
            return None
        for relation, prepositions in (("nmod:poss", ()), ("nmod", ("by",)), ("amod", ()), ("compound", ()), ("nmod", ("of", "from"))):
            for child in g.children[head]:
                if g.tokens[child].deprel != relation or (prepositions and g.case(child) not in prepositions):
                    continue
                mention = self._mention(child)
                if mention is not None:
                    return mention
                if prepositions and (deeper := self._owner(child)) is not None:
                    return deeper
        return None

    def _words(self, head: int) -> list[Found]:
        """A party of which nothing is known but its words: pronouns, names and words for people and bodies."""
        g = self.g
        token, lemma = g.tokens[head], g.lemmas[head]
        people = lexicon().sets.get("people", frozenset())
        if token.upos == "PRON" and lemma not in PERSONAL and lemma not in ("who", "many", "some", "several"):
            return []
        if token.upos not in ("PROPN", "PRON") and lemma not in people and not (
            token.upos in ("NOUN", "ADJ", "NUM") and lemma.removesuffix("s") in people
        ):
            return []
        if any(m.mention.token_start <= head < m.mention.token_end for m in self.others):
            return []
        start, end = self._phrase(head)
        span = (g.tokens[start].start, g.tokens[end - 1].end)
        words = self.text[slice(*span)]
        party = Party(words, words, None, "other", None, (), None, span)
        return [Found(party, "words", None, head, 0.5)]

    def _phrase(self, head: int) -> tuple[int, int]:
        """Tokens of the phrase without relative clauses, appositions and trailing phrases but "of"."""
        g = self.g
        words = {head}
        for child in g.children[head]:
            relation = g.tokens[child].deprel
            if relation in ("det", "amod", "compound", "flat", "nummod", "nmod:poss", "nmod:desc", "goeswith", "det:predet"):
                words.update(g.below(child))
            elif relation == "nmod" and g.case(child) == "of" and g.tokens[head].upos == "PROPN":
                words.update(g.below(child))
        first = last = head
        while first - 1 in words:
            first -= 1
        while last + 1 in words:
            last += 1
        return first, last + 1


def is_actor(mention: ResolvedMention) -> bool:
    """Whether the mention names somebody here."""
    return mention.role_here == "actor" or (mention.mention.kind == "actor" and mention.role_here not in ("none", "place", "time", "quantity"))


def as_parties(mention: ResolvedMention, text: str, how: str, token: int) -> list[Found]:
    """The actors of a mention as parties; the words alone when it was not resolved."""
    span = (mention.mention.start, mention.mention.end)
    words = text[slice(*span)]
    if not mention.actors:
        kind = mention.mention.label if mention.mention.kind == "actor" else "other"
        party = Party(words, words, None, kind, None, (), None, span)
        return [Found(party, how, mention.entity, token, mention.mention.probability)]
    return [Found(_party(actor, words, span), how, mention.entity, token, actor.confidence) for actor in mention.actors]


def _party(actor: Actor, words: str, span: tuple[int, int]) -> Party:
    return Party(words, actor.name, actor.actor_id, actor.kind, actor.country, actor.sectors, actor.office, span)
