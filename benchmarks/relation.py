"""How much a coded event should add to the model's answer for a marked pair: the weights of `dragoman.relation`, by grid.

    python -m benchmarks.relation [--part train] [--most 1500] [--file PLV.jsonl]

Pairs are those of the corpus's own events (actor and recipient in the trigger's sentence, the type after PLOVER's rules).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from corpus.parse import read_corpus
from corpus.splits import parts
from dragoman import relation
from dragoman.evaluate.metrics import accuracy, macro_f1
from dragoman.evaluate.own import apart
from dragoman.evaluate.relations import read, root_of
from dragoman.ontology import after_status
from dragoman.pipeline import Tools
from dragoman.read import Pair

GRID = {
    "both": (4, 6, 8, 10, 13, 16), "actor": (1, 2, 4, 6, 8), "recipient": (1, 2, 4, 6, 8), "text": (0.5, 1, 2, 4, 6),
    "first": (0, 0.5, 1, 2), "base": (0, 0.3, 0.6, 0.9), "model": (0.1, 0.2, 0.3, 0.5, 0.8, 1.2),
}  # fmt: skip


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
            yield pair, root_of(after_status(event.type, event.status).event_type)


def from_file(path: Path) -> list[tuple[Pair, str]]:
    """The pairs of a PLV-form file."""
    items = read(path)
    sides = [apart(p.source, p.target) for p in items]
    marked = relation.checked_pairs([p.text for p in items], [s[0] for s in sides], [s[1] for s in sides], strict=False)
    return [(pair, item.root) for pair, item in zip(marked, items, strict=True)]


def main() -> None:
    """Search coordinate by coordinate and print what is best."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="train")
    parser.add_argument("--most", type=int, default=1500)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--file", type=Path, help="a PLV-form file instead of the corpus")
    options = parser.parse_args()
    found = (from_file(options.file) if options.file else list(pairs(options.part)))[: options.most]
    tools = Tools.load()
    scored = tools.reader.relation([pair for pair, _ in found])
    told = relation._told(tools, [pair.text for pair, _ in found])
    gold = [root for _, root in found]
    started = dict(relation.WEIGHTS)

    def score(weights: dict[str, float]) -> tuple[float, float]:
        relation.WEIGHTS.update(weights)
        answers = [
            root_of(relation._relation(s, pair, told[pair.text]).event_type)
            for s, (pair, _) in zip(scored, found, strict=True)
        ]
        return macro_f1(gold, answers), accuracy(gold, answers)

    best = dict(started)
    print(
        f"{len(found)} pairs of {options.part}; as it stands macro-F1 {score(best)[0]:.1f}, accuracy {score(best)[1]:.1f}"
    )
    for _ in range(options.rounds):
        for name, values in GRID.items():
            best[name] = max(values, key=lambda v, name=name: sum(score(best | {name: v})))  # type: ignore[misc]
        print(f"macro-F1 {score(best)[0]:.1f}, accuracy {score(best)[1]:.1f}: {best}")


if __name__ == "__main__":
    main()
