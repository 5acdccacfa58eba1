"""How much a coded event should add to the model's answer for a marked pair: the weights of `dragoman.relation`, by grid.

    python -m benchmarks.relation [--part train] [--most 1500]

Pairs are those of the corpus's own events (actor and recipient in the trigger's sentence, the type after PLOVER's rules).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import product

from corpus.parse import read_corpus
from corpus.splits import parts
from dragoman import relation
from dragoman.evaluate.metrics import accuracy, macro_f1
from dragoman.evaluate.relations import root_of
from dragoman.ontology import after_status
from dragoman.pipeline import Tools
from dragoman.read import Pair


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


def main() -> None:
    """Print the grid, best last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="train")
    parser.add_argument("--most", type=int, default=1500)
    options = parser.parse_args()
    found = list(pairs(options.part))[: options.most]
    tools = Tools.load()
    scored = tools.reader.relation([pair for pair, _ in found])
    told = relation._told(tools, [pair.text for pair, _ in found])
    gold = [root for _, root in found]
    results = []
    for both, one, text in product((0.0, 1.5, 3.0, 4.5, 6.0), (0.0, 1.0, 2.0, 3.0), (0.0, 0.5, 1.0, 2.0)):
        relation.BOTH_SIDES, relation.ONE_SIDE, relation.SAME_TEXT = both, one, text
        answers = [
            root_of(relation._relation(s, pair, told[pair.text]).event_type)
            for s, (pair, _) in zip(scored, found, strict=True)
        ]
        results.append((macro_f1(gold, answers), accuracy(gold, answers), both, one, text))
    for f1, right, both, one, text in sorted(results)[-15:]:
        print(f"macro-F1 {f1:.1f}  accuracy {right:.1f}  both sides {both}  one side {one}  same text {text}")
    plain = next(r for r in results if r[2:] == (0.0, 0.0, 0.0))
    print(f"{len(found)} pairs of {options.part}; the model alone: macro-F1 {plain[0]:.1f}, accuracy {plain[1]:.1f}")


if __name__ == "__main__":
    main()
