"""Long sentences: windows that cover every word once, and analyses put together again."""

from hypothesis import given
from hypothesis import strategies as st

from dragoman.read.decode import Analysis, FoundEvent, FoundMention
from dragoman.read.windows import MOST_PIECES, stitch, windows


@given(st.lists(st.integers(1, 12), min_size=1, max_size=900))
def test_every_word_is_owned_once_and_windows_fit(sizes: list[int]) -> None:
    found = windows(sizes)
    owned = [word for w in found for word in range(w.own_start, w.own_end)]
    assert owned == list(range(len(sizes)))
    for window in found:
        assert window.start <= window.own_start < window.own_end <= window.end
        assert sum(sizes[window.start : window.end]) <= MOST_PIECES


def part(words: int, *, mentions: tuple[FoundMention, ...] = (), events: tuple[FoundEvent, ...] = ()) -> Analysis:
    heads = (-1, *range(words - 1))
    return Analysis(
        ("w",) * words, ("NOUN",) * words, heads, ("root", *["dep"] * (words - 1)), (), mentions, (), events
    )


def test_windows_are_stitched_into_one_tree_and_findings_move_with_them() -> None:
    sizes = [1] * 400
    found = windows(sizes)
    parts = []
    for window in found:
        count = window.end - window.start
        at = window.own_start - window.start
        mention = FoundMention(at, at + 1, "actor", "state", at, None, 0.9)
        event = FoundEvent((at + 1,), (("CONSULT", 0.9),), (), (), (("actual", 0.9),), (("actor", 0, 0.8),), None)
        parts.append((window, part(count, mentions=(mention,), events=(event,))))
    whole = stitch(parts)
    assert len(whole.words) == 400
    assert whole.heads.count(-1) == 1
    assert [m.start for m in whole.mentions] == [w.own_start for w in found]
    assert [whole.mentions[e.roles[0][1]].start + 1 for e in whole.events] == [e.words[0] for e in whole.events]
