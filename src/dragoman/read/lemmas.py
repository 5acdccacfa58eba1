"""Dictionary forms of English words: a table of irregular forms, a list of verbs, and suffix rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "model" / "lemmas.tsv"
VERBS = TABLE.with_name("verbs.txt")
_VOWELS = frozenset("aeiou")
_CONTRACTED: Mapping[str, str] = {
    "n't": "not",
    "n’t": "not",
    "'re": "be",
    "’re": "be",
    "'ve": "have",
    "’ve": "have",
    "'ll": "will",
    "’ll": "will",
    "'m": "be",
    "’m": "be",
    "ca": "can",
    "wo": "will",
    "sha": "shall",
}


@cache
def table() -> Mapping[tuple[str, str], str]:
    """(form in lower case, part of speech) to lemma, where the rules give another; read once."""
    rows = (line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {(form, upos): lemma for form, upos, lemma in rows}


@cache
def bases() -> frozenset[str]:
    """Base forms of known verbs; read once."""
    return frozenset(VERBS.read_text("utf-8").split())


def lemma(word: str, upos: str) -> str:
    """Dictionary form: lower case but for proper nouns.

    >>> [lemma(w, p) for w, p in (("summoned", "VERB"), ("talks", "NOUN"), ("Nations", "PROPN"), ("met", "VERB"))]
    ['summon', 'talk', 'Nations', 'meet']
    """
    form = word.lower()
    known = table().get((form, upos))
    if known is not None:
        return known
    if upos == "PROPN":
        return word
    return by_rule(form, upos)


def by_rule(form: str, upos: str) -> str:
    """Lemma of a lower-case form by its ending."""
    if upos in {"VERB", "AUX", "PART"} and form in _CONTRACTED:
        return _CONTRACTED[form]
    if upos == "AUX" and form in {"'s", "’s", "'d", "’d"}:
        return "be" if form[1] == "s" else "would"
    if upos == "NOUN":
        return _singular(form)
    if upos == "VERB":
        return _base(form)
    if upos == "ADJ":
        return _positive(form)
    return form


def _singular(form: str) -> str:
    if len(form) < 4 or not form.endswith("s") or form.endswith(("ss", "us", "is")):
        return form
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return form[:-2]
    return form[:-1]


def _base(form: str) -> str:
    """Base form of a verb: the first candidate that is a known verb, else the likeliest by its ending."""
    candidates = _candidates(form)
    known = bases()
    return next((c for c in candidates if c in known), candidates[0])


def _candidates(form: str) -> list[str]:
    if form.endswith(("ies", "ied")) and len(form) > 4:
        return [form[:-3] + "y", form[:-1]]
    if form.endswith("s") and not form.endswith(("ss", "us", "is")) and len(form) > 3:
        plain = [form[:-1], form[:-2]]
        return plain[::-1] if form.endswith(("ches", "shes", "sses", "xes", "zzes", "oes")) else plain
    for ending in ("ing", "ed"):
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 1 and _has_vowel(stem):
            return _restored(stem)
    return [form]


def _restored(stem: str) -> list[str]:
    """What a verb was before -ing or -ed: doubled consonant undone, dropped e given back, or as it stands."""
    whole, with_e = stem, stem + "e"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        single = stem[:-1]
        return [whole, single] if stem[-1] in "lsfz" else [single, whole]
    likely_e = stem.endswith(
        ("at", "iz", "is", "iv", "bl", "tl", "dl", "gl", "pl", "uc", "nc", "rc", "dg", "rg", "u", "v")
    )
    return [with_e, whole] if likely_e else [whole, with_e]


def _positive(form: str) -> str:
    if form.endswith("iest") and len(form) > 5:
        return form[:-4] + "y"
    if form.endswith("ier") and len(form) > 4:
        return form[:-3] + "y"
    return form


def _has_vowel(form: str) -> bool:
    return any(c in _VOWELS or c == "y" for c in form)
