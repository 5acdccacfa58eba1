"""The reading model's figures: `python -m benchmarks.reading [--json] [--dev]`.

Accuracy on published and own test parts, speed on news sentences, and the share of the machine's fp32 peak that is reached.
The open corpora are looked for in `--data` (default: `../shared/corpora`); without them only the rows that need none are printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.matmul import peak
from corpus.splits import split
from dragoman.read.runtime import MODEL, Reader, _batches
from dragoman.read.sentences import cut
from training import metrics, own, scoring
from training.annotate import with_trees
from training.data import Data, gather
from training.examples import Example
from training.sizes import Sizes

DATA = Path("../shared/corpora")
WORDS = 24.0  # average length of a news sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured on which set, in percent, with the least it must be and the aim."""

    what: str
    on: str
    value: float
    least: float
    aim: float
    detail: str = ""

    @property
    def verdict(self) -> str:
        """Where the value stands."""
        return "aim reached" if self.value >= self.aim else "ok" if self.value >= self.least else "BELOW"


@dataclass(frozen=True, slots=True)
class Speed:
    """Reading speed, all heads, tokenising and decoding included.

    Attributes:
        words, sentences: Per second.
        words_cpu: Words per second of processor time: what to compare when the machine is doing other things too.
        model_cpu: The same for the model's run alone, without cutting into pieces and decoding.
        share_model, share_all: The products' operations per second as a share of the measured fp32 peak, percent: in the model's
            run alone, and over all the time. Above 100 is possible where products are done in 8-bit integers.
    """

    threads: int
    words: float
    sentences: float
    words_cpu: float
    model_cpu: float
    peak_gflops: float
    share_model: float
    share_all: float


def accuracy(reader: Reader, root: Path, *, part: str) -> Iterator[Row]:
    """All rows of the table on the test or the development part."""
    data = gather(root)
    sets: dict[str, list[Example]] = data.test if part == "test" else _development(data)
    scorer, decoder = scoring.runtime_scorer(reader), reader.decoder
    yield from _treebank_rows(sets, scorer, reader, part)
    if sets.get("masc_news"):
        some = scoring.read(sets["masc_news"], scorer, decoder)
        counted = metrics.role_spans(some.gold, some.found, some.scores, decoder)
        yield Row("semantic roles F1, exact spans, gold predicates", "MASC news", counted.f1, 70, 76, _detail(counted))
    if sets.get("uner"):
        some = scoring.read(sets["uner"], scorer, decoder)
        counted = metrics.names(some.gold, some.found)
        yield Row("names PER/ORG/LOC F1", f"UNER {part}", counted.f1, 78, 86, _detail(counted))
    yield from corpus_rows(reader, sets["corpus"], part)


def _development(data: Data) -> dict[str, list[Example]]:
    return {**data.dev, "masc_news": []}


def _treebank_rows(sets: dict[str, list[Example]], scorer: scoring.Scorer, reader: Reader, part: str) -> Iterator[Row]:
    some = scoring.read(sets["ewt"], scorer, reader.decoder)
    parsed = metrics.parsing(some.gold, some.found)
    news = scoring.read(sets["gum/news"], scorer, reader.decoder)
    yield Row(
        "dependency parse LAS, gold tokens",
        f"EWT {part}",
        parsed["LAS"],
        89.5,
        91.5,
        f"UAS {parsed['UAS']:.2f}, marks {parsed['marks']:.1f}",
    )
    parsed_news = metrics.parsing(news.gold, news.found)
    detail = f"UAS {parsed_news['UAS']:.2f}, UPOS {parsed_news['UPOS']:.2f}, marks {parsed_news['marks']:.1f}, {len(news.gold)} sentences"
    if unlisted := sets.get("gum/news unlisted"):
        both = scoring.read([*news.gold, *unlisted], scorer, reader.decoder)
        las = metrics.parsing(both.gold, both.found)["LAS"]
        detail += f"; with the document that UD lists in no part LAS {las:.1f}, {len(both.gold)} sentences"
    yield Row("dependency parse LAS, gold tokens", f"GUM news, {part} documents", parsed_news["LAS"], 87, 90, detail)
    yield Row("UPOS", f"EWT {part}", parsed["UPOS"], 96.9, 97.5)
    counted = metrics.role_heads(some.gold, some.found)
    yield Row(
        "semantic roles F1, argument heads, predicted predicates", f"EWT {part}", counted.f1, 80.5, 84, _detail(counted)
    )


