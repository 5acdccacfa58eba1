"""The lexicon of trigger frames: every entry names codes that exist, and entries are many and unlike."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.coding.content import contents
from dragoman.coding.contexts import context_words
from dragoman.coding.lexicon import FrameError, lexicon, read_lexicon
from dragoman.ontology import cameo, cameo_code, plover, to_plover


def test_it_has_nine_hundred_entries_and_more_for_every_type() -> None:
    frames = [f for fs in lexicon().frames.values() for f in fs]
    assert len(frames) >= 900
    assert {f.event_type for f in frames} == {*plover().type_codes, "none"}
    assert {f.pos for f in frames} == {"v", "n", "a"}


def test_cameo_root_and_type_of_a_group_agree() -> None:
    """The root of a frame's code maps to its type, but for the roots that PLOVER splits or the codebook moves."""
    moved = {"AGREE", "SANCTION", "ASSAULT", "COERCE", "RETREAT", "CONCEDE"}
    for frames in lexicon().frames.values():
        for frame in frames:
            if frame.cameo is None or frame.event_type in moved:
                continue
            assert cameo_code(frame.cameo)
            mapped = to_plover(frame.cameo)
            assert mapped is not None, frame.entry
            assert frame.event_type in (mapped.event_type, mapped.base_type), (frame.where, frame.entry, mapped)


def test_contents_have_codes_that_exist() -> None:
    for content in contents().values():
        assert all(code in cameo() for code in content.codes.values()), content.name
        for kind, mode in content.mode.items():
            plover().mode(kind, mode)


def test_contexts_of_words_exist() -> None:
    for names in context_words().values():
        for name in names:
            plover().context(name)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("summon.v\n", "stands before the first line in brackets"),
        ("[NOSUCH 111 subj > obj]\nfoo.v", "NOSUCH"),
        ("[ACCUSE/disapprove 999 subj > obj]\nfoo.v", "999"),
        ("[ACCUSE/disapprove 111 subj]\nfoo.v", "who is actor"),
        ("[ACCUSE/disapprove 111 subj > obj]\nfoo", "part of speech"),
        ("[ACCUSE/disapprove 111 subj > obj]\nfoo.v obj=@nobody", "not declared"),
        ("@empty =", "needs words"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "own.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FrameError, match=says) as refused:
        read_lexicon([path])
    assert "own.txt:" in str(refused.value)
