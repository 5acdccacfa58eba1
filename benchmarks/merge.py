"""How well accounts become events: `python -m benchmarks.merge [--json] [--fit] [--mentions 1000000] [--corpora DIR]`.


| figure | material |
|---|---|
| event coreference, CoNLL F1 | ECB+ dev, gold mentions, all topics at once |
| wire copies | articles re-hosted by `benchmarks.wire` |
| same event | evaluation/same_event.jsonl, read by the program; the corpus's paired reports, as annotated; test parts |
| scale | mentions simulated from the corpus's, merged in a process of its own (only with --mentions) |

"precision" and "recall" are of pairs that were both read at the marked word: what merging does. "reports ..." are of all
pairs of reports, told as one where they share any event: what a user sees, what was not read counted in.

`--fit` reads the stories anew, fits the clue weights on the train parts and writes them into `dragoman.merge.clues`: to be
run whenever the reading model or the coding has changed (about a minute).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks import million, same_event, wire
from dragoman.pipeline import Tools

HERE = Path(__file__).parent.parent
CORPORA = HERE.parent / "shared" / "corpora"


def figures(corpora: Path, mentions: int) -> dict[str, dict[str, float]]:
    """All figures by name; a corpus that is not there is left out."""
    found: dict[str, dict[str, float]] = {}
    tools = Tools.load()
    ecb, news = corpora / "coref" / "ecbplus_dev.jsonl.gz", corpora / "news" / "guardian_dev.jsonl.gz"
    if ecb.exists():
        from dragoman.evaluate import coref

        found["coreference of events (ECB+ dev)"] = dict(coref.run(ecb, tools).metrics)
    if news.exists():
        found["wire copies"] = wire.measure(news)
    found["same event, stories read (test)"] = same_event.figures(same_event.stories(tools))
    paired = same_event.paired()
    found["same event, corpus as annotated (test)"] = same_event.figures(paired)
    if mentions:
        real = [m for group in paired.groups for m in group]
        found["merging a large record"] = million.measure(real, mentions)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, or fit the weights and write them."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.merge", description=__doc__.splitlines()[0] if __doc__ else None
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--fit", action="store_true", help="fit the weights and write them instead")
    parser.add_argument("--mentions", type=int, default=0, help="simulate and merge so many mentions")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    options = parser.parse_args(arguments)
    if options.fit:
        pairs = [*same_event.stories(Tools.load()).pairs, *same_event.paired().pairs]
        weights = same_event.fit(p for p in pairs if p.part != "test")
        same_event.write(weights)
        print(json.dumps(weights, indent=1))
        return 0
    found = figures(options.corpora, options.mentions)
    if options.json:
        print(json.dumps(found, indent=1))
        return 0
    for name, values in found.items():
        print(f"{name:40} " + "  ".join(f"{k} {v:.1f}" if v != int(v) else f"{k} {int(v)}" for k, v in values.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
