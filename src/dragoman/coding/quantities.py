"""Sizes: people killed, injured, arrested, taking part, driven out; and sums of money. As min and max, with their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.coding.grammar import Grammar
from dragoman.records import Quantity

UNITS = {
    w: n for n, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
    )
} | {w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}  # fmt: skip
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "m": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "tn": 10**12,
    "k": 1_000,
    "lakh": 10**5,
    "crore": 10**7,
}
VAGUE: dict[str, tuple[float, float | None]] = {
    "dozens": (24, 99), "scores": (40, 199), "hundreds": (200, 999), "thousands": (2_000, 9_999), "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999), "millions": (2_000_000, None), "several": (3, 9), "a few": (2, 9), "a dozen": (12, 12),
    "half a dozen": (6, 6), "a handful": (2, 9), "a couple": (2, 2), "a score": (20, 20), "dozen": (12, 12), "many": (2, None), "two dozen": (24, 24),
    "several dozen": (24, 99), "several hundred": (200, 999), "several thousand": (2_000, 9_999), "a hundred": (100, 100), "a thousand": (1_000, 1_000),
    "a few hundred": (200, 999), "a few thousand": (2_000, 9_999), "a few dozen": (24, 99), "three dozen": (36, 36), "billions": (2 * 10**9, None),
    "a million": (10**6, 10**6), "half a million": (500_000, 500_000), "a billion": (10**9, 10**9), "a quarter of a million": (250_000, 250_000),
}  # fmt: skip
"""What vague words are taken to span; "dozens" is at least two dozen and under a hundred."""

AT_LEAST = (
    "at least",
    "more than",
    "over",
    "no fewer than",
    "no less than",
    "upwards of",
    "not less than",
    "above",
    "in excess of",
    "some more than",
    "well over",
)
AT_MOST = (
    "at most",
    "up to",
    "as many as",
    "no more than",
    "fewer than",
    "less than",
    "under",
    "almost",
    "nearly",
    "not more than",
    "as much as",
    "close to",
)
ABOUT = (
    "about",
    "around",
    "some",
    "roughly",
    "approximately",
    "an estimated",
    "nearly",
    "almost",
    "close to",
    "an additional",
    "another",
    "a further",
    "all",
    "only",
    "just",
    "as many as",
)

CURRENCIES = {
    "$": "USD", "us$": "USD", "dollar": "USD", "dollars": "USD", "usd": "USD", "€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR", "£": "GBP",
    "pound": "GBP", "pounds": "GBP", "sterling": "GBP", "gbp": "GBP", "¥": "JPY", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rouble": "RUB", "roubles": "RUB",
    "ruble": "RUB", "rubles": "RUB", "rupee": "INR", "rupees": "INR", "rs": "INR", "₹": "INR", "won": "KRW", "rand": "ZAR", "naira": "NGN", "shilling": "KES",
    "shillings": "KES", "franc": "CHF", "francs": "CHF", "zloty": "PLN", "zlotys": "PLN", "krone": "NOK", "kroner": "NOK", "krona": "SEK", "kronor": "SEK",
    "hryvnia": "UAH", "lira": "TRY", "liras": "TRY", "real": "BRL", "reais": "BRL", "peso": "MXN", "pesos": "MXN", "riyal": "SAR", "riyals": "SAR",
    "dirham": "AED", "dirhams": "AED", "dinar": "KWD", "dinars": "KWD", "baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "dong": "VND", "taka": "BDT",
    "birr": "ETB", "cedi": "GHS", "cedis": "GHS", "shekel": "ILS", "shekels": "ILS", "tenge": "KZT", "lari": "GEL", "dram": "AMD", "forint": "HUF", "forints": "HUF",
    "koruna": "CZK", "leu": "RON", "lei": "RON", "lev": "BGN", "leva": "BGN", "kwacha": "ZMW", "kyat": "MMK", "afghani": "AFN", "som": "KGS", "sum": "UZS",
    "a$": "AUD", "c$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL",
}  # fmt: skip
"""Words and signs of money by ISO 4217; a word that several countries use (peso, franc, dollar) takes the most usual one unless a nationality stands before it."""

NATIONAL = {
    ("australian", "USD"): "AUD", ("canadian", "USD"): "CAD", ("hong", "USD"): "HKD", ("kong", "USD"): "HKD", ("singapore", "USD"): "SGD", ("zealand", "USD"): "NZD",
    ("taiwan", "USD"): "TWD", ("namibian", "USD"): "NAD", ("fijian", "USD"): "FJD", ("jamaican", "USD"): "JMD", ("argentine", "MXN"): "ARS",
    ("colombian", "MXN"): "COP", ("chilean", "MXN"): "CLP", ("philippine", "MXN"): "PHP", ("cuban", "MXN"): "CUP", ("uruguayan", "MXN"): "UYU", ("dominican", "MXN"): "DOP",
    ("cfa", "CHF"): "XOF", ("rwandan", "CHF"): "RWF", ("congolese", "CHF"): "CDF", ("burundian", "CHF"): "BIF", ("danish", "NOK"): "DKK", ("pakistani", "INR"): "PKR",
    ("pakistan", "INR"): "PKR", ("sri", "INR"): "LKR", ("lankan", "INR"): "LKR", ("nepali", "INR"): "NPR", ("nepalese", "INR"): "NPR", ("ugandan", "KES"): "UGX",
    ("tanzanian", "KES"): "TZS", ("somali", "KES"): "SOS", ("egyptian", "GBP"): "EGP", ("lebanese", "GBP"): "LBP", ("syrian", "GBP"): "SYP", ("sudanese", "GBP"): "SDG",
    ("iraqi", "KWD"): "IQD", ("jordanian", "KWD"): "JOD", ("algerian", "KWD"): "DZD", ("tunisian", "KWD"): "TND", ("libyan", "KWD"): "LYD", ("serbian", "KWD"): "RSD",
    ("bahraini", "KWD"): "BHD", ("moroccan", "AED"): "MAD", ("omani", "SAR"): "OMR", ("qatari", "SAR"): "QAR", ("iranian", "SAR"): "IRR", ("yemeni", "SAR"): "YER",
    ("moldovan", "RON"): "MDL", ("belarusian", "RUB"): "BYN", ("north", "KRW"): "KPW",
}  # fmt: skip

KILLED = frozenset(
    [
        "kill",
        "die",
        "murder",
        "perish",
        "slay",
        "massacre",
        "execute",
        "behead",
        "lynch",
        "drown",
        "assassinate",
        "slaughter",
        "gun",
    ]
)
DEAD_WORDS = frozenset(["dead", "death", "killed", "killing", "fatality", "toll", "life"])
INJURED = frozenset(["injure", "wound", "hurt", "maim", "burn", "hospitalise", "hospitalize"])
ARRESTED = frozenset(
    ["arrest", "detain", "jail", "imprison", "apprehend", "capture", "seize", "nab", "hold", "round", "book", "charge"]
)
DISPLACED = frozenset(["displace", "flee", "evacuate", "uproot", "evict", "expel", "homeless", "leave", "relocate"])
TAKE_PART = frozenset(
    [
        "protest",
        "march",
        "rally",
        "demonstrate",
        "gather",
        "attend",
        "participate",
        "join",
        "riot",
        "strike",
        "assemble",
        "picket",
        "turn",
        "take",
        "mass",
        "deploy",
        "train",
        "exercise",
        "throng",
        "flock",
        "pack",
        "crowd",
    ]
)
CROWD_NOUNS = frozenset(
    [
        "protester",
        "protestor",
        "demonstrator",
        "marcher",
        "striker",
        "rioter",
        "participant",
        "activist",
        "supporter",
        "worker",
        "student",
        "people",
        "person",
        "resident",
        "teacher",
        "miner",
        "farmer",
        "nurse",
        "doctor",
        "driver",
        "troop",
        "soldier",
        "police",
        "policeman",
        "officer",
        "delegate",
        "villager",
        "member",
        "opponent",
    ]
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number found in words: low and high (None: open), the tokens it spans."""

    low: float
    high: float | None
    first: int
    last: int


