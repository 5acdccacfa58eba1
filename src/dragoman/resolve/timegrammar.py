"""The grammar of dates: named patterns, tried in order of length, each with the verb that gives its value.

A pattern speaks of language, not of one text. What the verbs do stands in `nameddays` and `countedtimes`.
"""

from __future__ import annotations

import re
from datetime import date

from dragoman.resolve.calendar import WEEKDAYS, interval_of
from dragoman.resolve.countedtimes import (
    ago,
    day_before,
    end_of,
    eve,
    hence,
    hence_soon,
    hours_ago,
    now,
    part_of_next_day,
    relative_unit,
    span_back,
    story_count,
    story_step,
    today,
    vague_ago,
    weekday,
    weekend,
)
from dragoman.resolve.nameddays import (
    DAY_WORDS,
    DECADE_WORDS,
    FEASTS,
    HIJRI,
    bare_month,
    bare_month_after,
    century,
    day_in_words,
    day_range,
    decade,
    decade_in_words,
    feast,
    fiscal_year,
    full_date,
    iso_date,
    month_day,
    month_of_year,
    month_year,
    nth_of_month,
    other_calendar,
    quarter,
    season,
    slash_date,
    week_of_month,
    word_of_month,
    year_only,
    years_range,
)
from dragoman.resolve.timewords import (
    COUNT,
    DAY,
    EARLY,
    MONTH,
    PART,
    UNIT,
    WEEKDAY,
    YEAR,
    Pattern,
    Rule,
)


def _p(name: str, regex: str, value: Rule, anchor: str = "absolute", *, case: bool = False) -> Pattern:
    return Pattern(name, re.compile(rf"(?<![\w-])(?:{regex})(?![\w])", 0 if case else re.I), value, anchor)


