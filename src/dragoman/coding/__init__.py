"""ResolvedReading to EventMentions: what happened, who did it to whom, whether it has happened, and who says so."""

from dragoman.coding.coder import MentionCoder

__all__ = ["MentionCoder"]
