"""Rules that look at the words themselves: what a hurried hand forgets. All are warnings, for words have exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from corpus.problems import Problem
from corpus.records import CorpusReport, Sentence
from corpus.rules_body import problem

_WEEKDAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTH = "January|February|April|June|July|September|October|November|December"
TIMES = re.compile(
    rf"\b(?:today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening|week|month)|last night"
    rf"|(?:last|next) (?:week|month|year|{_WEEKDAY})|on (?:{_WEEKDAY})|in (?:{_MONTH}|(?:19|20)\d\d))\b"
)
PREPOSITION = re.compile(r"(?:on|in|at|since|until|till|by|during|from) (?!\w+ \w+ ago)", re.IGNORECASE)
_HENCE = re.compile(
    r"in (?:the )?(?:next |coming )?(?:a|an|one|two|three|four|five|six|seven|ten|\d+|under|less|about|some|half|several)\b",
    re.IGNORECASE,
)
MODALS = frozenset(["may", "might", "could", "would", "shall", "should", "can", "must", "will"])
SAYING = re.compile(
    r"(?:has |have |had |are |is )?(?:said|says|say|told|tells|tell|announced|announces|reported|reports|stated|states|claimed|claims"
    r"|confirmed|confirms|added|adds|wrote|writes|according to)",
    re.IGNORECASE,
)


def problems_of(report: CorpusReport) -> Iterator[Problem]:
    """All problems of the report's words."""
    for index, sentence in enumerate(report.sentences):
        yield from _unmarked_times(report, index, sentence)
    yield from _times(report)
    yield from _triggers(report)
    yield from _speakers(report)


def _unmarked_times(report: CorpusReport, index: int, sentence: Sentence) -> Iterator[Problem]:
    if not any(t.sentence == index and t.id != "-" for t in report.triggers):
        return
    marked = [(m.start, m.end) for m in report.mentions] + [(t.start, t.end) for t in report.triggers]
    for found in TIMES.finditer(report.words(sentence)):
        start, end = sentence.start + found.start(), sentence.start + found.end()
        possessive = report.text[end : end + 2] in ("'s", "’s")
        if not possessive and not any(a < end and start < b for a, b in marked):
            yield problem(
                report,
                sentence.line,
                "unmarked-time",
                f"the time {found[0]!r} is not marked.",
                "Mark it and declare its value; link it with when= if it dates the event.",
                False,
            )


def _times(report: CorpusReport) -> Iterator[Problem]:
    for mention in report.mentions:
        time = report.times.get(mention.id)
        if time is None:
            continue
        line, words = report.sentences[mention.sentence].line, report.words(mention)
        if PREPOSITION.match(words) and not _HENCE.match(words):
            yield problem(
                report,
                line,
                "time-preposition",
                f"the time {words!r} begins with its preposition.",
                "Leave the preposition outside the mark.",
                False,
            )
        named = re.search(rf"\b({_WEEKDAY})\b", words)
        if named and time.value and re.fullmatch(r"\d{4}-\d{2}-\d{2}", time.value):
            actual = _weekday(time.value)
            if actual is not None and actual != named[1]:
                yield problem(
                    report,
                    line,
                    "weekday",
                    f"{words!r} has the value {time.value}, which is a {actual}.",
                    f"The report is of {report.header.published:%A %Y-%m-%d}.",
                    False,
                )


def _weekday(value: str) -> str | None:
    try:
        return date.fromisoformat(value).strftime("%A")
    except ValueError:
        return None


def _triggers(report: CorpusReport) -> Iterator[Problem]:
    for trigger in report.triggers:
        line, words = report.sentences[trigger.sentence].line, report.words(trigger).lower()
        after = report.text[trigger.end : trigger.end + 2]
        if trigger.id != "-" and words in MODALS and after[:1] == " " and after[1:].islower():
            yield problem(
                report,
                line,
                "bare-modal",
                f"the trigger of {trigger.id} is {words!r} alone.",
                "Mark the word of the act: may {send|e1}.",
                False,
            )
        if trigger.id == "-" and SAYING.fullmatch(words):
            yield problem(
                report,
                line,
                "saying-near-miss",
                f"{words!r} is marked as a near miss.",
                "A verb of saying is a cue if an event stands in what is said, and else unmarked.",
                False,
            )


def _speakers(report: CorpusReport) -> Iterator[Problem]:
    for event in report.events:
        marks = report.triggers_of(event.id)
        for voice in event.by:
            if voice.cue is None and voice.speaker is not None and marks:
                sentence = report.sentences[marks[0].sentence]
                if any(SAYING.fullmatch(w) for w in re.findall(r"according to|\w+", report.words(sentence))):
                    yield problem(
                        report,
                        event.line,
                        "no-cue",
                        f"!{event.id}: {voice.speaker} speaks without a cue.",
                        "Mark the word that carries it: <said|c1>, by=speaker:c1.",
                        False,
                    )
