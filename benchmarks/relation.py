"""How much each piece of evidence says about a marked pair: fits `coding/data/relation.tsv` and prints how well it does.

    python -m benchmarks.relation [--file PLV.jsonl] [--keep FOLDER] [--go-on] [--write]

A log-linear model with the same weights for all types, fitted on pairs of the project's own corpus (its development part, which the
reading model has not seen), pairs of actors with nothing between them among them. With `--file`, eight numbers are then chosen by search on a fixed half of
the file's pairs (by hash of their text): how much the reading model counts, and how much each other reading of an act (`OTHERS`). Figures
are given for both halves. With `--go-on` the search begins at the table that ships instead of a new fit: what is done after a new reading
model, for the fit alone varies with the small development part. `--keep` stores what was read there, so that a second run takes seconds.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import permutations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.parse import read_corpus
from corpus.records import CorpusReport
from corpus.splits import parts
from dragoman import relation
from dragoman.coding import MentionCoder
from dragoman.coding.lexicon import DATA
from dragoman.coding.pairs import YIELDING, Evidence, evidence
from dragoman.evaluate.metrics import accuracy, macro_f1
from dragoman.evaluate.own import apart
from dragoman.evaluate.relations import QUAD, ROOTS, read, root_of
from dragoman.ontology import after_status, plover
from dragoman.pipeline import Tools
from dragoman.read import Pair
from dragoman.read import Relation as Scored
from dragoman.records import ResolvedReading

Floats = NDArray[np.float64]
L2, STEPS, NEGATIVES = 2.0, 1200, 400
MODEL = "the model's answer"
OTHERS = ("family", "published", "promise", "promise to yield", "menace", "failure", "base type")
"""Other readings of an act; the search moves the weights of one for all places by the same amount."""


@dataclass(frozen=True, slots=True)
class Example:
    """A marked pair with what the program sees in it, and the right root (or "none")."""

    pair: Pair
    gold: str
    found: dict[str, Evidence]


def pairs(part: str) -> Iterator[tuple[Pair, str]]:
    """(marked pair in its sentence, root) of every event of the part that has both sides in its sentence."""
    reports = list(read_corpus())
    part_of = parts(reports)
    for report in reports:
        if part_of[report.id] != part:
            continue
        for event in report.events:
            triggers = report.triggers_of(event.id)
            if not triggers or not event.actors:
                continue
            sentence = report.sentences[triggers[0].sentence]
            others = event.recipients or event.actors[1:]
            if not others:
                continue
            one, two = report.mention_for(event.id, event.actors[0]), report.mention_for(event.id, others[0])
            if not one or not two or one.sentence != triggers[0].sentence or two.sentence != triggers[0].sentence:
                continue
            if one.start < two.end and two.start < one.end:
                continue
            base = sentence.start
            pair = Pair(report.words(sentence), (one.start - base, one.end - base), (two.start - base, two.end - base))
            yield pair, _root(event.type, event.status)


def _root(kind: str, status: str) -> str:
    """The root of an annotated act; who says that he will yield agrees, as in the form's own pairs (035 of PLOVER's published map)."""
    if status == "future" and kind in YIELDING:
        return "AGREE"
    return root_of(after_status(kind, status).event_type)


def strangers(part: str) -> list[tuple[Pair, str]]:
    """Pairs of actors of one sentence between whom the annotators saw nothing, a fixed sample."""
    reports = list(read_corpus())
    part_of = parts(reports)
    found = [x for r in reports if part_of[r.id] == part for x in _unrelated(r)]
    return sorted(found, key=lambda x: sha256(repr(x[0]).encode()).hexdigest())[:NEGATIVES]


def _unrelated(report: CorpusReport) -> Iterator[tuple[Pair, str]]:
    related = {frozenset((a.id, b.id)) for e in report.events for a in e.actors for b in (*e.actors, *e.recipients)}
    named = {*(a.id for e in report.events for a in (*e.actors, *e.recipients))}
    for number, sentence in enumerate(report.sentences):
        here = [m for m in report.mentions if m.sentence == number and m.id in named]
        for one, two in permutations(here, 2):
            if frozenset((one.id, two.id)) not in related and (one.end <= two.start or two.end <= one.start):
                base = sentence.start
                spans = (one.start - base, one.end - base), (two.start - base, two.end - base)
                yield Pair(report.words(sentence), *spans), "none"


def from_file(path: Path) -> list[tuple[Pair, str]]:
    """The pairs of a PLV-form file."""
    items = read(path)
    sides = [apart(p.source, p.target) for p in items]
    marked = relation.checked_pairs([p.text for p in items], [s[0] for s in sides], [s[1] for s in sides], strict=False)
    return [(pair, item.root) for pair, item in zip(marked, items, strict=True)]


Seen = tuple[list[tuple[Pair, str]], list[Scored], dict[str, ResolvedReading]]


def seen(name: str, asked: list[tuple[Pair, str]], keep: Path | None, tools: Tools | None) -> Seen:
    """The pairs with the model's answers and the readings of their texts; read once when kept."""
    stored = keep / f"relation-{name}.pickle" if keep else None
    if stored and stored.is_file():
        kept: Seen = pickle.loads(stored.read_bytes())
        return kept
    tools = tools or Tools.load()
    texts = list(dict.fromkeys(pair.text for pair, _ in asked))
    readings = tools.reader.read_all([relation.bare_report(text) for text in texts])
    resolved = {text: tools.resolver.resolve(reading) for text, reading in zip(texts, readings, strict=True)}
    result = (asked, tools.reader.relation([pair for pair, _ in asked]), resolved)
    if stored:
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_bytes(pickle.dumps(result))
    return result


