"""Small reports that the tests of the corpus tools share."""

from __future__ import annotations

from corpus.parse import parse
from corpus.records import CorpusReport

CLEAN = """=== xx-0001
published: 2024-02-03
style: agency-story
publisher: Harbour Wire
region: western-europe
title: Envoy called in

[The foreign ministry|mofa] {summoned|e1} [the envoy|env] on [Friday|t1] at [Oslo|oslo].
[Three to five|k1] sailors died when [the navy|navy] {shelled|e2} the quay, [an aide|aide] <said|c1>.
[The envoy|env] soon left.

@mofa institution NOR GOV
@env person SWE GOV
@navy institution SWE MIL
@aide person NOR GOV
@oslo place NOR city
@t1 time 2024-02-02
@k1 killed 3-5
!e1 ACCUSE/disapprove 114 actual mofa > env at=oslo when=t1 ctx=diplomatic
!e2 ASSAULT/heavy-weapons 194 actual navy > - n=k1 ctx=military by=aide:c1

"""


def report_of(body: str, id_: str = "xx-0001", below: str = "") -> CorpusReport:
    """A report with the given body and declarations."""
    head = f"=== {id_}\npublished: 2024-02-03\nstyle: opinion\npublisher: P\nregion: global\ntitle: T\n\n"
    reports, problems = parse(f"{head}{body}\n\n{below}")
    assert problems == []
    return reports[0]
