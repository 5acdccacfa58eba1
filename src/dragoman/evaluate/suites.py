"""The suites by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from dragoman.errors import UsageError
from dragoman.evaluate import articles, classes, coref, records, relations, spans, speech, world
from dragoman.evaluate.outcome import Outcome
from dragoman.pipeline import Tools

Suite = Callable[[Path, Tools], Outcome]

SUITES: Mapping[str, Suite] = MappingProxyType(
    {
        "relations": relations.run,
        "classes": classes.run,
        "spans": spans.run,
        "events": records.run,
        "articles": articles.run,
        "attribution": speech.run,
        "actors": world.actors,
        "times": world.times,
        "places": world.places,
        "coref": coref.run,
    }
)


def run_suite(name: str, path: str | Path, tools: Tools) -> Outcome:
    """Score `tools` on a gold file.

    Raises:
        UsageError: no such suite. GoldFormError: the file has another form (line and field). NoSuchPathError: no file.
    """
    if name not in SUITES:
        raise UsageError(f"there is no suite {name!r}; there are {', '.join(SUITES)}.")
    return SUITES[name](Path(path), tools)
