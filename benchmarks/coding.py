"""How well events are coded: `python -m benchmarks.coding [--part dev] [--lexicon-only|--model-only] [--mistakes N]`.

Reports of the project's corpus are read, resolved and coded; found and annotated events are paired when their triggers overlap.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.parse import read_corpus
from corpus.records import Argument, CorpusReport
from corpus.records import Event as Gold
from corpus.splits import split
from dragoman.coding import MentionCoder
from dragoman.ingest.clean import content_id
from dragoman.pipeline import Tools
from dragoman.records import EventMention, Origin, Party, Report

Span = tuple[int, int]
BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0001)


@dataclass(frozen=True, slots=True)
class Pair:
    """An annotated event, a found one, or both, of one report."""

    report: CorpusReport
    gold: Gold | None
    found: EventMention | None


def as_report(source: CorpusReport) -> Report:
    """The plain text of a corpus report as the program reads it."""
    return Report(
        content_id(source.text), source.text, source.header.title, source.header.publisher, None, source.header.published, "metadata", "en",
        (Origin("corpus", source.id),),
    )  # fmt: skip


def pairs_of(reports: Sequence[CorpusReport], tools: Tools) -> Iterator[Pair]:
    """Every annotated and every found event, paired by the overlap of their triggers, those of one type first."""
    readings = tools.reader.read_all([as_report(r) for r in reports])
    for source, reading in zip(reports, readings, strict=True):
        left = list(tools.coder.code(tools.resolver.resolve(reading)))
        golds = list(source.events)
        for same_type in (True, False):
            for gold in list(golds):
                hit = next(
                    (m for m in left if _touch(source, gold, m) and (not same_type or m.base_type == gold.type)), None
                )
                if hit is not None:
                    left.remove(hit)
                    golds.remove(gold)
                    yield Pair(source, gold, hit)
        yield from (Pair(source, gold, None) for gold in golds)
        yield from (Pair(source, None, m) for m in left)


def _touch(source: CorpusReport, gold: Gold, found: EventMention) -> bool:
    marks = [(t.start, t.end) for t in source.triggers_of(gold.id)]
    spans = found.spans.get("event_type", (found.trigger,))
    return any(a < d and c < b for a, b in marks for c, d in spans)


def party_ids(source: CorpusReport, arguments: Sequence[Argument]) -> set[str]:
    """Declared ids of a side, groups opened."""
    ids: set[str] = set()
    for argument in arguments:
        group = source.groups.get(argument.id)
        ids |= set(group.members) if group else {argument.id}
    return ids


def named(source: CorpusReport, party: Party) -> set[str]:
    """Ids of the corpus that a found party's words name: the mentions that share most of its span."""
    if party.span is None:
        return set()
    start, end = party.span
    near = [
        (min(end, m.end) - max(start, m.start), -(m.end - m.start), m)
        for m in source.mentions
        if m.start < end and start < m.end
    ]
    if not near:
        return set()
    best = max(near, key=lambda n: n[:2])[2]
    group = source.groups.get(best.id)
    return set(group.members) if group else {best.id}


def sides_right(pair: Pair) -> tuple[bool, bool]:
    """Whether actors and recipients are the annotated ones, as sets of ids."""
    assert pair.gold is not None
    assert pair.found is not None
    result = []
    for gold, found in ((pair.gold.actors, pair.found.actors), (pair.gold.recipients, pair.found.recipients)):
        want = party_ids(pair.report, gold)
        have: set[str] = set()
        for party in found:
            have |= named(pair.report, party) or {"?" + party.text}
        result.append(want == have)
    return result[0], result[1]


def side_counts(pair: Pair, side: str) -> tuple[int, int, int]:
    """Right, found and annotated members of a side."""
    want = party_ids(pair.report, getattr(pair.gold, side)) if pair.gold else set()
    right, seen = 0, 0
    for party in getattr(pair.found, side) if pair.found else ():
        ids = named(pair.report, party)
        right += bool(ids & want)
        seen += 1
    return min(right, len(want)), seen, len(want)


