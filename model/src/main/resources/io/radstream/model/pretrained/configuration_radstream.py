"""Settings of a Radstream network that scores findings of a study. Written by `radstream export`."""

from collections.abc import Sequence
from typing import Any

from transformers import PretrainedConfig


class RadstreamConfig(PretrainedConfig):
    """What fixes the name and the shape of every weight.

    encoder: "transformer" or "convolutional"; the settings of the other one are not looked at.
    positions: of patches, "concatenated" or "added".
    recurrence: of the aggregation output, "concatenated" or "added" to every patch output, or "none".
    residual_blocks: of each stage; from the second on a stage has half the side and twice the channels.
    fusion: of views, "softmax", "sigmoid" or "none".
    """

    model_type = "radstream"

    def __init__(
        self,
        encoder: str = "transformer",
        image_size: int = 224,
        patch_size: int = 16,
        hidden_size: int = 768,
        num_hidden_layers: int = 12,
        num_attention_heads: int = 12,
        intermediate_size: int = 3072,
        hidden_act: str = "relu",
        layer_norm_eps: float = 1e-12,
        positions: str = "concatenated",
        recurrence: str = "concatenated",
        residual_blocks: Sequence[int] = (2, 2, 2, 2),
        residual_bottleneck: bool = False,
        residual_width: int = 64,
        fusion: str = "softmax",
        fusion_hidden_size: int = 768,
        **kwargs: Any,
    ) -> None:
        self.encoder = encoder
        self.image_size = image_size
        self.patch_size = patch_size
        self.hidden_size = hidden_size
        self.num_hidden_layers = num_hidden_layers
        self.num_attention_heads = num_attention_heads
        self.intermediate_size = intermediate_size
        self.hidden_act = hidden_act
        self.layer_norm_eps = layer_norm_eps
        self.positions = positions
        self.recurrence = recurrence
        self.residual_blocks = list(residual_blocks)
        self.residual_bottleneck = residual_bottleneck
        self.residual_width = residual_width
        self.fusion = fusion
        self.fusion_hidden_size = fusion_hidden_size
        super().__init__(**kwargs)