_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def number(text: str) -> tuple[float, float | None] | None:
    """Low and high of a phrase: "at least 12" (12, None), "between 10 and 15" (10, 15), "dozens" (24, 99); None when it is no number."""
    words = (
        re.sub(r"(?<=\d)\s*[-–—]\s*(?=\d)", " to ", text.lower())
        .replace("-", " ")
        .replace("–", " – ")
        .replace("—", " – ")
    )
    words = re.sub(r"[€£¥$₹]", " ", words)
    words = re.sub(r"(\d)(m|mn|bn|tn|k|million|billion|thousand)\b", r"\1 \2", words)
    words = " ".join(words.split()).removeprefix("the ").strip()
    for lead in AT_LEAST:
        if words.startswith(lead + " "):
            inner = number(words[len(lead) :])
            return (inner[0], None) if inner else None
    if words.startswith(("up to ", "as many as ", "at most ", "no more than ", "as much as ")):
        inner = number(re.sub(r"^(up to|as many as|at most|no more than|as much as) ", "", words))
        return (0, inner[1]) if inner and not words.startswith("as many") and not words.startswith("as much") else inner
    if words.startswith(("fewer than ", "less than ", "under ")):
        inner = number(words.split(" ", 1)[1].removeprefix("than "))
        return (0, inner[0]) if inner else None
    span = re.fullmatch(r"(?:between|from)? ?(.+?) (?:and|to|–|or) (.+)", words)
    if span:
        low, high = number(span[1]), number(span[2])
        if low and high:
            scale = next((SCALES[w] for w in span[2].split() if w in SCALES), 1)
            bottom = (
                low[0] * scale
                if scale > 1 and low[0] < high[0] / scale * 10 and not any(w in SCALES for w in span[1].split())
                else low[0]
            )
            if bottom <= (high[1] if high[1] is not None else high[0]):
                return bottom, high[1]
    for lead in ABOUT:
        if words.startswith(lead + " ") and words not in VAGUE:
            return number(words[len(lead) :])
    if words.endswith((" or more", " plus")):
        inner = number(words.rsplit(" ", 2 if words.endswith("or more") else 1)[0])
        return (inner[0], None) if inner else None
    for phrase in sorted(VAGUE, key=len, reverse=True):
        if words == phrase or words.startswith(phrase + " "):
            return VAGUE[phrase]
    value = _plain(words)
    return None if value is None else (value, value)


