"""The grammar of dates: named patterns, tried in order of length, each with the verb that gives its value.

A pattern speaks of language, not of one text. A rule gets the match and a `Moment` (publication day, the story's last
dated day, the tense around the words) and returns a TIMEX3 value, or None where the words do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from dragoman.resolve.calendar import (
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    WEEKDAYS,
    day_value,
    interval_of,
    month_end,
    month_value,
    shift,
    week_value,
    weekday_near,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What an expression is read against.

    Attributes:
        published: Publication day, or None.
        last: The day that the story told last, for "the next day"; None at the start.
        tense: "past", "future" or "" around the expression.
        preposition: The word before it, lower case.
        after: The text after it, up to 40 characters.
    """

    published: date | None
    last: date | None
    tense: str
    preposition: str
    after: str


Rule = Callable[[re.Match[str], Moment], str | None]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern; `anchor` says what its value counts from ("absolute", "published", "story")."""

    name: str
    regex: re.Pattern[str]
    value: Rule
    anchor: str = "absolute"


MONTH = r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|jun\.|july?|jul\.|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
WEEKDAY = r"(?P<weekday>mon(?:day|\.)|tue(?:s|sday|\.|s\.)|wed(?:nesday|s\.|\.)|thu(?:rsday|rs\.|r\.|\.)|fri(?:day|\.)|sat(?:urday|\.)|sun(?:day|\.))"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)"
UNIT = r"(?P<unit>day|week|month|year|decade|centur(?:y|ies)|quarter)s?"
COUNT = r"(?P<count>\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|a couple of|a dozen)"
PART = r"(?:\s+(?:morning|afternoon|evening|night|midday|noon|dawn))?"
EARLY = r"(?P<part>early|late|mid|the (?:beginning|start|end|middle) of|the (?:first|second) half of)"


def _int(text: str) -> int:
    text = text.lower().removeprefix("a ").removesuffix(" of")
    return int(text) if text.isdigit() else NUMBERS.get(text, 1)


def _month(m: re.Match[str], group: str = "month") -> int:
    return MONTHS[m[group].lower().rstrip(".")]


def _weekday(m: re.Match[str]) -> int:
    return WEEKDAYS[m["weekday"].lower().rstrip(".")]


def _unit(m: re.Match[str]) -> str:
    unit = m["unit"].lower()
    return "century" if unit.startswith("centur") else unit


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return day_value(date(year, month, day))
    except ValueError:
        return None


def full_date(m: re.Match[str], _: Moment) -> str | None:
    """8 February 2018; February 8, 2018."""
    return _day(int(m["year"]), _month(m), int(m["day"]))


def iso_date(m: re.Match[str], _: Moment) -> str | None:
    """2018-02-08."""
    return _day(int(m["year"]), int(m["mm"]), int(m["day"]))


def slash_date(m: re.Match[str], _: Moment) -> str | None:
    """8/2/2018 only where the order is certain (one number above 12, or both equal)."""
    a, b, year = int(m["a"]), int(m["b"]), int(m["year"])
    if a > 12 or a == b:
        return _day(year, b, a)
    return _day(year, a, b) if b > 12 else None


def month_day(m: re.Match[str], at: Moment) -> str | None:
    """8 February: the one nearest to publication; by the tense when both sides are near."""
    return _nearest(_month(m), int(m["day"]), at)


def _nearest(month: int, day: int, at: Moment) -> str | None:
    anchor = at.last if at.published is None else at.published
    if anchor is None:
        return f"--{month:02d}-{day:02d}"
    options = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        value = _day(year, month, day)
        if value:
            options.append(date.fromisoformat(value))
    if not options:
        return None
    close = min(options, key=lambda d: abs((d - anchor).days))
    if abs((close - anchor).days) <= 45 and at.tense and (close - anchor).days:
        chosen = [d for d in options if (d >= anchor) == (at.tense == "future")]
        if not chosen or min(abs((d - anchor).days) for d in chosen) > 240:
            return day_value(close)  # three weeks off beats eleven months, whatever the tense
    if at.tense == "future":
        ahead = [d for d in options if d >= anchor]
        return day_value(min(ahead)) if ahead else None
    if at.tense == "past":
        behind = [d for d in options if d <= anchor]
        return day_value(max(behind)) if behind else None
    return day_value(min(options, key=lambda d: (abs((d - anchor).days), d > anchor)))


def day_range(m: re.Match[str], at: Moment) -> str | None:
    """3-5 May 2023; May 3 to 5."""
    year = m.groupdict().get("year")
    if year:
        low, high = _day(int(year), _month(m), int(m["day"])), _day(int(year), _month(m), int(m["day2"]))
    else:
        low, high = _nearest(_month(m), int(m["day"]), at), _nearest(_month(m), int(m["day2"]), at)
    return f"{low}/{high}" if low and high and low < high and len(low) == len(high) == 10 else None


def month_year(m: re.Match[str], _: Moment) -> str | None:
    """February 2018; early February 2018."""
    return _part(m.groupdict().get("part"), int(m["year"]), _month(m))


def _part(part: str | None, year: int, month: int) -> str:
    if not part:
        return month_value(year, month)
    low, high = date(year, month, 1), month_end(year, month)
    where = part.lower()
    if where.startswith("mid") or "middle" in where:
        return f"{low + timedelta(10)}/{low + timedelta(19)}"
    if where.startswith("early") or "beginning" in where or "start" in where or "first" in where:
        return f"{low}/{low + timedelta(13)}"
    return f"{low + timedelta(14)}/{high}"


def bare_month(m: re.Match[str], at: Moment) -> str | None:
    """In February; last September; next May; late June: the one that the tense and the determiner mean."""
    anchor, month = at.published or at.last, _month(m)
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
    return _part(part, year, month)


def month_of_year(m: re.Match[str], at: Moment) -> str | None:
    """September last year; May of this year; March next year."""
    anchor = at.published or at.last
    if anchor is None:
        return None
    step = {"last": -1, "the previous": -1, "this": 0, "the same": 0, "next": 1, "the following": 1}[m["which"].lower()]
    if m["which"].lower().startswith("the"):
        anchor = at.last or anchor
    return _part(m.groupdict().get("part"), anchor.year + step, _month(m))


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


def weekday(m: re.Match[str], at: Moment) -> str | None:
    """On Monday: the latest one, the publication day included; the coming one in the future tense."""
    if at.published is None:
        return None
    which, number = (m.groupdict().get("which") or "").lower(), _weekday(m)
    if which in ("last", "this past", "past"):
        return day_value(weekday_near(at.published, number, side="before"))
    if which in ("next", "this coming", "coming"):
        return day_value(weekday_near(at.published, number, side="future"))
    if which == "this" and at.tense != "past":
        return day_value(weekday_near(at.published, number, side="this"))
    if which in ("the following", "the next", "the previous"):
        side = "before" if which == "the previous" else "future"
        return day_value(weekday_near(at.last or at.published, number, side=side))
    return day_value(weekday_near(at.published, number, side="future" if at.tense == "future" else "past"))


def today(m: re.Match[str], at: Moment) -> str | None:
    """Today, tonight, this morning; yesterday, last night; tomorrow; the day before yesterday."""
    if at.published is None:
        return None
    words = " ".join(m.group().lower().split())
    step = 0
    if "yesterday" in words or words.startswith("last night"):
        step = -2 if words.startswith("the day before") else -1
    elif "tomorrow" in words:
        step = 2 if words.startswith("the day after") else 1
    return day_value(at.published + timedelta(days=step))


def story_step(m: re.Match[str], at: Moment) -> str | None:
    """The next day, the previous month, the same week: counted from what the story dated last."""
    anchor = at.last or at.published
    if anchor is None:
        return None
    which = m["which"].lower().removeprefix("the ").strip()
    step = {"next": 1, "following": 1, "subsequent": 1, "previous": -1, "preceding": -1, "same": 0, "very next": 1}[
        which
    ]
    return shift(anchor, step, _unit(m))


def story_count(m: re.Match[str], at: Moment) -> str | None:
    """Two days later; a year earlier; three weeks before: counted from what the story dated last."""
    anchor = at.last or at.published
    if anchor is None:
        return None
    step = _int(m["count"]) * (1 if m["way"].lower() in ("later", "after", "afterwards", "on") else -1)
    return shift(anchor, step, _unit(m))


def day_before(m: re.Match[str], at: Moment) -> str | None:
    """The day before; the year after; the night before."""
    anchor = at.last or at.published
    if anchor is None:
        return None
    unit = m["unit"].lower()
    unit = "day" if unit in ("night", "evening", "morning", "eve") else unit
    return shift(anchor, -1 if m["way"].lower() in ("before", "earlier") else 1, unit)


def ago(m: re.Match[str], at: Moment) -> str | None:
    """Three weeks ago; a year ago."""
    if at.published is None:
        return None
    unit, count = _unit(m), _int(m["count"])
    if unit == "week":
        return day_value(at.published - timedelta(weeks=count))
    if unit == "decade":
        return f"{at.published.year - 10 * count:04d}"
    return shift(at.published, -count, unit)


def hence(m: re.Match[str], at: Moment) -> str | None:
    """In three weeks; two days from now."""
    if at.published is None or at.tense == "past":
        return None
    return shift(at.published, _int(m["count"]), _unit(m))


def relative_unit(m: re.Match[str], at: Moment) -> str | None:
    """Last week, this month, next year; earlier this week; later this year; last week's."""
    if at.published is None:
        return None
    which = m["which"].lower()
    step = (
        -1
        if which in ("last", "the past", "past", "this past")
        else 1
        if which in ("next", "the coming", "coming")
        else 0
    )
    unit = _unit(m)
    part = (m.groupdict().get("part") or "").lower()
    value = shift(at.published, step, unit)
    if part == "earlier" and unit in ("week", "month", "year"):
        return value
    if part in ("late", "early", "mid", "the end of", "the beginning of", "the start of") and unit == "year":
        year = int(value)
        return {"late": f"{year}-09-01/{year}-12-31", "early": f"{year}-01-01/{year}-04-30", "mid": f"{year}-05-01/{year}-08-31",
                "the end of": f"{year}-12"}.get(part, f"{year}-01")  # fmt: skip
    return value


