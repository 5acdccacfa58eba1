"""Report to Reading: sentences, words, trees, predicates with roles, mentions and events, in one pass of one model."""

from dragoman.read.heads import HeadMismatchError
from dragoman.read.runtime import ModelMissingError, Pair, Reader, Relation, SpanError, read

__all__ = ["HeadMismatchError", "ModelMissingError", "Pair", "Reader", "Relation", "SpanError", "read"]
