"""The contract between training and reading."""

from dataclasses import replace

import pytest

from dragoman.read.heads import Contract, HeadMismatchError, check, heads

GOOD = Contract(heads(relations=("nsubj", "root"), roles=("_", "ARG0")), ("a treebank",), "for this test")


def shapes(contract: Contract) -> dict[str, tuple[object, ...]]:
    return {h.name: tuple(len(h.labels) if a == "labels" else a for a in h.axes) for h in contract.heads}


def test_a_contract_survives_being_written_down() -> None:
    assert Contract.from_json(GOOD.to_json()) == GOOD
    check(GOOD, shapes(GOOD))


def test_other_labels_are_refused() -> None:
    other = replace(GOOD, heads=tuple(replace(h, labels=h.labels[:-1]) if h.name == "types" else h for h in GOOD.heads))
    with pytest.raises(HeadMismatchError, match="'types'"):
        check(other, shapes(other))


def test_a_graph_of_another_shape_is_refused() -> None:
    with pytest.raises(HeadMismatchError, match=r"'statuses'.*6"):
        check(GOOD, {**shapes(GOOD), "statuses": ("B", "W", 6)})


def test_a_missing_head_and_another_format_are_refused() -> None:
    with pytest.raises(HeadMismatchError, match="'cues'"):
        check(replace(GOOD, heads=tuple(h for h in GOOD.heads if h.name != "cues")), shapes(GOOD))
    with pytest.raises(HeadMismatchError, match="format"):
        Contract.from_json('{"format": 0}')