def corpus_rows(reader: Reader, examples: Sequence[Example], part: str) -> Iterator[Row]:
    """The rows on the project's own corpus; details tell plain agency prose, the other styles and dense prose apart.

    The dense reports, which came last, have figures of their own beside the rows, so that these go on measuring what they measured
    before (decision 0311). Parties and speakers are those of an event whose trigger was found: its type has a row of its own (0304).
    """
    gold = with_trees(list(examples), reader)
    all_ = scoring.read(gold, scoring.runtime_scorer(reader), reader.decoder)
    dense = _dense_reports()
    packed = [e.id.rpartition("/")[0] in dense for e in gold]
    some = all_.part([not p for p in packed])
    styles = (some, *_by_style(some), all_.part(packed))
    on = f"corpus {part}"
    actors = _counted(styles, lambda s: metrics.mentions(s.gold, s.found, "actor"))
    yield Row("actor mentions, exact span F1", on, actors[0].f1, 85, 92, _styles(actors))
    events = _counted(styles, lambda s: metrics.triggers(s.gold, s.found))
    yield Row("event trigger and type F1", on, events[0].f1, 75, 85, f"{_styles(events)}; {_alarms(some)}")
    for what, roles, least, aim in (
        ("actor and recipient of the right event F1", {"actor", "recipient"}, 70, 80),
        ("speaker of an event F1", {"speaker"}, 75, 85),
    ):
        found = _counted(styles, lambda s, r=roles: metrics.parties(s.gold, s.found, r, typed=False))  # type: ignore[misc]
        strict = metrics.parties(some.gold, some.found, roles)
        yield Row(what, on, found[0].f1, least, aim, f"{_styles(found)}; type right too: {strict.f1:.1f}")
    told = f"dense prose {metrics.statuses(styles[3].gold, styles[3].scores):.1f}" if styles[3].gold else ""
    yield Row("status accuracy, gold triggers", on, metrics.statuses(some.gold, some.scores), 88, 94, told)


def _dense_reports() -> frozenset[str]:
    return frozenset(r.id for r in own.reports() if own.is_dense(r))


def _by_style(some: scoring.Read) -> tuple[scoring.Read, scoring.Read]:
    """The sentences in plain agency prose, and the others."""
    plain = [e.source == own.PLAIN for e in some.gold]
    return some.part(plain), some.part([not p for p in plain])


def _counted(
    styles: Sequence[scoring.Read], count: Callable[[scoring.Read], metrics.Counts]
) -> tuple[metrics.Counts, ...]:
    """Counts over all sentences but the dense ones, over those in plain agency prose, over the others, over the dense ones."""
    return tuple(count(style) for style in styles)


def _styles(counted: Sequence[metrics.Counts]) -> str:
    whole, plain, others, dense = counted
    return f"{_detail(whole)}; plain agency prose {plain.f1:.1f}, other styles {others.f1:.1f}; dense prose {dense.f1:.1f} ({dense.wanted} wanted)"


def _alarms(some: scoring.Read) -> str:
    """In how many of the sentences that tell no event one is seen."""
    quiet = [bool(found.events) for gold, found in zip(some.gold, some.found, strict=True) if not gold.events]
    return f"an event seen in {sum(quiet)} of {len(quiet)} sentences without any"


def _detail(counted: metrics.Counts) -> str:
    return f"P {counted.precision:.1f} R {counted.recall:.1f}, {counted.wanted} wanted"


# --- speed --------------------------------------------------------------------------------------------------------------


def news_sentences(count: int = 1500) -> list[tuple[str, ...]]:
    """Sentences of the corpus's reports, in order, left out here and there so that the average is 24 words."""
    chosen: list[tuple[str, ...]] = []
    total = 0
    texts = [r.text for name in ("train", "dev", "test") for r in split(own.reports())[name]]
    for text in texts * 20:
        for sentence in cut(text):
            words = tuple(text[a:b] for a, b in sentence.words)
            if abs((total + len(words)) / (len(chosen) + 1) - WORDS) <= max(
                1.0, abs(total / max(1, len(chosen)) - WORDS)
            ):
                chosen.append(words)
                total += len(words)
            if len(chosen) == count:
                return chosen
    return chosen


def speed(path: Path, threads: int, sentences: Sequence[tuple[str, ...]], rounds: int = 3) -> Speed:
    """Best of some rounds over the sentences, with the peak measured between the rounds."""
    reader = Reader(path, threads=threads)
    reader.analyse(sentences[:200])
    inputs = [reader.piece(words) for words in sentences]
    work = sum(
        flops([len(inputs[i].ids) for i in g], [len(inputs[i].firsts) for i in g])
        for g in _batches([len(p.ids) for p in inputs])
    )
    whole: list[tuple[float, float]] = []
    alone: list[tuple[float, float]] = []
    best = 0.0
    for _ in range(rounds):
        best = max(best, peak(threads))
        whole.append(_seconds(lambda: reader.analyse(sentences)))
        alone.append(_seconds(lambda: _exhaust(reader, inputs)))
    words = sum(len(s) for s in sentences)
    (clock, cpu), (model_clock, model_cpu) = (tuple(map(min, zip(*some, strict=True))) for some in (whole, alone))
    return Speed(
        threads,
        words / clock,
        len(sentences) / clock,
        words / cpu,
        words / model_cpu,
        best,
        100 * work / model_clock / best / 1e9,
        100 * work / clock / best / 1e9,
    )


