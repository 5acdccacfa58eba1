"""What reports teach about the parties of other reports' mentions: kept apart from the mention, laid over it when it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable

import duckdb

from dragoman.records.codec import Json
from dragoman.store import bulk

COLUMNS = {"mention_id": "VARCHAR", "body": "VARCHAR"}


def replace_taught(db: duckdb.DuckDBPyConnection, found: Iterable[tuple[str, Json]]) -> int:
    """Make these (mention id, {actors, recipients, trail}) all that is taught; returns how many."""
    db.execute("DELETE FROM taught")
    rows = ({"mention_id": key, "body": json.dumps(body, ensure_ascii=False)} for key, body in found)
    return bulk.insert(db, "taught", COLUMNS, rows)


def laid(mention: Json, body: str | None) -> Json:
    """The mention with what was taught about its parties; itself when nothing was."""
    if body is None:
        return mention
    taught = json.loads(body)
    return mention | {
        "actors": taught["actors"], "recipients": taught["recipients"], "trail": [*mention["trail"], *taught["trail"]],
    }  # fmt: skip
