"""Sentences longer than the encoder's window: cut into overlapping windows, and the windows' readings put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dragoman.read.decode import Analysis, FoundEvent, FoundMention

MOST_PIECES = 192  # word-pieces in one window; sentences of news have 30
OVERLAP = 64  # word-pieces that two neighbouring windows share


@dataclass(frozen=True, slots=True)
class Window:
    """Words [start, end) of a sentence, of which [own_start, own_end) are read here and the rest are surroundings."""

    start: int
    end: int
    own_start: int
    own_end: int


def windows(sizes: Sequence[int]) -> list[Window]:
    """Windows over words with these numbers of pieces; one window when all fit. Every word is owned by exactly one."""
    bounds: list[tuple[int, int]] = []
    start = 0
    while True:
        end, total = start, 0
        while end < len(sizes) and (total + sizes[end] <= MOST_PIECES or end == start):
            total += sizes[end]
            end += 1
        bounds.append((start, end))
        if end == len(sizes):
            break
        back, shared = end, 0
        while back > start + 1 and shared + sizes[back - 1] <= OVERLAP:
            back -= 1
            shared += sizes[back]
        start = back
    cuts = [0, *((right[0] + left[1] + 1) // 2 for left, right in pairwise(bounds)), len(sizes)]
    return [Window(a, b, own, cuts[i + 1]) for i, ((a, b), own) in enumerate(zip(bounds, cuts, strict=False))]


def stitch(parts: Sequence[tuple[Window, Analysis]]) -> Analysis:
    """One analysis from those of the windows: each finding is taken from the window that owns its first or head word."""
    if len(parts) == 1:
        return parts[0][1]
    words: list[str] = []
    upos: list[str] = []
    heads: list[int] = []
    relations: list[str] = []
    joined = Analysis((), (), (), (), (), (), (), ())
    for window, part in parts:
        own = range(window.own_start - window.start, window.own_end - window.start)
        words += part.words[own.start : own.stop]
        upos += part.upos[own.start : own.stop]
        heads += [h if h < 0 else h + window.start for h in part.heads[own.start : own.stop]]
        relations += part.relations[own.start : own.stop]
        joined = _joined(joined, part, window, own)
    _one_root(heads, relations)
    return replace(joined, words=tuple(words), upos=tuple(upos), heads=tuple(heads), relations=tuple(relations))


def _joined(joined: Analysis, part: Analysis, window: Window, own: range) -> Analysis:
    by = window.start
    places: dict[int, int] = {}
    mentions: list[FoundMention] = []
    wanted = {number for event in part.events if event.words[0] in own for _, number, _ in event.roles}
    known = {(m.start, m.end, m.kind): i for i, m in enumerate(joined.mentions)}
    for number, mention in enumerate(part.mentions):
        moved = replace(mention, start=mention.start + by, end=mention.end + by, head=mention.head + by)
        same = known.get((moved.start, moved.end, moved.kind))
        if same is not None:
            places[number] = same
        elif mention.start in own or number in wanted:
            places[number] = len(joined.mentions) + len(mentions)
            mentions.append(moved)
    predicates = [
        replace(p, word=p.word + by, arguments=tuple(replace(a, head=a.head + by) for a in p.arguments))
        for p in part.predicates
        if p.word in own
    ]
    names = [replace(n, start=n.start + by, end=n.end + by) for n in part.names if n.start in own]
    events = [_moved(e, by, places) for e in part.events if e.words[0] in own]
    return replace(
        joined,
        predicates=(*joined.predicates, *predicates),
        mentions=(*joined.mentions, *mentions),
        names=(*joined.names, *names),
        events=(*joined.events, *events),
    )


def _moved(event: FoundEvent, by: int, places: dict[int, int]) -> FoundEvent:
    return replace(
        event,
        words=tuple(w + by for w in event.words),
        cue=None if event.cue is None else event.cue + by,
        roles=tuple((role, places[number], p) for role, number, p in event.roles if number in places),
    )


def _one_root(heads: list[int], relations: list[str]) -> None:
    """Make the joined arcs one tree: later roots, and words whose way up runs in a circle, hang from the first root."""
    roots = [i for i, head in enumerate(heads) if head < 0]
    root = roots[0] if roots else 0
    heads[root], relations[root] = -1, "root"
    for other in roots[1:]:
        heads[other], relations[other] = root, "parataxis"
    safe = {root}
    for start in range(len(heads)):
        way, word = [], start
        while word not in safe and word not in way:
            way.append(word)
            word = heads[word]
        if word not in safe:
            heads[word], relations[word] = root, "parataxis"
        safe.update(way)