def _plain(words: str) -> float | None:
    total = part = 0.0
    seen = False
    for word in words.split():
        if word in ("and", "a", "an", "of", "us", "the"):
            continue
        digits = _DIGITS.fullmatch(word)
        if digits:
            part += float(word.replace(",", ""))
        elif word in UNITS:
            part += UNITS[word]
        elif word == "dozen":
            part = (part or 1) * 12
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in SCALES:
            total += (part or 1) * SCALES[word]
            part = 0
        elif seen:
            break
        else:
            return None
        seen = True
    return total + part if seen else None


def in_sentence(g: Grammar, text: str) -> list[Quantity]:
    """All quantities of the sentence, with what they count; numbers of other things are left out."""
    found = list(_from_mentions(g, text))
    taken = [q.span for q in found]
    for quantity in _from_words(g, text):
        if not any(quantity.span[0] < b and a < quantity.span[1] for a, b in taken):
            found.append(quantity)
            taken.append(quantity.span)
    return sorted(found, key=lambda q: q.span)


def _from_mentions(g: Grammar, text: str) -> Iterator[Quantity]:
    for mention in g.sentence.mentions:
        if mention.kind != "quantity":
            continue
        words = text[mention.start : mention.end]
        value = number(words)
        if value is None:
            continue
        if mention.label == "money":
            currency = currency_of(words)
            if currency:
                yield Quantity("money", value[0], value[1], words, (mention.start, mention.end), currency)
        elif not currency_of(words):
            kind = _counted(g, mention.token_start, mention.token_end - 1) or mention.label
            yield Quantity(kind, value[0], value[1], words, (mention.start, mention.end))


def currency_of(words: str) -> str | None:
    """ISO 4217 code that the words name, or None."""
    lower = words.lower()
    parts = re.findall(r"[a-z]{0,2}\$|[€£¥₹]|[a-z]+", lower)
    found = next(
        (
            CURRENCIES[p]
            for p in parts
            if p in CURRENCIES
            and (p not in ("real", "sum", "som", "won", "lei", "rs", "pound") or len(parts) > 1 or p == "rs")
        ),
        None,
    )
    if found:
        for part in parts:
            found = NATIONAL.get((part, found), found)
    return found


def _from_words(g: Grammar, text: str) -> Iterator[Quantity]:
    """Numbers that the model has not marked: number words, digits, vague words."""
    for first, last in _runs(g):
        span = g.span(first, last)
        words = text[span[0] : span[1]]
        value = number(words)
        if value is None:
            continue
        currency = currency_of(words)
        if currency:
            yield Quantity("money", value[0], value[1], words, span, currency)
            continue
        kind = _counted(g, first, last)
        if kind and value[0] < 50_000_000:
            yield Quantity(kind, value[0], value[1], words, span)


def _runs(g: Grammar) -> Iterator[tuple[int, int]]:
    """Stretches of tokens that make up a number with its modifiers and currency."""
    index = 0
    tokens = g.tokens
    while index < len(tokens):
        if not _numeric(g, index):
            index += 1
            continue
        first, last = index, index
        while first > 0 and (
            tokens[first - 1].text.lower() in CURRENCIES
            or (tokens[first - 1].text.lower() in ("a", "few", "some", "half") and tokens[first - 1].deprel != "punct")
        ):
            first -= 1
        while last + 1 < len(tokens) and (
            _numeric(g, last + 1)
            or (
                tokens[last + 1].text.lower() in ("of", "and", "to", "-", "–", "or")
                and last + 2 < len(tokens)
                and _numeric(g, last + 2)
            )
        ):
            last += 1
        nxt = [t.text.lower() for t in tokens[last + 1 : last + 3]]
        if nxt and nxt[0] in CURRENCIES:
            last += 1
        elif len(nxt) == 2 and nxt[1] in CURRENCIES and tokens[last + 1].upos in ("ADJ", "PROPN"):
            last += 2
        before = [t.text.lower() for t in tokens[max(0, first - 3) : first]]
        for size in (3, 2, 1):
            lead = " ".join(before[-size:])
            if len(before) >= size and (lead in AT_LEAST or lead in AT_MOST or lead in ABOUT or lead == "between"):
                first -= size
                break
        yield first, last
        index = last + 1


