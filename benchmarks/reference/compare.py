"""Compares what Radstream computed with the reference, number by number; see README.md for the files of a directory.

    python compare.py [--json] DIRECTORY ...

The relative difference of two tensors is the L2 norm of their difference over that of the reference. The reference of
outputs, losses and gradients is computed in float64, that of the steps in float32. Exits with 1 when a difference is
over its limit.
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
from training import global_norm, gradients, train

ONCE, TRAINED, MULTIPLES, EXACT = 1e-5, 1e-4, 10, 1e-9


class Row(NamedTuple):
    check: str
    value: float
    limit: float | None = None  # none where the value is for information only

    def passed(self):
        return self.limit is None or self.value <= self.limit  # a NaN does not pass


class Ours:
    """The tensors Radstream wrote, read as they are needed: those of a large network fill gigabytes."""

    def __init__(self, path):
        self.file = safe_open(path, framework="pt")
        self.names = set(self.file.keys())

    def __getitem__(self, name):
        return self.file.get_tensor(name).double() if name in self.names else None


def difference(ours, reference, scale=None):
    """Infinite where ours is missing or of another shape."""
    if ours is None or ours.shape != reference.shape:
        return math.inf
    error = (ours - reference).norm()
    # A weight that a loss does not reach has a gradient of zeros in both.
    return (error / (reference.norm() if scale is None else scale)).item() if error else 0.0


def logits_difference(ours, reference, tokens):
    """Rows past a report's end are ignored. Unfused, ours may have the logits of each view, or of the first only."""
    if reference.dim() == 4:
        each = ours is not None and ours.dim() == 4
        reference = reference.transpose(1, 2) if each else reference[:, 0]
        ours = ours.transpose(1, 2) if each else ours
    if ours is None:
        return math.inf
    # Padding to the longest report of all batches is of no interest.
    reference, tokens = reference[:, :ours.shape[1]], tokens[:, :ours.shape[1]]
    return difference(ours[tokens >= 0], reference[tokens >= 0]) if ours.shape == reference.shape else math.inf


def vanishing(name):
    """A key's bias adds the same to all scores of a query, which softmax does not see: its exact gradient is zero."""
    return name.endswith("key.bias")


def worst(check, differences, limit):
    """A NaN is worse than any number."""
    name = max(differences, key=lambda name: math.inf if math.isnan(differences[name]) else differences[name])
    return Row(check.format(count=len(differences), name=f"`{name}`"), differences[name], limit)


def exact_rows(ours, outputs, exact, tokens):
    """Ours in float64: here no rounding hides a difference."""
    differences = {name: difference(ours[name], output) for name, output in outputs.items()
                   if name != "logits" and name in ours.names}
    if "logits" in outputs:
        differences["logits"] = logits_difference(ours["logits"], outputs["logits"], tokens)
    yield worst("in float64: outputs and losses: worst of {count}, {name}", differences, EXACT)
    size = global_norm(exact.values())
    yield worst("in float64: gradients: worst of {count}, {name}",
                {name: difference(ours[f"gradient.{name}"], gradient, size if vanishing(name) else None)
                 for name, gradient in exact.items()}, EXACT)


def gradient_rows(ours, exact, lost, own):
    """`lost` are the errors of the reference's own float32 gradients, of those that float32 does not resolve; `own`
    is that of all together."""
    keys = {name for name in exact if vanishing(name)}
    size = global_norm(exact.values())
    differences = {
        name: difference(ours[f"gradient.{name}"], gradient, size if name in keys else None)
        for name, gradient in exact.items()}
    absolute = [
        differences[name] * (size if name in keys else gradient.norm()).item() for name, gradient in exact.items()]
    yield measured("gradient: all together", math.hypot(*absolute) / size.item(), own, ONCE)
    resolved = {name: value for name, value in differences.items() if name not in keys | lost.keys()}
    yield worst("gradient: worst of {count}, {name}", resolved, ONCE)
    yield Row("gradient: their median", statistics.median(resolved.values()), ONCE)
    if lost:
        multiples = {name: differences[name] / error for name, error in lost.items()}
        yield worst("gradient: worst of {count} that float32 does not resolve, {name}, as a multiple of the error of "
                    "the reference's own float32", multiples, MULTIPLES)
    if keys:
        yield worst("gradient: worst of {count} biases of keys (exactly zero), {name}, by the norm of all gradients",
                    {name: differences[name] for name in keys}, ONCE)


