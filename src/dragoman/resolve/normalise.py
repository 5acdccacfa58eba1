"""Names to keys: the one folding under which two spellings of a name are the same name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that canonical decomposition leaves whole, and the Latin letters news English gives them.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ŋ": "n",
        "ħ": "h",
        "ə": "a",
        "&": " and ",
    }
)
_DROPPED = re.compile(r"[.'’‘`´ʻʼʿʾ\"“”]")
_BREAKS = re.compile(r"[\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s|$)", re.IGNORECASE)
_ACRONYM = re.compile(r"[A-Z](?:\.?[A-Z0-9&-]){0,6}\.?s?")


@lru_cache(maxsize=50_000)
def normalise(name: str) -> str:
    """Fold a name to its key: no case, accents, apostrophes, hyphens, dots or leading "the".

    "The Côte d'Ivoire", "cote dIvoire" and "CÔTE D’IVOIRE" share one key. A final possessive is
    dropped. The empty string is the key of a name without letters or digits.
    """
    text = _POSSESSIVE.sub("", name) if "'" in name or "’" in name else name
    if text.isascii():
        text = text.lower().replace("&", " and ")
    else:
        text = unicodedata.normalize("NFKD", text).casefold().translate(_LETTERS)
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = _BREAKS.sub(" ", _DROPPED.sub("", text)).strip()
    return text.removeprefix("the ") if text != "the" else ""


def is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym ("WHO", "U.S."), so that its case must be kept."""
    return _ACRONYM.fullmatch(name.strip()) is not None


def slug(name: str) -> str:
    """The name as an id: its key with hyphens, e.g. "recep-tayyip-erdogan"."""
    return normalise(name).replace(" ", "-")


def singular(key: str) -> str:
    """A key with its last word in the singular, by the commonest English endings.

    "foreign ministers" gives "foreign minister"; a word without a plural ending stays.
    """
    for ending, instead in (("ies", "y"), ("men", "man"), ("women", "woman"), ("s", "")):
        if key.endswith(ending) and not key.endswith("ss") and len(key) > len(ending) + 2:
            return key.removesuffix(ending) + instead
    return key