def span_back(m: re.Match[str], at: Moment) -> str | None:
    """The past three months; the last few days; over the past year: an interval that ends at publication."""
    if at.published is None:
        return None
    count = m.groupdict().get("count")
    number = 3 if count is None or count.lower() in ("few", "several", "couple of") else _int(count)
    unit = _unit(m)
    steps = {"day": relativedelta(days=number), "week": relativedelta(weeks=number), "month": relativedelta(months=number),
             "year": relativedelta(years=number), "decade": relativedelta(years=10 * number), "quarter": relativedelta(months=3 * number),
             "century": relativedelta(years=100 * number)}  # fmt: skip
    return f"{day_value(at.published - steps[unit])}/{day_value(at.published)}"


def weekend(m: re.Match[str], at: Moment) -> str | None:
    """Over the weekend; last weekend; next weekend: the latest, unless the future is meant."""
    if at.published is None:
        return None
    which = (m.groupdict().get("which") or "").lower()
    saturday = at.published - timedelta(days=(at.published.weekday() - 5) % 7)
    if which == "next" or which == "this coming" or (which in ("this", "the") and at.tense == "future"):
        saturday += timedelta(days=7)
    elif which == "last" and at.published.weekday() >= 5:
        saturday -= timedelta(days=7)
    return f"{week_value(saturday)}-WE"


