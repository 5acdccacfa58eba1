"""Numbers and money in words: "some 12,000", "at least three dozen", "1.5 billion euros"."""

from __future__ import annotations

import re

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
DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


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
        digits = DIGITS.fullmatch(word)
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
