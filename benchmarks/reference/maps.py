"""Writes maps.json: where the scores of the networks of paper.json and released.json come from.

    python maps.py model/src/test/resources/reference

For two studies of each network, the first and the one whose third view repeats its first: the cosine with the first
report, divided by the temperature, and a value for each patch of each view, between 0 and 1 over the study. In float64.
"""

import argparse
import json
import math
import pathlib

import torch

import refers

STUDIES = (0, 1)


def read(tensor):
    return torch.tensor(tensor["values"], dtype=torch.float64).reshape(tensor["shape"])


def recorded(w, projections, output, heads, x, memory, visible=None):
    """As refers.attention, keeping the weights of each block."""
    query, key, value = (
        refers.linear(w, f"{projections}.{part}", source).unflatten(-1, (heads, -1)).transpose(-2, -3)
        for part, source in (("query", x), ("key", memory), ("value", memory)))
    weights = (query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])).softmax(-1)
    weights.retain_grad()
    recorded.blocks.append(weights)
    return refers.linear(w, output, (weights @ value).transpose(-2, -3).flatten(-2))


def rollout(blocks, start, carried):
    """What reaches the tokens that are read, `start` [tokens], from those of the first block."""
    eye = torch.eye(len(start), dtype=torch.float64)
    product = eye
    for block in blocks:
        product = (carried * (eye + block)) @ product
    return start @ product


def scaled(maps):
    least, most = min(m.min() for m in maps), max(m.max() for m in maps)
    return [((m - least) / (most - least)).tolist() for m in maps]


def explain(config, weights, images, report):
    """The score and its maps by kind, for each of three views."""
    distinct, places = torch.unique_consecutive(images.flatten(1), dim=0, return_inverse=True)
    if torch.equal(images[2], images[0]):
        distinct, places = distinct[:2], torch.tensor([0, 1, 0])
    recorded.blocks = []
    plain, refers.attention = refers.attention, recorded
    try:
        aggregated, patches = refers.radiograph_transformer(
            weights, config["radiograph"], distinct.unflatten(1, images.shape[1:]))
    finally:
        refers.attention = plain
    patches.retain_grad()
    vectors, _ = refers.view_fusion(
        weights, config["fusion"]["kind"], aggregated[places][None], patches[places][None])
    score = torch.nn.functional.normalize(vectors, dim=-1)[0] @ report / config["objectives"]["temperature"]
    score.backward()
    of_class_token = config["fusion"]["kind"] == "SIGMOID"
    start = torch.ones(1 + patches.shape[1], dtype=torch.float64)
    if of_class_token:
        start[1:] = 0
    views = range(len(distinct))
    maps = {
        "GRADIENT": [
            rollout([(block[view] * block.grad[view]).relu().mean(0) for block in recorded.blocks], start, 1)[1:]
            - start[1:] for view in views],
        "ATTENTION": [
            rollout([block[view].mean(0).detach() for block in recorded.blocks], start, 0.5)[1:] for view in views]}
    if not of_class_token:
        maps["ACTIVATION"] = list((patches * patches.grad).sum(-1).relu().detach())
    return {"score": score.item()} | {
        kind: [scaled(values)[place] for place in places.tolist()] for kind, values in maps.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    directory = parser.parse_args().directory
    written = {}
    for variant in ("paper", "released"):
        vector = json.loads((directory / f"{variant}.json").read_text())
        weights = {name: read(value).requires_grad_() for name, value in vector["weights"].items()}
        images = read(vector["batches"][0]["images"])
        report = read(vector["expected"]["report_vectors"])[0]
        written[variant] = [explain(vector["config"]["model"], weights, images[study], report) for study in STUDIES]
    (directory / "maps.json").write_text(json.dumps(written, separators=(",", ":")).replace('},{', '},\n{') + "\n")


if __name__ == "__main__":
    main()
