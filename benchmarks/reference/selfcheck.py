"""Checks the reference itself against the libraries: BERT and ViT of transformers, PyTorch's decoder layer and SGD.

    python selfcheck.py

Random weights, loaded by name, in float64: the differences are rounding, 1e-13 or less. Exits with 1 when one is not.
"""

import sys
import tempfile

import torch
from safetensors.torch import save_file
from torch import nn
from transformers import BertConfig, BertModel, ViTConfig, ViTModel

from refers import bert, radiograph_transformer, report_transformer
from training import RADIOGRAPH, Optimizer, global_norm
from vectors import draw_batches, draw_weights, run

LIMIT = 1e-13


def difference(ours, theirs):
    return ((ours - theirs).norm() / theirs.norm()).item()


def load(kind, config, weights, prefix, **arguments):
    """As a published file is loaded: the library maps the names of such files to its own."""
    with tempfile.TemporaryDirectory() as directory:
        config.save_pretrained(directory)
        save_file({name: weight for name, weight in weights.items() if name.startswith(prefix)},
                  f"{directory}/model.safetensors", {"format": "pt"})
        module, report = kind.from_pretrained(
            directory, dtype=torch.float64, output_loading_info=True, **arguments)
    if report["missing_keys"] or report["unexpected_keys"]:
        sys.exit(f"{kind.__name__} has other weights: {report}")
    return module.eval()


def shape(config):
    return {"hidden_size": config["width"], "num_hidden_layers": config["layers"],
            "num_attention_heads": config["heads"], "intermediate_size": config["mlp"]}


def check_bert(weights, config, encoder_tokens):
    theirs = load(BertModel, BertConfig(
        vocab_size=config["vocabulary"], max_position_embeddings=config["maxTokens"], **shape(config)),
        weights, "bert.")
    known = encoder_tokens >= 0
    expected = theirs(encoder_tokens.clamp(min=0), attention_mask=known.long())
    hidden, pooled = bert(weights, config, encoder_tokens)
    yield "BERT, last hidden states", difference(hidden[known], expected.last_hidden_state[known])
    yield "BERT, pooled output", difference(pooled, expected.pooler_output)


def check_vit(weights, config, images):
    theirs = load(ViTModel, ViTConfig(
        image_size=config["imageSize"], patch_size=config["patchSize"], num_channels=1, **shape(config)),
        weights, "vit.", add_pooling_layer=False)
    expected = theirs(images[:, None]).last_hidden_state
    aggregated, patches = radiograph_transformer(weights, config | {"recurrence": "NONE"}, images)
    yield "ViT, aggregated output", difference(aggregated, expected[:, 0])
    yield "ViT, patch outputs", difference(patches, expected[:, 1:])


def check_decoder(weights, config, tokens, memory):
    """The embedding and the tied output are written a second time here, the layers between are PyTorch's."""
    width, length = config["width"], tokens.shape[1]
    words = weights["report.word_embeddings.weight"]
    if config["positions"] == "LEARNED":
        x = nn.functional.layer_norm(
            words[tokens] + weights["report.position_embeddings.weight"][:length], (width,),
            weights["report.embedding_norm.weight"], weights["report.embedding_norm.bias"], 1e-8)
    else:
        frequencies = 10000.0 ** (-torch.arange(0, width, 2, dtype=torch.float64) / width)
        angles = torch.arange(length)[:, None] * frequencies
        x = words[tokens] * width ** 0.5 + torch.stack([angles.sin(), angles.cos()], -1).flatten(1)
    projected = memory @ weights["report.visual_projection.weight"].T + weights["report.visual_projection.bias"]
    for i in range(config["layers"]):
        layer = nn.TransformerDecoderLayer(
            width, config["heads"], config["mlp"], 0, config["activation"].lower(), batch_first=True,
            dtype=torch.float64)
        names = {"linear1": "hidden", "linear2": "output", "norm1": "self_attention_norm",
                 "norm2": "cross_attention_norm", "norm3": "output_norm"}
        state = {}
        for kind in ("weight", "bias"):
            for theirs, ours in names.items():
                state[f"{theirs}.{kind}"] = weights[f"report.layer.{i}.{ours}.{kind}"]
            for theirs, ours in (("self_attn", "self_attention"), ("multihead_attn", "cross_attention")):
                query, key, value, output = (
                    weights[f"report.layer.{i}.{ours}.{part}.{kind}"] for part in ("query", "key", "value", "output"))
                state[f"{theirs}.in_proj_{kind}"] = torch.cat([query, key, value])
                state[f"{theirs}.out_proj.{kind}"] = output
        layer.load_state_dict(state)
        x = layer(x, projected, tgt_mask=torch.ones(length, length, dtype=torch.bool).triu(1))
    expected = x @ words.T + weights["report.logits.bias"]
    yield "decoder, logits", difference(report_transformer(weights, config, tokens, memory), expected)


def check_sgd(weights, config, rates):
    """PyTorch's SGD over random gradients; its own clipping adds 1e-6 to the norm and is not used."""
    generator = torch.Generator().manual_seed(1)
    ours = {name: weight.clone() for name, weight in weights.items()}
    theirs = {name: nn.Parameter(weight.clone()) for name, weight in weights.items()}
    decays = {name: 0 if name.endswith(".bias") or "norm" in name.lower() else config["weightDecay"]
              for name in weights}
    sgd = torch.optim.SGD([
        {"params": [weight], "lr": rates["radiograph" if name.startswith(RADIOGRAPH) else "text"],
         "weight_decay": decays[name]} for name, weight in theirs.items()], momentum=config["momentum"])
    slow = {name: weight.clone() for name, weight in weights.items()}
    optimizer, every = Optimizer(config, rates), config["lookahead"]["every"]
    for step in range(1, 2 * every + 2):
        gradients = {name: torch.randn(weight.shape, generator=generator, dtype=torch.float64)
                     for name, weight in weights.items()}
        optimizer.step(ours, gradients)
        clip = config["maxGradientNorm"] / nn.utils.get_total_norm(gradients.values())
        for name, weight in theirs.items():
            weight.grad = gradients[name] * clip
        sgd.step()
        if step % every == 0:
            for name, weight in theirs.items():
                slow[name] = slow[name].lerp(weight.data, config["lookahead"]["alpha"])
                weight.data.copy_(slow[name])
    errors, changes = ([ours[name] - other[name] for name in ours] for other in (theirs, weights))
    yield "SGD and Lookahead, changes of the weights", (global_norm(errors) / global_norm(changes)).item()


def checks(variant):
    config = run(variant)
    parts = config["model"]
    generator = torch.Generator().manual_seed(0)
    weights = draw_weights(parts, generator, scale=1)
    images, tokens, encoder_tokens = draw_batches(parts, generator, 1, 3)[0]
    yield from check_bert(weights, parts["text"], encoder_tokens)
    if variant == "released":
        yield from check_vit(weights, parts["radiograph"], images.flatten(0, 1))
        yield from check_sgd(weights, config["optimizer"], config["rates"])
    inputs = weights["report.visual_projection.weight"].shape[1]
    memory = torch.randn((len(tokens), 5, inputs), generator=generator, dtype=torch.float64)
    yield from check_decoder(weights, parts["report"], tokens.clamp(min=0), memory)


def main():
    passed = True
    with torch.no_grad():
        for variant in ("paper", "released"):
            for name, value in checks(variant):
                passed &= value <= LIMIT
                print(f"{variant}: {name}: {value:.1e}")
    sys.exit(not passed)


if __name__ == "__main__":
    main()
