"""The network of REFERS (Zhou et al., 2022) as functions of its weights, a dictionary from tensor names.

The type of the weights decides the precision of everything: float32 as in training, or float64 as the truth to
measure a float32 network by. There is no dropout. Shapes in comments: S studies, 3 views each, P patches, W width of
the radiograph transformer, T tokens, V vocabulary.
"""

import math

import torch
import torch.nn.functional as F

VIEWS = 3
ACTIVATIONS = {"RELU": F.relu, "GELU": F.gelu}


def linear(w, name, x):
    return F.linear(x, w[name + ".weight"], w[name + ".bias"])


def norm(w, name, x, eps):
    return F.layer_norm(x, x.shape[-1:], w[name + ".weight"], w[name + ".bias"], eps)


def attention(w, projections, output, heads, x, memory, visible=None):
    """Multi-head attention of `x` [.., n, d] to `memory` [.., m, d]; `visible` is true where a key may be seen."""
    query, key, value = (
        linear(w, f"{projections}.{part}", source).unflatten(-1, (heads, -1)).transpose(-2, -3)
        for part, source in (("query", x), ("key", memory), ("value", memory)))
    scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
    if visible is not None:
        scores = scores.masked_fill(~visible, -math.inf)
    mixed = scores.softmax(-1) @ value
    return linear(w, output, mixed.transpose(-2, -3).flatten(-2))


def radiograph_transformer(w, config, images):
    """Images [N, side, side] to the aggregated output [N, W] and the patch outputs [N, P, W]."""
    side = config["patchSize"]
    patches = images.unfold(1, side, side).unfold(2, side, side).flatten(3).flatten(1, 2)  # row by row
    projection = "vit.embeddings.patch_embeddings.projection"
    patches = F.linear(patches, w[projection + ".weight"].flatten(1), w[projection + ".bias"])
    x = torch.cat([w["vit.embeddings.cls_token"].expand(len(images), -1, -1), patches], 1)
    positions = w["vit.embeddings.position_embeddings"].expand_as(x)
    if config["positions"] == "CONCATENATED":
        x = linear(w, "vit.embeddings.position_concatenation", torch.cat([x, positions], -1))
    else:
        x = x + positions
    activation = ACTIVATIONS[config["activation"]]
    for i in range(config["layers"]):
        layer = f"vit.encoder.layer.{i}"
        y = norm(w, f"{layer}.layernorm_before", x, 1e-12)
        x = x + attention(
            w, f"{layer}.attention.attention", f"{layer}.attention.output.dense", config["heads"], y, y)
        y = norm(w, f"{layer}.layernorm_after", x, 1e-12)
        x = x + linear(w, f"{layer}.output.dense", activation(linear(w, f"{layer}.intermediate.dense", y)))
    x = norm(w, "vit.layernorm", x, 1e-12)
    aggregated, patches = x[:, 0], x[:, 1:]
    repeated = aggregated[:, None].expand_as(patches)
    if config["recurrence"] == "CONCATENATED":
        patches = linear(w, "recurrent_concatenation.dense", torch.cat([patches, repeated], -1))
    elif config["recurrence"] == "ADDED":
        patches = patches + repeated
    return aggregated, patches


def view_fusion(w, kind, aggregated, patches):
    """Aggregated [S, 3, W] and patches [S, 3, P, W] to vectors and decoder memories.

    A study has one of each, [S, 3W] and [S, .., ..]; unfused, each of its views has: [S, 3, W] and [S, 3, P, W].
    """
    if kind == "NONE":
        return patches.mean(-2), patches
    grid = patches.transpose(1, 2).flatten(2)  # [S, P, 3W]: the views side by side at each place
    if kind == "SOFTMAX":
        features = patches.mean(-2)
        hidden = F.relu(linear(w, "view_fusion.hidden", features.flatten(1)))
        weights = linear(w, "view_fusion.scores", hidden).softmax(-1)  # [S, 3]
        vectors = (features * weights[..., None]).flatten(1)
        return vectors, grid * weights.repeat_interleave(patches.shape[-1], -1)[:, None]
    weights = linear(w, "view_fusion.scores", grid).sigmoid()  # [S, P, 3]
    memory = patches * weights.transpose(1, 2)[..., None]
    return aggregated.flatten(1), memory.flatten(1, 2)


