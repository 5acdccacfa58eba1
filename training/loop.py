"""The optimiser's loop: draw an epoch, step through its batches, keep a running average of the weights."""

from __future__ import annotations

import copy
import logging
import multiprocessing
import random
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing.synchronize import Barrier
from pathlib import Path

import torch
from torch import Tensor

from dragoman.read.heads import MARKERS
from dragoman.read.wordpiece import SHAPES
from training import own
from training.augment import moved, respelled
from training.batches import Batch, Encoding, buckets
from training.config import Config, Stage
from training.data import share
from training.examples import Example
from training.losses import losses
from training.model import Reader

log = logging.getLogger(__name__)

NAMELESS = (
    0.3  # share of the draws of a treebank's sentence without a proper noun in which it teaches that it has no names
)


class Average:
    """Exponential moving average of the trained weights; what is evaluated and shipped."""

    def __init__(self, model: Reader, rate: float) -> None:
        self.rate, self.steps = rate, 0
        self.weights = {n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad}

    @torch.no_grad()
    def update(self, model: Reader) -> None:
        """Take in the weights after a step; early steps count more, so that the start is soon forgotten."""
        self.steps += 1
        rate = min(self.rate, (1 + self.steps) / (10 + self.steps))
        named = dict(model.named_parameters())
        torch._foreach_lerp_(list(self.weights.values()), [named[n] for n in self.weights], 1 - rate)

    @torch.no_grad()
    def swap(self, model: Reader) -> None:
        """Exchange the model's weights and the average."""
        named = dict(model.named_parameters())
        for name, kept in self.weights.items():
            current = named[name].detach().clone()
            named[name].copy_(kept)
            kept.copy_(current)


class Worker:
    """A bfloat16 copy of the model that does the arithmetic of a step; the model itself keeps fp32 weights."""

    def __init__(self, model: Reader) -> None:
        self.model = copy.deepcopy(model).to(torch.bfloat16).train()
        pairs = [(ours, theirs) for ours, theirs in zip(model.parameters(), self.model.parameters(), strict=True)]
        self.masters = [m for m, _ in pairs if m.requires_grad]
        self.copies = [c for m, c in pairs if m.requires_grad]

    @torch.no_grad()
    def hand_over(self, gradients: Tensor) -> None:
        """Write the gradients, end to end, into a row of fp32 numbers; what took no part in the step has zeros."""
        at = 0
        for ours in self.copies:
            part = gradients[at : at + ours.numel()].view_as(ours)
            if ours.grad is None:
                part.zero_()
            else:
                part.copy_(ours.grad)
            ours.grad = None
            at += ours.numel()

    @torch.no_grad()
    def take_over(self, gradients: Tensor) -> None:
        """Give the model the gradients from such a row."""
        at = 0
        for master in self.masters:
            master.grad = gradients[at : at + master.numel()].view_as(master)
            at += master.numel()

    @torch.no_grad()
    def follow(self) -> None:
        """Take over the model's weights after its step."""
        torch._foreach_copy_(self.copies, self.masters)


def _ahead(encoding: Encoding, groups: Sequence[list[Example]]) -> Iterator[Batch]:
    """Batches in order, made by another thread while the model works on earlier ones."""
    with ThreadPoolExecutor(1) as pool:
        waiting: deque[Future[Batch]] = deque()
        for group in groups:
            waiting.append(pool.submit(encoding.batch, group))
            if len(waiting) > 4:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def epoch_of(train: Sequence[Example], stage: Stage, chance: random.Random) -> list[Example]:
    """The sentences of one epoch: each source by its share, names respelled here and there, some relations asked."""
    drawn: list[Example] = []
    for example in train:
        wanted = share(dict(stage.shares), example.source)
        times = int(wanted) + (chance.random() < wanted - int(wanted))
        for _ in range(times):
            told = moved(example, chance) if example.source in own.SOURCES else example
            drawn.append(respelled(_silent(told, chance), chance))
        if times and example.source in own.SOURCES:
            asked = share(dict(stage.shares), example.source.replace(own.SOURCE, "relation"))
            drawn += _questions(moved(example, chance), chance, asked)
    return drawn