def nth_of_month(m: re.Match[str], at: Moment) -> str | None:
    """On the 20th: of the month of publication, or the one before in the past tense when it lies ahead."""
    anchor = at.published
    if anchor is None:
        return None
    value = _day(anchor.year, anchor.month, int(m["day"]))
    if value is None or (at.tense == "past" and date.fromisoformat(value) > anchor):
        back = anchor + relativedelta(months=-1)
        return _day(back.year, back.month, int(m["day"]))
    if at.tense == "future" and date.fromisoformat(value) < anchor:
        ahead = anchor + relativedelta(months=1)
        return _day(ahead.year, ahead.month, int(m["day"]))
    return value


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
        return _day(int(m["year"]), month, day)
    return _nearest(month, day, at)


def now(_: re.Match[str], at: Moment) -> str | None:
    """This day."""
    return day_value(at.published) if at.published else None


def _p(name: str, regex: str, value: Rule, anchor: str = "absolute", *, case: bool = False) -> Pattern:
    return Pattern(name, re.compile(rf"(?<![\w-])(?:{regex})(?![\w])", 0 if case else re.I), value, anchor)


def vague_ago(m: re.Match[str], at: Moment) -> str | None:
    """A few months ago, several years back: some day before, the end as fine as the unit."""
    anchor = at.published or at.last
    if anchor is None:
        return None
    unit = _unit(m)
    end = month_value(anchor.year, anchor.month) if unit == "month" else day_value(anchor)
    return f"../{end}"


