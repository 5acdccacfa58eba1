"""Dates that name their place in the calendar: days, months, seasons, years; rules that give each its value.

Where the year is left out, the publication day and the tense choose it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from dragoman.resolve.calendar import ORDINALS, SEASONS, day_value, interval_of, month_end
from dragoman.resolve.timewords import MONTH, Moment, day_or_none, month_of, nearest_day, part_of_month


def full_date(m: re.Match[str], _: Moment) -> str | None:
    """8 February 2018; February 8, 2018."""
    return day_or_none(int(m["year"]), month_of(m), int(m["day"]))


def iso_date(m: re.Match[str], _: Moment) -> str | None:
    """2018-02-08."""
    return day_or_none(int(m["year"]), int(m["mm"]), int(m["day"]))


def slash_date(m: re.Match[str], _: Moment) -> str | None:
    """8/2/2018 only where the order is certain (one number above 12, or both equal)."""
    a, b, year = int(m["a"]), int(m["b"]), int(m["year"])
    if a > 12 or a == b:
        return day_or_none(year, b, a)
    return day_or_none(year, a, b) if b > 12 else None


def month_day(m: re.Match[str], at: Moment) -> str | None:
    """8 February: the one nearest to publication; by the tense when both sides are near."""
    return nearest_day(month_of(m), int(m["day"]), at)


def day_range(m: re.Match[str], at: Moment) -> str | None:
    """3-5 May 2023; May 3 to 5."""
    year = m.groupdict().get("year")
    if year:
        low, high = (
            day_or_none(int(year), month_of(m), int(m["day"])),
            day_or_none(int(year), month_of(m), int(m["day2"])),
        )
    else:
        low, high = nearest_day(month_of(m), int(m["day"]), at), nearest_day(month_of(m), int(m["day2"]), at)
    return f"{low}/{high}" if low and high and low < high and len(low) == len(high) == 10 else None


def month_year(m: re.Match[str], _: Moment) -> str | None:
    """February 2018; early February 2018."""
    return part_of_month(m.groupdict().get("part"), int(m["year"]), month_of(m))


def bare_month(m: re.Match[str], at: Moment) -> str | None:
    """In February; last September; next May; late June: the one that the tense and the determiner mean."""
    anchor, month = at.published or at.last, month_of(m)
    if anchor is None:
        return f"--{month:02d}"
    which = (m.groupdict().get("which") or "").lower()
    part = m.groupdict().get("part")
    if which in ("last", "this past", "past"):
        # "last September" in December is the one of this year; the month of publication itself means a year ago.
        year = anchor.year if month < anchor.month else anchor.year - 1
    elif which in ("next", "this coming", "coming"):
        year = anchor.year if month > anchor.month else anchor.year + 1
    elif which == "this":
        year = anchor.year
    elif at.tense == "future" and (anchor.month - month) % 12 not in (1, 2):
        year = anchor.year if month >= anchor.month else anchor.year + 1
    elif (at.tense == "past" or at.preposition in ("since", "from", "until")) and (month - anchor.month) % 12 not in (
        1,
        2,
    ):
        year = anchor.year if month <= anchor.month else anchor.year - 1
    else:
        gap = (month - anchor.month) % 12
        year = anchor.year + (anchor.month + gap > 12) if gap <= 6 else anchor.year - (month > anchor.month)
        if gap == 0:
            year = anchor.year
    return part_of_month(part, year, month)


def bare_month_after(m: re.Match[str], at: Moment) -> str | None:
    """In February, since May: the month named in whichever of the pattern's branches matched."""
    word = next(value for name, value in m.groupdict().items() if name.startswith("month") and value)
    found = re.match(MONTH, word, re.I)
    return bare_month(found, at) if found else None


def month_of_year(m: re.Match[str], at: Moment) -> str | None:
    """September last year; May of this year; March next year."""
    anchor = at.published or at.last
    if anchor is None:
        return None
    step = {"last": -1, "the previous": -1, "this": 0, "the same": 0, "next": 1, "the following": 1}[m["which"].lower()]
    if m["which"].lower().startswith("the"):
        anchor = at.last or anchor
    return part_of_month(m.groupdict().get("part"), anchor.year + step, month_of(m))


