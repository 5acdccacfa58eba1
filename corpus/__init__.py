"""The Dragoman corpus: reports composed for training, and the tools that read, check and count them.

Nothing here is shipped in the wheel; only the standard library is needed.
"""
