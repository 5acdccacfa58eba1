"""Who, when and where, measured: `python -m benchmarks.resolve [--part dev] [--json]`.

Actors, places and times are scored on the corpus with its own mentions marked (what the resolver adds, not what the
reader finds); coreference both so and end to end, with the reader's mentions. The tables under `evaluation/` were
written before the resolver was.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.parse import REPORTS, parse_paths
from corpus.records import CorpusReport, Entity, Group, Place
from corpus.splits import split
from dragoman.evaluate import world
from dragoman.evaluate.coref import as_clusters, scores
from dragoman.evaluate.texts import as_report
from dragoman.pipeline import Tools
from dragoman.records import Mention, Reading, ResolvedReading, Sentence
from dragoman.resolve.people import Named, same_person

ROOT = Path(__file__).parent.parent
KIND_OF = {"Entity": "actor", "Group": "actor", "Place": "place", "Time": "time"}


def marked(reading: Reading, report: CorpusReport) -> Reading:
    """The reading with the corpus's own mentions in place of the model's."""
    by_id = {d.id: d for d in report.declarations}
    rows: dict[int, list[Mention]] = defaultdict(list)
    for gold in sorted(report.mentions, key=lambda m: (m.start, -m.end)):
        declared = by_id.get(gold.id)
        if declared is None:  # the corpus check reports it
            continue
        kind = KIND_OF.get(type(declared).__name__, "quantity")
        label = declared.kind if isinstance(declared, Entity) else "group" if isinstance(declared, Group) else kind
        for sentence in reading.sentences:
            found = _tokens(sentence, gold.start, gold.end)
            if found:
                first, last = found[0], found[-1] + 1
                head = next((i for i in found if not first <= sentence.tokens[i].head < last), found[-1])
                rows[sentence.index].append(Mention(kind, label, gold.start, gold.end, first, last, head, None, 1.0))
                break
    return replace(
        reading, sentences=tuple(replace(s, mentions=tuple(rows[s.index]), events=()) for s in reading.sentences)
    )


def _tokens(sentence: Sentence, start: int, end: int) -> list[int]:
    return [i for i, t in enumerate(sentence.tokens) if t.start < end and start < t.end]


def actor_pairs(report: CorpusReport, resolved: ResolvedReading) -> Iterator[tuple[Hashable, Hashable, Hashable]]:
    """(mention, gold id, found entity) of every actor mention."""
    ids: dict[tuple[int, int], str] = {}
    for m in report.mentions:
        if m.id in report.entities or m.id in report.groups:
            ids[m.start, m.end] = m.id
    for row in resolved.mentions:
        for found in row:
            span = (found.mention.start, found.mention.end)
            if span in ids:
                yield (report.id, *span), (report.id, ids[span]), (report.id, found.entity)


def coreference(done: Iterable[tuple[CorpusReport, ResolvedReading]]) -> dict[str, float]:
    """CoNLL F1 of actor mentions within reports, gold mentions; and without those that are mentioned once."""
    rows = [row for report, resolved in done for row in actor_pairs(report, resolved)]
    gold = as_clusters((m, g) for m, g, _ in rows)
    found = as_clusters((m, e) for m, _, e in rows)
    several = scores([c for c in gold if len(c) > 1], [c for c in found if len(c) > 1])
    return scores(gold, found) | {"conll_f1_without_singletons": several["conll_f1"]}


def end_to_end(done: Iterable[tuple[CorpusReport, Reading, ResolvedReading]]) -> dict[str, float]:
    """CoNLL F1 of actor mentions with the reader's own mentions, matched to the corpus's by span, else by head word.

    A mention found that the corpus does not have counts against the score, and so does one that is missed.

    Args:
        done: Report, reading with the corpus's mentions, and the reader's own reading resolved.
    """
    gold: list[tuple[Hashable, Hashable]] = []
    found: list[tuple[Hashable, Hashable]] = []
    matched = 0
    for report, with_gold, resolved in done:
        ids = {(m.start, m.end): m.id for m in report.mentions if m.id in report.entities or m.id in report.groups}
        heads: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for sentence in with_gold.sentences:
            for mention in sentence.mentions:
                span = (mention.start, mention.end)
                if span in ids:
                    heads[sentence.index, mention.head].append(span)
                    gold.append(((report.id, *span), (report.id, ids[span])))
        taken: set[tuple[int, int]] = set()
        own = [m for row in resolved.mentions for m in row if m.role_here == "actor"]
        for m in sorted(own, key=lambda m: (m.mention.start, m.mention.end) not in ids):
            span = (m.mention.start, m.mention.end)
            if span not in ids or span in taken:
                same = [s for s in heads.get((m.sentence, m.mention.head), []) if s not in taken]
                span = same[0] if same else span
            if span in ids and span not in taken:
                taken.add(span)
                matched += 1
                found.append(((report.id, *span), (report.id, m.entity)))
            else:
                found.append(((report.id, *span, "not in the corpus"), (report.id, m.entity)))
    result = scores(as_clusters(gold), as_clusters(found))
    return result | {
        "mention_precision": 100 * matched / max(1, len(found)), "mention_recall": 100 * matched / max(1, len(gold)),
    }  # fmt: skip


def corpus_actors(done: Iterable[tuple[CorpusReport, ResolvedReading]]) -> dict[str, float]:
    """Country and first sector of the corpus's actor mentions, in percent."""
    n = country = sector = 0
    for report, resolved in done:
        spans = {(m.start, m.end): report.entities[m.id] for m in report.mentions if m.id in report.entities}
        for row in resolved.mentions:
            for found in row:
                gold = spans.get((found.mention.start, found.mention.end))
                if gold is None:
                    continue
                n += 1
                actor = found.actors[0] if found.actors else None
                country += (actor.country if actor else None) == gold.country
                pair = {(actor.sectors[:1] or (None,))[0] if actor else None, (gold.sectors[:1] or (None,))[0]}
                sector += len(pair) == 1 or pair == {None, "GOV"}
    return {"mentions": float(n), "country": 100 * country / max(1, n), "sector": 100 * sector / max(1, n)}


