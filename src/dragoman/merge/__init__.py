"""Event mentions in, real-world events out: one event, however many reports.

block    who might match at all          clues   the table of clues, each with words
cluster  verdicts to groups of mentions  build   a group to an `Event` with its disputes
"""

from dragoman.merge.block import Blocks, blocks_of
from dragoman.merge.build import build
from dragoman.merge.cluster import Decisions, Verdict, cluster
from dragoman.merge.features import Features, Shelf, features
from dragoman.merge.journey import merge

__all__ = ["Blocks", "Decisions", "Features", "Shelf", "Verdict", "blocks_of", "build", "cluster", "features", "merge"]
