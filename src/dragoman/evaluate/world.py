"""`actors`, `times` and `places`: from words to known actors, days and places."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dragoman.evaluate import forms
from dragoman.evaluate.metrics import kilometres, prf
from dragoman.evaluate.outcome import Mistake, Outcome
from dragoman.evaluate.texts import as_report, read_texts
from dragoman.pipeline import Tools

NEAR_KM = 161
"""100 miles, the field's customary tolerance (Gritta et al. 2018)."""


def actors(path: Path, tools: Tools) -> Outcome:
    """Marked actor mentions: country, and first PLOVER sector; a mention that was abstained from counts as wrong.

    Records: {text, start, end, country, sector (null for a state as a whole), date}.
    """
    items = []
    for line, row in forms.rows(
        path, form="actors", required={"text": str, "start": int, "end": int, "country": (str, type(None))}
    ):
        (span,) = forms.spans_of(
            [[row["start"], row["end"]]], path=path, line=line, field="start/end", text=row["text"]
        )
        items.append(
            (str(row.get("id", line)), row["text"], span, row["country"], row.get("sector"), forms.day(row.get("date")))
        )
    country_right = sector_right = abstained = 0
    mistakes = []
    readings = read_texts([(i[1], i[5]) for i in items], tools)
    for (item, text, span, country, sector, _), reading in zip(items, readings, strict=True):
        actor = tools.resolver.resolve_span(reading, span)
        abstained += actor is None or actor.country is None
        got = actor.country if actor else None
        got_sector = actor.sectors[0] if actor and actor.sectors else None
        country_right += got == country
        same_sector = got_sector == sector or {got_sector, sector} == {None, "GOV"}
        sector_right += same_sector
        if got != country or not same_sector:
            mistakes.append(
                Mistake(item, f"{country} {sector}", f"{got} {got_sector}", f"{text[slice(*span)]} | {text}")
            )
    n = max(1, len(items))
    metrics = {
        "country_accuracy": 100 * country_right / n,
        "sector_accuracy": 100 * sector_right / n,
        "abstained": 100 * abstained / n,
    }
    return Outcome("actors", str(path), len(items), metrics, {}, tuple(mistakes))


def times(path: Path, tools: Tools) -> Outcome:
    """Dates with values: a found expression is right when it overlaps a gold one, and its value is the gold value.

    Gold DATE values are TIMEX3 (or a from/to interval); durations and sets are left out of both sides.
    """
    from dragoman.resolve.times import find_times

    right_value = right_span = found_n = gold_n = 0
    mistakes = []
    items = []
    for line, row in forms.rows(path, form="times", required={"text": str, "timexes": list}):
        gold = []
        for timex in row["timexes"]:
            forms.spans_of(
                [[timex.get("start"), timex.get("end")]], path=path, line=line, field="timexes", text=row["text"]
            )
            if str(timex.get("type", "DATE")).upper() in ("DATE", "TIME"):
                gold.append(timex)
        items.append((str(row.get("id", line)), row["text"], gold, forms.day(row.get("dct"))))
    for (item, text, gold, dct), reading in zip(items, read_texts([(i[1], i[3]) for i in items], tools), strict=True):
        found = find_times(reading, dct)
        used: set[int] = set()
        for timex in gold:
            hit = next(
                (i for i, t in enumerate(found) if i not in used and t.start < timex["end"] and timex["start"] < t.end),
                None,
            )
            if hit is None:
                mistakes.append(
                    Mistake(
                        item,
                        f"{timex['text']} = {gold_value(timex)}",
                        "not found",
                        text[max(0, timex["start"] - 60) : timex["end"] + 40],
                    )
                )
                continue
            used.add(hit)
            right_span += 1
            if same_value(found[hit].value, timex):
                right_value += 1
            else:
                mistakes.append(
                    Mistake(
                        item,
                        f"{timex['text']} = {gold_value(timex)}",
                        found[hit].value or "-",
                        text[max(0, timex["start"] - 60) : timex["end"] + 40],
                    )
                )
        for i, extra in enumerate(found):
            if i not in used:
                mistakes.append(
                    Mistake(
                        item,
                        "none",
                        f"{text[extra.start : extra.end]} = {extra.value}",
                        text[max(0, extra.start - 60) : extra.end + 40],
                    )
                )
        found_n += len(found)
        gold_n += len(gold)
    value, span = prf(right_value, found_n, gold_n), prf(right_span, found_n, gold_n)
    metrics = {"value_f1": value[2], "span_f1": span[2], "value_precision": value[0], "value_recall": value[1]}
    return Outcome("times", str(path), gold_n, metrics, {}, tuple(mistakes))


