"""Countries and who deals with whom, as a network over any period (rustworkx)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from dragoman.errors import UsageError
from dragoman.query.codes import country_name
from dragoman.records.codec import Json

KINDS = {"all": (1, 2, 3, 4), "cooperation": (1, 2), "conflict": (3, 4)}


@dataclass(frozen=True, slots=True)
class Node:
    """One country's place in the network.

    Attributes:
        events: Events that it is a party to; `partners` countries it shares one with.
        degree: Share of the other countries that it deals with, in [0, 1].
        betweenness: Share of shortest paths between others that lead over it, in [0, 1].
        eigenvector: Dealing with those who deal with many, weighted by events; the largest is 1; None where it does not converge.
        component: Number of the connected group it is in, from 0, the largest first.
    """

    country: str
    name: str
    events: int
    partners: int
    degree: float
    betweenness: float
    eigenvector: float | None
    component: int


@dataclass(frozen=True, slots=True)
class Network:
    """Countries and the pairs between them (by code, first before second) with how many events each has."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str, int], ...]
    density: float


def network(events: Iterable[Json], kind: str = "all") -> Network:
    """The network of events that happened.

    Args:
        kind: "all", "cooperation" or "conflict".

    Raises:
        UsageError: another kind, or rustworkx is not installed.
    """
    if kind not in KINDS:
        raise UsageError(f"there is no kind of network {kind!r}; there are {', '.join(KINDS)}.")
    rustworkx = _library()
    weights: Counter[tuple[str, str]] = Counter()
    events_of: Counter[str] = Counter()
    for event in events:
        if event["status"] == "actual" and event["quad_class"] in KINDS[kind]:
            pairs = set(_pairs(event))
            weights.update(pairs)
            events_of.update({country for pair in pairs for country in pair})
    names = sorted(events_of)
    graph = rustworkx.PyGraph(multigraph=False)
    at = dict(zip(names, graph.add_nodes_from(names), strict=True))
    graph.add_edges_from([(at[a], at[b], float(n)) for (a, b), n in sorted(weights.items())])
    nodes = _nodes(rustworkx, graph, names, at, events_of)
    edges = tuple((a, b, n) for (a, b), n in sorted(weights.items(), key=lambda kv: (-kv[1], kv[0])))
    possible = len(names) * (len(names) - 1) / 2
    return Network(nodes, edges, len(edges) / possible if possible else 0.0)


def _nodes(
    rustworkx: Any, graph: Any, names: list[str], at: dict[str, int], events_of: Counter[str]
) -> tuple[Node, ...]:
    between = rustworkx.graph_betweenness_centrality(graph, normalized=True)
    try:
        eigen = dict(rustworkx.graph_eigenvector_centrality(graph, weight_fn=float, max_iter=1000))
    except rustworkx.FailedToConverge:
        eigen = {}
    most = max(eigen.values(), default=0.0)
    groups = sorted(rustworkx.connected_components(graph), key=lambda g: (-len(g), min(g)))
    component = {node: number for number, group in enumerate(groups) for node in group}
    found = [
        Node(
            name, country_name(name), events_of[name], graph.degree(at[name]), graph.degree(at[name]) / max(1, len(names) - 1),
            between[at[name]], eigen[at[name]] / most if most else None, component[at[name]],
        )
        for name in names
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda n: (-n.betweenness, -n.events, n.country)))


def _pairs(event: Json) -> Iterator[tuple[str, str]]:
    """Pairs of countries between which the event stands; the members of a meeting all pair."""
    actors = sorted({p["country"] for p in event["actors"] if p["country"]})
    recipients = sorted({p["country"] for p in event["recipients"] if p["country"]})
    for a, b in product(actors, recipients or actors):
        if a != b:
            yield (a, b) if a < b else (b, a)


def _library() -> Any:
    try:
        import rustworkx
    except ImportError as error:
        raise UsageError("rustworkx is not installed; `pip install 'dragoman[analysis]'` adds it.") from error
    return rustworkx
