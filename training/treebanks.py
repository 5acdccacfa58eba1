"""Readers of the open data sets: treebanks, PropBank, names. Each yields `Example`s; nothing is cached on disk."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.names import Name, read_names
from dragoman.read.heads import NAMES
from dragoman.read.sentences import respell
from training.examples import Example, Frame, Frames, Span, Tree

GENRES = ("news", "interview", "speech", "court", "bio")


def lines(path: Path) -> Iterator[str]:
    """Lines of a gzipped UTF-8 file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from file


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a gzipped JSON-lines file."""
    return (json.loads(line) for line in lines(path))


def conllu(path: Path) -> Iterator[tuple[str, str, tuple[str, ...], Tree, tuple[str, ...]]]:
    """Sentences of a CoNLL-U file: document, sentence id, words, tree, lemmas."""
    document = sentence = ""
    rows: list[list[str]] = []
    for line in lines(path):
        if line.startswith("# newdoc id = "):
            document = line.removeprefix("# newdoc id = ").strip()
        elif line.startswith("# sent_id = "):
            sentence = line.removeprefix("# sent_id = ").strip()
        elif line[:1].isdigit():
            row = line.rstrip("\n").split("\t")
            if row[0].isdigit():
                rows.append(row)
        elif not line.strip() and rows:
            tree = Tree(tuple(r[3] for r in rows), tuple(int(r[6]) for r in rows), tuple(r[7] for r in rows))
            yield document, sentence, tuple(r[1] for r in rows), tree, tuple(r[2] for r in rows)
            rows = []


def ewt(root: Path, split: str) -> Iterator[Example]:
    """English Web Treebank with PropBank; sentences whose names the project has marked have the source "ewt/named", those without
    a proper noun, which have no names, "ewt/none"."""
    marked = read_names() if split == "train" else {}
    frames = {r["sent_id"]: r for r in records(root / f"srl/ewt_{split}.jsonl.gz")}
    skeletons = {r["sent_id"].rsplit("-", 1)[0] for r in frames.values() if r["predicates"]}
    for _, sentence, words, tree, _ in conllu(root / f"treebank/en_ewt-ud-{split}.conllu.gz"):
        record = frames[sentence]
        if tuple(record["tokens"]) != words:
            raise ValueError(f"{sentence}: treebank and PropBank differ in words")
        known = sentence.rsplit("-", 1)[0] in skeletons
        example = Example(sentence, "ewt", words, tree, _frames(record, tree) if known else None)
        spans = marked.get(sentence)
        if spans is not None:
            spans = _within(spans, sentence, words)
            example = replace(example, source="ewt/named", spans=spans, layers=frozenset(NAMES))
        elif split == "train" and "PROPN" not in tree.upos:
            example = replace(example, source="ewt/none", layers=frozenset(NAMES))
        yield example


def _within(spans: tuple[Name, ...], sentence: str, words: tuple[str, ...]) -> tuple[Name, ...]:
    if spans and spans[-1][0][1] > len(words):
        raise ValueError(f"{sentence}: a name in corpus/names.tsv lies beyond the sentence's {len(words)} words")
    return spans


def _frames(record: dict[str, Any], tree: Tree | None, known: frozenset[int] | None = None) -> Frames:
    found: dict[int, Frame] = {}
    for predicate in record["predicates"]:
        word = predicate["index"] + 1
        auxiliary = tree is not None and tree.relations[word - 1].startswith("aux")
        arguments = tuple((a["role"], (a["start"] + 1, a["end"])) for a in predicate["args"])
        found[word] = Frame(word, arguments, auxiliary)
    return Frames(tuple(found.values()), known)


def gum(root: Path) -> Iterator[tuple[str | None, Example]]:
    """GUM's open genres with trees and entities: (UD split or None, example); `source` is "gum/<genre>". Sentences whose names the
    project has marked, and those without a proper noun, have names too."""
    marked = read_names()
    entities = {r["sent_id"]: r for r in records(root / "ner/gum_entities.jsonl.gz")}
    for genre in GENRES:
        for _, sentence, words, tree, _ in conllu(root / f"treebank/gum_{genre}.conllu.gz"):
            record = entities.get(sentence)
            spans: list[tuple[Span, str]] = []
            if record is not None and tuple(record["tokens"]) == words:
                kinds = {"person", "organization", "place", "time"}
                spans = [
                    ((e["start"] + 1, e["end"]), f"gum:{e['type']}") for e in record["entities"] if e["type"] in kinds
                ]
            layers = frozenset({"gum:person", "gum:organization", "gum:place", "gum:time"}) if record else frozenset()
            if sentence in marked or "PROPN" not in tree.upos:
                spans += _within(marked.get(sentence, ()), sentence, words)
                layers |= frozenset(NAMES)
            split = record["split"] if record else None
            yield (
                split,
                Example(sentence, f"gum/{genre}", words, tree, spans=tuple(dict.fromkeys(spans)), layers=layers),
            )


def masc_frames(root: Path, name: str) -> Iterator[Example]:
    """MASC with PropBank: verbs are annotated well, nouns hardly, so only verbs and annotated words are known."""
    for record in records(root / f"srl/masc_{name}.jsonl.gz"):
        words, ranges = respell(record["tokens"])
        _move(record, ranges)
        verbs = {ranges[i][1] for i, tag in enumerate(record["xpos"]) if tag.startswith("VB")}
        annotated = {p["index"] + 1 for p in record["predicates"]}
        frames = _frames(record, None, frozenset(verbs | annotated))
        yield Example(record["sent_id"], f"masc/{name}", tuple(words), frames=frames)


def _move(record: dict[str, Any], ranges: list[Span]) -> None:
    """Point a PropBank record's indices at respelled words; a predicate stays on the last part of its word."""
    for predicate in record["predicates"]:
        predicate["index"] = ranges[predicate["index"]][1] - 1
        for argument in predicate["args"]:
            argument["start"] = ranges[argument["start"]][0]
            argument["end"] = ranges[argument["end"] - 1][1]