def corpus_places(done: Iterable[tuple[CorpusReport, ResolvedReading]]) -> dict[str, float]:
    """Country of the corpus's places, in percent of those that have one."""
    n = right = 0
    for report, resolved in done:
        spans = {(m.start, m.end): report.places[m.id] for m in report.mentions if m.id in report.places}
        for row in resolved.mentions:
            for found in row:
                gold: Place | None = spans.get((found.mention.start, found.mention.end))
                if gold is not None and gold.country:
                    n += 1
                    right += found.place is not None and found.place.country == gold.country
    return {"places": float(n), "country": 100 * right / max(1, n)}


def corpus_times(done: Iterable[tuple[CorpusReport, ResolvedReading]]) -> dict[str, float]:
    """Share of the corpus's times resolved to the very days given, in percent."""
    from dragoman.resolve.times import interval_of

    n = right = 0
    for report, resolved in done:
        spans = {(m.start, m.end): report.times[m.id] for m in report.mentions if m.id in report.times}
        for row in resolved.mentions:
            for found in row:
                gold = spans.get((found.mention.start, found.mention.end))
                if gold is not None and gold.value:
                    n += 1
                    right += found.when is not None and (found.when.start, found.when.end) == interval_of(gold.value)
    return {"times": float(n), "same_days": 100 * right / max(1, n)}


def persons(path: Path) -> dict[str, float]:
    """Precision and recall of `same_person` on written pairs."""
    hit = wrong = missed = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        one, two = (Named(p["name"], p["office"], p["country"]) for p in (row["a"], row["b"]))
        said = same_person(one, two).same
        hit += said and row["same"]
        wrong += said and not row["same"]
        missed += row["same"] and not said
    return {"precision": 100 * hit / max(1, hit + wrong), "recall": 100 * hit / max(1, hit + missed)}


def _present_day(path: Path, folder: Path) -> Path:
    """The documents whose date is their publication: news, interviews and speeches."""
    chosen = folder / "dates.jsonl"
    with gzip.open(path, "rt", encoding="utf-8") as lines, chosen.open("w", encoding="utf-8") as out:
        out.writelines(
            line for line in lines if any(kind in json.loads(line)["id"] for kind in ("news", "interview", "speech"))
        )
    return chosen


def figures(part: str, shared: Path | None) -> dict[str, dict[str, float]]:
    """Every figure of resolving, by name."""
    tools = Tools.load()
    reports = split(parse_paths([REPORTS])[0])[part]
    began = time.process_time()
    plain = list(tools.reader.read_all(as_report(r.text, n, r.header.published) for n, r in enumerate(reports)))
    reading_took = time.process_time() - began
    readings = [(report, marked(reading, report)) for report, reading in zip(reports, plain, strict=True)]
    own = [tools.resolver.resolve(reading) for reading in plain]
    done = [(report, tools.resolver.resolve(reading)) for report, reading in readings]
    began = time.process_time()  # the second time round: the matchers are built, and other programs do not count
    for reading in plain:
        tools.resolver.resolve(reading)
    took = time.process_time() - began
    sentences = max(1, sum(len(r.sentences) for r in plain))
    table = {
        f"coreference, corpus {part}": coreference(done),
        f"coreference, {part}, end to end": end_to_end(
            (report, with_gold, mine) for (report, with_gold), mine in zip(readings, own, strict=True)
        ),
        f"actors, corpus {part}": corpus_actors(done),
        f"places, corpus {part}": corpus_places(done),
        f"times, corpus {part}": corpus_times(done),
        "actors, written table": dict(world.actors(ROOT / "evaluation" / "actors.jsonl", tools).metrics),
        "same person, written pairs": persons(ROOT / "evaluation" / "same_person.jsonl"),
        "speed, ms a sentence": {"resolving": 1000 * took / sentences, "reading": 1000 * reading_took / sentences},
    }
    if shared:
        table["places, TR-News"] = dict(world.places(shared / "geo" / "trnews.jsonl.gz", tools).metrics)
        with TemporaryDirectory() as folder:
            table["times, GUM"] = dict(
                world.times(_present_day(shared / "time" / "gum_dates.jsonl.gz", Path(folder)), tools).metrics
            )
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resolve", description=__doc__)
    parser.add_argument("--part", default="dev", choices=("train", "dev", "test"))
    parser.add_argument("--corpora", type=Path, default=None, help="folder with geo/ and time/ of the public corpora")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    table = figures(options.part, options.corpora)
    if options.json:
        print(json.dumps(table, indent=1))
    else:
        for name, row in table.items():
            print(f"{name:32} " + "  ".join(f"{key} {value:.2f}" for key, value in row.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
