"""The command line: each command parses, calls the Python API and prints; no rule lives here.

Exit codes: 0 everything coded, 1 some reports were set aside (`dragoman problems`), 2 wrong use.
"""

from dragoman.cli.main import main

__all__ = ["main"]