def gold_value(timex: forms.Row) -> str:
    """The gold value as text: the TIMEX3 value, or the interval."""
    if timex.get("value"):
        return str(timex["value"])
    ends = (timex.get("from") or timex.get("notBefore"), timex.get("to") or timex.get("notAfter"))
    return "/".join(str(e or "..") for e in ends)


def same_value(found: str | None, timex: forms.Row) -> bool:
    """Equal TIMEX3 values, the clock time left out; for an interval, the same ends or the decade/century that it is."""
    if found is None:
        return False
    if timex.get("value"):
        return found.split("T")[0] == str(timex["value"]).split("T")[0]
    start, end = _ends(found)
    low, high = (
        _ends(str(timex.get("from") or timex.get("notBefore") or ""))[0],
        _ends(str(timex.get("to") or timex.get("notAfter") or ""))[1],
    )
    return (low is None or low == start) and (high is None or high == end) and not (low is None and high is None)


def _ends(value: str) -> tuple[date | None, date | None]:
    from dragoman.resolve.times import interval_of

    return interval_of(value)


def places(path: Path, tools: Tools) -> Outcome:
    """Toponyms: with gold spans, the share placed within 161 km; end to end, F1 of those found and placed so.

    Gold names without coordinates are left out of both.
    """
    items = []
    for line, row in forms.rows(path, form="places", required={"text": str, "toponyms": list}):
        gold = []
        for t in row["toponyms"]:
            forms.spans_of([[t.get("start"), t.get("end")]], path=path, line=line, field="toponyms", text=row["text"])
            gold.append(t)
        items.append((str(row.get("id", line)), row["text"], gold, forms.day(row.get("date"))))
    near = n = right = found_n = 0
    distances: list[float] = []
    mistakes = []
    for number, (item, text, gold, published) in enumerate(items):
        reading = tools.reader.read(as_report(text, number, published))
        known = [t for t in gold if t.get("lat") is not None]
        placed = tools.resolver.resolve_toponyms(reading, [(t["start"], t["end"]) for t in known])
        for t, place in zip(known, placed, strict=True):
            n += 1
            away = (
                kilometres(t["lat"], t["lon"], place.lat, place.lon)
                if place and place.lat is not None and place.lon is not None
                else None
            )
            near += away is not None and away <= NEAR_KM
            if away is not None:
                distances.append(away)
            if away is None or away > NEAR_KM:
                got = f"{place.name}, {place.admin1}, {place.country}" if place else "none"
                mistakes.append(
                    Mistake(
                        item,
                        f"{t.get('name') or t['text']} ({t.get('country')}, {t['lat']:.2f} {t['lon']:.2f})",
                        got,
                        text[max(0, t["start"] - 50) : t["end"] + 50],
                    )
                )
        found = tools.resolver.find_toponyms(reading)
        unknown = [t for t in gold if t.get("lat") is None]
        used: set[int] = set()
        for start, end, place in found:
            if any(t["start"] < end and start < t["end"] for t in unknown):
                continue
            found_n += 1
            for i, t in enumerate(known):
                if i in used or not (t["start"] < end and start < t["end"]) or place.lat is None or place.lon is None:
                    continue
                used.add(i)
                right += kilometres(t["lat"], t["lon"], place.lat, place.lon) <= NEAR_KM
                break
    p, r, f = prf(right, found_n, n)
    metrics = {"accuracy_161km": 100 * near / max(1, n), "f1": f, "precision": p, "recall": r}
    if distances:
        metrics["mean_km"] = sum(distances) / len(distances)
    return Outcome("places", str(path), n, metrics, {}, tuple(mistakes))
