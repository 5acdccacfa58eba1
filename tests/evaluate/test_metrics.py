"""The measures on tiny cases worked out by hand."""

from __future__ import annotations

import pytest

from dragoman.evaluate.metrics import accuracy, b_cubed, calibration_error, ceaf_e, kilometres, macro_f1, muc, prf


def clusters(*groups: str) -> list[frozenset[object]]:
    return [frozenset(group) for group in groups]


def test_prf() -> None:
    assert prf(2, 4, 5) == pytest.approx((50.0, 40.0, 44.444), abs=0.01)
    assert prf(0, 0, 0) == (0.0, 0.0, 0.0)


def test_macro_f1() -> None:
    # a: P 1/2, R 1/1 -> 66.7; b: P 1/1, R 1/2 -> 66.7
    assert macro_f1(["a", "b", "b"], ["a", "a", "b"]) == pytest.approx(66.667, abs=0.01)
    assert accuracy(["a", "b", "b"], ["a", "a", "b"]) == pytest.approx(66.667, abs=0.01)


def test_a_label_never_in_gold_is_not_a_class_of_its_own() -> None:
    assert macro_f1(["a", "a"], ["a", "c"]) == pytest.approx(66.667, abs=0.01)


# Gold {abc}{defg}, found {ab}{cd}{fghi}: the worked example of Pradhan et al. 2014.
GOLD, FOUND = clusters("abc", "defg"), clusters("ab", "cd", "fghi")


def test_muc() -> None:
    # recall (3-2 + 4-3) / (2+3) = 2/5; precision (2-1 + 2-2 + 4-3) / (1+1+3) = 2/5
    assert muc(GOLD, FOUND) == pytest.approx((40.0, 40.0, 40.0))


def test_b_cubed() -> None:
    # recall: a 2/3, b 2/3, c 1/3, d 1/4, e 0, f 2/4, g 2/4 -> (5/3 + 5/4)/7; precision: 1, 1, 1/2, 1/2, 2/4, 2/4, 0, 0 -> 4/8
    p, r, _ = b_cubed(GOLD, FOUND)
    assert r == pytest.approx(100 * (5 / 3 + 5 / 4) / 7)
    assert p == pytest.approx(50.0)


def test_ceaf_e() -> None:
    # phi4: abc-ab 4/5, abc-cd 2/5, defg-cd 2/6, defg-fghi 4/8: best 0.8 + 0.5 = 1.3; precision 1.3/3, recall 1.3/2
    p, r, _ = ceaf_e(GOLD, FOUND)
    assert (p, r) == pytest.approx((100 * 1.3 / 3, 65.0))


def test_perfect_and_empty_clusterings() -> None:
    for measure in (muc, b_cubed, ceaf_e):
        assert measure(GOLD, GOLD) == pytest.approx((100.0, 100.0, 100.0))
    assert ceaf_e(GOLD, []) == (0.0, 0.0, 0.0)


def test_kilometres() -> None:
    assert kilometres(37.5665, 126.978, 35.1796, 129.0756) == pytest.approx(325, abs=3)  # Seoul to Busan


def test_calibration_error() -> None:
    assert calibration_error([0.9] * 10, [True] * 9 + [False]) == pytest.approx(0.0)
    assert calibration_error([0.9] * 10, [False] * 10) == pytest.approx(0.9)
