"""The optimiser's loop: draw an epoch, step through its batches, keep a running average of the weights."""

from __future__ import annotations

import copy
import logging
import random
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import torch
from torch import Tensor

from training import own
from training.augment import respelled
from training.batches import Batch, Encoding, buckets
from training.config import Config, Stage
from training.data import share
from training.examples import Example
from training.losses import losses
from training.model import Reader

log = logging.getLogger(__name__)


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
    def hand_over(self) -> None:
        """Move the gradients to the model; what took no part in the step has none."""
        for master, ours in zip(self.masters, self.copies, strict=True):
            master.grad = None if ours.grad is None else ours.grad.float()
            ours.grad = None

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
        drawn += [respelled(example, chance) for _ in range(times)]
        if times and example.source == "corpus" and stage.shares.get("relation"):
            drawn += _questions(example, chance, stage.shares["relation"])
    return drawn


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
    deadline: float | None = None,
) -> None:
    """Run one stage; the model ends with the averaged weights.

    Args:
        evaluate: Called after each epoch with its number; the model then holds the averaged weights.
        deadline: `time.monotonic()` after which no further epoch is started.
    """
    chance = random.Random(config.seed)
    lengths = {e.id: encoding.length(e) for e in examples}
    usable = [e for e in examples if lengths[e.id] <= config.longest]
    first = [*_batches(usable, stage, encoding, chance)]
    total = len(first) * stage.epochs
    optimiser = _optimiser(model, stage)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, total, stage))
    average = Average(model, stage.average)
    for epoch in range(1, stage.epochs + 1):
        groups = first if epoch == 1 else [*_batches(usable, stage, encoding, chance)]
        _epoch(model, encoding, groups, optimiser, schedule, average, epoch)
        average.swap(model)
        model.eval()
        evaluate(epoch)
        save(model, config.work / f"{stage.name}.pt")
        if epoch < stage.epochs:
            average.swap(model)
        if deadline is not None and time.monotonic() > deadline:
            break


def _batches(usable: Sequence[Example], stage: Stage, encoding: Encoding, chance: random.Random) -> list[list[Example]]:
    drawn = epoch_of(usable, stage, chance)
    return [*buckets(drawn, [encoding.length(e) for e in drawn], stage.budget, chance)]


def _epoch(
    model: Reader,
    encoding: Encoding,
    groups: Sequence[list[Example]],
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
    average: Average,
    epoch: int,
) -> None:
    model.train()
    begun, pieces = time.monotonic(), 0
    seen: dict[str, list[float]] = defaultdict(list)
    worker = Worker(model)
    for number, batch in enumerate(_ahead(encoding, groups), 1):
        found = losses(worker.model, batch)
        loss: Tensor = torch.stack([*found.values()]).sum()
        if not torch.isfinite(loss):
            raise FloatingPointError(f"epoch {epoch}, batch {number}: the loss is {loss.item()}: {found}")
        loss.backward()
        worker.hand_over()
        torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.grad is not None], 2.0)
        optimiser.step()
        schedule.step()
        worker.follow()
        average.update(model)
        pieces += batch.ids.numel()
        for name, value in found.items():
            seen[name].append(value.item())
        if number % 100 == 0 or number == len(groups):
            speed = pieces / (time.monotonic() - begun)
            told = " ".join(f"{n}={sum(v[-100:]) / len(v[-100:]):.3f}" for n, v in seen.items())
            log.info("epoch %d %d/%d %.0f pieces/s %s", epoch, number, len(groups), speed, told)


def _optimiser(model: Reader, stage: Stage) -> torch.optim.Optimizer:
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    return torch.optim.AdamW(
        [{"params": encoder, "lr": stage.encoder_rate}, {"params": heads, "lr": stage.head_rate}],
        betas=(0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )


def _rate(step: int, total: int, stage: Stage) -> float:
    begin = max(1, int(total * stage.warm_up))
    if step < begin:
        return (step + 1) / begin
    return stage.last_rate + (1 - stage.last_rate) * max(0.0, (total - step) / max(1, total - begin))


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
