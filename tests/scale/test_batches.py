"""The coder over column batches, as an engine would call it."""

from __future__ import annotations

import json

from dragoman.scale.batches import BatchCoder


def test_columns_in_columns_out_and_nothing_lost() -> None:
    coder = BatchCoder()
    out = coder({
        "body": ["South Korea summoned the Russian ambassador on Friday.", "Die Regierung verurteilte die Übungen und forderte Zurückhaltung von allen Seiten."],
        "date": ["2024-02-03", "2024-02-03"],
    })  # fmt: skip
    mentions = [json.loads(m) for m in out["mention"] if m]
    problems = [json.loads(p) for p in out["problem"] if p]
    assert [m["published"] for m in mentions] == ["2024-02-03"]
    assert [p["kind"] for p in problems] == ["not-english"]
    assert len({len(column) for column in out.values()}) == 1


def test_an_empty_batch_has_the_same_columns() -> None:
    assert BatchCoder()({"text": []}) == {"report_id": [], "report": [], "mention": [], "problem": []}
