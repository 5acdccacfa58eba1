"""Which language a text is in: the one address of py3langid."""

from __future__ import annotations

SAMPLE_CHARS = 3000
SHORT_CHARS = 40
"""Below this a text is too short to tell; it is read as English when its letters are mostly Latin."""


def identify(text: str) -> str:
    """ISO 639-1 code of the text's language ("en"); "und" when it has too few letters to say."""
    sample = text[:SAMPLE_CHARS]
    letters = [c for c in sample if c.isalpha()]
    if len(letters) < 3:
        return "und"
    latin = sum(c < "\u0250" for c in letters) / len(letters)
    if len(sample) < SHORT_CHARS:
        return "en" if latin > 0.8 else "und"
    if latin > 0.8 and english_words(sample) >= 0.12:
        return "en"
    import py3langid  # 0.7 s to load: only when the function words leave a doubt

    return str(py3langid.classify(sample)[0])


_FUNCTION_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "that",
        "is",
        "was",
        "for",
        "on",
        "with",
        "as",
        "by",
        "at",
        "from",
        "it",
        "he",
        "his",
        "an",
        "be",
        "which",
        "are",
        "has",
        "have",
        "had",
        "its",
        "not",
        "this",
        "said",
        "who",
        "were",
        "their",
        "they",
        "after",
        "will",
        "would",
        "been",
        "but",
        "or",
    ]
)


def english_words(text: str) -> float:
    """Share of English function words; above 0.12 no other language comes near on whole reports."""
    words = text.lower().split()
    return sum(w in _FUNCTION_WORDS for w in words) / max(1, len(words))
