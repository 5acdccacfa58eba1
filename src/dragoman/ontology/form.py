"""The form of an ontology file, PLOVER's and a user's own alike: TOML in, `Ontology` out.

See docs/ontology.md for the fields. A file that breaks the form is refused with its line and a remedy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import cast

from dragoman.errors import NoSuchPathError
from dragoman.ontology.covers import Cover
from dragoman.ontology.errors import UnknownCodeError
from dragoman.ontology.model import (
    Context,
    EventType,
    Example,
    Mode,
    Ontology,
    Recipient,
    Span,
    Status,
    StatusRule,
    spell,
)
from dragoman.ontology.toml_form import Section, TomlForm

RECIPIENTS = ("optional", "required", "one-sided")
NO_EVENT = "-"
_MARK = re.compile(r"\{([ar]):([^{}]+)\}")


def load_file(path: str | Path, *, covered: Ontology | None = None) -> Ontology:
    """Read an ontology file.

    Args:
        covered: The ontology that `covers` speaks of; None for a file that covers no other.

    Raises:
        NoSuchPathError: There is no such file.
        OntologyFileError: A line cannot be used; the message names file, line and remedy.
    """
    path = Path(path)
    if not path.is_file():
        raise NoSuchPathError(path)
    form = TomlForm(path)
    ontology = _ontology(form)
    _check_links(ontology, form)
    _check_covers(ontology, form, covered)
    return ontology


def _ontology(form: TomlForm) -> Ontology:
    top = form.top()
    for name in ("types", "contexts", "statuses", "status_rules"):
        top.used.add(name)
    vocabularies = top.words("vocabularies")
    name, edition = top.code("name"), top.text("edition")
    title, origin = top.text("title", ""), top.text("origin", "")
    top.finish()
    types = tuple(_type(s, modes, vocabularies) for s, modes in form.sections("types", ("modes",)))
    if not types:
        raise top.refuse("there are no types", "Add at least one [[types]] table.")
    _unique(form, "types")
    _unique(form, "contexts")
    _unique(form, "statuses")
    return Ontology(
        name=name,
        edition=edition,
        title=title or name,
        origin=origin,
        types=types,
        contexts=tuple(_context(s) for s, _ in form.sections("contexts")),
        statuses=tuple(_status(s) for s, _ in form.sections("statuses")),
        status_rules=tuple(_status_rule(s) for s, _ in form.sections("status_rules")),
        vocabularies=vocabularies,
    )


def _type(section: Section, children: Mapping[str, list[Section]], vocabularies: tuple[str, ...]) -> EventType:
    code = section.code()
    quad = section.number("quad")
    if quad not in (0, 1, 2, 3, 4):
        raise section.refuse(f"'quad' is {quad}", "It must be 0, 1, 2, 3 or 4.", "quad")
    examples = tuple(_examples(section, code)) + tuple(_counter_examples(section, code))
    found = EventType(
        code=code,
        label=section.text("label", "") or code,
        quad=int(quad),
        definition=section.text("definition"),
        score=_score(section),
        recipient=cast(Recipient, section.one_of("recipient", RECIPIENTS, "optional")),
        aliases=section.words("aliases"),
        modes=tuple(_mode(s, code, vocabularies) for s in children["modes"]),
        examples=examples,
        covers=section.words("covers"),
    )
    section.finish()
    _unique_sections(children["modes"])
    return found


def _mode(section: Section, event_type: str, vocabularies: tuple[str, ...]) -> Mode:
    code = section.code()
    folds = section.mapping("folds")
    listed = section.words("in", vocabularies)
    for word in (*listed, *folds):
        if word not in vocabularies:
            raise section.refuse(f"there is no vocabulary {word!r}", f"Known: {', '.join(vocabularies)}.", "in")
    mode = Mode(
        code=code,
        type=event_type,
        definition=section.text("definition"),
        score=_score(section),
        aliases=section.words("aliases"),
        vocabularies=listed,
        folds=folds,
        adds_context=section.text("adds_context", "") or None,
        emit=section.flag("emit", True),
        examples=_one_example(section, shows=f"{event_type}.{code}", event_type=event_type, mode=code),
        covers=section.words("covers"),
    )
    section.finish()
    return mode


def _context(section: Section) -> Context:
    code = section.code()
    context = Context(
        code=code,
        group=section.text("group", ""),
        definition=section.text("definition"),
        aliases=section.words("aliases"),
        spellings=section.mapping("spellings"),
        examples=_one_example(section, shows=code, event_type=None, mode=None),
    )
    section.finish()
    return context


def _status(section: Section) -> Status:
    code = section.code()
    status = Status(
        code=code,
        definition=section.text("definition"),
        auxiliary=section.text("auxiliary", "") or None,
        aliases=section.words("aliases"),
        examples=_one_example(section, shows=code, event_type=None, mode=None, status=code),
    )
    section.finish()
    return status


def _status_rule(section: Section) -> StatusRule:
    rule = StatusRule(
        base_type=section.text("base_type"),
        base_mode=section.text("base_mode", "") or None,
        status=section.text("status"),
        own_words=section.flag("own_words", False),
        event_type=section.text("event_type"),
        mode=section.text("mode", "") or None,
        why=section.text("why"),
    )
    section.finish()
    return rule


def _score(section: Section) -> float | None:
    score = section.number("score")
    if score is not None and not -10 <= score <= 10:
        raise section.refuse(f"'score' is {score}", "Scores run from -10 to 10.", "score")
    return score


def _examples(section: Section, event_type: str) -> Iterable[Example]:
    for entry in section.inline("examples"):
        one = section.child(entry, "examples")
        text, actors, recipients = _marked(one)
        yield Example(
            text=text,
            actors=actors,
            recipients=recipients,
            event_type=event_type,
            mode=one.text("mode", "") or None,
            status=one.text("status", "actual"),
            base_type=one.text("base_type", "") or event_type,
            shows=event_type,
            positive=True,
        )
        one.finish()


def _counter_examples(section: Section, event_type: str) -> Iterable[Example]:
    for entry in section.inline("not_examples"):
        one = section.child(entry, "not_examples")
        text, actors, recipients = _marked(one)
        rather = one.text("rather")
        yield Example(
            text=text,
            actors=actors,
            recipients=recipients,
            event_type=None if rather == NO_EVENT else rather,
            mode=None,
            status=one.text("status", "actual"),
            base_type=one.text("base_type", "") or None,
            shows=event_type,
            positive=False,
            why=one.text("why"),
        )
        one.finish()


def _one_example(
    section: Section, *, shows: str, event_type: str | None, mode: str | None, status: str = "actual"
) -> tuple[Example, ...]:
    if not section.text("example", ""):
        return ()
    text, actors, recipients = _marked(section, "example")
    one = Example(
        text=text,
        actors=actors,
        recipients=recipients,
        event_type=event_type,
        mode=mode,
        status=status,
        base_type=event_type,
        shows=shows,
        positive=True,
    )
    return (one,)


def _marked(section: Section, key: str = "text") -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """A sentence without its {a:...} and {r:...} marks, and where they were."""
    raw = section.text(key)
    spans: dict[str, list[Span]] = {"a": [], "r": []}
    plain, last = "", 0
    for mark in _MARK.finditer(raw):
        plain += raw[last : mark.start()]
        spans[mark.group(1)].append((len(plain), len(plain) + len(mark.group(2))))
        plain += mark.group(2)
        last = mark.end()
    plain += raw[last:]
    if "{" in plain or "}" in plain:
        raise section.refuse(f"a mark in {raw!r} is not closed or not known", "Write {a:actor} or {r:recipient}.", key)
    return plain, tuple(spans["a"]), tuple(spans["r"])


def _unique(form: TomlForm, name: str) -> None:
    _unique_sections([section for section, _ in form.sections(name, ("modes",))])


def _unique_sections(sections: list[Section]) -> None:
    seen: dict[str, str] = {}
    for section in sections:
        names = {spell(name): name for name in (section.code(), *section.words("aliases"))}
        for spelt, name in names.items():
            if spelt in seen:
                raise section.refuse(f"{name!r} is already the name of {seen[spelt]}", "Choose another.", "code")
            seen[spelt] = section.called


def _check_links(ontology: Ontology, form: TomlForm) -> None:
    """Codes that point to other codes of the file must find them."""
    for section, children in form.sections("types", ("modes",)):
        of = ontology.type(section.code())
        entries = section.inline("examples") + section.inline("not_examples")
        for entry, example in zip(entries, of.examples, strict=True):
            place = section.child(entry, "not_examples")
            _must_know(ontology, place, example.event_type, example.mode, "text")
        for child, mode in zip(children["modes"], of.modes, strict=True):
            if mode.adds_context is not None:
                _must(child, "adds_context", partial(ontology.context, mode.adds_context))
            for folded in mode.folds.values():
                _must_know(ontology, child, of.code, folded or None, "folds")
    for section, _ in form.sections("status_rules"):
        rule = _status_rule(section)
        _must_know(ontology, section, rule.base_type, rule.base_mode, "base_type")
        _must_know(ontology, section, rule.event_type, rule.mode, "event_type")
        _must(section, "status", partial(ontology.status, rule.status))


def _must_know(ontology: Ontology, section: Section, event_type: str | None, mode: str | None, key: str) -> None:
    if event_type is not None:
        _must(section, key, partial(ontology.type, event_type))
        if mode is not None:
            _must(section, key, partial(ontology.mode, event_type, mode))


def _must(section: Section, key: str, look_up: Callable[[], object]) -> None:
    try:
        look_up()
    except UnknownCodeError as error:
        raise section.refuse(str(error), "Correct the code, or add it to the file.", key) from error


def _check_covers(ontology: Ontology, form: TomlForm, covered: Ontology | None) -> None:
    for section, children in form.sections("types", ("modes",)):
        of = ontology.type(section.code())
        places = [(section, of.covers)]
        places += [(c, m.covers) for c, m in zip(children["modes"], of.modes, strict=True)]
        for place, codes in places:
            if codes and covered is None:
                raise place.refuse("'covers' has no ontology to speak of", "Remove it.", "covers")
            for code in codes:
                cover = Cover.parse(code)
                _must_know(cast(Ontology, covered), place, cover.type, cover.mode, "covers")
                for context in cover.contexts:
                    _must(place, "covers", partial(cast(Ontology, covered).context, context))