def hours_ago(m: re.Match[str], at: Moment) -> str | None:
    """An hour ago; noon; some hours earlier: the day of publication."""
    return day_value(at.published) if at.published else None


def end_of(m: re.Match[str], at: Moment) -> str | None:
    """By the end of the year; at month end."""
    anchor = at.published or at.last
    if anchor is None:
        return None
    if m["unit"].lower() == "month":
        return day_value(month_end(anchor.year, anchor.month))
    if m["unit"].lower() == "week":
        return day_value(anchor + timedelta(days=6 - anchor.weekday()))
    return f"{anchor.year:04d}-12-31"


_NTH_WEEK = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}


def week_of_month(m: re.Match[str], at: Moment) -> str | None:
    """The first week of February; the last week of the month: seven days counted from its end."""
    anchor = at.published or at.last
    word = m.groupdict().get("month")
    if m.groupdict().get("year") and word:
        year, month = int(m["year"]), _month(m)
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
    options = [date.fromisoformat(v) for d in months if (v := _day(d.year, d.month, number))]
    if at.tense == "future":
        options = [d for d in options if d >= anchor] or options
    elif at.tense == "past":
        options = [d for d in options if d <= anchor] or options
    return day_value(min(options, key=lambda d: abs((d - anchor).days)))


def part_of_next_day(m: re.Match[str], at: Moment) -> str | None:
    """The next morning, the following evening, the same night: a day of the story."""
    anchor = at.last or at.published
    if anchor is None:
        return None
    which = m["which"].lower()
    step = 0 if "same" in which else -1 if "prev" in which or "preced" in which else 1
    return day_value(anchor + timedelta(days=step))


