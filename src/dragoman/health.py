"""What is installed and whether it works here; `dragoman doctor` prints it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
from dataclasses import dataclass

from dragoman import __version__

EXTRAS = {
    "pandas": "pandas", "polars": "polars", "arrow": "pyarrow", "web": "fastapi", "analysis": "ruptures",
    "feeds": "httpx", "scale": "ray",
}  # fmt: skip
"""Optional extra -> a module that shows it is there."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `remedy` says what to do when it is not `ok`, or how to add what is optional."""

    name: str
    value: str
    ok: bool = True
    remedy: str = ""


def examine() -> list[Finding]:
    """Look at everything the main job needs, by doing a small one."""
    findings = [
        Finding("dragoman", __version__),
        Finding(
            "python", f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
        ),
    ]
    for name in ("onnxruntime", "numpy", "duckdb", "trafilatura"):
        findings.append(_library(name))
    findings += _trial()
    for extra, module in EXTRAS.items():
        there = importlib.util.find_spec(module) is not None
        findings.append(
            Finding(
                f"extra {extra}",
                "installed" if there else "not installed",
                True,
                "" if there else f"pip install 'dragoman[{extra}]'",
            )
        )
    return findings


def _library(name: str) -> Finding:
    try:
        return Finding(name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, "missing", False, "pip install --force-reinstall dragoman")


def _trial() -> list[Finding]:
    from dragoman.api import load

    try:
        coder = load()
        reader = coder.tools.reader
        events = coder.code(
            "South Korea's Foreign Ministry summoned the Russian ambassador in Seoul on Friday.", published="2024-02-03"
        ).events()
    except Exception as error:  # whatever is broken is what doctor is for
        return [Finding("trial", f"{type(error).__name__}: {error}", False, "pip install --force-reinstall dragoman")]
    return [
        Finding(
            "model", f"{reader.path.name}, {reader.sha256[:16]}, trained on {', '.join(reader.contract.trained_on)}"
        ),
        Finding("coder fingerprint", coder.tools.fingerprint),
        Finding(
            "trial",
            "; ".join(f"{e.event_type} {[p.name for p in e.actors]} > {[p.name for p in e.recipients]}" for e in events)
            or "no event found",
            bool(events),
        ),
    ]
