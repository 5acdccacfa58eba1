"""The project's own corpus as training examples, and its split."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from corpus.parse import REPORTS, parse_paths
from corpus.records import Argument, CorpusReport, Entity, Group, Mention, Place, Quantity, Time
from corpus.records import Event as CorpusEvent
from corpus.trees import TreeRow, checksum, read_trees
from dragoman.read.heads import CONTEXTS, MARKERS, MODE_LABELS, QUANTITIES, STATUSES, TYPES
from dragoman.read.sentences import word_spans
from training.examples import Example, Happening, Party, Span, Tree
from training.treebanks import words_under

log = logging.getLogger(__name__)

SOURCE = "corpus"
PLAIN = "corpus/plain"
"""Source of the sentences of reports in plain agency prose; they may be drawn more often than the rest."""
PARSED = "corpus/tree"
"""Source of the sentences that have a corrected tree."""
SOURCES = frozenset({SOURCE, PLAIN, PARSED})

LAYERS = frozenset({"actor", "place", "time", *QUANTITIES, "trigger", "cue"})
POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my", "your", "whose"})
PRONOUNS = frozenset(
    [
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "it",
        "its",
        "itself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "we",
        "us",
        "our",
        "ours",
        "ourselves",
        "i",
        "me",
        "my",
        "mine",
        "you",
        "your",
        "yours",
        "who",
        "whom",
        "whose",
        "which",
        "this",
        "that",
        "these",
        "those",
    ]
)


def reports(paths: Iterable[Path] | None = None) -> list[CorpusReport]:
    """All reports of the corpus, in order of id."""
    found, problems = parse_paths(paths or (REPORTS,))
    for problem in problems:
        log.warning("corpus: %s", problem)
    return sorted(found, key=lambda report: report.id)


DENSE_WORDS, DENSE_EVENTS = 26, 1.4
"""Words in a sentence and events in a sentence, on average, from which a report is dense: background told in subordinate clauses."""


def is_dense(report: CorpusReport) -> bool:
    """Whether a report tells much in few sentences."""
    count = max(1, len(report.sentences))
    words = sum(report.text.count(" ", s.start, s.end) + 1 for s in report.sentences)
    return words / count >= DENSE_WORDS and len(report.events) / count >= DENSE_EVENTS


def sentences(report: CorpusReport) -> Iterator[Example]:
    """The sentences of a report."""
    for index in range(len(report.sentences)):
        example = _Sentence(report, index).example()
        if example is not None:
            yield example


@cache
def _trees() -> Mapping[str, TreeRow]:
    return read_trees()


def _tree(sentence: str, words: tuple[str, ...]) -> Tree | None:
    """The tree that was corrected by hand for this sentence, if there is one and the sentence is still the same."""
    row = _trees().get(sentence)
    if row is None:
        return None
    if row.checksum != checksum(words):
        log.warning("corpus: the tree of %s is of other words and is left out", sentence)
        return None
    return Tree(row.upos, row.heads, row.relations)


class _Sentence:
    """One sentence of a report while it is being turned into an example."""

    def __init__(self, report: CorpusReport, index: int) -> None:
        self.report, self.index = report, index
        self.sentence = report.sentences[index]
        self.offsets = tuple(word_spans(report.text, self.sentence.start, self.sentence.end))
        self.words = tuple(report.text[a:b] for a, b in self.offsets)
        self.declared = {d.id: d for d in report.declarations}
        self.mentions = [m for m in report.mentions if m.sentence == index]

    def span(self, start: int, end: int) -> Span | None:
        return words_under(self.offsets, start, end)

    def source(self, tree: Tree | None) -> str:
        if tree is not None:
            return PARSED
        return PLAIN if self.report.id.startswith("pl-") else SOURCE

    def example(self) -> Example | None:
        if not self.words:
            return None
        spans: list[tuple[Span, str]] = []
        actors: list[tuple[Span, str]] = []
        for mention in self.mentions:
            span, labels = self.span(mention.start, mention.end), self.labels(mention)
            if span is None:
                continue
            spans += [(span, kind) for kind, _ in labels]
            actors += [(span, label) for kind, label in labels if kind == "actor"]
        events = tuple(self.events())
        spans += [(e.trigger, "trigger") for e in events]
        for cue in self.report.cues:
            span = self.span(cue.start, cue.end) if cue.sentence == self.index else None
            if span is not None:
                spans.append((span, "cue"))
        key = f"{self.report.id}/{self.index}"
        tree = _tree(key, self.words)
        return Example(
            key,
            self.source(tree),
            self.words,
            tree,
            spans=tuple(dict.fromkeys(spans)),
            layers=LAYERS,
            actors=tuple(dict.fromkeys(actors)),
            events=events,
        )

    def labels(self, mention: Mention) -> list[tuple[str, str]]:
        """(span label, actor label) of a mention; by the roles it plays where its id is both actor and place."""
        declared = self.declared.get(mention.id)
        if isinstance(declared, Time):
            return [("time", "time")]
        if isinstance(declared, Place):
            return [("place", "place")]
        if isinstance(declared, Quantity):
            return [(declared.kind, declared.kind)]
        words = self.report.text[mention.start : mention.end].lower()
        if isinstance(declared, Group):
            return [("actor", "pronoun" if words in PRONOUNS else "group")]
        if isinstance(declared, Entity):
            return [("actor", "pronoun" if words in PRONOUNS else declared.kind)]
        return []

    def events(self) -> Iterator[Happening]:
        for event in self.report.events:
            triggers = [t for t in self.report.triggers_of(event.id) if t.sentence == self.index]
            if not triggers or event.type not in TYPES:
                continue
            trigger = self.span(triggers[0].start, triggers[0].end)
            if trigger is None:
                continue
            cues = [v.cue for v in event.by if v.cue]
            # A cue may be another event's trigger ("warned", "announced"): both kinds of marks are looked at.
            marks = [mark for cue in dict.fromkeys(cues) for mark in self.report.cue_marks(cue)]
            cue_spans = [self.span(mark.start, mark.end) for mark in marks if mark.sentence == self.index]
            yield Happening(
                word=trigger[0],
                trigger=trigger,
                type=event.type,
                modes=tuple(m for m in (f"{event.type}/{mode}" for mode in event.modes) if m in MODE_LABELS),
                contexts=tuple(c for c in event.contexts if c in CONTEXTS),
                status=event.status if event.status in STATUSES else "actual",
                parties=tuple(self.parties(event)),
                cues=tuple(c for c in cue_spans if c),
            )

    def parties(self, event: CorpusEvent) -> Iterator[Party]:
        asked = [
            *(("actor", a) for a in event.actors),
            *(("recipient", r) for r in event.recipients),
            *(("place", Argument(i)) for i in (event.at,) if i),
            *(("time", Argument(i)) for i in (event.when,) if i),
            *(("speaker", Argument(v.speaker)) for v in event.by if v.speaker),
            *(("quantity", Argument(q)) for q in event.quantities),
        ]
        for role, argument in asked:
            mention = self.report.mention_for(event.id, argument)
            if mention is None or mention.sentence != self.index:
                mention = self.group_holding(argument.id)
            elif argument.nth is None:
                mention = self.plainer(mention)
            span = self.span(mention.start, mention.end) if mention else None
            if mention is None or span is None:
                continue
            others = {self.span(m.start, m.end) for m in self.mentions if m.id == mention.id} - {span, None}
            yield Party(role, span, tuple(sorted(o for o in others if o)))

    def plainer(self, mention: Mention) -> Mention:
        """For a possessive ("thanked his brothers") the nearest mention here of the same one that is none, if any."""
        if not self.possessive(mention):
            return mention
        same = [m for m in self.mentions if m.id == mention.id and not self.possessive(m)]
        return min(same, key=lambda m: abs(m.start - mention.start), default=mention)

    def possessive(self, mention: Mention) -> bool:
        return self.report.text[mention.start : mention.end].lower() in POSSESSIVES

    def group_holding(self, member: str) -> Mention | None:
        """A mention here of a group with that member ("the two countries"), when the member itself is not named."""
        for mention in self.mentions:
            declared = self.declared.get(mention.id)
            if isinstance(declared, Group) and member in declared.members:
                return mention
        return None


def relations(example: Example) -> list[Example]:
    """A sentence as questions about its pairs of actors: markers around both, answer the type and status between them."""
    if not example.events:
        pairs: dict[tuple[Span, Span], tuple[str, str | None]] = {}
    else:
        pairs = _answers(example.events)
    actors = [span for span, _ in example.actors]
    parties = {p.span for e in example.events or () for p in e.parties if p.role in {"actor", "recipient"}}
    coreferent = {frozenset((p.span, o)) for e in example.events or () for p in e.parties for o in p.others}
    questions: list[Example] = []
    for first in actors:
        for second in actors:
            if _overlap(first, second) or frozenset((first, second)) in coreferent:
                continue
            answer = pairs.get((first, second))
            if answer is None and (_part_of(first, parties) or _part_of(second, parties)):
                continue  # "Russian" in "the Russian ambassador": neither a party nor clearly none
            question = f"{example.id}?{first[0]}-{first[1]}>{second[0]}-{second[1]}"
            words = marked(example.words, first, second)
            questions.append(Example(question, "relation", words, relation=answer or ("none", None)))
    return questions


def _part_of(span: Span, parties: set[Span]) -> bool:
    return any(span != party and _overlap(span, party) for party in parties)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _answers(events: Iterable[Happening]) -> dict[tuple[Span, Span], tuple[str, str | None]]:
    pairs: dict[tuple[Span, Span], tuple[str, str | None]] = {}
    for event in events:
        actors = [s for p in event.parties if p.role == "actor" for s in (p.span, *p.others)]
        recipients = [s for p in event.parties if p.role == "recipient" for s in (p.span, *p.others)]
        for actor in actors:
            for other in recipients or actors:
                if actor != other:
                    pairs.setdefault((actor, other), (event.type, event.status))
    return pairs


def marked(words: tuple[str, ...], actor: Span, recipient: Span) -> tuple[str, ...]:
    """The words with markers around two spans that do not overlap."""
    out: list[str] = []
    for i, word in enumerate(words, 1):
        out += [m for m, s in ((MARKERS[0], actor), (MARKERS[2], recipient)) if s[0] == i]
        out.append(word)
        out += [m for m, s in ((MARKERS[1], actor), (MARKERS[3], recipient)) if s[1] == i]
    return tuple(out)
