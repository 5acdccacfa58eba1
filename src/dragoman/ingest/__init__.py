"""Bytes in, reports out: whatever the format, one `Report` per document, one `Problem` per failure.

for item in ingest(["archive/"], Options(published=date(2024, 2, 3))):
    ...                                  # Report, Copy or Problem, in the order of the input
"""

from dragoman.ingest.files import Copy, Item, ingest
from dragoman.ingest.options import Options

__all__ = ["Copy", "Item", "Options", "ingest"]
