"""Writes paper.json and released.json: networks small enough to commit, and what they must compute.

    python vectors.py model/src/test/resources/reference

Computed in float64 and written as the shortest decimals that give back the same float32 (at most nine digits).
"""

import argparse
import json
import math
import pathlib

import numpy
import torch

from refers import VIEWS
from training import train

STUDIES, BATCHES = 3, 4
# No softmax saturates, and float32 suffices: it changes no gradient by more than 2e-6 of its norm, no weight at the
# end by more than 1e-6. Larger deviations saturate; smaller ones leave gradients of attention that are all rounding.
SEED, SCALE = 2, 0.9


def model(variant):
    released = variant == "released"
    activation = "GELU" if released else "RELU"
    combined = "ADDED" if released else "CONCATENATED"
    return {
        "radiograph": {"encoder": "TRANSFORMER", "imageSize": 8, "patchSize": 4, "width": 8, "layers": 2, "heads": 2,
                       "mlp": 12,
                       "activation": activation, "positions": combined, "recurrence": combined,
                       "residual": {"blocks": [1], "bottleneck": False, "width": 1}},
        "fusion": {"kind": "SIGMOID" if released else "SOFTMAX", "hidden": 6},
        "report": {"vocabulary": 11, "width": 8, "layers": 1 if released else 2, "heads": 2, "mlp": 12,
                   "maxTokens": 8, "dropout": 0, "activation": activation,
                   "positions": "LEARNED" if released else "SINUSOIDAL"},
        "text": {"vocabulary": 13, "width": 8, "layers": 2, "heads": 2, "mlp": 12, "maxTokens": 8, "dropout": 0},
        "objectives": {"contrastive": 1, "language": 1, "labels": 0, "temperature": 0.1,
                       "studyToReport": 0.75 if released else 1, "languageMean": "TOKEN" if released else "REPORT",
                       "restoration": {"context": 0, "genesis": 0, "words": 0},
                       "comparison": {"weight": 0, "width": 1, "queue": 1, "momentum": 1, "temperature": 1},
                       "contrast": "SOFTMAX", "contrastBias": 0,
                       "masked": {"pictures": 0, "reports": 0, "patchShare": 0.5, "tokenShare": 0.5,
                                  "pictureLayers": 1, "reportLayers": 1, "normalised": True}},
        "findings": []}


def run(variant):
    released = variant == "released"
    return {
        "model": model(variant),
        "optimizer": {"momentum": 0.9, "weightDecay": 0.01, "maxGradientNorm": 0.5 if released else 0,
                      "lookahead": {"every": 5 if released else 0, "alpha": 0.5},
                      "freeze": {"radiographLayers": 0, "textLayers": 1 if released else 0, "allButHeads": False},
                      "kind": "SGD"},
        "rates": {"radiograph": 0.02, "text": 0.01} if released else {"radiograph": 0.005, "text": 0.003},
        "steps": 20}