def examples(found: Seen) -> list[Example]:
    """Evidence for every pair."""
    coder = replace(MentionCoder.load(), floor=0.0)
    told = {text: coder.code(resolved) for text, resolved in found[2].items()}
    return [
        Example(pair, gold, evidence(pair.actor, pair.recipient, told[pair.text], dict(scored.types)))
        for (pair, gold), scored in zip(found[0], found[1], strict=True)
    ]


KINDS = (*(t.code for t in plover().types), "none")


def table(items: Sequence[Example], names: Sequence[str]) -> Floats:
    """Strengths, shape (pairs, types, pieces of evidence)."""
    column = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(items), len(KINDS), len(names)))
    for i, item in enumerate(items):
        for k, kind in enumerate(KINDS):
            for name, strength in item.found[kind].items():
                if name in column:
                    x[i, k, column[name]] = strength
    return x


def rights(items: Sequence[Example]) -> Floats:
    """Which types are right for each pair, shape (pairs, types)."""
    return np.array([[float(root_of(kind) == item.gold) for kind in KINDS] for item in items])


def fit(x: Floats, right: Floats, weight: Floats, l2: float = L2) -> Floats:
    """Weights that make the right types likeliest: gradient steps (Adam) on the mean log loss, shrunk towards nothing."""
    w = np.zeros(x.shape[2])
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        scores = x @ w
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        q = p * right
        q /= q.sum(axis=1, keepdims=True)
        gradient = np.einsum("n,nk,nkf->f", weight, p - q, x) / weight.sum() + l2 * w / len(x)
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        w -= 0.03 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
    return w


def answers(items: Sequence[Example], x: Floats, w: Floats) -> tuple[list[str], list[str], list[int]]:
    """(right root, root found, quad class found) of the pairs that stand in a relation."""
    scores = x @ w
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    by_root = shares @ np.array([[float(root_of(kind) == root) for root in ROOTS] for kind in KINDS])
    by_quad = by_root @ np.array([[float(QUAD[root] == quad) for quad in (1, 2, 3, 4)] for root in ROOTS])
    kept = [i for i, item in enumerate(items) if item.gold != "none"]
    roots = [ROOTS[int(by_root[i].argmax())] for i in kept]
    return [items[i].gold for i in kept], roots, [int(by_quad[i].argmax()) + 1 for i in kept]


