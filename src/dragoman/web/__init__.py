"""The web app on a record: pages to look at, the same questions as JSON, and reviews. Needs `pip install dragoman[web]`."""