def report_transformer(w, config, tokens, memory):
    """Tokens [N, T] and memories [N, M, ..] to logits [N, T, V]; row t sees the tokens up to t."""
    length, width = tokens.shape[1], config["width"]
    words = w["report.word_embeddings.weight"]
    x = words[tokens]
    places = torch.arange(length)
    if config["positions"] == "SINUSOIDAL":
        features = torch.arange(width)
        exponents = (features - features % 2).double() / width
        angles = places.double()[:, None] / 10000 ** exponents
        x = x * math.sqrt(width) + torch.where(features % 2 == 0, angles.sin(), angles.cos()).to(x)
    else:
        x = norm(w, "report.embedding_norm", x + w["report.position_embeddings.weight"][places], 1e-8)
    memory = linear(w, "report.visual_projection", memory)
    causal = torch.ones(length, length, dtype=torch.bool).tril()
    activation = ACTIVATIONS[config["activation"]]
    for i in range(config["layers"]):
        layer = f"report.layer.{i}"
        y = attention(w, f"{layer}.self_attention", f"{layer}.self_attention.output", config["heads"], x, x, causal)
        x = norm(w, f"{layer}.self_attention_norm", x + y, 1e-5)
        y = attention(w, f"{layer}.cross_attention", f"{layer}.cross_attention.output", config["heads"], x, memory)
        x = norm(w, f"{layer}.cross_attention_norm", x + y, 1e-5)
        y = linear(w, f"{layer}.output", activation(linear(w, f"{layer}.hidden", x)))
        x = norm(w, f"{layer}.output_norm", x + y, 1e-5)
    return x @ words.T + w["report.logits.bias"]


def bert(w, config, tokens):
    """Tokens [N, T], padded with -1, to the last hidden states [N, T, width] and the pooled output [N, width]."""
    x = (w["bert.embeddings.word_embeddings.weight"][tokens.clamp(min=0)]
         + w["bert.embeddings.position_embeddings.weight"][:tokens.shape[1]]
         + w["bert.embeddings.token_type_embeddings.weight"][0])
    x = norm(w, "bert.embeddings.LayerNorm", x, 1e-12)
    visible = (tokens >= 0)[:, None, None]  # over heads and queries
    for i in range(config["layers"]):
        layer = f"bert.encoder.layer.{i}"
        y = attention(w, f"{layer}.attention.self", f"{layer}.attention.output.dense", config["heads"], x, x, visible)
        x = norm(w, f"{layer}.attention.output.LayerNorm", x + y, 1e-12)
        y = linear(w, f"{layer}.output.dense", F.gelu(linear(w, f"{layer}.intermediate.dense", x)))
        x = norm(w, f"{layer}.output.LayerNorm", x + y, 1e-12)
    return x, linear(w, "bert.pooler.dense", x[:, 0]).tanh()


def forward(w, config, images, tokens, encoder_tokens):
    """Every output for a batch: images [S, 3, side, side], tokens [S, T] and [S, T'], padded with -1."""
    aggregated, patches = radiograph_transformer(w, config["radiograph"], images.flatten(0, 1))
    vectors, memory = view_fusion(
        w, config["fusion"]["kind"], aggregated.unflatten(0, (-1, VIEWS)), patches.unflatten(0, (-1, VIEWS)))
    outputs = {"aggregated": aggregated, "patches": patches, "study_vectors": F.normalize(vectors, dim=-1)}
    if config["objectives"]["language"]:
        # Padding follows a report, so the causal mask alone keeps it away from the report's own rows.
        known = tokens.clamp(min=0)
        if config["fusion"]["kind"] == "NONE":
            logits = report_transformer(
                w, config["report"], known.repeat_interleave(VIEWS, 0), memory.flatten(0, 1))
            outputs["logits"] = logits.unflatten(0, (-1, VIEWS))  # [S, 3, T, V]
        else:
            outputs["logits"] = report_transformer(w, config["report"], known, memory)
    if config["objectives"]["contrastive"]:
        _, pooled = bert(w, config["text"], encoder_tokens)
        outputs["report_vectors"] = F.normalize(linear(w, "text_projection.dense", pooled), dim=-1)
    return outputs
