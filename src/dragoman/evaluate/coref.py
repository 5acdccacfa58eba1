"""`coref`: the same event across documents (ECB+ form), or the same actor within a report (corpus format)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path

from dragoman.evaluate import forms
from dragoman.evaluate.metrics import Cluster, b_cubed, ceaf_e, muc
from dragoman.evaluate.outcome import Outcome
from dragoman.pipeline import Tools


def run(path: Path, tools: Tools) -> Outcome:
    """CoNLL F1 (mean of MUC, B3, CEAFe) with gold mentions, clusters over all documents of a topic."""
    documents = [
        row
        for _, row in forms.rows(
            path, form="coref", required={"doc_id": str, "topic": (str, int), "sentences": list, "event_mentions": list}
        )
    ]
    gold_of: dict[Hashable, set[Hashable]] = defaultdict(set)
    for row in documents:
        for number, mention in enumerate(row["event_mentions"]):
            gold_of[mention["chain"]].add((row["doc_id"], number))
    from dragoman.merge.marked import MarkedMention, cluster_marked

    marked = []
    for row in documents:
        tokens = {s["sent"]: s["tokens"] for s in row["sentences"]}
        for number, mention in enumerate(row["event_mentions"]):
            marked.append(
                MarkedMention(
                    (row["doc_id"], number),
                    row["doc_id"],
                    tuple(tokens[mention["sent"]]),
                    tuple(mention["tokens"]),
                    mention["sent"],
                )
            )
    context = {row["doc_id"]: tuple(tuple(s["tokens"]) for s in row["sentences"]) for row in documents}
    found = cluster_marked(marked, context, folded)
    gold = [frozenset(members) for members in gold_of.values()]
    return Outcome("coref", str(path), len(marked), scores(gold, [frozenset(c) for c in found]))


def folded(word: str) -> str:
    """The verb's or noun's lemma of a lower-case word."""
    from dragoman.read.lemmas import lemma

    as_verb = lemma(word, "VERB")
    return as_verb if as_verb != word else lemma(word, "NOUN")


def scores(gold: Sequence[Cluster], found: Sequence[Cluster]) -> dict[str, float]:
    """The three F1 measures and their mean, in percent."""
    results = {"muc_f1": muc(gold, found)[2], "b3_f1": b_cubed(gold, found)[2], "ceafe_f1": ceaf_e(gold, found)[2]}
    return results | {"conll_f1": sum(results.values()) / 3}


def as_clusters(labels: Iterable[tuple[Hashable, Hashable]]) -> list[Cluster]:
    """(mention, label) pairs as clusters of mentions."""
    groups: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, label in labels:
        groups[label].add(mention)
    return [frozenset(group) for group in groups.values()]
