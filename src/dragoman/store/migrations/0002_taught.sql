-- What reports teach about the persons of other reports' mentions: found when events are derived, laid over the mention.
CREATE TABLE taught (
    mention_id VARCHAR PRIMARY KEY,
    body VARCHAR NOT NULL              -- JSON: actors and recipients as explained, further steps of the trail
);