def shapes(config):
    """The shape of every weight of a model, by name."""
    radiograph, fusion, report, text = (config[part] for part in ("radiograph", "fusion", "report", "text"))
    result = {}

    def linear(name, outputs, inputs):
        result[name + ".weight"] = (outputs, inputs)
        result[name + ".bias"] = (outputs,)

    def norm(name, width):
        result[name + ".weight"] = result[name + ".bias"] = (width,)

    width = radiograph["width"]
    patches = (radiograph["imageSize"] // radiograph["patchSize"]) ** 2
    projection = "vit.embeddings.patch_embeddings.projection"
    result[projection + ".weight"] = (width, 1, radiograph["patchSize"], radiograph["patchSize"])
    result[projection + ".bias"] = (width,)
    result["vit.embeddings.cls_token"] = (1, 1, width)
    result["vit.embeddings.position_embeddings"] = (1, 1 + patches, width)
    if radiograph["positions"] == "CONCATENATED":
        linear("vit.embeddings.position_concatenation", width, 2 * width)
    for layer in (f"vit.encoder.layer.{i}" for i in range(radiograph["layers"])):
        for name in ("attention.attention.query", "attention.attention.key", "attention.attention.value",
                     "attention.output.dense"):
            linear(f"{layer}.{name}", width, width)
        linear(f"{layer}.intermediate.dense", radiograph["mlp"], width)
        linear(f"{layer}.output.dense", width, radiograph["mlp"])
        norm(f"{layer}.layernorm_before", width)
        norm(f"{layer}.layernorm_after", width)
    norm("vit.layernorm", width)
    if radiograph["recurrence"] == "CONCATENATED":
        linear("recurrent_concatenation.dense", width, 2 * width)

    if fusion["kind"] == "SOFTMAX":
        linear("view_fusion.hidden", fusion["hidden"], VIEWS * width)
        linear("view_fusion.scores", VIEWS, fusion["hidden"])
    elif fusion["kind"] == "SIGMOID":
        linear("view_fusion.scores", VIEWS, VIEWS * width)
    vector = width if fusion["kind"] == "NONE" else VIEWS * width
    memory = VIEWS * width if fusion["kind"] == "SOFTMAX" else width

    width = report["width"]
    result["report.word_embeddings.weight"] = (report["vocabulary"], width)
    if report["positions"] == "LEARNED":
        result["report.position_embeddings.weight"] = (report["maxTokens"], width)
        norm("report.embedding_norm", width)
    linear("report.visual_projection", width, memory)
    for layer in (f"report.layer.{i}" for i in range(report["layers"])):
        for kind in ("self_attention", "cross_attention"):
            for name in ("query", "key", "value", "output"):
                linear(f"{layer}.{kind}.{name}", width, width)
            norm(f"{layer}.{kind}_norm", width)
        linear(f"{layer}.hidden", report["mlp"], width)
        linear(f"{layer}.output", width, report["mlp"])
        norm(f"{layer}.output_norm", width)
    result["report.logits.bias"] = (report["vocabulary"],)

    width = text["width"]
    result["bert.embeddings.word_embeddings.weight"] = (text["vocabulary"], width)
    result["bert.embeddings.position_embeddings.weight"] = (text["maxTokens"], width)
    result["bert.embeddings.token_type_embeddings.weight"] = (2, width)
    norm("bert.embeddings.LayerNorm", width)
    for layer in (f"bert.encoder.layer.{i}" for i in range(text["layers"])):
        for name in ("self.query", "self.key", "self.value", "output.dense"):
            linear(f"{layer}.attention.{name}", width, width)
        norm(f"{layer}.attention.output.LayerNorm", width)
        linear(f"{layer}.intermediate.dense", text["mlp"], width)
        linear(f"{layer}.output.dense", width, text["mlp"])
        norm(f"{layer}.output.LayerNorm", width)
    linear("bert.pooler.dense", width, width)
    linear("text_projection.dense", vector, width)
    return result


def draw_weights(config, generator, scale):
    """Matrices and embeddings of deviation scale/√inputs; norms near 1, biases near 0, and neither equal to it.

    Two decimals each, short to write.
    """
    weights = {}
    for name, shape in shapes(config).items():
        weight = torch.randn(shape, generator=generator, dtype=torch.float64)
        if len(shape) == 1:
            weight = 0.1 * weight + ("norm" in name.lower() and name.endswith(".weight"))
        else:
            weight *= scale / math.sqrt(shape[-1])
        weights[name] = as_float32(weight.round(decimals=2))
    return weights


def draw_batches(config, generator, batches, studies):
    """Reports of different lengths, up to the longest; the second study's third view repeats its first."""
    side = config["radiograph"]["imageSize"]

    def reports(part):
        longest = part["maxTokens"]
        lengths = torch.tensor([longest, longest // 2, longest * 3 // 4])[torch.randperm(3, generator=generator)]
        lengths = lengths.repeat(studies)[:studies, None]
        tokens = torch.randint(1, part["vocabulary"], (studies, longest), generator=generator)
        return tokens.masked_fill(torch.arange(longest) >= lengths, -1)

    result = []
    for _ in range(batches):
        images = 2 * torch.rand((studies, VIEWS, side, side), generator=generator, dtype=torch.float64) - 1
        images[1, 2] = images[1, 0]
        result.append((as_float32(images.round(decimals=1)), reports(config["report"]), reports(config["text"])))
    return result


def as_float32(tensor):
    return tensor.to(torch.float32).to(torch.float64)


def tensor(value):
    numbers = value.flatten().numpy().astype(numpy.float32)
    return {"shape": list(value.shape), "values": [float(str(number)) for number in numbers]}


def tensors(values):
    return {name: tensor(value) for name, value in values.items()}


def ragged(tokens):
    return [[token for token in report if token >= 0] for report in tokens.tolist()]


def vector(variant):
    config = run(variant)
    generator = torch.Generator().manual_seed(SEED)
    weights = draw_weights(config["model"], generator, SCALE)
    batches = draw_batches(config["model"], generator, BATCHES, STUDIES)
    outputs, gradients, after, steps = train(weights, config, batches)
    lengths = (batches[0][1] >= 0).sum(1)
    expected = tensors({name: outputs[name] for name in ("aggregated", "patches", "study_vectors", "report_vectors")})
    expected["logits"] = [tensor(logits[:length]) for logits, length in zip(outputs["logits"], lengths)]
    expected |= {name: tensor(outputs[name])["values"][0] for name in ("contrastive", "language", "loss")}
    expected["gradients"] = tensors(gradients)
    # Frozen weights have no gradient and stay as they are, so they are left out of both. For the size of its file the
    # paper's variant gives no layer's weights after the steps: a wrong one would show in the losses and all the others.
    expected["after"] = tensors(
        {name: after[name] for name in gradients if variant == "released" or ".layer." not in name})
    expected["losses"] = tensor(steps)["values"]
    return {
        "config": config,
        "weights": tensors(weights),
        "batches": [{"images": tensor(images), "tokens": ragged(tokens), "encoder_tokens": ragged(encoder_tokens)}
                    for images, tokens, encoder_tokens in batches],
        "expected": expected}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    directory = parser.parse_args().directory
    directory.mkdir(parents=True, exist_ok=True)
    for variant in ("paper", "released"):
        text = json.dumps(vector(variant), separators=(",", ":"))
        (directory / f"{variant}.json").write_text(text.replace('},"', '},\n"') + "\n")


if __name__ == "__main__":
    main()
