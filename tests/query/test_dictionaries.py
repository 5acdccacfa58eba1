"""Dictionaries of the trade become a knowledge folder that loads, and what does not fit is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.main import app
from dragoman.coding.lexicon import read_lexicon
from dragoman.pipeline import Tools
from dragoman.query.dictionaries import Converted, DictionaryKindError, convert, kind_of, write
from dragoman.resolve.actors import Actors
from dragoman.resolve.knowledge import load_knowledge

ACTORS = """
# made for this test
VALDORIAN_COAST_ [KEN]      ; an old name
AMINA_SAHEL_  [KENELI <20200101]
+PRESIDENT_SAHEL_
\t[KENGOV 20200101-20241231]
LAKE_FRONT_ [UGAREB (>990101)]
RIVER_PATROL_ [COP]
SEA_LEAGUE_ [IGO]
NOWHERE_ [XQZGOV]
NAMELESS_
"""
AGENTS = """
!PERSON! = MAN, WOMAN
FERRYMAN {FERRYMEN} [~LAB]
TOLL_COLLECTOR [~GOV]
"""
VERBS = """
&TREATY
+ACCORDS_
+PACT_
--- EMBRACE [050] ---
EMBRACED
- * &TREATY [057]
- * AGAINST FOREIGNERS [180]
- * WEAPON OF PEACE AND BREAD [050]
- % + WAS * BY $ [050]
--- GIVE_UP [080] ---
- * ARMS TO [0834]
--- DOODLE [---] ---
--- MUMBLE [999] ---
"""


def converted(kind: str, text: str) -> Converted:
    found = Converted()
    convert(kind, text, "d.txt", found)
    return found


def test_actors_by_country_role_and_day(tmp_path: Path) -> None:
    write(converted("actors", ACTORS), tmp_path)
    known = Actors(load_knowledge([tmp_path]))

    def who(words: str, day: date) -> tuple[str | None, tuple[str, ...]]:
        actor, _ = known.identify(words, day)
        return actor.country, actor.sectors

    assert who("the Valdorian Coast", date(2024, 1, 1)) == ("KEN", ())
    assert who("President Sahel", date(2019, 1, 1)) == ("KEN", ("ELI",))
    assert who("Amina Sahel", date(2022, 1, 1)) == ("KEN", ("GOV",))
    assert who("Lake Front", date(2005, 1, 1)) == ("UGA", ("REB",))
    assert who("Sea League", date(2005, 1, 1))[0] == "IGO"
    assert who("the Kenyan river patrol", date(2005, 1, 1)) == ("KEN", ("COP",))


def test_agents_are_roles(tmp_path: Path) -> None:
    found = converted("agents", AGENTS)
    assert {(row[0], row[2]) for row in found.tables["roles"]} == {
        ("ferryman", "LAB"), ("ferrymen", "LAB"), ("toll collector", "GOV"),
    }  # fmt: skip
    assert [line for _, line, _ in found.aside] == ["!PERSON! = MAN, WOMAN"]


def test_what_cannot_be_read_is_set_aside_with_line_and_reason() -> None:
    aside = converted("actors", ACTORS).aside
    assert [(where, why.split()[-1]) for where, _, why in aside] == [("d.txt:10", "country"), ("d.txt:11", "code")]


def test_verb_patterns_are_frames_that_the_lexicon_reads(tmp_path: Path) -> None:
    found = converted("verbs", VERBS)
    write(found, tmp_path)
    frames = read_lexicon([tmp_path / "frames" / "dictionary.txt"]).frames
    embrace = {tuple(c.slots for c in f.conditions): (f.event_type, f.cameo) for f in frames["embrace", "v"]}
    assert set(embrace) == {(), (("obj",),), (("against",),)}
    assert embrace[(("obj",),)] == ("SUPPORT", "057")
    assert embrace[(("against",),)][1] == "180"
    (words,) = [c.words for f in frames["embrace", "v"] for c in f.conditions if c.slots == ("obj",)]
    assert words == {"accord", "pact"}
    assert {f.cameo for f in frames["give", "v"]} == {"080", "0834"}
    assert [f.event_type for f in frames["doodle", "v"]] == ["none"]
    assert {line.split()[0] for _, line, _ in found.aside} == {"-", "---"}
    assert len(found.aside) == 3


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Phoenix.Countries.actors.txt", "actors"), ("PETR.agents.txt", "agents"), ("CAMEO.verbs.txt", "verbs")],
)
def test_the_name_says_what_it_holds(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_name_that_does_not_say(tmp_path: Path) -> None:
    with pytest.raises(DictionaryKindError, match="--kind"):
        kind_of("words.txt")


def test_the_command_writes_a_folder_and_says_what_is_next(tmp_path: Path) -> None:
    (tmp_path / "own.actors.txt").write_text("AMINA_SAHEL_ [KENGOV]\n", "utf-8")
    result = CliRunner().invoke(app, ["dictionary", str(tmp_path / "own.actors.txt"), "--out", str(tmp_path / "k")])
    assert result.exit_code == 0, result.output
    assert "--knowledge" in result.output
    assert load_knowledge([tmp_path / "k"]).lookup("Amina Sahel")


def test_own_frames_are_read_and_told_in_the_fingerprint(tmp_path: Path) -> None:
    write(converted("verbs", VERBS), tmp_path)
    own, shipped = Tools.load(knowledge=tmp_path), Tools.load()
    assert ("doodle", "v") in own.coder.frames.frames
    assert ("doodle", "v") not in shipped.coder.frames.frames
    assert len(own.coder.frames) > len(shipped.coder.frames)
    assert own.fingerprint != shipped.fingerprint