def _exhaust(reader: Reader, inputs: list) -> None:  # type: ignore[type-arg]
    for _ in reader.scores(inputs):
        pass


def _seconds(call: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and of the processor."""
    clock, cpu = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - clock, time.process_time() - cpu


def flops(
    pieces: Sequence[int], positions: Sequence[int], sizes: Sizes = Sizes(), labels: tuple[int, int] = (50, 42)
) -> float:
    """Operations of the matrix products in one padded batch, encoder and heads; a multiply-add is two.

    Roles are counted for every word, though only those that may be predicates are asked for theirs.
    """
    from dragoman.read.heads import ACTORS, CONTEXTS, MODE_LABELS, ROLES, SPANS, STATUSES, TYPES, UPOS

    batch, s, w, h = len(pieces), max(pieces), max(positions), sizes.hidden
    layer = s * (4 * h * h + 2 * h * sizes.inner) + 2 * s * s * h
    event = len(TYPES) + len(MODE_LABELS) + len(CONTEXTS) + len(STATUSES)
    linear = h * (
        2 * sizes.arc
        + 2 * sizes.relation
        + sizes.upos
        + sizes.predicate
        + 2 * sizes.role
        + 2 * sizes.span
        + sizes.event
        + 4 * sizes.party
    )
    linear += sizes.upos * len(UPOS) + sizes.predicate + 2 * sizes.span * len(ACTORS) + sizes.event * event
    pairs = (
        (sizes.arc, 1),
        (sizes.relation, labels[0]),
        (sizes.role, labels[1]),
        (sizes.span, len(SPANS)),
        (sizes.party, len(ROLES)),
        (sizes.party, len(ROLES)),
        (sizes.party, 1),
    )
    biaffine = sum(w * (d + 1) * n * (d + 1) + w * w * n * (d + 1) for d, n in pairs)
    relation = sizes.event * (3 * h + len(TYPES) + len(STATUSES))
    layers = 2 * sizes.layers - sizes.shared  # the upper ones exist twice
    return 2.0 * batch * (layers * layer + w * linear + biaffine + relation)


# --- printing -----------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; exit code 1 when a row is below its least value."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    parser.add_argument("--dev", action="store_true", help="development parts instead of test parts")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the open corpora")
    parser.add_argument("--model", type=Path, default=MODEL, help="model file")
    parser.add_argument("--only", choices=("accuracy", "speed"), help="half of it")
    options = parser.parse_args(arguments)
    reader = Reader(options.model)
    part = "dev" if options.dev else "test"
    rows: list[Row] = []
    if options.only != "speed":
        if options.data.is_dir():
            rows = list(accuracy(reader, options.data, part=part))
        else:
            print(f"{options.data}: no open corpora here; rows on them are left out (see --data).", file=sys.stderr)
            own_part = split(own.reports())[part]
            rows = list(corpus_rows(reader, [e for r in own_part for e in own.sentences(r)], part))
    sentences = news_sentences() if options.only != "accuracy" else []
    speeds = [speed(options.model, n, sentences) for n in (1, 2)] if sentences else []
    if options.json:
        print(
            json.dumps(
                {
                    "model": reader.sha256,
                    "part": part,
                    "rows": [asdict(r) for r in rows],
                    "speed": [asdict(s) for s in speeds],
                },
                indent=1,
            )
        )
    else:
        _print(rows, speeds)
    return int(any(r.value < r.least for r in rows))


def _print(rows: Sequence[Row], speeds: Sequence[Speed]) -> None:
    for row in rows:
        print(
            f"{row.what:58} {row.on:26} {row.value:6.2f}  least {row.least:<5} aim {row.aim:<5} {row.verdict:12} {row.detail}"
        )
    for s in speeds:
        print(
            f"{s.threads} thread{'s' if s.threads > 1 else ' '}: {s.words:6.0f} words/s, {s.sentences:5.0f} sentences/s "
            f"({s.words_cpu:.0f} words per processor second, the model's run alone {s.model_cpu:.0f}); fp32 peak "
            f"{s.peak_gflops:.0f} GFLOP/s, of which the model reaches {s.share_model:.0f} %, all of reading {s.share_all:.0f} %"
        )


if __name__ == "__main__":
    raise SystemExit(main())