def frame_examples(root: Path) -> Iterator[Example]:
    """Examples of the frame files: one annotated predicate each, of which alone anything is known."""
    for record in records(root / "srl/frame_examples.jsonl.gz"):
        words, ranges = respell(record["tokens"])
        _move(record, ranges)
        if not 3 <= len(words) <= 60 or not record["predicates"][0]["args"]:
            continue
        known = frozenset({record["predicates"][0]["index"] + 1})
        yield Example(record["sent_id"], "frames", tuple(words), frames=_frames(record, None, known))


def names(root: Path, name: str) -> Iterator[Example]:
    """UNER, MASC or wikigold names in our words."""
    labels = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "DATE": "masc:DATE"}
    layers = frozenset({"PER", "ORG", "LOC", "masc:DATE"} if name == "masc_ne" else {"PER", "ORG", "LOC"})
    for record in records(root / f"ner/{name}.jsonl.gz"):
        words, ranges = respell(record["tokens"])
        spans = tuple(
            ((ranges[e["start"]][0] + 1, ranges[e["end"] - 1][1]), labels[e["type"]])
            for e in record["entities"]
            if e["type"] in labels
        )
        yield Example(record["sent_id"], f"ner/{name}", tuple(words), spans=spans, layers=layers)


def re3d(root: Path) -> Iterator[Example]:
    """re3d: wide mentions of persons, organisations, locations, times, by character offsets."""
    from dragoman.read.sentences import word_spans

    labels = {
        "Person": "re3d:Person",
        "Organisation": "re3d:Organisation",
        "Location": "re3d:Location",
        "Temporal": "re3d:Temporal",
    }
    for record in records(root / "ner/re3d_open.jsonl.gz"):
        text = record["text"]
        offsets = list(word_spans(text, 0, len(text)))
        if not offsets:
            continue
        spans = []
        for entity in record["entities"]:
            span = words_under(offsets, entity["start"], entity["end"])
            if span and entity["type"] in labels:
                spans.append((span, labels[entity["type"]]))
        words = tuple(text[a:b] for a, b in offsets)
        yield Example(
            record["sent_id"], "ner/re3d", words, spans=tuple(dict.fromkeys(spans)), layers=frozenset(labels.values())
        )


def words_under(offsets: list[Span] | tuple[Span, ...], start: int, end: int) -> Span | None:
    """First and last word (from 1) that overlap the characters [start, end); None when there is none."""
    inside = [i for i, (a, b) in enumerate(offsets, 1) if a < end and b > start]
    return (inside[0], inside[-1]) if inside else None
