"""Pictures to a Radstream network's numbers. Written by `radstream export`."""

from typing import Any

import numpy as np
from PIL import Image
from transformers.image_processing_utils import BaseImageProcessor, BatchFeature

VIEWS = 3
MODES = ("1", "L", "LA", "P", "RGB", "RGBA")


class RadstreamImageProcessor(BaseImageProcessor):
    """Brings a picture to a square by the areas that its pixels cover, and crops the middle out.

    resized_side: of the square, in pixels.
    side: of what is cropped out.
    mean, deviation: (brightness - mean) / deviation, of a brightness from 0 to 255, is what the network is given.
    """

    model_input_names = ["pixel_values", "view_mask"]

    def __init__(
        self,
        side: int = 224,
        resized_side: int = 256,
        mean: float = 127.5,
        deviation: float = 63.75,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.side = side
        self.resized_side = resized_side
        self.mean = mean
        self.deviation = deviation

    def __call__(self, images: Any, *args: Any, **kwargs: Any) -> BatchFeature:
        return self.preprocess(images, *args, **kwargs)

    def preprocess(self, images: Any, return_tensors: str | None = None, **kwargs: Any) -> BatchFeature:
        """
        images: a picture; a list of pictures, each a study; or a list of studies, each a list of up to three views
            in their order. A picture is a PIL image of 8 bits a channel, or an array of bytes, height × width.

        Gives pixel_values, studies × views × 1 × side × side in float32, and view_mask, studies × views, which is
        false where a study has fewer views than another one.
        """
        studies = images if isinstance(images, (list, tuple)) else [images]
        studies = [study if isinstance(study, (list, tuple)) else [study] for study in studies]
        counts = [len(study) for study in studies]
        if not studies or min(counts) < 1 or max(counts) > VIEWS:
            raise ValueError(f"a study has one to {VIEWS} views, and these have {counts}")
        pixels = np.zeros((len(studies), max(counts), 1, self.side, self.side), np.float32)
        for study, row in zip(studies, pixels, strict=True):
            for view, numbers in zip(study, row):
                numbers[0] = self.numbers(gray(view))
        mask = np.arange(max(counts)) < np.array(counts)[:, None]
        return BatchFeature({"pixel_values": pixels, "view_mask": mask}, tensor_type=return_tensors)

    def numbers(self, picture: np.ndarray) -> np.ndarray:
        """height × width bytes to side × side float32."""
        square = resize(picture, self.resized_side)
        margin = (self.resized_side - self.side) // 2
        middle = square[margin : margin + self.side, margin : margin + self.side]
        return (middle - np.float32(self.mean)) / np.float32(self.deviation)


def gray(picture: Any) -> np.ndarray:
    if isinstance(picture, Image.Image):
        if picture.mode not in MODES:
            raise ValueError(f"pictures of 8 bits a channel are read, not of mode {picture.mode}")
        return np.asarray(picture.convert("L"))
    array = np.asarray(picture)
    if array.ndim != 2 or array.dtype != np.uint8:
        raise ValueError(f"an array is height × width of uint8, not {array.shape} of {array.dtype}")
    return array


def resize(picture: np.ndarray, side: int) -> np.ndarray:
    """Rounded only once, at the end: rows in float64, kept as float32, then columns in float64."""
    if picture.shape == (side, side):
        return picture.astype(np.float32)
    rows = squeeze(picture.T, side).astype(np.float32).T
    return np.minimum(255, np.floor(squeeze(rows, side) + 0.5)).astype(np.float32)


def squeeze(source: np.ndarray, side: int) -> np.ndarray:
    """source × others to side × others, in float64: means by how much of each source row is covered.

    One source row after the other is added and the sum divided at the end, as Radstream does: where a mean lies just
    between two whole numbers, another order would round to the other one.
    """
    step = len(source) / side
    starts = np.arange(side) * step
    ends = np.minimum(len(source), starts + step)
    first = starts.astype(int)
    sums = np.zeros((side, source.shape[1]))
    for row in range(int(np.ceil(step)) + 1):
        place = first + row
        covered = np.clip(np.minimum(ends, place + 1) - np.maximum(starts, place), 0, None)
        sums += covered[:, None] * source[np.minimum(place, len(source) - 1)]
    return sums / step