def _silent(example: Example, chance: random.Random) -> Example:
    """A treebank's sentence without names says nothing of names, most of the time: that costs the upper layers for meaning."""
    if example.source != "ewt/none" or chance.random() < NAMELESS:
        return example
    return replace(example, spans=(), layers=frozenset())


def _questions(example: Example, chance: random.Random, wanted: float) -> list[Example]:
    """Some pairs of a sentence: those between which something happens, and as many of the others plus one."""
    asked = own.relations(example)
    happening = [q for q in asked if q.relation and q.relation[0] != "none"]
    nothing = [q for q in asked if q.relation and q.relation[0] == "none"]
    chance.shuffle(happening)
    chance.shuffle(nothing)
    chosen = happening[:2] + nothing[: 1 + len(happening[:2]) // 2]
    return [q for q in chosen if chance.random() < wanted]


def train(
    model: Reader,
    encoding: Encoding,
    examples: Sequence[Example],
    stage: Stage,
    config: Config,
    evaluate: Callable[[int], None],
) -> None:
    """Run one stage; the model ends with the averaged weights, or with the mean of these and those that it began with.

    Each process works on its own batches with one thread (two threads on one batch wait for each other, the more so on a
    busy machine); a step takes the mean of their gradients. The first process alone holds the optimiser.

    Args:
        evaluate: Called after each epoch with its number; the model then holds the averaged weights.
    """
    lengths = {e.id: encoding.length(e) for e in examples}
    usable = [e for e in examples if lengths[e.id] <= config.longest]
    start = {n: p.detach().clone() for n, p in model.named_parameters()} if stage.start else {}
    model.set_dropout(stage.upper_dropout, stage.head_dropout)
    model.share_memory()
    torch.set_num_threads(1)
    context = multiprocessing.get_context("fork")
    size = sum(p.numel() for p in model.parameters() if p.requires_grad)
    team = Team(torch.zeros(config.processes, size).share_memory_(), context.Barrier(config.processes, timeout=900))
    task = Task(model, encoding, usable, stage, config)
    others = [
        context.Process(target=_work, args=(task, team, rank), daemon=True) for rank in range(1, config.processes)
    ]
    for other in others:
        other.start()
    try:
        _work(task, team, 0, evaluate)
    except BaseException:
        team.barrier.abort()
        raise
    finally:
        for other in others:
            other.join(60)
    torch.set_num_threads(config.processes)
    lean(model, start, stage.start)


@torch.no_grad()
def lean(model: Reader, start: Mapping[str, Tensor], share: float) -> None:
    """Move the model's weights towards `start`, which counts for `share` in their mean; names not in `start` stay."""
    for name, weight in model.named_parameters():
        if name in start:
            weight.lerp_(start[name], share)


@dataclass(frozen=True, slots=True)
class Team:
    """What the processes of a run share: a row of gradients for each, and a barrier (both twice a step)."""

    gradients: Tensor
    barrier: Barrier


@dataclass(frozen=True, slots=True)
class Task:
    """What a stage is to train."""

    model: Reader
    encoding: Encoding
    usable: Sequence[Example]
    stage: Stage
    config: Config


def _work(task: Task, team: Team, rank: int, evaluate: Callable[[int], None] | None = None) -> None:
    """All epochs of one process. Every process draws the same batches and takes its own share of them."""
    torch.set_num_threads(1)
    torch.manual_seed(task.config.seed + rank)
    chance = random.Random(task.config.seed)
    model, stage = task.model, task.stage
    leader: Leader | None = None
    for epoch in range(1, stage.epochs + 1):
        drawn = epoch_of(task.usable, stage, chance)
        lengths = [task.encoding.length(e) for e in drawn]
        groups = [*buckets(drawn, lengths, stage.budget, chance, together=team.gradients.shape[0])]
        steps = len(groups) // team.gradients.shape[0]
        if rank == 0 and leader is None:
            leader = Leader(model, stage, steps * stage.epochs)
        _epoch(task, team, rank, groups[rank :: len(team.gradients)][:steps], leader, epoch)
        if leader is not None and evaluate is not None:
            leader.average.swap(model)
            model.eval()
            evaluate(epoch)
            save(model, task.config.work / f"{stage.name}.{epoch}.pt")
            if epoch < stage.epochs:
                leader.average.swap(model)
        team.barrier.wait()


class Leader:
    """Optimiser, schedule and running average; the first process has them."""

    def __init__(self, model: Reader, stage: Stage, steps: int) -> None:
        self.model = model
        self.optimiser = _optimiser(model, stage)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, lambda step: rate_at(step, steps, stage))
        self.average = Average(model, stage.average)

    def step(self) -> None:
        """One step with the gradients that the model has."""
        torch.nn.utils.clip_grad_norm_([p for p in self.model.parameters() if p.grad is not None], 2.0)
        self.optimiser.step()
        self.schedule.step()
        self.average.update(self.model)


