"""A Radstream network (REFERS, Zhou et al., 2022) that scores findings of a study. Written by `radstream export`.

Weights have the names of Radstream's checkpoints: those of transformers' ViT or of torchvision's residual networks,
and names of its own for what these do not have. B is the number of studies, F that of findings, D that of features.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import PreTrainedModel
from transformers.modeling_outputs import ImageClassifierOutput

from .configuration_radstream import RadstreamConfig

VIEWS = 3


def activation(config: RadstreamConfig) -> nn.Module:
    return {"relu": nn.ReLU, "gelu": nn.GELU}[config.hidden_act]()


class Attention(nn.Module):
    def __init__(self, config: RadstreamConfig) -> None:
        super().__init__()
        width = config.hidden_size
        self.heads = config.num_attention_heads
        self.attention = nn.ModuleDict({name: nn.Linear(width, width) for name in ("query", "key", "value")})
        self.output = nn.ModuleDict({"dense": nn.Linear(width, width)})

    def forward(self, x: Tensor) -> Tensor:
        query, key, value = (
            self.attention[name](x).unflatten(2, (self.heads, -1)).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        attended = functional.scaled_dot_product_attention(query, key, value)
        return self.output["dense"](attended.transpose(1, 2).flatten(2))


class Block(nn.Module):
    """Self-attention with normalisation first (section 4.1, figure 1b)."""

    def __init__(self, config: RadstreamConfig) -> None:
        super().__init__()
        width, hidden = config.hidden_size, config.intermediate_size
        self.layernorm_before = nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.attention = Attention(config)
        self.layernorm_after = nn.LayerNorm(width, eps=config.layer_norm_eps)
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(width, hidden)})
        self.activation = activation(config)
        self.output = nn.ModuleDict({"dense": nn.Linear(hidden, width)})

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attention(self.layernorm_before(x))
        return x + self.output["dense"](self.activation(self.intermediate["dense"](self.layernorm_after(x))))


class Embeddings(nn.Module):
    """Patches behind the aggregation embedding, each with its position concatenated or added."""

    def __init__(self, config: RadstreamConfig) -> None:
        super().__init__()
        width, side = config.hidden_size, config.patch_size
        patches = (config.image_size // side) ** 2
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.position_embeddings = nn.Parameter(torch.zeros(1, 1 + patches, width))
        self.patch_embeddings = nn.ModuleDict({"projection": nn.Conv2d(1, width, side, stride=side)})
        if config.positions == "concatenated":
            self.position_concatenation = nn.Linear(2 * width, width)

    def forward(self, images: Tensor) -> Tensor:
        patches = self.patch_embeddings["projection"](images).flatten(2).transpose(1, 2)
        tokens = torch.cat([self.cls_token.expand(len(images), -1, -1), patches], 1)
        if not hasattr(self, "position_concatenation"):
            return tokens + self.position_embeddings
        positions = self.position_embeddings.expand(len(images), -1, -1)
        return self.position_concatenation(torch.cat([tokens, positions], 2))


class RadiographTransformer(nn.Module):
    def __init__(self, config: RadstreamConfig) -> None:
        super().__init__()
        self.embeddings = Embeddings(config)
        blocks = nn.ModuleList(Block(config) for _ in range(config.num_hidden_layers))
        self.encoder = nn.ModuleDict({"layer": blocks})
        self.layernorm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)

    def forward(self, images: Tensor) -> Tensor:
        x = self.embeddings(images)
        for block in self.encoder["layer"]:
            x = block(x)
        return self.layernorm(x)


class ResidualBlock(nn.Module):
    """Two convolutions, or a bottleneck of three, around which a shortcut leads (He et al., 2016)."""

    def __init__(self, given: int, inside: int, gives: int, bottleneck: bool, stride: int) -> None:
        super().__init__()
        sides = (1, 3, 1) if bottleneck else (3, 3)
        channels = [given, *[inside] * (len(sides) - 1), gives]
        self.convolutions = len(sides)
        for i, side in enumerate(sides):
            step = stride if i == (1 if bottleneck else 0) else 1
            convolution = nn.Conv2d(channels[i], channels[i + 1], side, step, side // 2, bias=False)
            self.add_module(f"conv{i + 1}", convolution)
            self.add_module(f"bn{i + 1}", nn.BatchNorm2d(channels[i + 1]))
        if stride != 1 or given != gives:
            shortcut = nn.Conv2d(given, gives, 1, stride, bias=False)
            self.downsample = nn.Sequential(shortcut, nn.BatchNorm2d(gives))

    def forward(self, x: Tensor) -> Tensor:
        y = x
        for i in range(1, self.convolutions + 1):
            y = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(y))
            if i < self.convolutions:
                y = y.relu()
        return (y + (self.downsample(x) if hasattr(self, "downsample") else x)).relu()


class ResidualNetwork(nn.Module):
    def __init__(self, config: RadstreamConfig) -> None:
        super().__init__()
        width, bottleneck = config.residual_width, config.residual_bottleneck
        self.conv1 = nn.Conv2d(1, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.stages = len(config.residual_blocks)
        given = width
        for stage, count in enumerate(config.residual_blocks):
            inside = width << stage
            gives = 4 * inside if bottleneck else inside
            blocks = []
            for block in range(count):
                blocks.append(ResidualBlock(given, inside, gives, bottleneck, 2 if stage and not block else 1))
                given = gives
            self.add_module(f"layer{stage + 1}", nn.Sequential(*blocks))
        self.features = given

    def forward(self, images: Tensor) -> Tensor:
        x = functional.max_pool2d(self.bn1(self.conv1(images)).relu(), 3, 2, 1)
        for stage in range(1, self.stages + 1):
            x = getattr(self, f"layer{stage}")(x)
        return x.flatten(2).transpose(1, 2)


class RadstreamForImageClassification(PreTrainedModel):
    """Logits of findings of studies; their sigmoid is Radstream's probability, before any calibration."""

    config_class = RadstreamConfig
    main_input_name = "pixel_values"

    def __init__(self, config: RadstreamConfig) -> None:
        super().__init__(config)
        if config.encoder == "transformer":
            width = config.hidden_size
            self.vit = RadiographTransformer(config)
            if config.recurrence == "concatenated":
                self.recurrent_concatenation = nn.ModuleDict({"dense": nn.Linear(2 * width, width)})
        else:
            self.resnet = ResidualNetwork(config)
            width = self.resnet.features
        if config.fusion == "softmax":
            hidden = config.fusion_hidden_size
            self.view_fusion = nn.ModuleDict(
                {"hidden": nn.Linear(VIEWS * width, hidden), "scores": nn.Linear(hidden, VIEWS)})
        vector = width if config.fusion == "none" else VIEWS * width
        self.label_head = nn.ModuleDict({"dense": nn.Linear(vector, config.num_labels)})
        self.post_init()

    def forward(
        self,
        pixel_values: Tensor,
        view_mask: Tensor | None = None,
        labels: Tensor | None = None,
        return_dict: bool | None = None,
    ) -> ImageClassifierOutput | tuple[Tensor, ...]:
        """
        pixel_values: B × views × channels × side × side with up to three views, or B × channels × side × side where
            each study is one; from -2 to 2. Of several channels, which a gray picture has the same in, the first.
        view_mask: B × views, true where there is a view; a study has at least one. A study of one view is seen
            three times, of two (a, b) as a, a, b.
        labels: B × F, 0, 1, or NaN where it is not known.
        """
        if pixel_values.dim() == 4:
            pixel_values = pixel_values.unsqueeze(1)
        if view_mask is None:
            view_mask = pixel_values.new_ones(pixel_values.shape[:2], dtype=torch.bool)
        aggregated, features = self.look(three_views(pixel_values[:, :, 0], view_mask).flatten(0, 1).unsqueeze(1))
        vectors = self.fuse(aggregated.unflatten(0, (-1, VIEWS)), features.unflatten(0, (-1, VIEWS)))
        logits = self.label_head["dense"](vectors).mean(1)
        loss = None
        if labels is not None:
            known = ~labels.isnan()
            loss = functional.binary_cross_entropy_with_logits(logits[known], labels[known].to(logits.dtype))
        if return_dict is False:
            return (logits,) if loss is None else (loss, logits)
        return ImageClassifierOutput(loss=loss, logits=logits)

    def look(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Aggregation output and mean over the places, each images × D."""
        if self.config.encoder != "transformer":
            mean = self.resnet(images).mean(1)
            return mean, mean
        x = self.vit(images)
        aggregated, patches = x[:, :1], x[:, 1:]
        if self.config.recurrence == "concatenated":
            patches = self.recurrent_concatenation["dense"](torch.cat([patches, aggregated.expand_as(patches)], 2))
        elif self.config.recurrence == "added":
            patches = patches + aggregated
        return aggregated.squeeze(1), patches.mean(1)

    def fuse(self, aggregated: Tensor, features: Tensor) -> Tensor:
        """B × 3 × D to B × 1 × 3D, without fusion as they are (section 4.2, figure 1c)."""
        if self.config.fusion == "none":
            return features
        if self.config.fusion == "sigmoid":
            return aggregated.flatten(1).unsqueeze(1)
        scores = self.view_fusion["scores"](self.view_fusion["hidden"](features.flatten(1)).relu())
        return (features * scores.softmax(1).unsqueeze(2)).flatten(1).unsqueeze(1)


def three_views(pixels: Tensor, mask: Tensor) -> Tensor:
    """B × views × side × side to B × 3 × side × side: one that is there in the place of each that is not."""
    places = []
    for row in mask.bool().tolist():
        present = [place for place, there in enumerate(row) if there]
        if not 1 <= len(present) <= VIEWS:
            raise ValueError(f"a study has one to {VIEWS} views, and here is one of {len(present)}")
        places.append(sorted(present + present[:1] * (VIEWS - len(present))))
    studies = torch.arange(len(pixels), device=pixels.device).unsqueeze(1)
    return pixels[studies, torch.tensor(places, device=pixels.device)]
