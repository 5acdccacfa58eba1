"""Reports to readings with the shipped model; the only module that knows ONNX."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import DragomanError
from dragoman.read.decode import Analysis, Arrays, Decoder, FoundEvent, FoundMention
from dragoman.read.heads import MARKERS, STATUSES, TYPES, Contract, HeadMismatchError, check
from dragoman.read.lemmas import lemma
from dragoman.read.sentences import Cut, Span, cut, word_spans
from dragoman.read.windows import stitch, windows
from dragoman.read.wordpiece import WordPieces
from dragoman.records.reading import Argument, EventReading, Mention, Predicate, Reading, Role, Sentence, Token
from dragoman.records.report import Report

MODEL = Path(__file__).parent / "model" / "reader.onnx"
VOCABULARY = Path(__file__).parent / "model" / "vocab.txt"
METADATA = "dragoman.contract"

BATCH_PIECES = 400  # padded word-pieces in one run; what the products make then stays in the fast memory near the core
AHEAD = 768  # sentences gathered, over reports, before they are sorted by length and read

Ints = NDArray[np.int64]


class ModelMissingError(DragomanError):
    """There is no model file where one should be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: the reading model is missing. Reinstall Dragoman (`pip install --force-reinstall dragoman`), or make "
            "the model with `python -m training`."
        )
        self.path = path


class SpanError(DragomanError):
    """A span given with a question does not fit its text."""

    def __init__(self, span: Span, text: str, why: str) -> None:
        super().__init__(
            f"span {span} of a text of {len(text)} characters: {why}. Give (start, end) in characters, end-exclusive."
        )
        self.span = span


@dataclass(frozen=True, slots=True)
class Pair:
    """A question: what does the actor do to the recipient in this text? Spans are characters, end-exclusive."""

    text: str
    actor: Span
    recipient: Span


@dataclass(frozen=True, slots=True)
class Relation:
    """The answer: (PLOVER type or "none", probability) and (status, probability), each best first and complete."""

    types: tuple[tuple[str, float], ...]
    statuses: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of the encoder: pieces, shapes and first pieces of some words; markers' pieces when a relation is asked."""

    ids: list[int]
    shapes: list[int]
    firsts: list[int]
    markers: tuple[int, int] = (0, 0)