def year_only(m: re.Match[str], _: Moment) -> str | None:
    """2018; early 2018; mid-2018; the end of 2018."""
    year, part = int(m["year"]), (m.groupdict().get("part") or "").lower()
    if not part:
        return f"{year:04d}"
    if part.startswith("mid") or "middle" in part:
        return f"{year:04d}-05-01/{year:04d}-08-31"
    if "half" in part:
        return f"{year:04d}-H{1 if 'first' in part else 2}"
    if part.startswith("early") or "beginning" in part or "start" in part:
        return f"{year:04d}-01-01/{year:04d}-04-30"
    return f"{year:04d}-09-01/{year:04d}-12-31" if part.startswith("late") else f"{year:04d}-12"


def years_range(m: re.Match[str], _: Moment) -> str | None:
    """1914-1918; 2014-15; between 1990 and 1995."""
    low, high = m["year"], m["year2"]
    high = low[: 4 - len(high)] + high
    return f"{low}/{high}" if int(low) < int(high) <= int(low) + 400 else None


def decade(m: re.Match[str], _: Moment) -> str | None:
    """The 1990s; the '90s; the nineties."""
    digits = m["decade"]
    if len(digits) == 2:
        digits = ("20" if int(digits) < 20 else "19") + digits
    return digits[:3]


DECADE_WORDS = {
    "twenties": 192,
    "thirties": 193,
    "forties": 194,
    "fifties": 195,
    "sixties": 196,
    "seventies": 197,
    "eighties": 198,
    "nineties": 199,
}


def decade_in_words(m: re.Match[str], _: Moment) -> str | None:
    """The sixties: of the last century."""
    return str(DECADE_WORDS[m["words"].lower()])


def century(m: re.Match[str], _: Moment) -> str | None:
    """The 20th century."""
    return f"{int(m['century']) - 1:02d}"


def quarter(m: re.Match[str], at: Moment) -> str | None:
    """The third quarter of 2019; Q3 2019; the first half of this year."""
    year = _year_of(m, at)
    number = m.groupdict().get("q") or str(ORDINALS[m["nth"].lower()])
    if year is None or number == "-1":
        return None
    return f"{year:04d}-{'H' if (m.groupdict().get('what') or '').lower() == 'half' else 'Q'}{number}"


def season(m: re.Match[str], at: Moment) -> str | None:
    """The summer of 2012; last summer; in spring."""
    code, first = SEASONS[m["season"].lower()]
    if m.groupdict().get("year"):
        return f"{int(m['year']):04d}-{code}"
    anchor = at.published or at.last
    if anchor is None:
        return None
    which = (m.groupdict().get("which") or "").lower()
    start = date(anchor.year, first, 1)
    if which in ("last", "this past", "past", "the previous"):
        year = anchor.year if start + relativedelta(months=3) <= anchor else anchor.year - 1
    elif which in ("next", "the coming", "coming", "the following"):
        year = anchor.year if start > anchor else anchor.year + 1
    elif at.tense == "past":
        year = anchor.year if start <= anchor else anchor.year - 1
    else:
        year = anchor.year
    return f"{year:04d}-{code}"


def _year_of(m: re.Match[str], at: Moment) -> int | None:
    if m.groupdict().get("year"):
        return int(m["year"])
    anchor = at.published or at.last
    if anchor is None:
        return None
    return anchor.year + {"last": -1, "this": 0, "next": 1, "": 0}[(m.groupdict().get("which") or "").lower()]


def nth_of_month(m: re.Match[str], at: Moment) -> str | None:
    """On the 20th: of the month of publication, or the one before in the past tense when it lies ahead."""
    anchor = at.published
    if anchor is None:
        return None
    value = day_or_none(anchor.year, anchor.month, int(m["day"]))
    if value is None or (at.tense == "past" and date.fromisoformat(value) > anchor):
        back = anchor + relativedelta(months=-1)
        return day_or_none(back.year, back.month, int(m["day"]))
    if at.tense == "future" and date.fromisoformat(value) < anchor:
        ahead = anchor + relativedelta(months=1)
        return day_or_none(ahead.year, ahead.month, int(m["day"]))
    return value


