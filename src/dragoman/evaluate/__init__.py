"""How good is it? Gold files in, standard metrics out; a suite never sees the gold while it codes.

outcome = run_suite("relations", "plv.jsonl", coder)
outcome.metrics["root_macro_f1"]
"""

from dragoman.evaluate.outcome import Outcome
from dragoman.evaluate.suites import SUITES, run_suite

__all__ = ["SUITES", "Outcome", "run_suite"]
