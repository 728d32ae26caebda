"""Compares Radstream with Hugging Face's transformers, in both directions, and its exports with timm.

    python transformers_check.py make DIRECTORY      # saves models for Radstream to start from
    mvn -B -pl model test -Dtest=TransformersInterchangeTest -Dradstream.reference=DIRECTORY
    python transformers_check.py compare DIRECTORY   # opens what Radstream exported; compares both ways

`compare` prints the relative difference (L2 norm of the difference over that of transformers' output, computed in
float32 as ours) of each output and exits with 1 when one is over its limit.
"""

import argparse
import pathlib
import sys

import torch
from safetensors.torch import load_file
from transformers import (
    BertConfig, BertForPreTraining, BertModel, ViTConfig, ViTForImageClassification, ViTModel, logging)

from timm_alone import timm

LIMIT = 1e-5
VIT = dict(hidden_size=64, num_hidden_layers=3, num_attention_heads=4, intermediate_size=256, image_size=32,
           patch_size=8)
BERT = dict(hidden_size=64, num_hidden_layers=2, num_attention_heads=4, intermediate_size=256, vocab_size=300,
            max_position_embeddings=48)


def noisy(model):
    """Weights that start as zeros or ones would hide that they were mixed up."""
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(torch.randn_like(weight) * 0.05)
    return model


def make(root):
    torch.manual_seed(0)
    noisy(ViTForImageClassification(ViTConfig(**VIT))).save_pretrained(root / "vit-classifier")
    noisy(ViTModel(ViTConfig(**VIT))).save_pretrained(root / "vit-resized")
    noisy(ViTModel(ViTConfig(**VIT))).to(torch.bfloat16).save_pretrained(root / "vit-bfloat16")
    noisy(ViTModel(ViTConfig(**VIT, hidden_act="relu", num_channels=1))).half().save_pretrained(root / "vit-float16")
    noisy(BertForPreTraining(BertConfig(**BERT))).save_pretrained(root / "bert-pretraining")
    noisy(BertModel(BertConfig(**BERT))).save_pretrained(root / "bert-shards", max_shard_size="100KB")
    noisy(ViTModel(ViTConfig(), add_pooling_layer=False)).save_pretrained(root / "vit-base")
    noisy(BertModel(BertConfig())).save_pretrained(root / "bert-base")


def difference(ours, reference):
    return ((ours - reference).norm() / reference.norm()).item()


@torch.no_grad()
def vit_rows(directory, ours, suffix=""):
    model = ViTModel.from_pretrained(directory, add_pooling_layer=False, dtype=torch.float32).eval()
    images = ours["images"][:, None].expand(-1, model.config.num_channels, -1, -1)
    hidden = model(images, interpolate_pos_encoding=True).last_hidden_state
    yield f"aggregated{suffix}", difference(ours[f"aggregated{suffix}"], hidden[:, 0])
    yield f"patches{suffix}", difference(ours[f"patches{suffix}"], hidden[:, 1:])


@torch.no_grad()
def timm_rows(directory, ours):
    model = timm.create_model(f"local-dir:{directory}", pretrained=True).eval()
    hidden = model.forward_features(ours["images"][:, None])
    yield "aggregated by timm", difference(ours["aggregated"], hidden[:, 0])
    yield "patches by timm", difference(ours["patches"], hidden[:, 1:])


@torch.no_grad()
def bert_rows(directory, ours):
    model = BertModel.from_pretrained(directory, dtype=torch.float32).eval()
    tokens = ours["tokens"]
    pooled = model(tokens.clamp(min=0), attention_mask=(tokens >= 0).long()).pooler_output
    yield "pooled", difference(ours["pooled"], pooled)


def compare(root):
    for directory in sorted((root / "out").iterdir()):
        ours = load_file(directory / "ours.safetensors")
        for name, value in [*vit_rows(directory / "vit", ours), *bert_rows(directory / "bert", ours),
                            *timm_rows(directory / "timm", ours)]:
            yield f"exported {directory.name}", name, value
        if directory.name.endswith("released"):
            # Where positions are added, the checkpoint itself opens.
            config = ViTConfig.from_pretrained(directory / "vit")
            model = ViTModel.from_pretrained(directory, config=config, add_pooling_layer=False).eval()
            with torch.no_grad():
                hidden = model(ours["images"][:, None]).last_hidden_state
            yield f"checkpoint {directory.name}", "aggregated", difference(ours["aggregated"], hidden[:, 0])
    for file in sorted((root / "in").iterdir()):
        ours, directory = load_file(file), root / "saved" / file.stem
        if "tokens" in ours:
            rows = bert_rows(directory, ours)
        else:
            rows = [*vit_rows(directory, ours, ".added"), *vit_rows(directory, ours, ".concatenated")]
        for name, value in rows:
            yield f"started from {file.stem}", name, value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "compare"))
    parser.add_argument("directory", type=pathlib.Path, metavar="DIRECTORY")
    arguments = parser.parse_args()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    if arguments.what == "make":
        make(arguments.directory / "saved")
        return
    print("| weights | output | relative difference |\n|---|---|---:|")
    passed = True
    for weights, output, value in compare(arguments.directory):
        ok = value <= LIMIT
        passed &= ok
        print(f"| {weights} | {output} | {value:.1e}{'' if ok else ' **over**'} |", flush=True)
    sys.exit(not passed)


if __name__ == "__main__":
    main()
