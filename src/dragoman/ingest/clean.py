"""Clean text: one normal form, furniture dropped, so that offsets mean the same for ever."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SPACES = re.compile(r"[ \t\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BREAKS = re.compile(r"\n{3,}")
# Direction overrides can make a page show other words than it holds; zero-width characters split words unseen.
_INVISIBLE = re.compile(
    "[\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
# Lines that pages print around an article. Each must be the whole line: a sentence that merely holds the words stays.
_FURNITURE = re.compile(
    r"""(?ix)^\W*(?:
      scroll\ (?:back\ )?(?:to\ )?top | back\ to\ top | (?:skip|jump)\ to\ (?:main\ )?content | advertisements? | sponsored(?:\ content)?
    | read\ more(?:\ (?:on|about)\b.{0,60})? | also\ read\b.{0,120} | related\ (?:articles?|stories|topics|news|content) | see\ also\b.{0,80}
    | share\ (?:this|on|via)\b.{0,60} | (?:share|tweet|print|email|copy\ link|comments?(?:\ \(\d+\))?|subscribe|sign\ up|log\ in|sign\ in|menu|home|search)
    | (?:click|tap)\ here\b.{0,80} | follow\ us\b.{0,80} | sign\ up\ (?:for|to)\b.{0,120} | subscribe\ (?:to|now|for)\b.{0,120}
    | (?:all\ rights\ reserved|copyright|©)\b.{0,120} | .{0,60}\ball\ rights\ reserved\.? | (?:we\ use|this\ site\ uses)\ cookies\b.{0,200} | accept(?:\ all)?\ cookies
    | (?:photo|image|picture)(?:\ (?:credit|by|courtesy))?\s*:.{0,120} | file\ photo\.? | getty\ images | most\ (?:read|popular|viewed) | trending(?:\ now)? | loading\.*
    | \d+\ (?:min(?:ute)?s?\ read|shares?|comments?)
    )\W*$"""
)


def clean_text(text: str) -> str:
    """NFC, plain spaces, `\\n` line ends, at most one blank line, no invisible characters, no page furniture lines."""
    text = unicodedata.normalize(
        "NFC",
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
        .replace("\x85", "\n"),
    )
    text = _INVISIBLE.sub("", text)
    kept = [
        line
        for line in (_SPACES.sub(" ", raw).strip() for raw in text.split("\n"))
        if not (line and _FURNITURE.match(line))
    ]
    return _BREAKS.sub("\n\n", "\n".join(kept)).strip()


def clean_line(text: str | None, longest: int = 500) -> str | None:
    """One line of metadata fit to be stored: no invisible characters, at most `longest` characters; None for nothing."""
    if not text:
        return None
    return " ".join(_INVISIBLE.sub("", text[: 4 * longest]).split())[:longest] or None


def shown_name(name: str) -> str:
    """A file's name fit to be stored and shown: bytes that are no text are written as `\\udc..`."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def content_id(text: str) -> str:
    """16 hex digits that are the same for every copy of a text, however its white space was set."""
    folded = " ".join(text.split())
    return hashlib.sha256(folded.encode("utf-8")).hexdigest()[:16]


def markdown_to_text(text: str) -> tuple[str, str | None]:
    """Plain text of a Markdown document and its first top-level heading, if it opens with one.

    Only what changes the reading is undone: headings, emphasis, links, images, code fences, quotes, front matter.
    """
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    title_match = re.match(r"\s*#\s+(.+?)\s*#*\s*\n", text)
    title = title_match.group(1).strip() if title_match else None
    if title_match:
        text = text[title_match.end() :]
    text = re.sub(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)", "", text)
    text = re.sub(r"\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)", r"\1", text)
    text = re.sub(r"(?m)^```.*$", "", text)
    text = re.sub(r"(?m)^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)", "", text)
    text = re.sub(r"(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![\w*])", r"\1", text)
    return text, title