def step_rows(ours, exact, rounded, before, trained):
    """Losses of all steps and the weights after them; `exact` are the reference's in float64, `rounded` in float32."""
    own = difference(rounded[1].double(), exact[1])
    yield Row(f"losses of {len(exact[1])} steps: the reference's own float32 against its float64", own)
    yield measured(f"losses of {len(exact[1])} steps", difference(ours["losses"], exact[1]), own, TRAINED)
    # A weight that began as zero is the sum of its gradients: a key's bias is a sum of rounding.
    size = global_norm([exact[0][name] - before[name].double() for name in trained])
    # A frozen weight may be missing, but must not differ.
    names = [name for name in exact[0] if name in trained or f"after.{name}" in ours.names]
    scale = {name: size if vanishing(name) else None for name in names}
    differences = {name: difference(ours[f"after.{name}"], exact[0][name], scale[name]) for name in names}
    owns = {name: difference(rounded[0][name].double(), exact[0][name], scale[name]) for name in names}
    lost = {name for name in names if owns[name] > TRAINED / 4}
    yield worst("weights after the steps: worst of {count}, {name}",
                {name: differences[name] for name in names if name not in lost}, TRAINED)
    yield Row("weights after the steps: median of all", statistics.median(differences.values()), TRAINED)
    if lost:
        yield worst("weights after the steps: worst of {count} that float32 does not resolve, {name}, as a multiple of "
                    "the error of the reference's own float32",
                    {name: differences[name] / owns[name] for name in lost}, MULTIPLES)


def measured(check, value, own, limit):
    """Against the limit where the reference's own float32 is well within it, else as a multiple of its error."""
    if own <= limit / 4:
        return Row(check, value, limit)
    return Row(f"{check}, as a multiple of the error of the reference's own float32", value / own, MULTIPLES)


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


def compare(directory):
    config = json.loads((directory / "config.json").read_text())
    before = load_file(directory / "weights.safetensors")
    stored = load_file(directory / "batches.safetensors")
    batches = list(zip(stored["images"], stored["tokens"], stored["encoder_tokens"]))
    ours = Ours(directory / "ours.safetensors")

    images, tokens, encoder_tokens = batches[0]
    outputs, exact = gradients(
        {name: weight.double() for name, weight in before.items()}, config["model"], config["optimizer"]["freeze"],
        (images.double(), tokens, encoder_tokens))
    for name in ("aggregated", "patches", "study_vectors", "report_vectors"):
        if name in outputs:
            yield Row(name.replace("_", " "), difference(ours[name], outputs[name]), ONCE)
    if "logits" in outputs:
        yield Row("logits", logits_difference(ours["logits"], outputs["logits"], tokens), ONCE)
    for name in ("contrastive", "language", "loss"):
        if name in outputs:
            yield Row("total loss" if name == "loss" else f"{name} loss", difference(ours[name], outputs[name]), ONCE)

    exactly = Ours(directory / "exact.safetensors")
    yield from exact_rows(exactly, outputs, exact, tokens)
    double = [(images.double(), tokens, encoder_tokens) for images, tokens, encoder_tokens in batches]
    _, _, *after = train({name: weight.double() for name, weight in before.items()}, config, double)
    yield Row(f"in float64: losses of {len(after[1])} steps", difference(exactly["losses"], after[1]), EXACT)
    size = global_norm([after[0][name] - before[name].double() for name in exact])
    yield worst("in float64: weights after the steps: worst of {count}, {name}",
                {name: difference(exactly[f"after.{name}"], after[0][name], size if vanishing(name) else None)
                 for name in exact}, EXACT)

    _, rounded, *roundly = train(before, config, batches)
    errors = {name: difference(rounded[name].double(), gradient) for name, gradient in exact.items()}
    # A large network has gradients so small that they drown in the rounding of what they are the difference of.
    lost = {name: error for name, error in errors.items() if error > ONCE / 4 and not vanishing(name)}
    own = math.hypot(*(errors[name] * gradient.norm().item() for name, gradient in exact.items()
                       if not vanishing(name))) / global_norm(exact.values()).item()
    yield Row("gradient: the reference's own float32 against its float64", own)
    yield from gradient_rows(ours, exact, lost, own)
    yield from step_rows(ours, after, roundly, before, exact.keys())

    yield Row("FLOPs forward, one study", flops(before, config["model"], batches[0]))
    yield Row("trained parameters", sum(gradient.numel() for gradient in exact.values()))


def markdown(rows):
    yield "| check | relative difference | limit |"
    yield "|---|---|---|"
    for row in rows:
        if row.limit is None:
            yield f"| {row.check} | {row.value:{',' if isinstance(row.value, int) else '.2g'}} | |"
        else:
            yield f"| {row.check} | {row.value:.2g}{'' if row.passed() else ' **over**'} | {row.limit:g} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directories", nargs="+", type=pathlib.Path, metavar="DIRECTORY")
    parser.add_argument("--json", action="store_true", help="print JSON, not Markdown")
    arguments = parser.parse_args()
    passed, results = True, {}
    for directory in arguments.directories:
        rows = list(compare(directory))
        passed &= all(row.passed() for row in rows)
        results[directory.name] = [row._asdict() for row in rows]
        if not arguments.json:
            print(f"### {directory.name}", "", *markdown(rows), "", sep="\n", flush=True)
    if arguments.json:
        print(json.dumps(results, indent=2))
    sys.exit(not passed)


if __name__ == "__main__":
    main()