def prf(right: float, found: float, wanted: float) -> tuple[float, float, float]:
    """Precision, recall and F1 in percent."""
    p, r = 100 * right / found if found else 0.0, 100 * right / wanted if wanted else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def figures(pairs: Sequence[Pair]) -> dict[str, float]:
    """All figures, in percent."""
    gold = [p for p in pairs if p.gold]
    found = [p for p in pairs if p.found]
    both = [p for p in pairs if p.gold and p.found]
    typed = [p for p in both if p.gold.type == p.found.base_type]  # type: ignore[union-attr]
    result: dict[str, float] = {"n": len(gold)}
    result["trigger_precision"], result["trigger_recall"], result["trigger_f1"] = prf(len(both), len(found), len(gold))
    result["type_precision"], result["type_recall"], result["type_f1"] = prf(len(typed), len(found), len(gold))
    if not typed:
        return result
    share = {
        "mode": [p.found.mode in p.gold.modes if p.gold.modes else p.found.mode is None for p in typed],  # type: ignore[union-attr]
        "cameo_root": [(p.found.cameo or "")[:2] == p.gold.cameo[:2] for p in typed],  # type: ignore[union-attr]
        "cameo": [p.found.cameo == p.gold.cameo for p in typed],  # type: ignore[union-attr]
        "status": [p.found.status == p.gold.status for p in typed],  # type: ignore[union-attr]
        "actors": [sides_right(p)[0] for p in typed], "recipients": [sides_right(p)[1] for p in typed],
        "attributed": [bool(p.found.attribution) == bool(p.gold.by) for p in typed],  # type: ignore[union-attr]
        "speaker": [_speaker(p) for p in typed if p.gold.by and p.gold.by[-1].speaker],  # type: ignore[union-attr]
        "direct": [p.found.attribution[-1].direct == p.gold.by[-1].direct for p in typed if p.gold.by and p.found.attribution],  # type: ignore[union-attr]
    }  # fmt: skip
    for name, hits in share.items():
        result[f"{name}_accuracy"] = 100 * sum(hits) / max(len(hits), 1)
    for side in ("actors", "recipients"):
        counts = [side_counts(p, side) for p in typed]
        result[f"{side}_precision"], result[f"{side}_recall"], result[f"{side}_f1"] = prf(
            *(sum(c[i] for c in counts) for i in range(3))
        )
    result |= _layers(typed)
    whole = [p for p in typed if all(sides_right(p))]
    result["event_precision"], result["event_recall"], result["event_f1"] = prf(len(whole), len(found), len(gold))
    return result


def _speaker(p: Pair) -> bool:
    assert p.gold is not None
    assert p.found is not None
    want = p.gold.by[-1].speaker
    for voice in p.found.attribution[-1:]:
        if voice.span and want:
            party = Party(voice.speaker, voice.speaker, None, "", None, (), None, voice.span)
            group = p.report.groups.get(want)
            return bool(named(p.report, party) & ({want} | set(group.members if group else ())))
    return False


def _layers(typed: Sequence[Pair]) -> dict[str, float]:
    """Dates, places, contexts and sizes of events whose type is right."""
    result: dict[str, float] = {}
    dates = [
        (p.report.times[p.gold.when].value, p.found)
        for p in typed
        if p.gold and p.gold.when and p.gold.when in p.report.times
    ]
    right = [
        f is not None
        and v is not None
        and f.date_start is not None
        and v.split("/")[0].startswith(f.date_start.isoformat()[: len(v.split("/")[0])])
        for v, f in dates
    ]
    seen = [p for p in typed if p.found and p.found.date_start]
    result["date_precision"], result["date_recall"], result["date_f1"] = prf(sum(right), len(seen), len(dates))
    where = [p for p in typed if p.gold and p.gold.at]
    hits = sum(_same_place(p) for p in where)
    result["place_precision"], result["place_recall"], result["place_f1"] = prf(
        hits, sum(bool(p.found and p.found.place) for p in typed), len(where)
    )
    want = sum(len(p.gold.contexts) for p in typed if p.gold)
    have = sum(len(p.found.contexts) for p in typed if p.found)
    common = sum(len(set(p.gold.contexts) & set(p.found.contexts)) for p in typed if p.gold and p.found)
    result["contexts_precision"], result["contexts_recall"], result["contexts_f1"] = prf(common, have, want)
    n_want = n_have = n_right = 0
    for p in typed:
        assert p.gold is not None
        assert p.found is not None
        marked = [m for m in p.report.mentions if m.id in p.gold.quantities]
        n_want += len(p.gold.quantities)
        n_have += len(p.found.quantities)
        n_right += sum(
            any(
                m.start < q.span[1] and q.span[0] < m.end and _same_amount(p.report, m.id, q.kind, q.min, q.max)
                for m in marked
            )
            for q in p.found.quantities
        )
    result["sizes_precision"], result["sizes_recall"], result["sizes_f1"] = prf(n_right, n_have, n_want)
    return result


def _same_amount(source: CorpusReport, id_: str, kind: str, low: float, high: float | None) -> bool:
    q = source.quantities[id_]
    if q.kind != kind:
        return False
    if q.low is None and q.high is None:
        return True
    return (
        (q.low is None or float(q.low) == low)
        and (q.high is None) == (high is None)
        and (q.high is None or float(q.high) == high)
    )


def _same_place(p: Pair) -> bool:
    assert p.gold is not None
    assert p.found is not None
    if p.found.place is None or p.found.place.span is None:
        return False
    a, b = p.found.place.span
    return any(m.id == p.gold.at and m.start < b and a < m.end for m in p.report.mentions)


def reliability(pairs: Sequence[Pair]) -> list[tuple[float, float, int, float, float]]:
    """(from, to, number, mean confidence, share right) of found events; right: type and both sides."""
    return binned([(p.found.confidence, _right(p)) for p in pairs if p.found], BINS)


