"""Makes the reader's table of irregular forms from the treebanks: `python -m training.lemma_table`.

Only forms are kept that the suffix rules get wrong, so the table holds facts about words (went: go) and no text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from dragoman.read.lemmas import TABLE, VERBS, by_rule
from training.config import Config
from training.treebanks import GENRES, conllu, records

_OPEN = {"NOUN", "VERB", "ADJ", "ADV", "AUX", "PRON", "DET", "NUM", "PROPN"}


def forms(root: Path) -> Iterator[tuple[str, str, str]]:
    """(form, part of speech, lemma) of the training sentences of EWT and GUM."""
    files = ["en_ewt-ud-train", *(f"gum_{genre}" for genre in GENRES)]
    for name in files:
        for _, _, words, tree, lemmas in conllu(root / f"treebank/{name}.conllu.gz"):
            for word, upos, lemma in zip(words, tree.upos, lemmas, strict=True):
                if upos in _OPEN and lemma != "_" and word.isascii() and word.replace("'", "").isalpha():
                    yield word, str(upos), lemma


def rows(root: Path) -> list[tuple[str, str, str]]:
    """The forms whose usual lemma the rules miss."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for word, upos, lemma in forms(root):
        if upos == "PROPN":
            continue
        seen[word.lower(), upos][lemma.lower()] += 1
    found = []
    for (form, upos), lemmas in seen.items():
        lemma, count = lemmas.most_common(1)[0]
        closed = upos in {"AUX", "PRON", "DET"}
        if lemma != by_rule(form, upos) and (count > 1 or closed or _plausible(form, lemma)):
            found.append((form, upos, lemma))
    return sorted(found)


def _plausible(form: str, lemma: str) -> bool:
    """A form seen once is kept when it is no misspelling: it shares its first letters with its lemma."""
    return len(form) > 3 and form[:3] == lemma[:3]


def verbs(root: Path) -> list[str]:
    """Base forms: verb lemmas of the treebanks seen twice, and the verbs that the role inventory names."""
    seen = Counter(lemma.lower() for _, upos, lemma in forms(root) if upos == "VERB")
    found = {lemma for lemma, count in seen.items() if count > 1}
    for roleset in records(root / "srl/rolesets.jsonl.gz"):
        found |= {a["text"] for a in roleset["aliases"] if a["pos"] == "v"}
    return sorted(v for v in found if v.isascii() and v.isalpha() and v.islower())


def main() -> None:
    """Write the table and the list of verbs; the list first, for the rules use it."""
    VERBS.write_text("\n".join(verbs(Config().data)) + "\n", "utf-8")
    lines = ["# Irregular forms: form, part of speech, lemma. Made by training/lemma_table.py from UD EWT and GUM."]
    lines += ["\t".join(row) for row in rows(Config().data)]
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