PATTERNS: tuple[Pattern, ...] = (
    _p("day range", rf"{DAY}\s?(?:-|–|—|to|and|until)\s?(?P<day2>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}(?:,?\s+{YEAR})?", day_range),
    _p("day range", rf"{MONTH}\s+{DAY}\s?(?:-|–|—|to|until)\s?(?P<day2>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?:,?\s+{YEAR})?", day_range),
    _p("full date", rf"(?:{WEEKDAY},?\s+)?(?:the\s+)?{DAY}(?:\s+of)?\s+{MONTH},?\s+{YEAR}", full_date),
    _p("full date", rf"(?:{WEEKDAY},?\s+)?{MONTH}\s+(?:the\s+)?{DAY},?\s+{YEAR}", full_date),
    _p("iso date", rf"{YEAR}-(?P<mm>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])", iso_date),
    _p("slash date", rf"(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.]{YEAR}", slash_date),
    _p("feast", rf"(?P<feast>{'|'.join(re.escape(f).replace(chr(39), '[' + chr(39) + '’]') for f in sorted(FEASTS, key=len, reverse=True))})(?:,?\s+{YEAR})?", feast),
    _p("month of a year", rf"(?:{EARLY}[\s-]+)?{MONTH},?\s+(?:of\s+)?(?P<which>last|this|next|the same|the previous|the following)\s+year", month_of_year, "published"),
    _p("month and year", rf"(?:{EARLY}[\s-]+)?{MONTH}(?:\s+of|,)?\s+{YEAR}", month_year),
    _p("day and month", rf"(?:{WEEKDAY},?\s+)?(?:the\s+)?{DAY}(?:\s+of)?\s+{MONTH}", month_day, "published"),
    _p("month and day", rf"(?:{WEEKDAY},?\s+)?{MONTH}\s+(?:the\s+)?{DAY}(?!\d)(?!\s?%)(?!,\d)", month_day, "published"),
    _p("years range", rf"{YEAR}\s?(?:-|–|—)\s?(?P<year2>\d{{4}}|\d\d)", years_range),
    _p("quarter", rf"(?:the\s+)?(?P<nth>first|second|third|fourth)\s+(?P<what>quarter|half)\s+(?:of\s+)?(?:(?P<which>last|this|next)\s+year|{YEAR})", quarter, "published"),
    _p("quarter", rf"Q(?P<q>[1-4])\s+(?:of\s+)?{YEAR}", quarter),
    _p("season", rf"(?:the\s+)?(?:early\s+|late\s+)?(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?{YEAR}", season),
    _p("season", r"(?P<which>last|next|this past|this coming|the coming|this|the previous|the following)\s+(?P<season>spring|summer|autumn|winter)", season, "published"),
    _p("decade", r"(?:the\s+)?(?:(?:early|late|mid)[\s-]+)?(?P<decade>(?:1[89]|20)\d0)s", decade),
    _p("decade", r"(?:the\s+)?(?:(?:early|late|mid)[\s-]+)?[’'](?P<decade>\d0)s", decade),
    _p("decade in words", rf"(?:the\s+)(?:(?:early|late|mid)[\s-]+)?(?P<words>{'|'.join(DECADE_WORDS)})", decade_in_words),
    _p("century", r"(?:the\s+)?(?:(?:early|late|mid)[\s-]+)?(?P<century>1\d|20|21|[5-9])(?:st|th)[\s-]+century", century),
    _p("day before yesterday", r"the day (?:before yesterday|after tomorrow)", today, "published"),
    _p("today", rf"(?:earlier\s+|later\s+)?(?:today|tonight|yesterday|tomorrow|overnight){PART}", today, "published"),
    _p("this morning", r"(?:this (?:morning|afternoon|evening)|last night)", today, "published"),
    _p("this day", r"this (?:very )?day", now, "published"),
    _p("weekday", rf"(?:(?P<which>last|next|this past|this coming|this|coming|past|the following|the next|the previous)\s+)?(?:(?:early|late)(?:\s+on)?\s+)?{WEEKDAY}{PART}", weekday, "published"),
    _p("story step", rf"(?P<which>the (?:very )?next|the following|the subsequent|the previous|the preceding|the same|the very next)\s+{UNIT}(?!\s+(?:few|two|three|four|five|six|\d))", story_step, "story"),
    _p("week of month", rf"the (?P<nth>first|second|third|fourth|last) week of (?:{MONTH}(?:,?\s+{YEAR})?|the month)", week_of_month, "published"),
    _p("end of unit", r"(?:the\s+)?end of the (?P<unit>year|month|week)(?!\s+of)", end_of, "published"),
    _p("end of unit", r"(?<=\bby )(?P<unit>year|month)[\s-]end", end_of, "published"),
    _p("part of next day", r"(?P<which>the (?:very )?next|the following|the previous|the preceding|the same) (?:morning|afternoon|evening|night)", part_of_next_day, "story"),
    _p("day in words", rf"(?:(?<=\bon )|(?<=\bby )|(?<=until ))the (?P<word>{'|'.join(sorted(DAY_WORDS, key=len, reverse=True))})(?:\s+of the month)?(?=\s*[,.;]|\s+(?:and|but|after|before|when|by|at|in)\b)", day_in_words, "published"),
    _p("day in words", rf"(?<=\bfor )the (?P<word>{'|'.join(sorted((w for w in DAY_WORDS if DAY_WORDS[w] > 5), key=len, reverse=True))})(?:\s+of the month)?(?=\s*[,.;])", day_in_words, "published"),
    _p("day in words", r"(?:the )?night of the (?P<word>\d{1,2})(?:st|nd|rd|th)", day_in_words, "published"),
    _p("vague ago", r"(?:a few|several|some|a couple of|many)\s+(?P<unit>month|year|decade)s?\s+(?:ago|back)", vague_ago, "published"),
    _p("hours ago", r"(?:an|a few|several|some|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2})\s+hours?\s+(?:ago|earlier)", hours_ago, "published"),
    _p("ago", rf"{COUNT}(?:\s+and\s+a\s+half)?\s+{UNIT}\s+(?:ago|back)", ago, "published"),
    _p("story count", rf"(?:only\s+|just\s+)?{COUNT}\s+{UNIT}\s+(?P<way>later|earlier|afterwards|before|after)(?!\s+(?:the|a|an|his|her|its|their)\b)", story_count, "story"),
    _p("day before", r"the (?P<unit>day|week|month|year|night|evening|morning) (?P<way>before|after|earlier)(?!\s+(?:the|a|an|his|her|its|their|he|she|they|it)\b)", day_before, "story"),
    _p("weekend", r"(?P<which>the|last|this|next|this past|this coming)\s+weekend", weekend, "published"),
    _p("span back", rf"(?:the\s+)?(?:past|last)\s+(?P<count>few|several|couple of|\d{{1,3}}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)\s+{UNIT}", span_back, "published"),
    _p("relative unit", rf"(?:(?P<part>earlier|later|early|late|mid|the end of|the beginning of|the start of)[\s-]+)?(?P<which>last|this|next|the past|this past|the coming|coming)\s+{UNIT}(?!s)", relative_unit, "published"),
    _p("hence", rf"(?:in|within)\s+{COUNT}\s+{UNIT}(?:[’']s?)?\s+(?:time)", hence, "published"),
    _p("hence", rf"{COUNT}\s+{UNIT}\s+from\s+(?:now|today)", hence, "published"),
    _p("part of year", rf"{EARLY}[\s-]+{YEAR}", year_only),
    _p("bare month", rf"(?:(?P<part>early|late|mid)[\s-]+)?(?P<which>last|next|this past|this coming|this|past|coming)\s+{MONTH}", bare_month, "published"),
    _p("bare month", rf"{EARLY}[\s-]+{MONTH}", bare_month, "published"),
    _p("bare month", rf"(?<=\bin )(?:{MONTH})|(?<=\bsince )(?:{MONTH.replace('<month>', '<month2>')})|(?<=\buntil )(?:{MONTH.replace('<month>', '<month3>')})|(?<=\bby )(?:{MONTH.replace('<month>', '<month4>')})|(?<=\bfrom )(?:{MONTH.replace('<month>', '<month5>')})|(?<=\bof )(?:{MONTH.replace('<month>', '<month6>')})|(?<=\bfor )(?:{MONTH.replace('<month>', '<month7>')})|(?<=\bto )(?:{MONTH.replace('<month>', '<month8>')})",
       lambda m, at: _bare_with_preposition(m, at), "published"),
    _p("nth of the month", r"(?<=\bon )the (?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)(?!\s+(?:of|day|anniversary|floor|century|time|round|session|meeting|birthday|edition|summit|year))", nth_of_month, "published"),
    _p("year", rf"{YEAR}", year_only),
)  # fmt: skip
"""Longer and surer patterns first: the first to take a stretch of text keeps it."""


def _bare_with_preposition(m: re.Match[str], at: Moment) -> str | None:
    word = next(value for name, value in m.groupdict().items() if name.startswith("month") and value)
    found = re.match(MONTH, word, re.I)
    return bare_month(found, at) if found else None


def last_day(value: str | None) -> date | None:
    """The day from which the story goes on after an expression of this value: only from days, weeks and months."""
    low, high = interval_of(value)
    if low is None or high is None or (high - low).days > 31:
        return None
    return low
