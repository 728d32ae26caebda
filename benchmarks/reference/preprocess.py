"""From a picture to the network's numbers, written from docs/model.md; and how near an exported model's pipeline comes.

    python preprocess.py EXPORT PICTURE...    # EXPORT is what `radstream export` wrote

Prints for each picture the differences between the numbers described there and those that transformers makes with the
export's preprocessor_config.json, and runs the pipelines over it. Pictures are gray, of 8 bits.
"""

import json
import pathlib
import sys

import numpy as np


def areas(source, target):
    """target × source: how much of each source pixel a target pixel covers."""
    step = source / target
    starts = np.arange(target)[:, None] * step
    ends = np.minimum(source, starts + step)
    pixels = np.arange(source)[None, :]
    return np.clip(np.minimum(ends, pixels + 1) - np.maximum(starts, pixels), 0, None)


def means(rows, target):
    """Of the first axis. Pixel after pixel, and divided at the end: a mean may lie just between two whole numbers."""
    sums = np.zeros((target, rows.shape[1]))
    for part, row in zip(areas(len(rows), target).T, rows):
        sums += part[:, None] * row
    return sums / (len(rows) / target)


def resize(picture, side):
    if picture.shape == (side, side):
        return picture.astype(np.float32)
    narrow = means(picture.T, side).astype(np.float32).T
    return np.minimum(255, np.floor(means(narrow, side) + 0.5)).astype(np.float32)


def numbers(picture, size):
    """size × size float32 numbers of a height × width picture of bytes."""
    side = int(np.floor(size * 256 / 224 + 0.5))
    margin = (side - size) // 2
    square = resize(picture, side)
    return (square[margin:margin + size, margin:margin + size] - np.float32(127.5)) / np.float32(63.75)


def main():
    from PIL import Image
    from transformers import AutoImageProcessor, pipeline

    if len(sys.argv) < 3:
        sys.exit(__doc__)
    export = pathlib.Path(sys.argv[1])
    size = json.loads((export / "vit" / "config.json").read_text())["image_size"]
    processor = AutoImageProcessor.from_pretrained(export / "vit")
    features = pipeline("image-feature-extraction", model=str(export / "vit"))
    print("| picture | pixels | largest difference | mean difference | features |\n|---|---|---:|---:|---|")
    for name in sys.argv[2:]:
        with Image.open(name) as opened:
            picture = opened.convert("L")
        given = processor(picture.convert("RGB"), return_tensors="np")["pixel_values"][0, 0]
        apart = np.abs(given - numbers(np.asarray(picture), size))
        shape = np.asarray(features(picture)).shape
        print(f"| {pathlib.Path(name).name} | {picture.width}×{picture.height} | {apart.max():.3f} | {apart.mean():.4f} | {shape} |")
    if (export / "bert").exists():
        print("report features:", np.asarray(pipeline("feature-extraction", model=str(export / "bert"))("left lung")).shape)


if __name__ == "__main__":
    main()