PATTERNS: tuple[Pattern, ...] = (
    _p("eve", rf"(?:on\s+)?the\s+eve\s+of\s+(?:(?:the|his|her|its|their)\s+)?(?:(?P<weekday>{'|'.join(d for d in WEEKDAYS if d.endswith('day'))})(?:['’]s)?|{DAY}\s+{MONTH}|{MONTH.replace('<month>', '<month2>')}\s+{DAY.replace('<day>', '<day2>')})", eve, "published"),
    _p("day range", rf"{DAY}\s?(?:-|–|—|to|and|until)\s?(?P<day2>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}(?:,?\s+{YEAR})?", day_range),
    _p("day range", rf"{MONTH}\s+{DAY}\s?(?:-|–|—|to|until)\s?(?P<day2>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?:,?\s+{YEAR})?", day_range),
    _p("full date", rf"(?:{WEEKDAY},?\s+)?(?:the\s+)?{DAY}(?:\s+of)?\s+{MONTH},?\s+{YEAR}", full_date),
    _p("full date", rf"(?:{WEEKDAY},?\s+)?{MONTH}\s+(?:the\s+)?{DAY},?\s+{YEAR}", full_date),
    _p("iso date", rf"{YEAR}-(?P<mm>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])", iso_date),
    _p("slash date", rf"(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.]{YEAR}", slash_date),
    _p("feast", rf"(?P<feast>{'|'.join(re.escape(f).replace(chr(39), '[' + chr(39) + '’]') for f in sorted(FEASTS, key=len, reverse=True))})(?:,?\s+{YEAR})?", feast),
    _p("month of a year", rf"(?:{EARLY}[\s-]+)?{MONTH},?\s+(?:of\s+)?(?P<which>last|this|next|the same|the previous|the following)\s+year", month_of_year, "published"),
    _p("month and year", rf"(?:{EARLY}[\s-]+)?{MONTH}(?:\s+of|,)?\s+{YEAR}", month_year),
    _p("day in words of a month", rf"(?:(?:the\s+)(?P<word>{'|'.join(sorted(DAY_WORDS, key=len, reverse=True))}))\s+of\s+(?:{MONTH}(?:,?\s+{YEAR})?|(?P<which>this|last|next)\s+month)", word_of_month, "published"),
    _p("day and month", rf"(?:{WEEKDAY},?\s+)?(?:the\s+)?{DAY}(?:\s+of)?\s+{MONTH}", month_day, "published"),
    _p("month and day", rf"(?:{WEEKDAY},?\s+)?{MONTH}\s+(?:the\s+)?{DAY}(?!\d)(?!\s?%)(?!,\d)", month_day, "published"),
    _p("fiscal year", r"(?:the\s+)?(?:fiscal(?:\s+year)?|financial\s+year|FY)\s?(?:(?:19|20)\d\d|\d\d)(?:\s?[-/–]\s?(?:(?:19|20)\d\d|\d\d))?", fiscal_year),
    _p("fiscal year", r"(?:the\s+)?(?:19|20)\d\d(?:\s?[-/–]\s?(?:(?:19|20)\d\d|\d\d))?\s+(?:fiscal|financial|budget)\s+year", fiscal_year),
    _p("hijri date", rf"(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{HIJRI})(?:,?\s+1[34]\d\d)?(?:\s*(?:AH|A\.H\.|SH))?", other_calendar),
    _p("hijri date", rf"(?:{HIJRI}),?\s+1[34]\d\d(?:\s*(?:AH|A\.H\.|SH))?", other_calendar),
    _p("hijri date", r"(?:the\s+(?:Islamic|Hijri|Iranian|Afghan|Persian)\s+(?:calendar\s+)?year\s+(?:of\s+)?)?1[34]\d\d\s*(?:AH|A\.H\.|SH|Hijri)", other_calendar),
    _p("hijri date", r"the\s+(?:Islamic|Hijri|Iranian|Afghan|Persian)\s+(?:calendar\s+)?year\s+(?:of\s+)?1[34]\d\d", other_calendar),
    _p("years range", rf"{YEAR}\s?(?:-|–|—)\s?(?P<year2>\d{{4}}|\d\d)", years_range),
    _p("quarter", rf"(?:the\s+)?(?P<nth>first|second|third|fourth)\s+(?P<what>quarter|half)\s+(?:of\s+)?(?:(?P<which>last|this|next)\s+year|{YEAR})", quarter, "published"),
    _p("quarter", rf"Q(?P<q>[1-4])\s+(?:of\s+)?{YEAR}", quarter),
    _p("season", rf"(?:the\s+)?(?:early\s+|late\s+)?(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?{YEAR}", season),
    _p("season", r"(?P<which>last|next|this past|this coming|the coming|this|the previous|the following)\s+(?P<season>spring|summer|autumn|winter)", season, "published"),
    _p("season", r"(?:(?<=\bin )|(?<=\bsince )|(?<=\buntil )|(?<=\btill )|(?<=\bby )|(?<=\bduring )|(?<=\bbefore ))(?:the\s+)?(?:early\s+|late\s+)?(?P<season>spring|summer|autumn|winter)(?!\s+(?:of|of\s+\d))", season, "published"),
    _p("decade", r"(?:the\s+)?(?:(?:early|late|mid)[\s-]+)?(?P<decade>(?:1[89]|20)\d0)[’']?s", decade),
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
    _p("day in words", rf"(?:(?<=\bon )|(?<=\bby )|(?<=until ))the (?P<word>{'|'.join(sorted(DAY_WORDS, key=len, reverse=True))})(?:\s+of the month)?(?=\s*[,.;]|\s+(?:and|but|after|before|when|by|at|in|to)\b)", day_in_words, "published"),
    _p("day in words", rf"(?<=\bfor )the (?P<word>{'|'.join(sorted((w for w in DAY_WORDS if DAY_WORDS[w] > 5), key=len, reverse=True))})(?:\s+of the month)?(?=\s*[,.;])", day_in_words, "published"),
    _p("day in words", r"(?:the )?night of the (?P<word>\d{1,2})(?:st|nd|rd|th)", day_in_words, "published"),
    _p("vague ago", r"(?:a few|several|some|a couple of|many)\s+(?P<unit>month|year|decade)s?\s+(?:ago|back)", vague_ago, "published"),
    _p("hours ago", r"(?:an|a few|several|some|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2})\s+hours?\s+(?:ago|earlier)", hours_ago, "published"),
    _p("ago", r"(?P<count>a|two)\s+(?P<unit>fortnight)s?\s+ago", ago, "published"),
    _p("ago", rf"{COUNT}(?:\s+and\s+a\s+half)?\s+{UNIT}\s+(?:ago|back)", ago, "published"),
    _p("story count", rf"(?:only\s+|just\s+)?{COUNT}\s+{UNIT}\s+(?P<way>later|earlier|afterwards|before|after)(?!\s+(?:the|a|an|his|her|its|their)\b)(?!(?-i:\s+(?:[A-Z]|\d)))", story_count, "story"),
    _p("day before", r"the (?P<unit>day|week|month|year|night|evening|morning) (?P<way>before|after|earlier)(?!\s+(?:the|a|an|his|her|its|their|he|she|they|it)\b)", day_before, "story"),
    _p("weekend", r"(?P<which>the|last|this|next|this past|this coming)\s+weekend", weekend, "published"),
    _p("span back", rf"(?:the\s+)?(?:past|last)\s+(?P<count>few|several|couple of|\d{{1,3}}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)\s+{UNIT}", span_back, "published"),
    _p("relative unit", rf"(?:(?P<part>earlier|later|early|late|mid|the end of|the beginning of|the start of)[\s-]+)?(?P<which>last|this|next|the past|this past|the coming|coming)\s+{UNIT}(?!s)", relative_unit, "published"),
    _p("hence", rf"(?:in|within)\s+{COUNT}\s+{UNIT}(?:[’']s?)?\s+(?:time)", hence, "published"),
    _p("hence", r"(?<=\bin )(?P<count>a|two|three|four|six|ten)\s+(?P<unit>fortnight|day|week|month)s?(?!\s+of\b)(?=\s*[,.;]|$)", hence_soon, "published"),
    _p("hence", rf"{COUNT}\s+{UNIT}\s+from\s+(?:now|today)", hence, "published"),
    _p("part of year", rf"{EARLY}[\s-]+{YEAR}", year_only),
    _p("bare month", rf"(?:(?P<part>early|late|mid)[\s-]+)?(?P<which>last|next|this past|this coming|this|past|coming)\s+{MONTH}", bare_month, "published"),
    _p("bare month", rf"{EARLY}[\s-]+{MONTH}", bare_month, "published"),
    _p("bare month", rf"(?<=\bin )(?:{MONTH})|(?<=\bsince )(?:{MONTH.replace('<month>', '<month2>')})|(?<=\buntil )(?:{MONTH.replace('<month>', '<month3>')})|(?<=\bby )(?:{MONTH.replace('<month>', '<month4>')})|(?<=\bfrom )(?:{MONTH.replace('<month>', '<month5>')})|(?<=\bof )(?:{MONTH.replace('<month>', '<month6>')})|(?<=\bfor )(?:{MONTH.replace('<month>', '<month7>')})|(?<=\bto )(?:{MONTH.replace('<month>', '<month8>')})|(?<=\bbefore )(?:{MONTH.replace('<month>', '<month9>')})|(?<=\bafter )(?:{MONTH.replace('<month>', '<month10>')})|(?<=\btill )(?:{MONTH.replace('<month>', '<month11>')})|(?<=\bduring )(?:{MONTH.replace('<month>', '<month12>')})|(?<=\bthrough )(?:{MONTH.replace('<month>', '<month13>')})|(?<=as late as )(?:{MONTH.replace('<month>', '<month14>')})|(?<=as early as )(?:{MONTH.replace('<month>', '<month15>')})",
       bare_month_after, "published"),
    _p("nth of the month", r"(?:(?<=\bon )|(?<=\bsince )|(?<=\buntil )|(?<=\bby ))the (?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)(?!\s+(?:of|day|anniversary|floor|century|time|round|session|meeting|birthday|edition|summit|year))", nth_of_month, "published"),
    _p("year", rf"{YEAR}", year_only),
)  # fmt: skip
"""Longer and surer patterns first: the first to take a stretch of text keeps it."""


def last_day(value: str | None) -> date | None:
    """The day from which the story goes on after an expression of this value: only from days, weeks and months."""
    low, high = interval_of(value)
    if low is None or high is None or (high - low).days > 31:
        return None
    return low
