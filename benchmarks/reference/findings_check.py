"""Opens exported networks that score findings with transformers and timm, and compares what they say with Radstream.

    mvn -B -pl model test -Dtest=FindingsInterchangeTest -Dradstream.reference=DIRECTORY
    python findings_check.py compare DIRECTORY    # the same pixels, networks of every kind
    python findings_check.py predictions EXPORT PREDICTIONS PICTURE...    # the same files, a network that learned

`compare` prints the relative difference (L2 norm of the difference over that of ours, both float32) of each output
and exits with 1 when one is over its limit. `predictions` reads what `radstream export` wrote of a checkpoint and what
`radstream evaluate findings --csv` said by it of studies with one view, and scores the pictures that had been
published; it prints the largest difference of a probability, and exits with 1 when it is over the limit. Code beside
the weights is run: it is Radstream's own.
"""

import argparse
import csv
import functools
import json
import pathlib
import sys

import torch
from PIL import Image
from safetensors.torch import load_file
from transformers import AutoImageProcessor, AutoModelForImageClassification, logging

from timm_alone import timm

LIMIT = 1e-5
BATCH = 100


def difference(ours, theirs):
    return ((ours - theirs).norm() / ours.norm()).item()


def opened(directory):
    model, loading = AutoModelForImageClassification.from_pretrained(
        directory, trust_remote_code=True, output_loading_info=True)
    for kind, names in loading.items():
        if names:
            sys.exit(f"{directory}: {kind}: {names}")
    return model.eval()


@torch.no_grad()
def transformers_rows(directory, ours):
    model = opened(directory)
    images, logits = ours["images"], ours["logits"]
    alone = ours["first_view_logits"]
    yield "logits", difference(logits, model(images.unsqueeze(2)).logits)
    yield "logits, three equal channels", difference(logits, model(images.unsqueeze(2).expand(-1, -1, 3, -1, -1)).logits)
    yield "logits of one view", difference(alone, model(images[:, :1]).logits)
    masked = images.clone()
    masked[:, 1:] = 7
    mask = torch.tensor([[True, False, False]]).expand(len(images), -1)
    yield "logits, other views masked", difference(alone, model(masked.unsqueeze(2), view_mask=mask).logits)


@torch.no_grad()
def timm_rows(directory, ours):
    model = timm.create_model(f"local-dir:{directory}", pretrained=True)
    config = json.loads((directory / "config.json").read_text())
    if config["num_classes"]:
        # Its own layer norms have an epsilon of 1e-6, ours one of 1e-12.
        logits = model.eval()(ours["images"][:, :1])
        yield "logits of one view, timm", difference(ours["first_view_logits"], logits)
        exact = timm.create_model(f"local-dir:{directory}", pretrained=True, norm_layer=exact_norm())
        yield "the same, epsilon 1e-12", difference(ours["first_view_logits"], exact.eval()(ours["images"][:, :1]))


def exact_norm():
    return functools.partial(timm.layers.LayerNorm, eps=1e-12)


def compare(root):
    print("| network | output | relative difference |\n|---|---|---:|")
    passed = True
    for directory in sorted((root / "findings").iterdir()):
        ours = load_file(directory / "ours.safetensors")
        rows = [*transformers_rows(directory / "findings", ours)]
        if (directory / "timm").exists():
            rows += timm_rows(directory / "timm", ours)
        for name, value in rows:
            ok = value <= LIMIT
            passed &= ok
            print(f"| {directory.name} | {name} | {value:.1e}{'' if ok else ' **over**'} |", flush=True)
    return passed


@torch.no_grad()
def predictions(export, file, pictures):
    model = opened(export / "findings")
    processor = AutoImageProcessor.from_pretrained(export / "findings", trust_remote_code=True)
    names = [model.config.id2label[place] for place in range(model.config.num_labels)]
    theirs = []
    for start in range(0, len(pictures), BATCH):
        opened_pictures = [Image.open(picture) for picture in pictures[start:start + BATCH]]
        theirs.append(model(**processor(opened_pictures, return_tensors="pt")).logits.sigmoid())
    theirs = torch.cat(theirs).double()
    ours = {}
    with open(file, newline="") as lines:
        for row in csv.DictReader(lines):
            ours.setdefault(row["study"], {})[row["finding"]] = float(row["probability"])
    told = torch.tensor([[study[name] for name in names] for study in ours.values()], dtype=torch.float64)
    # Studies are pseudonyms: a study's picture is the one whose scores are nearest.
    apart = (told[:, None] - theirs[None]).abs().amax(2)
    nearest = apart.topk(2, largest=False).values
    print(f"{told.numel()} probabilities of {len(told)} studies from {told.min():.3f} to {told.max():.3f}: "
          f"largest difference {nearest[:, 0].max():.1e}; from the next picture {nearest[:, 1].median():.1e} (median)")
    return nearest[:, 0].max() <= LIMIT


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="what", required=True)
    commands.add_parser("compare").add_argument("directory", type=pathlib.Path, metavar="DIRECTORY")
    of_predictions = commands.add_parser("predictions")
    of_predictions.add_argument("export", type=pathlib.Path, metavar="EXPORT")
    of_predictions.add_argument("predictions", type=pathlib.Path, metavar="PREDICTIONS")
    of_predictions.add_argument("pictures", type=pathlib.Path, nargs="+", metavar="PICTURE")
    arguments = parser.parse_args()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    if arguments.what == "compare":
        sys.exit(not compare(arguments.directory))
    sys.exit(not predictions(arguments.export, arguments.predictions, arguments.pictures))


if __name__ == "__main__":
    main()
