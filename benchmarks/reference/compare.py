"""Compares what Radstream computed with the reference, number by number; see README.md for the files of a directory.

    python compare.py [--json] [--dtype float64] DIRECTORY ...

The relative difference of two tensors is the L2 norm of their difference over that of the reference. Exits with 1 when
one is over its limit.
"""

import argparse
import json
import math
import pathlib
import statistics
import sys
from typing import NamedTuple

import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch.utils.flop_counter import FlopCounterMode

from refers import VIEWS, forward
from training import global_norm, train

ONCE, TRAINED = 1e-5, 1e-4


class Row(NamedTuple):
    check: str
    value: float
    limit: float | None = None  # none where the value is for information only

    def passed(self):
        return self.limit is None or self.value <= self.limit  # a NaN does not pass


class Ours:
    """The tensors Radstream wrote, read as they are needed: those of a large network fill gigabytes."""

    def __init__(self, path, dtype):
        self.file, self.dtype = safe_open(path, framework="pt"), dtype
        self.names = set(self.file.keys())

    def __getitem__(self, name):
        return self.file.get_tensor(name).to(self.dtype) if name in self.names else None


def difference(ours, reference, scale=None):
    """Infinite where ours is missing or of another shape."""
    if ours is None or ours.shape != reference.shape:
        return math.inf
    return ((ours - reference).norm() / (reference.norm() if scale is None else scale)).item()


def logits_difference(ours, reference, tokens):
    """Rows past a report's end are ignored. Unfused, ours may have the logits of each view, or of the first only."""
    if reference.dim() == 4:
        each = ours is not None and ours.dim() == 4
        reference = reference.transpose(1, 2) if each else reference[:, 0]
        ours = ours.transpose(1, 2) if each else ours
    if ours is None or ours.shape != reference.shape:
        return math.inf
    return difference(ours[tokens >= 0], reference[tokens >= 0])


def vanishing(name):
    """A key's bias adds the same to all scores of a query, which softmax does not see: its exact gradient is zero."""
    return name.endswith("key.bias")


def tensor_rows(what, differences, limit, scale):
    """The worst tensor and the median; those with a vanishing gradient are measured by a scale that all share."""
    def largest(names):
        return max(names, key=lambda name: math.inf if math.isnan(differences[name]) else differences[name])
    plain = {name: value for name, value in differences.items() if not vanishing(name)}
    worst = largest(plain)
    yield Row(f"{what}: worst, `{worst}`", plain[worst], limit)
    yield Row(f"{what}: median of {len(plain)} tensors", statistics.median(plain.values()), limit)
    if keys := differences.keys() - plain.keys():
        yield Row(f"{what}: worst key bias, by the {scale}", differences[largest(keys)], limit)


def flops(weights, config, batch):
    """Of the forward pass of one study of three different views and its report, without padding."""
    images, tokens, encoder_tokens = batch
    distinct = [len(views.flatten(1).unique(dim=0)) == VIEWS for views in images]
    study = distinct.index(True) if True in distinct else 0
    def alone(reports):
        return reports[study][reports[study] >= 0][None]
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        forward(weights, config, images[study][None], alone(tokens), alone(encoder_tokens))
    return counter.get_total_flops()


def compare(directory, dtype):
    config = json.loads((directory / "config.json").read_text())
    before = {name: weight.to(dtype) for name, weight in load_file(directory / "weights.safetensors").items()}
    stored = load_file(directory / "batches.safetensors")
    batches = list(zip(stored["images"].to(dtype), stored["tokens"], stored["encoder_tokens"]))
    ours = Ours(directory / "ours.safetensors", dtype)
    outputs, gradients, after, steps = train(before, config, batches)

    for name in ("aggregated", "patches", "study_vectors", "report_vectors"):
        if name in outputs:
            yield Row(name.replace("_", " "), difference(ours[name], outputs[name]), ONCE)
    if "logits" in outputs:
        yield Row("logits", logits_difference(ours["logits"], outputs["logits"], batches[0][1]), ONCE)
    for name in ("contrastive", "language", "loss"):
        if name in outputs:
            yield Row("total loss" if name == "loss" else f"{name} loss", difference(ours[name], outputs[name]), ONCE)

    size = global_norm(gradients.values())
    yield from tensor_rows("gradient", {
        name: difference(ours[f"gradient.{name}"], gradient, size if vanishing(name) else None)
        for name, gradient in gradients.items()}, ONCE, "global gradient norm (zero in exact arithmetic)")

    count = config["steps"]
    yield Row(f"losses of {count} steps", difference(ours["losses"], steps), TRAINED)
    change = global_norm([after[name] - before[name] for name in gradients])
    # A frozen weight may be missing, but must not differ.
    checked = [name for name in after if name in gradients or f"after.{name}" in ours.names]
    yield from tensor_rows(f"weights after {count} steps", {
        name: difference(ours[f"after.{name}"], after[name], change if vanishing(name) else None)
        for name in checked}, TRAINED, "norm of all changes (zero gradient)")

    yield Row("FLOPs forward, one study", flops(before, config["model"], batches[0]))
    yield Row("trained parameters", sum(gradient.numel() for gradient in gradients.values()))


def markdown(rows):
    yield "| check | relative difference | limit |"
    yield "|---|---|---|"
    for row in rows:
        if row.limit is None:
            yield f"| {row.check} | {row.value:,} | |"
        else:
            yield f"| {row.check} | {row.value:.1e}{'' if row.passed() else ' **over**'} | {row.limit:.0e} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directories", nargs="+", type=pathlib.Path, metavar="DIRECTORY")
    parser.add_argument("--json", action="store_true", help="print JSON, not Markdown")
    parser.add_argument("--dtype", choices=("float32", "float64"), default="float32", help="of the reference")
    arguments = parser.parse_args()
    passed, results = True, {}
    for directory in arguments.directories:
        rows = list(compare(directory, getattr(torch, arguments.dtype)))
        passed &= all(row.passed() for row in rows)
        results[directory.name] = [row._asdict() for row in rows]
        if not arguments.json:
            print(f"### {directory.name}", "", *markdown(rows), "", sep="\n", flush=True)
    if arguments.json:
        print(json.dumps(results, indent=2))
    sys.exit(not passed)


if __name__ == "__main__":
    main()