DAY_WORDS = {
    word: number
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"],
        start=1,
    )
} | {"twenty-first": 21, "twenty-second": 22, "twenty-third": 23, "twenty-fourth": 24, "twenty-fifth": 25, "twenty-sixth": 26, "twenty-seventh": 27,
     "twenty-eighth": 28, "twenty-ninth": 29, "thirtieth": 30, "thirty-first": 31}  # fmt: skip


def day_in_words(m: re.Match[str], at: Moment) -> str | None:
    """On the twentieth; the fifth of the month: the nearest such day on the side that the words lean to."""
    anchor = at.published or at.last
    if anchor is None:
        return None
    number = DAY_WORDS.get(m["word"].lower()) or int(re.sub(r"\D", "", m["word"]) or 0)
    if not number:
        return None
    months = [anchor + relativedelta(months=step) for step in (-1, 0, 1)]
    options = [date.fromisoformat(v) for d in months if (v := day_or_none(d.year, d.month, number))]
    if at.tense == "future":
        options = [d for d in options if d >= anchor] or options
    elif at.tense == "past":
        options = [d for d in options if d <= anchor] or options
    return day_value(min(options, key=lambda d: abs((d - anchor).days)))


def word_of_month(m: re.Match[str], at: Moment) -> str | None:
    """The twelfth of June; the twentieth of this month."""
    day = DAY_WORDS[m["word"].lower()]
    if m["month"]:
        return day_or_none(int(m["year"]), month_of(m), day) if m["year"] else nearest_day(month_of(m), day, at)
    if at.published is None:
        return None
    month = at.published + relativedelta(months={"last": -1, "this": 0, "next": 1}[m["which"].lower()])
    return day_or_none(month.year, month.month, day)


HIJRI = (
    "Muharram|Safar|Rabi[’'ʿ]? al-(?:Awwal|Thani)|Rabi I{1,2}|Jumada al-(?:Awwal|Ula|Thani|Akhira)|Rajab|Sha[’'ʿ]?ban|Ramadan|Shawwal|"
    "Dhu al-(?:Qadah|Hijjah)|Farvardin|Ordibehesht|Khordad|Mordad|Shahrivar|Mehr|Aban|Azar|Bahman|Esfand"
)
"""Months of the Islamic and the Iranian calendar."""


def fiscal_year(m: re.Match[str], _: Moment) -> str | None:
    """Fiscal 2024; the 2023/24 financial year: it begins on another day in every state, so its words give no days."""
    found = re.search(r"\d+", m.group())
    return f"FY{found[0]}" if found else None


def other_calendar(_: re.Match[str], __: Moment) -> str | None:
    """12 Ramadan 1445; the Iranian year 1402: the Gregorian date beside it, where there is one, is read for itself."""
    return None


_NTH_WEEK = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}


def week_of_month(m: re.Match[str], at: Moment) -> str | None:
    """The first week of February; the last week of the month: seven days counted from its end."""
    anchor = at.published or at.last
    word = m.groupdict().get("month")
    if m.groupdict().get("year") and word:
        year, month = int(m["year"]), month_of(m)
    elif anchor is None:
        return None
    elif word:
        low, _ = interval_of(bare_month(m, at))
        if low is None:
            return None
        year, month = low.year, low.month
    else:
        year, month = anchor.year, anchor.month
    nth = _NTH_WEEK[m["nth"].lower()]
    if nth < 0:
        last = month_end(year, month)
        return f"{last - timedelta(days=6)}/{last}"
    first = date(year, month, 1 + 7 * nth)
    return f"{first}/{first + timedelta(days=6)}"


FEASTS = {"christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "new year's eve": (12, 31),
          "new year's day": (1, 1), "boxing day": (12, 26), "may day": (5, 1), "valentine's day": (2, 14),
          "armistice day": (11, 11), "halloween": (10, 31), "9/11": (9, 11), "september 11 attacks": (9, 11)}  # fmt: skip


def feast(m: re.Match[str], at: Moment) -> str | None:
    """Christmas Day, New Year's Eve, 9/11: fixed days."""
    name = m["feast"].lower().replace("’", "'")
    month, day = FEASTS[name]
    if name in ("9/11", "september 11 attacks"):
        return "2001-09-11"
    if m.groupdict().get("year"):
        return day_or_none(int(m["year"]), month, day)
    return nearest_day(month, day, at)
