"""What the tests of resolving share."""

from __future__ import annotations

import pytest

from dragoman.resolve import Resolver


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    """With the knowledge that ships."""
    return Resolver.load()
