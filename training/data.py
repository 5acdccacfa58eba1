"""All examples of a run, and which of them may be learned from."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.splits import parts
from dragoman.read.heads import SPANS
from training import own, treebanks
from training.examples import Example, LabelSets

EXTRA_SPANS = (
    "masc:DATE",
    "gum:person",
    "gum:organization",
    "gum:place",
    "gum:time",
    "re3d:Person",
    "re3d:Organisation",
    "re3d:Location",
    "re3d:Temporal",
)
"""Span labels that are learned because they help, and left out of the shipped model."""

SOURCES = (
    "UD English EWT 2.16 (train, three quarters of dev)",
    "UD English GUM: news (train), interview, speech, court, bio (train, dev)",
    "PropBank on EWT (train, three quarters of dev)",
    "PropBank on MASC: journal, letters, e-mail, spoken, other",
    "PropBank frame-file examples",
    "MASC named entities",
    "wikigold",
    "re3d (open part)",
    "UNER EWT dev",
    "names marked in EWT (train) and GUM",
    "Dragoman corpus (train)",
)
"""What the shipped model learned from, as its file says it."""

MASC_TRAIN = ("journal", "letters", "other", "email", "spoken")
MASC_TEST = ("news_wsj", "news_wire")


@dataclass(frozen=True, slots=True)
class Data:
    """Examples by use. `test` sets are read only to be scored at the end."""

    train: list[Example]
    dev: dict[str, list[Example]]
    test: dict[str, list[Example]]


def gather(root: Path) -> Data:
    """Read everything; GUM's news of the dev and test parts and the one news document that UD lists in no part, its test documents
    of all genres, MASC news and UNER test are never trained on. Of EWT's dev part three quarters of the documents are learned from (`is_held`), of GUM's all but the news."""
    train = [*treebanks.ewt(root, "train")]
    dev: dict[str, list[Example]] = {"ewt": [], "gum/news": [], "corpus": []}
    for example in treebanks.ewt(root, "dev"):
        (dev["ewt"] if is_held(example.id) else train).append(example)
    test: dict[str, list[Example]] = {
        "ewt": [*treebanks.ewt(root, "test")],
        "gum/news": [],
        "gum/news unlisted": [],
        "corpus": [],
    }
    for split, example in treebanks.gum(root):
        if split == "train" or (split in {"dev", None} and example.source != "gum/news"):
            train.append(example)
        elif example.source == "gum/news":
            into = {"test": test["gum/news"], "dev": dev["gum/news"], None: test["gum/news unlisted"]}[split]
            into.append(example)
    for name in MASC_TRAIN:
        train += treebanks.masc_frames(root, name)
    train += treebanks.frame_examples(root)
    held = {e.words for name in MASC_TEST for e in treebanks.masc_frames(root, name)}
    train += [e for e in treebanks.names(root, "masc_ne") if e.words not in held]
    train += [*treebanks.names(root, "wikigold"), *treebanks.re3d(root)]
    train += treebanks.names(root, "uner_ewt_dev")  # all of it: no other sentences of that domain have names
    test["uner"] = [*treebanks.names(root, "uner_ewt_test")]
    test["masc_news"] = [e for name in MASC_TEST for e in treebanks.masc_frames(root, name)]
    corpus = own.reports()
    part = parts(corpus)
    for report in corpus:
        into = {"train": train, "dev": dev["corpus"], "test": test["corpus"]}[part[report.id]]
        into.extend(own.sentences(report))
    return Data(train, dev, test)


def is_held(sentence: str) -> bool:
    """Whether a sentence of EWT's dev part stays out of training: those of a quarter of its documents."""
    return zlib.crc32(sentence.rpartition("-")[0].encode()) % 4 == 0


def label_sets(train: Iterable[Example]) -> LabelSets:
    """Relations seen 10 times or more, roles seen more than 20 times, all span labels: the shipped file's sets, which a run that
    goes on from it must have too."""
    relations: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    for example in train:
        if example.tree is not None and example.gold_tree:
            relations.update(example.tree.relations)
        for frame in example.frames.frames if example.frames else ():
            roles.update(role for role, _ in frame.arguments)
    return LabelSets(
        tuple(sorted(r for r, n in relations.items() if n >= 10)),
        ("_", *sorted(r for r, n in roles.items() if n > 20)),
        (*SPANS, *EXTRA_SPANS),
    )


def share(shares: dict[str, float], source: str) -> float:
    """The share that a source has: by its full name, else by its part before "/", else none."""
    return shares.get(source, shares.get(source.split("/")[0], 0.0))


def of_source(examples: Iterable[Example], source: str) -> Iterator[Example]:
    """Examples of one source."""
    return (e for e in examples if e.source == source)