def _epoch(
    task: Task, team: Team, rank: int, groups: Sequence[list[Example]], leader: Leader | None, epoch: int
) -> None:
    begun, pieces = time.monotonic(), 0
    seen: dict[str, list[float]] = defaultdict(list)
    worker = Worker(task.model)
    for number, batch in enumerate(_ahead(task.encoding, groups), 1):
        hide(batch, task.encoding.pieces.ids["[MASK]"], task.stage)
        found = losses(worker.model, batch)
        loss: Tensor = torch.stack([*found.values()]).sum()
        if not torch.isfinite(loss):
            raise FloatingPointError(f"epoch {epoch}, batch {number}: the loss is {loss.item()}: {found}")
        loss.backward()
        worker.hand_over(team.gradients[rank])
        team.barrier.wait()
        if leader is not None:
            worker.take_over(team.gradients.mean(0))
            leader.step()
        team.barrier.wait()
        worker.follow()
        pieces += batch.ids.numel() * len(team.gradients)
        for name, value in found.items():
            seen[name].append(value.item())
        if rank == 0 and (number % 50 == 0 or number == len(groups)):
            speed = pieces / (time.monotonic() - begun)
            told = " ".join(f"{n}={sum(v[-50:]) / len(v[-50:]):.3f}" for n, v in seen.items())
            log.info("epoch %d %d/%d %.0f pieces/s %s", epoch, number, len(groups), speed, told)


def hide(batch: Batch, mask: int, stage: Stage) -> None:
    """Cover some pieces of a batch: a sentence is to be read as a whole, not word by word.

    Half of the sentences lose the stage's share of their pieces; marks around actors and the ends of the sentence are spared.
    """
    form = batch.upos is not None or batch.predicates is not None
    rate = stage.hidden_form if form else stage.hidden
    if rate == 0:
        return
    rows = torch.rand(len(batch.ids), 1) < 0.5
    plain = (batch.shapes > 0) & (batch.shapes < len(SHAPES) - len(MARKERS))
    batch.ids = batch.ids.masked_fill(rows & plain & (torch.rand(batch.ids.shape) < rate), mask)


def _optimiser(model: Reader, stage: Stage) -> torch.optim.Optimizer:
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    return torch.optim.AdamW(
        [{"params": encoder, "lr": stage.encoder_rate}, {"params": heads, "lr": stage.head_rate}],
        betas=(0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )


def rate_at(step: int, total: int, stage: Stage) -> float:
    """The share of the peak rates at a step: up to 1 over the warm-up, 1 until the hold ends, then down in a straight line."""
    begin = max(1, int(total * stage.warm_up))
    if step < begin:
        return (step + 1) / begin
    fall = max(begin, int(total * stage.hold))
    return stage.last_rate + (1 - stage.last_rate) * min(1.0, max(0.0, (total - step) / max(1, total - fall)))


def save(model: Reader, path: Path) -> None:
    """Write the weights; the frozen word table is left out, it comes with the published encoder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {n: t for n, t in model.state_dict().items() if n != "encoder.words.weight"}
    torch.save(state, path)


def load(model: Reader, path: Path) -> None:
    """Read weights that `save` wrote."""
    missing, unexpected = model.load_state_dict(torch.load(path, weights_only=True), strict=False)
    if missing != ["encoder.words.weight"] or unexpected:
        raise ValueError(f"{path}: not a checkpoint of this model (missing {missing}, unexpected {unexpected})")
