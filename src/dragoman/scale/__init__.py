"""More than one process; beyond one machine the same `pipeline.code_reports` runs inside Ray Data (docs/how-to/scale.md)."""
