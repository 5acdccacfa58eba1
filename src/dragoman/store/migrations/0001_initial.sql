-- The record: reports, what their sentences say, the events merged from them, and what could not be read.
CREATE TABLE reports (
    report_id VARCHAR PRIMARY KEY,     -- content hash, 16 hex digits
    text VARCHAR NOT NULL,             -- clean text; every offset counts its code points
    title VARCHAR,
    source VARCHAR,
    url VARCHAR,
    published DATE,
    published_from VARCHAR,            -- option, metadata, file name, dateline
    language VARCHAR NOT NULL,
    coder VARCHAR NOT NULL,            -- fingerprint of version, model, knowledge and options that coded it
    n_mentions INTEGER NOT NULL
);
CREATE TABLE origins (
    report_id VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    locator VARCHAR NOT NULL,
    source VARCHAR,
    url VARCHAR,
    given_id VARCHAR,
    PRIMARY KEY (report_id, path, locator)
);
CREATE TABLE problems (
    path VARCHAR NOT NULL,
    locator VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    remedy VARCHAR NOT NULL,
    report_id VARCHAR,
    PRIMARY KEY (path, locator, kind)
);
CREATE TABLE event_mentions (
    mention_id VARCHAR PRIMARY KEY,
    report_id VARCHAR NOT NULL,
    published DATE,
    sentence_index INTEGER NOT NULL,
    trigger_start INTEGER NOT NULL,
    event_type VARCHAR NOT NULL,
    base_type VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    body VARCHAR NOT NULL              -- the whole mention as JSON, the design's field names
);
CREATE INDEX event_mentions_report ON event_mentions (report_id);
CREATE TABLE events (
    event_id VARCHAR PRIMARY KEY,
    event_type VARCHAR NOT NULL,
    base_type VARCHAR NOT NULL,
    mode VARCHAR,
    contexts VARCHAR[] NOT NULL,
    cameo VARCHAR,                     -- text: leading zeros matter
    quad_class TINYINT NOT NULL,
    plover_score DOUBLE NOT NULL,
    goldstein DOUBLE,
    status VARCHAR NOT NULL,
    actors STRUCT("text" VARCHAR, "name" VARCHAR, actor_id VARCHAR, kind VARCHAR, country VARCHAR, sectors VARCHAR[], office VARCHAR, span INTEGER[])[] NOT NULL,
    recipients STRUCT("text" VARCHAR, "name" VARCHAR, actor_id VARCHAR, kind VARCHAR, country VARCHAR, sectors VARCHAR[], office VARCHAR, span INTEGER[])[] NOT NULL,
    date_start DATE,
    date_end DATE,
    date_precision VARCHAR,
    place STRUCT("name" VARCHAR, country VARCHAR, admin1 VARCHAR, lat DOUBLE, lon DOUBLE, geonameid BIGINT, "precision" VARCHAR, span INTEGER[], found VARCHAR),
    attribution STRUCT(speaker VARCHAR, kind VARCHAR, cue VARCHAR, direct BOOLEAN, span INTEGER[], cue_span INTEGER[])[] NOT NULL,
    casualties JSON NOT NULL,
    amounts JSON NOT NULL,
    confidence DOUBLE NOT NULL,
    first_seen DATE,
    novelty_days INTEGER,
    n_mentions INTEGER NOT NULL,
    n_reports INTEGER NOT NULL,
    n_sources INTEGER NOT NULL,
    disputes JSON NOT NULL,
    merged_because JSON NOT NULL,
    representative VARCHAR NOT NULL    -- mention_id whose sentence stands for the event
);
CREATE TABLE event_members (
    event_id VARCHAR NOT NULL,
    mention_id VARCHAR PRIMARY KEY,
    position INTEGER NOT NULL
);
CREATE INDEX event_members_event ON event_members (event_id);
CREATE TABLE decisions (              -- made by hand, appended, never overwritten (see dragoman.store.decisions)
    decision_id VARCHAR PRIMARY KEY,
    made_at TIMESTAMP NOT NULL,
    made_by VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,             -- accept, correct, reject, merge, split, undo
    target VARCHAR NOT NULL,           -- event_id or mention_id or decision_id
    body JSON NOT NULL,
    why VARCHAR
);
CREATE TABLE runs (
    run_id VARCHAR PRIMARY KEY,
    started TIMESTAMP NOT NULL,
    finished TIMESTAMP,
    manifest JSON NOT NULL
);
CREATE TABLE state (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
INSERT INTO state VALUES ('merged', 'yes');