def quality(items: Sequence[Example], x: Floats, w: Floats) -> float:
    """Macro-F1 and accuracy of the roots and macro-F1 of the quad classes, added."""
    gold, roots, quads = answers(items, x, w)
    return macro_f1(gold, roots) + accuracy(gold, roots) + macro_f1([QUAD[g] for g in gold], quads)


def figures(items: Sequence[Example], x: Floats, w: Floats) -> str:
    """Macro-F1 of roots, quad classes and sides for the pairs that stand in a relation."""
    gold, roots, quads = answers(items, x, w)
    right = [QUAD[g] for g in gold]
    sides = macro_f1([q > 2 for q in right], [q > 2 for q in quads])
    return (
        f"n {len(gold)}: root macro-F1 {macro_f1(gold, roots):.1f}, accuracy {accuracy(gold, roots):.1f}, "
        f"quad {macro_f1(right, quads):.1f}, binary {sides:.1f}"
    )


def half(item: Example) -> bool:
    """Whether a pair of the file is in the half that numbers are chosen on."""
    return sha256(item.pair.text.encode()).digest()[0] % 2 == 0


def shipped() -> dict[str, float]:
    """The weights of the table that ships, by evidence."""
    lines = (DATA / "relation.tsv").read_text("utf-8").splitlines()[1:]
    return {name: float(value) for name, value in (line.split("\t") for line in lines)}


def search(items: Sequence[Example], names: Sequence[str], w: Floats) -> Floats:
    """The few numbers that make `quality` of the items best, one after the other, twice."""
    x, column = table(items, names), {name: i for i, name in enumerate(names)}

    def score(tried: Floats) -> float:
        return quality(items, x, tried)

    for _ in range(2):
        model = (w[column[MODEL]], 0.2, 0.3, 0.45, 0.6, 0.8, 1.0, 1.2)
        w = max((_with(w, column, MODEL, v) for v in model), key=score)
        for how in OTHERS:
            w = max((_moved(w, names, how, step) for step in (0.0, -1.0, -0.5, 0.5, 1.0)), key=score)
    return w


def _with(w: Floats, column: dict[str, int], name: str, value: float) -> Floats:
    other = w.copy()
    other[column[name]] = value
    return other


def _moved(w: Floats, names: Sequence[str], what: str, step: float) -> Floats:
    moved: Floats = w + np.array([step if name == what or name.endswith(f", {what}") else 0.0 for name in names])
    return moved


def main() -> None:
    """Fit, print, and with `--write` store the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, help="a PLV-form file")
    parser.add_argument("--keep", type=Path, help="folder for what was read")
    parser.add_argument("--go-on", action="store_true", help="begin the search at the table that ships")
    parser.add_argument("--write", action="store_true", help="store the table")
    options = parser.parse_args()
    own = [*pairs("dev"), *strangers("dev")]
    corpus = examples(seen("corpus", own, options.keep, None))
    file = examples(seen("file", from_file(options.file), options.keep, None)) if options.file else []
    inside, outside = [i for i in file if half(i)], [i for i in file if not half(i)]
    known = shipped() if options.go_on else {}
    names = sorted({name for item in corpus for e in item.found.values() for name in e} | set(known))
    counts = {root: sum(i.gold == root for i in corpus) for root in (*ROOTS, "none")}
    weight = np.array([counts[i.gold] ** -0.5 for i in corpus])
    if options.go_on:
        w = np.array([known.get(name, 0.0) for name in names])
    else:
        w = fit(table(corpus, names), rights(corpus), weight)
    shown = (("corpus", corpus), ("file, chosen on", inside), ("file, other half", outside), ("file", file))
    begin = "as it ships" if options.go_on else "fitted on the corpus"
    for step in (begin, "after the search") if inside else (begin,):
        if step == "after the search":
            w = search(inside, names, w)
        for title, items in shown:
            if items:
                print(f"{step}: {title:18} {figures(items, table(items, names), w)}", flush=True)
    rows = [f"{name}\t{value:.3f}" for name, value in zip(names, w, strict=True)]
    if options.write:
        (DATA / "relation.tsv").write_text("\n".join(["evidence\tweight", *rows, ""]), "utf-8")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
