"""The shipped model as users meet it."""

import pickle
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dragoman.read import ModelMissingError, Pair, Reader, SpanError, read
from dragoman.records.reading import Reading, Sentence
from dragoman.records.report import Report

TEXT = (
    "The South Korean Foreign Ministry summoned Russian Ambassador Georgy Zinoviev on Friday. Chung urged Moscow to halt its "
    "military cooperation with Pyongyang. The trip, which had been planned for September, was postponed. Police arrested 40 "
    "protesters in Nairobi, the interior ministry said."
)


def report(text: str, number: int = 0) -> Report:
    return Report(f"r{number}", text, None, None, None, date(2024, 2, 3), "option", "en", ())


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.fixture(scope="module")
def reading(reader: Reader) -> Reading:
    return reader.read(report(TEXT))


def test_offsets_lead_back_to_the_report(reading: Reading) -> None:
    for sentence in reading.sentences:
        assert all(TEXT[t.start : t.end] == t.text for t in sentence.tokens)
        for mention in sentence.mentions:
            first, last = sentence.tokens[mention.token_start], sentence.tokens[mention.token_end - 1]
            assert (mention.start, mention.end) == (first.start, last.end)
            assert mention.token_start <= mention.head < mention.token_end


def test_a_plain_sentence_is_read(reading: Reading) -> None:
    sentence = reading.sentences[0]
    summoned = next(t for t in sentence.tokens if t.text == "summoned")
    assert (summoned.upos, summoned.lemma, summoned.head, summoned.deprel) == ("VERB", "summon", -1, "root")
    predicate = next(p for p in sentence.predicates if p.lemma == "summon")
    roles = {a.role: " ".join(t.text for t in sentence.tokens[a.start : a.end]) for a in predicate.arguments}
    assert roles["ARG0"] == "The South Korean Foreign Ministry"
    assert roles["ARG1"].endswith("Georgy Zinoviev")  # the title is the model's to add


def plain(sentence: Sentence) -> tuple[object, ...]:
    """Labels without probabilities, whose last digits may depend on the order of additions."""
    return (
        sentence.tokens,
        [(p.token, [(a.role, a.start, a.end) for a in p.arguments]) for p in sentence.predicates],
        [(m.kind, m.label, m.start, m.end, m.name_type) for m in sentence.mentions],
        [
            (
                e.tokens,
                e.types[0][0],
                e.statuses[0][0],
                [m for m, _ in e.modes],
                [(r.role, r.mention) for r in e.roles],
                e.cue,
            )
            for e in sentence.events
        ],
    )


def test_a_sentence_alone_and_in_a_batch_of_64_is_read_the_same(reader: Reader) -> None:
    texts = [s.strip() + "." for s in TEXT.split(".") if s.strip()] * 16
    texts = [text.replace("Friday", "Friday " + "and again " * (i % 7)) for i, text in enumerate(texts)]
    alone = [plain(s) for i, text in enumerate(texts) for s in reader.read(report(text, i)).sentences]
    together = [plain(s) for r in reader.read_all(report(t, i) for i, t in enumerate(texts)) for s in r.sentences]
    assert len(together) == 64
    assert together == alone


def test_strange_company_changes_nothing(reader: Reader) -> None:
    """Scales and padding belong to the model, not to the batch."""
    (alone,) = reader.read(report(TEXT.split(".")[0] + ".")).sentences
    company = ["🙂🙃 🎉 ЖЖЖ 条約.", "A " * 150 + "end.", "!!! ??? ...", "Peace", TEXT.split(".")[0] + "."]
    (again,) = next(r for i, r in enumerate(reader.read_all(map(report, company))) if i == 4).sentences
    assert plain(again) == plain(alone)
    assert [m.probability for m in again.mentions] == pytest.approx([m.probability for m in alone.mentions], abs=0.01)


def test_two_runs_agree_to_the_last_digit(reader: Reader, reading: Reading) -> None:
    assert Reader.load().read(report(TEXT)) == reading


def test_a_reader_travels_to_other_processes(reader: Reader, reading: Reading) -> None:
    assert pickle.loads(pickle.dumps(reader)).read(report(TEXT)) == reading


def test_reports_are_read_lazily_and_in_order(reader: Reader) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Report]:
        for number in range(10_000):
            taken.append(number)
            yield report(TEXT, number)

    stream = read(endless(), reader)
    assert [next(stream).report.id for _ in range(3)] == ["r0", "r1", "r2"]
    assert len(taken) < 1000


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param(" \n\n\t", 0, id="blank"),
        pytest.param("Peace", 1, id="one-word"),
        pytest.param("🙂🙃 🎉", 1, id="emoji"),
        pytest.param("\x00\ufffe\u200b!", 1, id="control-characters"),
        pytest.param("talks " * 5000, 1, id="five-thousand-words"),
        pytest.param("x" * 20000, 1, id="one-endless-word"),
    ],
)
def test_odd_texts_are_read_sanely(reader: Reader, text: str, sentences: int) -> None:
    found = reader.read(report(text)).sentences
    assert len(found) == sentences
    for sentence in found:
        heads = [t.head for t in sentence.tokens]
        assert heads.count(-1) == 1
        assert all(-1 <= h < len(heads) for h in heads)


def test_a_long_sentence_is_read_to_its_end(reader: Reader) -> None:
    text = "Seoul, " + "a city of many streets and more talks, " * 60 + "summoned the ambassador of Japan."
    (sentence,) = reader.read(report(text)).sentences
    last = sentence.tokens[-6:]
    assert [t.text for t in last] == ["summoned", "the", "ambassador", "of", "Japan", "."][-6:]
    assert [t.upos.replace("PROPN", "NOUN") for t in last] == ["VERB", "DET", "NOUN", "ADP", "NOUN", "PUNCT"]


def test_a_marked_pair_gets_a_distribution(reader: Reader) -> None:
    text = "France condemned Iran for the attack."
    (answer,) = reader.relation([Pair(text, (0, 6), (17, 21))])
    assert sum(p for _, p in answer.types) == pytest.approx(1, abs=1e-4)
    assert len(answer.types) == 17
    assert [p for _, p in answer.types] == sorted((p for _, p in answer.types), reverse=True)


@pytest.mark.parametrize(
    ("actor", "recipient"), [((0, 0), (17, 21)), ((0, 6), (30, 99)), ((0, 6), (3, 9)), ((6, 7), (17, 21))]
)
def test_spans_that_do_not_fit_are_refused(reader: Reader, actor: tuple[int, int], recipient: tuple[int, int]) -> None:
    with pytest.raises(SpanError):
        reader.relation([Pair("France condemned Iran.", actor, recipient)])


def test_a_missing_model_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="Reinstall"):
        Reader(tmp_path / "none.onnx").read(report(TEXT))
