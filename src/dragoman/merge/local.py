"""The part of a record that a change can reach: mentions linked to those changed, directly or by way of others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from dragoman.merge.cluster import Decisions, links
from dragoman.merge.features import Features


def within_reach(
    seeds: Collection[str], mentions: Iterable[Features], fellows: Iterable[Sequence[str]], decisions: Decisions
) -> set[str]:
    """Ids of the mentions whose events may change when the seeds do; the seeds are among them.

    Two mentions are bound to one another when a link between them is likelier than not, when they are in one event as it
    stands (`fellows`), and when a decision puts them together: what is bound to no seed keeps its event.
    """
    ordered = sorted(mentions, key=lambda m: m.order)
    bound: dict[str, set[str]] = {}
    for i, j in links(ordered).surest_first():
        _bind(bound, ordered[i].key, ordered[j].key)
    for group in (*fellows, *decisions.together, *decisions.pinned):
        for key in group[1:]:
            _bind(bound, group[0], key)
    found, waiting = set(seeds), list(seeds)
    while waiting:
        for key in bound.get(waiting.pop(), ()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found


def _bind(bound: dict[str, set[str]], a: str, b: str) -> None:
    bound.setdefault(a, set()).add(b)
    bound.setdefault(b, set()).add(a)
