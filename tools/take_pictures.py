"""The README's pictures, taken anew: `python tools/take_pictures.py RECORD [--out docs/images]`.

Serves the record on loopback, opens three pages in Chromium and stores them as PNG with few colours. Needs the `web` and `dev`
extras and Chromium.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

WIDTH = 1280
PAGES = {"overview": 1000, "pair": 1400, "event": 1000}
"""File name to height in pixels."""


def main() -> int:
    """Take them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--pair", default="KOR/RUS")
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    options = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Chromium is missing: apt-get install chromium", file=sys.stderr)
        return 2
    port = _free_port()
    server = subprocess.Popen(
        [Path(sys.executable).with_name("dragoman"), "serve", options.record, "--port", str(port)]
    )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(base)
        addresses = {"overview": "/", "pair": f"/pair/{options.pair}", "event": f"/event/{_most_told(base)}"}
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for name, height in PAGES.items():
                page = browser.new_page(viewport={"width": WIDTH, "height": height})
                page.goto(base + addresses[name], wait_until="networkidle")
                page.wait_for_timeout(1500)  # the charts draw themselves slowly
                _store(page.screenshot(), options.out / f"{name}.png")
                print(options.out / f"{name}.png", addresses[name])
            browser.close()
    finally:
        server.terminate()
        server.wait(10)
    return 0


def _store(picture: bytes, path: Path) -> None:
    """Write a page as PNG of 128 colours: text and bars keep their looks, the file a third of its size."""
    with Image.open(io.BytesIO(picture)) as whole:
        whole.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(base: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(base, timeout=5).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)
        else:
            return


def _most_told(base: str) -> str:
    """The event with the most reports."""
    with urllib.request.urlopen(f"{base}/api/v1/events?limit=200") as answer:
        events = json.load(answer)["events"]
    return str(max(events, key=lambda e: (e["n_reports"], e["confidence"]))["event_id"])


if __name__ == "__main__":
    raise SystemExit(main())
