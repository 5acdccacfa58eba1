"""Check the knowledge files and pack them into the one file that ships.

python tools/compile_knowledge.py           check and write
python tools/compile_knowledge.py --check   fail when the shipped copy is not current
"""

from __future__ import annotations

import argparse
import sys
from gzip import decompress as unpack
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.resolve.packed import COMPILED, HERE, check_references, digest, pack, read_folder


def compile_folder(folder: Path) -> tuple[bytes, dict[str, int]]:
    """A folder's files as the compiled file's bytes, and the number of rows of each table."""
    rows = read_folder(folder)
    check_references(rows)
    return pack(rows, digest(folder)), {name: len(found) for name, found in rows.items()}


def main() -> int:
    """Run the command; 0 when the copy is current or was written, 1 with the reason otherwise."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--check", action="store_true", help="write nothing, only compare")
    asked = options.parse_args()
    try:
        packed, counts = compile_folder(HERE)
    except DragomanError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    if asked.check:
        # Unpacked, because two versions of zlib may squeeze the same text differently.
        current = COMPILED.exists() and unpack(COMPILED.read_bytes()) == unpack(packed)
        print("current" if current else "out of date: run python tools/compile_knowledge.py")
        return 0 if current else 1
    COMPILED.parent.mkdir(exist_ok=True)
    COMPILED.write_bytes(packed)
    for name, count in counts.items():
        print(f"{name:16} {count:6}")
    print(f"{COMPILED.name}: {len(packed):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
