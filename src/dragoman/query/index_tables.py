"""The tables of an index: each a question to the record, asked of all events once, and of a few when these have changed.

    ev     one row an event, numbered by day: num is the key of all other tables
    card   what a list shows of an event, as JSON: fetched one by one through its key, which costs the same in any record
    who    parties, by actor; nation: each country of an event once; pairs: the two countries of an event, a < b;
           these two repeat what events are sifted by, and lie in the order in which they are asked for
    said   mentions and their reports; paper: reports numbered by day; words, report_words: an inverted index over
           sentences, names and texts

In the questions `{events}`, `{ev}` and `{who}` stand for the events meant, `{start}` for the first free number.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

LONGEST_WORD = 40
DAY = "coalesce(date_start, first_seen)"
SIFTED = "day, last_day, event_type, mode, contexts, status, quad_class, confidence, disputed, n_reports, place, place_country, lat, lon, countries, sources"
"""Columns by which `search.where` sifts: `nation` and `pairs` hold them too, so that no question about many events has to join."""


def _folded(text: str) -> str:
    return rf"regexp_extract_all(strip_accents(lower({text})), '[\p{{L}}\p{{N}}]+')".replace("{L}", "{{L}}").replace(
        "{N}", "{{N}}"
    )


BY_EVENT = {
    "ev": f"""WITH told AS (
      SELECT event_id, list_sort(array_agg(DISTINCT source)) AS sources FROM {{events}} e JOIN event_members USING (event_id)
        JOIN event_mentions USING (mention_id) JOIN reports USING (report_id) WHERE source IS NOT NULL GROUP BY event_id)
    SELECT ({{start}} + row_number() OVER (ORDER BY {DAY} NULLS FIRST, event_id) - 1)::INTEGER AS num, event_id,
    {DAY} AS day, coalesce(date_end, date_start, first_seen) AS last_day, first_seen, event_type, base_type, mode, contexts, status,
    quad_class, plover_score, goldstein, confidence, n_reports, n_sources, json_array_length(disputes) > 0 AS disputed, disputes,
    place.name AS place, place.country AS place_country, place.lat AS lat, place.lon AS lon, place."precision" AS place_precision, representative,
    list_sort(list_distinct(list_filter(list_transform(actors || recipients, lambda p: p.country), lambda c: c IS NOT NULL))) AS countries,
    coalesce(sources, []) AS sources FROM {{events}} e LEFT JOIN told USING (event_id) ORDER BY num""",
    "who": """WITH party AS (
      SELECT v.num, 'actor' AS side, unnest(e.actors) AS p FROM events e JOIN {ev} v USING (event_id)
      UNION ALL SELECT v.num, 'recipient', unnest(e.recipients) FROM events e JOIN {ev} v USING (event_id))
    SELECT num, side, p.actor_id AS actor_id, p.name AS name, p."text" AS words, p.kind AS kind, p.country AS country, p.office AS office,
      p.sectors AS sectors FROM party ORDER BY actor_id, num""",
    "nation": f"SELECT country, num, {SIFTED} FROM (SELECT unnest(countries) AS country, * FROM {{ev}} v) ORDER BY country, num",
    "pairs": f"""WITH joined AS (SELECT DISTINCT least(x.country, y.country) AS a, greatest(x.country, y.country) AS b, x.num
      FROM {{who}} x JOIN {{who}} y USING (num) WHERE x.country < y.country AND (x.side <> y.side OR (x.side = 'actor' AND y.side = 'actor'
        AND x.num NOT IN (SELECT num FROM {{who}} z WHERE side = 'recipient'))))
    SELECT a, b, num, event_id, base_type, plover_score, goldstein, CASE WHEN disputed THEN disputes ELSE '[]' END AS disputes, {SIFTED}
    FROM joined JOIN {{ev}} v USING (num) ORDER BY a, b, num""",
    "acted": "SELECT DISTINCT actor_id, num FROM {who} w WHERE actor_id IS NOT NULL ORDER BY actor_id, num",
    "said": """SELECT v.num, b.position, b.mention_id, m.report_id, r.source, r.published
    FROM event_members b JOIN {ev} v USING (event_id) JOIN event_mentions m USING (mention_id) LEFT JOIN reports r USING (report_id)
    ORDER BY num, position""",
    "card": """WITH shown AS MATERIALIZED (SELECT v.*, m.report_id, json_extract(m.body, ['$.sentence', '$.trigger', '$.sentence_start', '$.source']) AS j
      FROM {ev} v JOIN event_mentions m ON m.mention_id = v.representative)
    SELECT v.num, to_json({{event_id: v.event_id, event_type: v.event_type, base_type: v.base_type, mode: v.mode,
      contexts: v.contexts, status: v.status, quad_class: v.quad_class, plover_score: v.plover_score, confidence: v.confidence, day: v.day,
      n_reports: v.n_reports, n_sources: v.n_sources, disputed: v.disputed, place: v.place, place_country: v.place_country, lat: v.lat, lon: v.lon,
      actors: e.actors, recipients: e.recipients, sentence: j[1], trigger: j[2],
      sentence_start: j[3], source: j[4], title: r.title,
      report_id: v.report_id, speakers: list_filter(list_transform(e.attribution, lambda s: s.speaker), lambda s: s <> '')}})::VARCHAR AS body
    FROM shown v JOIN events e USING (event_id) LEFT JOIN reports r ON r.report_id = v.report_id ORDER BY v.num""",
    "words": f"""WITH told AS (
      SELECT b.num, {_folded("json_extract_string(m.body, '$.sentence')")} AS found FROM event_members JOIN {{ev}} b USING (event_id)
        JOIN event_mentions m USING (mention_id)
      UNION ALL SELECT num, {_folded("concat_ws(' ', name, office)")} FROM {{who}} w
      UNION ALL SELECT num, {_folded("concat_ws(' ', place, event_type, mode)")} FROM {{ev}} v)
    SELECT DISTINCT left(word, {LONGEST_WORD}) AS word, num FROM (SELECT num, unnest(found) AS word FROM told) ORDER BY word, num""",
}  # fmt: skip

KNOWN = """SELECT actor_id, mode(name) AS name, mode(kind) AS kind, mode(country) AS country, count(DISTINCT num)::INTEGER AS n
    FROM who WHERE actor_id IS NOT NULL {and_only} GROUP BY actor_id ORDER BY actor_id"""

BY_REPORT = {
    "paper": """SELECT (row_number() OVER (ORDER BY published NULLS FIRST, report_id DESC) - 1)::INTEGER AS num, report_id
    FROM reports ORDER BY num""",
    "report_words": f"""SELECT DISTINCT left(word, {LONGEST_WORD}) AS word, num FROM (
      SELECT num, unnest({_folded("concat_ws(' ', title, source, text)")}) AS word FROM reports JOIN paper USING (report_id)) ORDER BY word, num""",
}  # fmt: skip


def build(db: duckdb.DuckDBPyConnection) -> None:
    """All tables of an empty index."""
    for name, question in BY_EVENT.items():
        if name == "card":
            db.execute("CREATE TABLE card (num INTEGER PRIMARY KEY, body VARCHAR NOT NULL)")
            db.execute(f"INSERT INTO card {question.format(ev='ev')}")
        else:
            db.execute(f"CREATE TABLE {name} AS {question.format(events='events', ev='ev', who='who', start=0)}")
    db.execute("CREATE INDEX ev_id ON ev (event_id)")
    db.execute(f"CREATE TABLE known AS {KNOWN.format(and_only='')}")
    for name, question in BY_REPORT.items():
        db.execute(f"CREATE TABLE {name} AS {question.format()}")


def exchange(db: duckdb.DuckDBPyConnection, gone: Sequence[str], made: Sequence[str]) -> None:
    """Some events anew, inside a transaction of the caller's: those gone leave every table, those made enter as they stand in the record."""
    start = (db.execute("SELECT coalesce(max(num), -1) + 1 FROM ev").fetchone() or (0,))[0]
    chosen = "IN (SELECT unnest(?::VARCHAR[]))"
    db.execute(f"CREATE OR REPLACE TEMP TABLE stale AS SELECT num FROM ev WHERE event_id {chosen}", [[*gone, *made]])
    db.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS SELECT * FROM events WHERE event_id {chosen}", [list(made)])
    db.execute("CREATE OR REPLACE TEMP TABLE met AS SELECT DISTINCT actor_id FROM who SEMI JOIN stale USING (num)")
    for name in BY_EVENT:
        db.execute(f"DELETE FROM {name} WHERE num IN (SELECT num FROM stale)")
    new = {"events": "fresh", "start": start}
    new |= {table: f"(SELECT * FROM {table} WHERE num >= {start})" for table in ("ev", "who")}
    for name, question in BY_EVENT.items():
        db.execute(f"INSERT INTO {name} {question.format(**new)}")
    db.execute(f"INSERT INTO met SELECT DISTINCT actor_id FROM who WHERE num >= {start}")
    db.execute("DELETE FROM known WHERE actor_id IN (SELECT actor_id FROM met)")
    db.execute(f"INSERT INTO known {KNOWN.format(and_only='AND actor_id IN (SELECT actor_id FROM met)')}")
