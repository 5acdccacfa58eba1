"""From named to known: who, when, where.

resolver = Resolver.load()
resolved = resolver.resolve(reading)
"""

from dragoman.resolve.resolver import Resolver

__all__ = ["Resolver"]