def binned(found: Sequence[tuple[float, bool]], edges: Sequence[float]) -> list[tuple[float, float, int, float, float]]:
    """(from, to, number, mean confidence, share right) of (confidence, right) between the edges; empty bins are left out."""
    rows = []
    for low, high in itertools.pairwise(edges):
        inside = [(c, ok) for c, ok in found if low <= c < high]
        if inside:
            n = len(inside)
            rows.append((low, high, n, sum(c for c, _ in inside) / n, sum(ok for _, ok in inside) / n))
    return rows


def _right(p: Pair) -> bool:
    return p.gold is not None and p.found is not None and p.gold.type == p.found.base_type and all(sides_right(p))


def expected_calibration_error(rows: Sequence[tuple[float, float, int, float, float]]) -> float:
    """Mean gap between confidence and share right, weighted by the number of events."""
    total = sum(n for _, _, n, _, _ in rows)
    return sum(n * abs(mean - share) for _, _, n, mean, share in rows) / total if total else 0.0


def show(p: Pair) -> str:
    """One mistake in one or two lines."""
    source = p.report
    lines = []
    if p.gold:
        marks = source.triggers_of(p.gold.id)
        sentence = next(s for s in source.sentences if s.start <= marks[0].start < s.end)
        lines.append(source.text[sentence.start : sentence.end])
        words = "..".join(source.text[t.start : t.end] for t in marks)
        lines.append(
            f"   gold  {p.gold.type}/{','.join(p.gold.modes)} {p.gold.cameo} {p.gold.status} {words!r} "
            f"{[a.id for a in p.gold.actors]} > {[a.id for a in p.gold.recipients]} by={[(v.speaker, v.cue) for v in p.gold.by]} at={p.gold.at} when={p.gold.when}"
        )
    if p.found:
        f = p.found
        if not p.gold:
            lines.append(f.sentence)
        lines.append(
            f"   found {f.base_type}/{f.mode} {f.cameo} {f.status} {f.trigger_text!r} {[(q.text, sorted(named(source, q))) for q in f.actors]} > "
            f"{[(q.text, sorted(named(source, q))) for q in f.recipients]} by={[a.speaker for a in f.attribution]} {f.confidence:.2f} {f.trail[0].by}"
        )
    return "\n".join(lines)


def mistakes(pairs: Sequence[Pair], what: str) -> list[Pair]:
    """Pairs that are wrong in one way: missed, false, type, status, actors, recipients, speaker, cameo, mode."""
    both = [p for p in pairs if p.gold and p.found]
    typed = [p for p in both if p.gold.type == p.found.base_type]  # type: ignore[union-attr]
    match what:
        case "missed":
            return [p for p in pairs if p.found is None]
        case "false":
            return [p for p in pairs if p.gold is None]
        case "type":
            return [p for p in both if p.gold.type != p.found.base_type]  # type: ignore[union-attr]
        case "status":
            return [p for p in typed if p.gold.status != p.found.status]  # type: ignore[union-attr]
        case "actors":
            return [p for p in typed if not sides_right(p)[0]]
        case "recipients":
            return [p for p in typed if not sides_right(p)[1]]
        case "speaker":
            return [p for p in typed if bool(p.gold.by) != bool(p.found.attribution)]  # type: ignore[union-attr]
        case "cameo":
            return [p for p in typed if p.gold.cameo != p.found.cameo]  # type: ignore[union-attr]
        case _:
            return [p for p in typed if (p.found.mode not in p.gold.modes if p.gold.modes else p.found.mode)]  # type: ignore[union-attr]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, the reliability table, and some mistakes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coding", description=__doc__)
    parser.add_argument("--part", default="dev", choices=("train", "dev", "test"))
    parser.add_argument("--lexicon-only", action="store_true")
    parser.add_argument("--model-only", action="store_true")
    parser.add_argument("--mistakes", type=int, default=0)
    parser.add_argument("--what", default="missed")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    tools = Tools.load()
    coder = replace(MentionCoder.load(), use_model=not options.lexicon_only, use_lexicon=not options.model_only)
    report(
        list(pairs_of(split(read_corpus())[options.part], replace(tools, coder=coder))),
        options.mistakes,
        options.what,
        options.seed,
    )
    return 0


def report(pairs: Sequence[Pair], count: int = 0, what: str = "missed", seed: int = 0) -> None:
    """Print all of it."""
    for name, value in figures(pairs).items():
        print(f"{name:24} {value:7.1f}")
    rows = reliability(pairs)
    print("\nconfidence      n   mean  right")
    for low, high, n, mean, share in rows:
        print(f"{low:.1f} to {min(high, 1):.1f} {n:6}  {mean:.2f}   {share:.2f}")
    print(f"expected calibration error {expected_calibration_error(rows):.3f}")
    wrong = mistakes(pairs, what)
    print(
        f"\n{what}: {len(wrong)}",
        Counter((p.gold.type if p.gold else p.found.base_type) for p in wrong if p.gold or p.found).most_common(16),
    )
    random.Random(seed).shuffle(wrong)
    for p in wrong[:count]:
        print(show(p))


if __name__ == "__main__":
    raise SystemExit(main())
