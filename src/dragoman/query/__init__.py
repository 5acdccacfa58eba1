"""Questions to a record: which events, pairs through time, actors, networks, and tables out of it."""
