"""From the head word of an argument to the party that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dragoman.coding.grammar import Grammar
from dragoman.coding.lexicon import lexicon
from dragoman.coding.noun_classes import LANDS, OPPOSED, PAPERS, PREMISES, QUANTIFIERS, STRICKEN
from dragoman.coding.persons import is_person_word
from dragoman.records import Actor, Party, ResolvedMention, Trail

PERSONAL = frozenset(["i", "we", "he", "she", "they", "it", "us", "him", "her", "them", "me"])

_OWNERS = {"nmod:poss": 0, "amod": 1, "compound": 2, "nmod": 3, "acl": 4, "obj": 5}
"""Relations that lead from a thing to whose it is, in order of trial."""

_OF = frozenset({"of", "by", "from", "against", "on", "with", "for", "to", "between", "over", "into", "towards"})


@dataclass(frozen=True, slots=True)
class Found:
    """A party with how it was found: "mention", "owner" (the phrase's owner is the actor), "words" (nothing known of it), "thing".

    `known` says how its words were resolved.
    """

    party: Party
    how: str
    entity: int | None
    token: int
    confidence: float
    known: Trail = ()


class Cast:
    """Who is named where in one sentence."""

    def __init__(self, g: Grammar, mentions: Sequence[ResolvedMention], text: str) -> None:
        self.g, self.text = g, text
        self.mentions = [m for m in mentions if is_actor(m)]
        self.others = [m for m in mentions if not is_actor(m)]
        self.by_head: dict[int, ResolvedMention] = {}
        for mention in sorted(self.mentions, key=self._fitness):
            self.by_head[mention.mention.head] = mention

    def _fitness(self, m: ResolvedMention) -> tuple[bool, int]:
        """Of mentions with one head the longest is best, but for those that run on over a comma."""
        tokens = self.g.tokens[m.mention.token_start : m.mention.token_end]
        comma = any(t.text == "," for t in tokens)
        return not comma, -len(tokens) if comma else len(tokens)

    def at(self, head: int, *, things: bool = False, people: bool = False) -> list[Found]:
        """The parties that the phrase headed by the token names; several for "the two countries"; [] when it names none.

        Args:
            things: Whether a thing or place may stand for its owner ("an army camp in Mali").
            people: Whether the slot takes people only, so that any noun in it names some ("arrested seventeen ram sevaks").
        """
        head = self._behind_hyphen(self._behind_number(head))
        mention = self._mention(head)
        if mention is not None and mention.mention.label == "pronoun":
            return self._specific(head, mention)
        if mention is not None:
            return self._joined(mention, head) or as_parties(mention, self.text, "mention", head)
        if self._is_other(head):
            return []
        if self.g.lemmas[head] in PERSONAL:
            return self._pronoun(head)
        if shared := self._shared(head):
            return shared
        words = self._words(head) if self._is_person(head) and not self._owned_premises(head) else []
        if (
            people
            and not words
            and self.g.tokens[head].upos in ("NOUN", "PROPN", "NUM", "ADJ")
            and self._owner(head) is None
        ):
            words = [self._by_words(head, None)]
        if words:
            return words
        owner = self._owner(head)
        if owner is not None and self.g.lemmas[head] in OPPOSED:
            return [self._by_words(head, None)]
        if owner is not None and owner.mention.label == "pronoun":
            return self._specific(head, owner)
        if owner is not None:
            return as_parties(owner, self.text, "owner", head)
        return self._owner_words(head) or (self._thing(head) if things else [])

    def _joined(self, mention: ResolvedMention, head: int) -> list[Found]:
        """A mention that spans "X and Y" opened into its parts; [] when it is one thing."""
        g, first, last = self.g, mention.mention.token_start, mention.mention.token_end
        others = [c for c in g.children[head] if g.tokens[c].deprel == "conj" and first <= c < last]
        if not others or len(mention.actors) > 1:
            return []
        edge = min(i for c in others for i in [c, *g.children[c]] if g.tokens[i].deprel in ("cc", "punct", "conj"))
        words = [i for i in range(first, edge) if g.tokens[i].text != ","]
        inner = next((m for m in self.mentions if m is not mention and m.mention.head == head), None)
        if inner is not None and inner.mention.token_end <= edge:
            found = as_parties(inner, self.text, "mention", head)
        elif words:
            span = (g.tokens[words[0]].start, g.tokens[words[-1]].end)
            named = self.text[slice(*span)]
            found = [
                Found(
                    Party(named, named, None, mention.mention.label, None, (), None, span), "mention", None, head, 0.5
                )
            ]
        else:
            return []
        self.by_head.pop(head, None)
        return found

    def _behind_number(self, head: int) -> int:
        """ "hundreds of banks", "one of the rebels", "a group of men": the noun behind the number."""
        g = self.g
        for _ in range(2):
            if g.lemmas[head] not in QUANTIFIERS and g.tokens[head].upos != "NUM":
                return head
            below = next(
                (c for c in g.children[head] if g.tokens[c].deprel == "nmod" and g.case(c) in ("of", "among")), None
            )
            if below is None or head in self.by_head:
                return head
            head = below
        return head

    def _behind_hyphen(self, head: int) -> int:
        """ "famine-hit South Sudan": who is hit, where the tree hangs him from the first half of the word."""
        g = self.g
        if head + 2 >= len(g.tokens) or g.tokens[head + 1].text != "-" or head in self.by_head:
            return head
        if g.tokens[head + 2].text.lower() not in STRICKEN:
            return head
        behind = (
            c for c in g.children[head] if c > head + 2 and g.tokens[c].deprel in ("nmod", "obl", "appos", "flat")
        )
        return next(behind, head)

    def _owned_premises(self, head: int) -> bool:
        """Whether the word is for premises that somebody is said to own: "the headquarters of the opposition"."""
        return self.g.lemmas[head] in PREMISES and self._owner(head) is not None

    def _specific(self, head: int, mention: ResolvedMention) -> list[Found]:
        """A pronoun's own noun where the sentence has it: the most specific mention of the same entity."""
        same = [m for m in self.mentions if m.entity == mention.entity and m.mention.label != "pronoun"]
        if same:
            return as_parties(same[0], self.text, "mention", same[0].mention.head)
        if mention.actors:
            return as_parties(mention, self.text, "mention", head)
        return self._pronoun(head) or as_parties(mention, self.text, "mention", head)

    def _pronoun(self, head: int) -> list[Found]:
        """A pronoun inside what somebody says, with nobody between: the speaker ("the court said it will ...")."""
        g = self.g
        if g.lemmas[head] in ("we", "i", "he", "she", "it", "they", "us"):
            at = head
            for above in g.ancestors(head):
                if g.tokens[at].deprel in ("ccomp", "parataxis") and g.is_verb(above):
                    subjects = g.subject(above)
                    if subjects and subjects[0] != head and not any(s in g.below(at) for s in subjects):
                        found = [f for s in subjects if s != head and g.lemmas[s] not in PERSONAL for f in self.at(s)]
                        if found and self._agrees(head, subjects, found):
                            return found
                    break
                at = above
        return self._words(head)

    def _agrees(self, head: int, subjects: Sequence[int], found: Sequence[Found]) -> bool:
        lemma = self.g.lemmas[head]
        if lemma in ("he", "she", "i"):
            return len(subjects) == 1 and found[0].party.kind in ("person", "office", "other")
        if lemma == "it":
            return len(subjects) == 1 and found[0].party.kind not in ("person", "office", "crowd")
        return len(subjects) > 1 or found[0].party.kind != "person"

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
        close = [
            m
            for m in covering
            if g.is_below(head, m.mention.head) and g.tokens[head].deprel in ("flat", "compound", "nmod:desc", "appos")
        ]
        return min(close, key=lambda m: m.mention.token_end - m.mention.token_start, default=None)

    def _is_other(self, head: int) -> bool:
        return any(m.mention.head == head and m.role_here in ("time", "quantity") for m in self.others)

    def _owner(self, head: int, depth: int = 0) -> ResolvedMention | None:
        """Whose deed, word, land or thing the phrase is: "Russian strikes", "the president's remarks", "a resolution proposed by X"."""
        g = self.g
        if (
            depth > 3
            or g.lemmas[head] in PERSONAL
            or (g.is_verb(head) and depth == 0 and not g.tokens[head].text.lower().endswith("ing"))
        ):
            return None
        for child in sorted(g.children[head], key=lambda c: _OWNERS.get(g.tokens[c].deprel, 9)):
            relation = g.tokens[child].deprel
            if relation == "acl" and g.passive(child):
                agents = g.agent(child)
                mention = self._mention(agents[0]) if agents else None
                if mention is not None:
                    return mention
            if relation not in _OWNERS or (relation == "nmod" and g.case(child) not in _OF):
                continue
            if depth and g.case(child) == "over":  # "the launch of missiles over Cyprus": where it was
                continue
            mention = self._mention(child)
            if mention is not None:
                return mention
            deeper = self._owner(child, depth + 1)
            if deeper is not None:
                return deeper
        return None

    def _shared(self, head: int) -> list[Found]:
        """ "Indian and Chinese troops": both states that own what the word names; [] when fewer than two do."""
        g = self.g
        for child in g.children[head]:
            if g.tokens[child].deprel not in ("amod", "compound"):
                continue
            others = [c for c in g.children[child] if g.tokens[c].deprel == "conj"]
            owners = [m for m in map(self._state, (child, *others)) if m is not None]
            if others and len(owners) == len(others) + 1:
                return [f for owner in owners for f in as_parties(owner, self.text, "owner", head)]
        return []

    def _state(self, head: int) -> ResolvedMention | None:
        """The state that the word alone names: of "Russian and Chinese warships" the one read at "Chinese", not at "Chinese warships"."""
        return next((m for m in self.mentions if m.mention.head == head and m.mention.label == "state"), None)

    def _is_person(self, head: int) -> bool:
        """Whether the word is one for people and their bodies, or a proper name that is no place or time."""
        g = self.g
        token, lemma = g.tokens[head], g.lemmas[head]
        if any(m.mention.token_start <= head < m.mention.token_end for m in self.others):
            return False
        if token.upos == "PRON":
            return lemma in PERSONAL or lemma in ("who", "many", "some", "several", "others")
        if token.upos == "PROPN":
            return True
        return is_person_word(lemma)

    def _words(self, head: int) -> list[Found]:
        """A party of which nothing is known but its words: pronouns, names and words for people and bodies."""
        if not self._is_person(head):
            return []
        return [self._by_words(head, None)]

    def _by_words(self, head: int, country: str | None) -> Found:
        g = self.g
        start, end = self._phrase(head)
        span = (g.tokens[start].start, g.tokens[end - 1].end)
        words = self.text[slice(*span)]
        return Found(Party(words, words, None, "other", country, (), None, span), "words", None, head, 0.5)

    def _owner_words(self, head: int) -> list[Found]:
        """The owner of the phrase, known by words alone: "Netanyahu's policies", "an army camp"."""
        g = self.g
        if g.lemmas[head] in PERSONAL or g.is_verb(head):
            return []
        for relation in ("nmod:poss", "compound", "nmod"):
            for child in g.children[head]:
                if relation == "compound" and (g.lemmas[head] in LANDS or g.tokens[child - 1].text == "-"):
                    continue
                if (
                    g.tokens[child].deprel == relation
                    and (relation != "nmod" or g.case(child) in ("of", "by", "from"))
                    and self._is_person(child)
                ):
                    return [self._by_words(child, None)]
        return []

    def _thing(self, head: int) -> list[Found]:
        """A thing or place in a party's slot: its words, with the country it lies in when a place within the phrase tells."""
        g = self.g
        if g.tokens[head].upos not in ("NOUN", "PROPN") or any(
            m.mention.head == head and (m.mention.kind != "place" or g.tokens[head].upos == "PROPN")
            for m in self.others
        ):
            return []
        if g.lemmas[head] in _acts():
            return []
        below = set(g.below(head))
        inside = [m for m in self.others if m.mention.kind == "place" and m.mention.head in below]
        if not inside and not any(g.tokens[t].upos == "PROPN" for t in below):
            return []
        country = next((m.place.country for m in inside if m.place), None)
        found = self._by_words(head, country)
        return [Found(found.party, "thing", None, head, 0.4)]

    def _phrase(self, head: int) -> tuple[int, int]:
        """Tokens of the phrase without relative clauses, appositions and trailing phrases but "of"."""
        g = self.g
        words = {head}
        for child in g.children[head]:
            relation = g.tokens[child].deprel
            if relation in (
                "det",
                "amod",
                "compound",
                "flat",
                "nummod",
                "nmod:poss",
                "nmod:desc",
                "goeswith",
                "det:predet",
            ) or (relation == "nmod" and g.case(child) == "of" and g.tokens[head].upos == "PROPN"):
                words.update(g.below(child))
        first = last = head
        while first - 1 in words:
            first -= 1
        while last + 1 in words:
            last += 1
        return first, last + 1


@lru_cache(maxsize=1)
def _acts() -> frozenset[str]:
    """Nouns for acts, words and what is given ("the ban", "an appeal", "assistance"): they stand for nobody; read once."""
    known = lexicon()
    given = (
        w
        for name in ("aid", "money", "talks", "sanctions", "criticism", "protests", "support")
        for w in known.sets[name]
    )
    return frozenset({lemma for lemma, pos in known.frames if pos == "n"} | PAPERS | set(given)) - HARD


HARD = frozenset({"strike", "attack", "force", "base", "camp", "office", "embassy", "ship", "plane"})
"""Of these, words that also name things one can hit."""


def is_actor(mention: ResolvedMention) -> bool:
    """Whether the mention names somebody here."""
    return mention.role_here == "actor" or (
        mention.mention.kind == "actor" and mention.role_here not in ("none", "place", "time", "quantity")
    )


def as_parties(mention: ResolvedMention, text: str, how: str, token: int) -> list[Found]:
    """The actors of a mention as parties; the words alone when it was not resolved."""
    span = (mention.mention.start, mention.mention.end)
    words = text[slice(*span)]
    if not mention.actors:
        kind = mention.mention.label if mention.mention.kind == "actor" else "other"
        party = Party(words, words, None, kind, None, (), None, span)
        return [Found(party, how, mention.entity, token, mention.mention.probability, mention.trail)]
    return [
        Found(_party(actor, words, span), how, mention.entity, token, actor.confidence, mention.trail)
        for actor in mention.actors
    ]


def _party(actor: Actor, words: str, span: tuple[int, int]) -> Party:
    return Party(words, actor.name, actor.actor_id, actor.kind, actor.country, actor.sectors, actor.office, span)