def _numeric(g: Grammar, index: int) -> bool:
    word = g.tokens[index].text.lower()
    if _DIGITS.fullmatch(word):
        return not _dated(g, index)
    return (
        word in SCALES
        or (word in UNITS and word not in ("one", "zero"))
        or word
        in ("dozens", "scores", "hundreds", "thousands", "millions", "several", "dozen", "tens", "billions", "handful")
        or bool(re.fullmatch(r"[a-z]+-[a-z]+", word) and all(p in UNITS for p in word.split("-")))
        or bool(re.fullmatch(r"[$€£¥₹]?\d[\d,.]*(?:m|mn|bn|tn|k)?", word))
    )


def _dated(g: Grammar, index: int) -> bool:
    return any(m.kind == "time" and m.token_start <= index < m.token_end for m in g.sentence.mentions)


def _counted(g: Grammar, first: int, last: int) -> str | None:
    """What the number counts, by its noun and the verb above it."""
    head = last
    for index in range(first, last + 1):
        if not first <= g.tokens[index].head <= last:
            head = index
    noun = (
        g.tokens[head].head
        if g.tokens[head].deprel in ("nummod", "amod", "nmod", "det", "compound") and g.tokens[head].head >= 0
        else head
    )
    if noun == head:
        below = [c for c in g.children[head] if g.tokens[c].deprel == "nmod" and g.case(c) == "of"]
        noun = below[0] if below else head
        anchor = head
    else:
        anchor = noun
    lemma = g.lemmas[noun]
    bare = first <= noun <= last
    if not bare and not _people(lemma):
        return "killed" if lemma in DEAD_WORDS - {"toll"} else None
    at = anchor
    for _ in range(3):
        token = g.tokens[at]
        above = token.head
        for child in g.children[at]:
            kind = _kind_of(g.lemmas[child]) if g.tokens[child].deprel in ("acl", "amod", "acl:relcl") else None
            if kind:
                return kind
        if above < 0:
            break
        if g.lemmas[at] in ("dead", "wounded", "injured"):
            return "killed" if g.lemmas[at] == "dead" else "injured"
        kind = _kind_of(g.lemmas[above])
        if kind and token.deprel in ("obj", "nsubj", "nsubj:pass", "xcomp", "conj", "nmod", "obl"):
            if kind == "participants":
                return (
                    kind
                    if token.deprel in ("nsubj", "conj", "nmod") or g.lemmas[above] in ("deploy", "mass", "train")
                    else None
                )
            if kind == "arrested" and g.tokens[above].text.lower() in ("left", "charge"):
                return None
            return kind
        if g.lemmas[above] == "leave":
            return next(
                (
                    k
                    for c in g.children[above]
                    if g.tokens[c].deprel in ("xcomp", "obj", "conj") and (k := _kind_of(g.lemmas[c]))
                ),
                None,
            )
        if token.deprel not in ("conj", "nmod", "obj", "nummod", "appos", "compound"):
            break
        at = above
    if lemma in ("protester", "protestor", "demonstrator", "marcher", "striker", "rioter"):
        return "participants"
    return None


def _people(lemma: str) -> bool:
    from dragoman.coding.lexicon import lexicon

    return (
        lemma in CROWD_NOUNS
        or lemma in lexicon().sets.get("people", frozenset())
        or lemma
        in (
            "man",
            "woman",
            "child",
            "civilian",
            "other",
            "migrant",
            "refugee",
            "family",
            "suspect",
            "militant",
            "hostage",
            "life",
            "body",
        )
    )


def _kind_of(lemma: str) -> str | None:
    for kind, words in (
        ("killed", KILLED | {"dead", "death"}),
        ("injured", INJURED | {"injury", "wounded", "injured"}),
        ("arrested", ARRESTED - {"seize", "hold", "round", "charge", "book"}),
        ("displaced", DISPLACED - {"leave", "expel"}),
        ("participants", TAKE_PART - {"take", "turn", "pack"}),
    ):
        if lemma in words:
            return kind
    return None