class Reader:
    """The shipped model, loaded when first asked something.

    Args:
        path: Model file.
        threads: Threads within one run of the model; processes scale better than threads.
    """

    def __init__(self, path: Path = MODEL, *, threads: int = 1) -> None:
        self.path, self.threads = path, threads

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes as path and threads; each loads the model for itself."""
        return _reader, (self.path, self.threads)

    @classmethod
    def load(cls, path: Path | None = None, *, threads: int = 1) -> Reader:
        """A reader that loads its model when first asked something."""
        return cls(path or MODEL, threads=threads)

    @cached_property
    def sha256(self) -> str:
        """Hash of the model file, for manifests and `dragoman doctor`."""
        if not self.path.is_file():
            raise ModelMissingError(self.path)
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    @cached_property
    def _session(self) -> Any:
        import onnxruntime as ort  # here, so that `import dragoman` stays light

        if not self.path.is_file():
            raise ModelMissingError(self.path)
        options = ort.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = self.threads, 1
        options.enable_cpu_mem_arena = True
        options.log_severity_level = 3
        return ort.InferenceSession(str(self.path), options, providers=["CPUExecutionProvider"])

    @cached_property
    def contract(self) -> Contract:
        """Heads and labels of the model, checked against this program.

        Raises:
            HeadMismatchError: They do not fit.
        """
        stored = self._session.get_modelmeta().custom_metadata_map.get(METADATA, "{}")
        contract = Contract.from_json(stored)
        check(contract, {o.name: tuple(o.shape) for o in self._session.get_outputs()})
        return contract

    @cached_property
    def decoder(self) -> Decoder:
        """What turns the model's scores into findings."""
        return Decoder(self.contract)

    @cached_property
    def pieces(self) -> WordPieces:
        """The encoder's vocabulary."""
        return WordPieces.load(VOCABULARY)

    # --- reading ---------------------------------------------------------------------------------------------------

    def read(self, report: Report) -> Reading:
        """Read one report."""
        return next(iter(self.read_all([report])))

    def read_all(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Read reports lazily and in order, batching their sentences together."""
        waiting: deque[tuple[Report, list[Cut]]] = deque()
        count = 0
        for report in reports:
            cuts = list(cut(report.text))
            waiting.append((report, cuts))
            count += len(cuts)
            if count >= AHEAD:
                yield from self._flush(waiting)
                count = 0
        yield from self._flush(waiting)

    def _flush(self, waiting: deque[tuple[Report, list[Cut]]]) -> Iterator[Reading]:
        sentences = [[report.text[a:b] for a, b in c.words] for report, cuts in waiting for c in cuts]
        analyses = iter(self.analyse(sentences))
        done = list(waiting)
        waiting.clear()
        for report, cuts in done:
            yield Reading(report, tuple(_sentence(report, i, c, next(analyses)) for i, c in enumerate(cuts)))

    def analyse(self, sentences: Sequence[Sequence[str]]) -> list[Analysis]:
        """Read sentences given as words, in order; none may be empty."""
        plans = [(words, windows([len(self.pieces.pieces(w)[0]) for w in words])) for words in sentences]
        runs = [(number, w) for number, (_, parts) in enumerate(plans) for w in parts]
        inputs = [self.piece(plans[number][0][w.start : w.end]) for number, w in runs]
        found: list[Analysis | None] = [None] * len(runs)
        for index, scores in self.scores(inputs):
            number, w = runs[index]
            found[index] = self.decoder.analyse(plans[number][0][w.start : w.end], scores)
        parts = iter(found)
        results = []
        for _, wins in plans:
            pairs = [(w, part) for w in wins if (part := next(parts)) is not None]
            results.append(stitch(pairs))
        return results

    def piece(self, words: Sequence[str]) -> Piece:
        """The model's input for some words."""
        ids, shapes, firsts = [self.pieces.cls], [0], [0]
        for word in words:
            numbers, shape = self.pieces.pieces(word)
            firsts.append(len(ids))
            ids += numbers
            shapes += [shape] * len(numbers)
        ids.append(self.pieces.sep)
        shapes.append(0)
        return Piece(ids, shapes, firsts)

    def scores(self, inputs: Sequence[Piece]) -> Iterator[tuple[int, Arrays]]:
        """Number of the input and its scores, cut to its words; batches of like length, no order promised."""
        names = [o.name for o in self._session.get_outputs()]
        for group in _batches([len(p.ids) for p in inputs]):
            outputs = self._session.run(None, _tensors([inputs[i] for i in group]))
            for row, index in enumerate(group):
                size = len(inputs[index].firsts)
                yield (
                    index,
                    {n: cut_to(n, o[row], size) for n, o in zip(names, outputs, strict=True)},
                )

    # --- relations -------------------------------------------------------------------------------------------------

    def relation(self, pairs: Iterable[Pair]) -> list[Relation]:
        """Answer questions about marked pairs; only the sentence or sentences that hold both spans are looked at.

        Raises:
            SpanError: A span is empty, outside its text, without words, or overlaps the other.
        """
        inputs = [self._question(pair) for pair in pairs]
        found: dict[int, Relation] = {}
        for index, scores in self.scores(inputs):
            found[index] = Relation(
                _distribution(TYPES, scores["relation_types"]), _distribution(STATUSES, scores["relation_statuses"])
            )
        return [found[i] for i in range(len(inputs))]

    def pair_states(self, pairs: Iterable[Pair]) -> NDArray[np.float32]:
        """The encoder's states of marked pairs (sentence, actor, recipient), shape (pairs, features), for own classifiers.

        Raises:
            SpanError: as `relation`.
            HeadMismatchError: The model was exported without these states.
        """
        if not any(head.name == "pair_states" for head in self.contract.heads):
            raise HeadMismatchError("pair_states", found=None, expected=("B", "features"))
        inputs = [self._question(pair) for pair in pairs]
        found = {index: scores["pair_states"] for index, scores in self.scores(inputs)}
        return np.stack([found[i] for i in range(len(inputs))]) if inputs else np.zeros((0, 0), np.float32)

    def _question(self, pair: Pair) -> Piece:
        for span in (pair.actor, pair.recipient):
            if not 0 <= span[0] < span[1] <= len(pair.text):
                raise SpanError(span, pair.text, "it is empty or outside the text")
        if pair.actor[0] < pair.recipient[1] and pair.recipient[0] < pair.actor[1]:
            raise SpanError(pair.actor, pair.text, "actor and recipient overlap")
        spans = _around(pair)
        words: list[str] = []
        for part in (pair.actor, pair.recipient):
            if not any(a < part[1] and b > part[0] for a, b in spans):
                raise SpanError(part, pair.text, "there is no word under it")
        marks = ((pair.actor, MARKERS[0], MARKERS[1]), (pair.recipient, MARKERS[2], MARKERS[3]))
        for number, (start, end) in enumerate(spans):
            before = spans[number - 1][1] if number else -1
            after = spans[number + 1][0] if number + 1 < len(spans) else len(pair.text) + 1
            words += [m for (a, b), m, _ in marks if start < b and end > a and before <= a]
            words.append(pair.text[start:end])
            words += [m for (a, b), _, m in marks if start < b and end > a and after >= b]
        piece = self.piece(words)
        opening = (piece.ids.index(self.pieces.ids[MARKERS[0]]), piece.ids.index(self.pieces.ids[MARKERS[2]]))
        return Piece(piece.ids, piece.shapes, piece.firsts, opening)


def _reader(path: Path, threads: int) -> Reader:
    return Reader(path, threads=threads)


_MOST_WORDS = 120  # around a marked pair; both spans are kept, what lies far from them is not


def _around(pair: Pair) -> list[Span]:
    """Words of the sentences that hold the pair, at most `_MOST_WORDS` of them."""
    first, last = min(pair.actor[0], pair.recipient[0]), max(pair.actor[1], pair.recipient[1])
    spans = [w for c in cut(pair.text) if c.end > first and c.start < last for w in c.words]
    if not spans:
        spans = list(word_spans(pair.text, first, last))
    if len(spans) <= _MOST_WORDS:
        return spans
    inside = {i for i, (a, b) in enumerate(spans) if any(a < e and b > s for s, e in (pair.actor, pair.recipient))}
    near = sorted(range(len(spans)), key=lambda i: min((abs(i - j) for j in inside), default=0))
    return [spans[i] for i in sorted(inside | set(near[:_MOST_WORDS]))]


def read(reports: Iterable[Report], reader: Reader) -> Iterator[Reading]:
    """Reports in, readings out; lazily, in order."""
    return reader.read_all(reports)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of inputs in groups of like length whose padded pieces stay within `BATCH_PIECES`."""
    group: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda i: (lengths[i], i)):
        if group and (len(group) + 1) * lengths[index] > BATCH_PIECES:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _tensors(inputs: Sequence[Piece]) -> dict[str, Ints]:
    """The graph's inputs: ids, shapes (B, S), firsts (B, W), markers (B, 2), all int64."""
    width, words = max(len(p.ids) for p in inputs), max(len(p.firsts) for p in inputs)
    ids, shapes, firsts = (np.zeros((len(inputs), n), np.int64) for n in (width, width, words))
    for row, piece in enumerate(inputs):
        ids[row, : len(piece.ids)] = piece.ids
        shapes[row, : len(piece.shapes)] = piece.shapes
        firsts[row, : len(piece.firsts)] = piece.firsts
    return {"ids": ids, "shapes": shapes, "firsts": firsts, "markers": np.array([p.markers for p in inputs], np.int64)}


_PER_SENTENCE = frozenset({"relation_types", "relation_statuses", "pair_states"})
_PAIRED = frozenset(
    {"arcs", "relations", "roles", "role_probabilities", "spans", "event_start_logits", "event_end_logits", "cues"}
)


def cut_to(name: str, array: NDArray[Any], size: int) -> NDArray[Any]:
    """One sentence's part of an output, without padding: `size` positions, the root included."""
    if name in _PER_SENTENCE:
        return array
    return array[:size, :size] if name in _PAIRED else array[:size]


def _distribution(labels: Sequence[str], values: NDArray[np.float32]) -> tuple[tuple[str, float], ...]:
    return tuple(sorted(zip(labels, values.tolist(), strict=True), key=lambda x: -x[1]))


# --- analyses to records ------------------------------------------------------------------------------------------------


def _sentence(report: Report, index: int, where: Cut, found: Analysis) -> Sentence:
    tokens = tuple(
        Token(a, b, word, lemma(word, upos), upos, head, relation)
        for (a, b), word, upos, head, relation in zip(
            where.words, found.words, found.upos, found.heads, found.relations, strict=True
        )
    )
    return Sentence(
        index,
        where.paragraph,
        where.start,
        where.end,
        tokens,
        _predicates(found, tokens),
        tuple(_mention(m, where.words) for m in found.mentions),
        tuple(_event(e) for e in found.events),
    )


def _predicates(found: Analysis, tokens: Sequence[Token]) -> tuple[Predicate, ...]:
    phrases = found.phrases()
    predicates = []
    for predicate in found.predicates:
        arguments = tuple(
            Argument(a.role, *phrases.span(a.role, a.head, predicate.word), a.head, _rounded(a.probability))
            for a in predicate.arguments
        )
        token = tokens[predicate.word]
        predicates.append(Predicate(predicate.word, token.lemma, arguments, _rounded(predicate.probability)))
    return tuple(predicates)


def _mention(mention: FoundMention, spans: Sequence[Span]) -> Mention:
    return Mention(
        mention.kind,
        mention.label,
        spans[mention.start][0],
        spans[mention.end - 1][1],
        mention.start,
        mention.end,
        mention.head,
        mention.name_type,
        _rounded(mention.probability),
    )


def _event(event: FoundEvent) -> EventReading:
    def told(pairs: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
        return tuple((label, _rounded(p)) for label, p in pairs)

    return EventReading(
        event.words,
        told(event.types),
        told(event.modes),
        told(event.contexts),
        told(event.statuses),
        tuple(Role(role, mention, _rounded(p)) for role, mention, p in event.roles),
        event.cue,
    )


def _rounded(probability: float) -> float:
    """Four decimals: what differs beyond them is the order of additions, not the text."""
    return round(probability, 4)
