"""Dictionary forms."""

import pytest

from dragoman.read.lemmas import lemma


@pytest.mark.parametrize(
    ("word", "upos", "expected"),
    [
        ("summoned", "VERB", "summon"),
        ("met", "VERB", "meet"),
        ("barred", "VERB", "bar"),
        ("urging", "VERB", "urge"),
        ("expelled", "VERB", "expel"),
        ("agreed", "VERB", "agree"),
        ("denies", "VERB", "deny"),
        ("was", "AUX", "be"),
        ("n't", "PART", "not"),
        ("talks", "NOUN", "talk"),
        ("countries", "NOUN", "country"),
        ("crises", "NOUN", "crisis"),
        ("sanctions", "NOUN", "sanction"),
        ("Nations", "PROPN", "Nations"),
        ("largest", "ADJ", "large"),
        ("it", "PRON", "it"),
    ],
)
def test_words_are_led_back_to_their_dictionary_form(word: str, upos: str, expected: str) -> None:
    assert lemma(word, upos) == expected
