"""A REFERS training step as one writes it in PyTorch: modules, fused attention, autocast, SGD.

The same shapes, losses and precision as `radstream bench train`, on made-up studies. Prints one line of JSON.
"""

import argparse
import json
import math
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn

VIEWS = 3
SIZES = {  # image, patch, (width, layers, heads) of radiograph, report and text transformer, longest report
    "tiny": (64, 8, (64, 3, 4), (64, 1, 4), (64, 2, 4), 64, 0.0),
    "small": (224, 16, (384, 6, 6), (256, 3, 4), (384, 6, 6), 100, 0.1),
    "base": (224, 16, (768, 12, 12), (512, 6, 8), (768, 12, 12), 100, 0.1),
}


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.output = (nn.Linear(width, width) for _ in range(4))

    def forward(self, x, memory, causal=False):
        q, k, v = (
            layer(source).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for layer, source in ((self.query, x), (self.key, memory), (self.value, memory)))
        return self.output(F.scaled_dot_product_attention(q, k, v, is_causal=causal).transpose(1, 2).flatten(2))


def perceptron(width, activation):
    return nn.Sequential(nn.Linear(width, 4 * width), activation(), nn.Linear(4 * width, width))


class RadiographBlock(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.before, self.after = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention, self.perceptron = Attention(width, heads), perceptron(width, nn.ReLU)

    def forward(self, x):
        y = self.before(x)
        x = x + self.attention(y, y)
        return x + self.perceptron(self.after(x))


class RadiographTransformer(nn.Module):
    def __init__(self, side, patch, width, layers, heads):
        super().__init__()
        self.patches = nn.Conv2d(1, width, patch, patch)
        self.aggregation = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(torch.randn(1, 1 + (side // patch) ** 2, width) * 0.02)
        self.merge, self.recurrent = nn.Linear(2 * width, width), nn.Linear(2 * width, width)
        self.blocks = nn.Sequential(*(RadiographBlock(width, heads) for _ in range(layers)))
        self.norm = nn.LayerNorm(width)

    def forward(self, images):
        patches = self.patches(images[:, None]).flatten(2).transpose(1, 2)
        x = torch.cat([self.aggregation.expand(len(images), -1, -1), patches], 1)
        x = self.norm(self.blocks(self.merge(torch.cat([x, self.positions.expand_as(x)], -1))))
        return self.recurrent(torch.cat([x[:, 1:], x[:, :1].expand_as(x[:, 1:])], -1))


class ViewFusion(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weigh = nn.Sequential(nn.Linear(VIEWS * width, width), nn.ReLU(), nn.Linear(width, VIEWS))

    def forward(self, patches):  # studies, views, patches, width
        features = patches.mean(2)
        weights = self.weigh(features.flatten(1)).softmax(-1)
        vectors = (features * weights[..., None]).flatten(1)
        return vectors, (patches * weights[..., None, None]).transpose(1, 2).flatten(2)


class ReportBlock(nn.Module):
    def __init__(self, width, heads, dropout):
        super().__init__()
        self.own, self.cross, self.perceptron = (
            Attention(width, heads), Attention(width, heads), perceptron(width, nn.ReLU))
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(3))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, memory):
        x = self.norms[0](x + self.dropout(self.own(x, x, causal=True)))
        x = self.norms[1](x + self.dropout(self.cross(x, memory)))
        return self.norms[2](x + self.dropout(self.perceptron(x)))


class ReportTransformer(nn.Module):
    def __init__(self, vocabulary, memory, longest, width, layers, heads, dropout):
        super().__init__()
        self.words, self.bias = nn.Embedding(vocabulary, width), nn.Parameter(torch.zeros(vocabulary))
        self.visual, self.dropout = nn.Linear(memory, width), nn.Dropout(dropout)
        self.blocks = nn.ModuleList(ReportBlock(width, heads, dropout) for _ in range(layers))
        angles = torch.arange(longest)[:, None] / 10000 ** (torch.arange(0, width, 2) / width)
        self.register_buffer("places", torch.stack([angles.sin(), angles.cos()], -1).flatten(1))

    def forward(self, tokens, memory):
        x = self.words(tokens) * math.sqrt(self.words.embedding_dim)
        x, memory = self.dropout(x + self.places[:tokens.shape[1]]), self.visual(memory)
        for block in self.blocks:
            x = block(x, memory)
        return F.linear(x[:, :-1], self.words.weight, self.bias)  # the end token predicts nothing


class TextBlock(nn.Module):
    def __init__(self, width, heads, dropout):
        super().__init__()
        self.attention, self.perceptron = Attention(width, heads), perceptron(width, nn.GELU)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        x = self.norms[0](x + self.dropout(self.attention(x, x)))
        return self.norms[1](x + self.dropout(self.perceptron(x)))


class TextEncoder(nn.Module):
    def __init__(self, vocabulary, longest, vector, width, layers, heads, dropout):
        super().__init__()
        self.words, self.positions = nn.Embedding(vocabulary, width), nn.Embedding(longest, width)
        self.types = nn.Parameter(torch.zeros(width))
        self.norm, self.dropout = nn.LayerNorm(width), nn.Dropout(dropout)
        self.blocks = nn.Sequential(*(TextBlock(width, heads, dropout) for _ in range(layers)))
        self.pooler, self.projection = nn.Linear(width, width), nn.Linear(width, vector)

    def forward(self, tokens):
        x = self.words(tokens) + self.positions.weight[:tokens.shape[1]] + self.types
        x = self.blocks(self.dropout(self.norm(x)))
        return self.projection(self.pooler(x[:, 0]).tanh())


class Refers(nn.Module):
    def __init__(self, preset, vocabulary):
        super().__init__()
        side, patch, radiograph, report, text, self.longest, dropout = SIZES[preset]
        vector = VIEWS * radiograph[0]
        self.side, self.temperature, self.language = side, 0.1, 1 / 32 if preset == "tiny" else 1
        self.radiographs = RadiographTransformer(side, patch, *radiograph)
        self.fusion = ViewFusion(radiograph[0])
        self.reports = ReportTransformer(vocabulary, vector, self.longest, *report, dropout)
        self.text = TextEncoder(vocabulary, self.longest, vector, *text, dropout)

    def forward(self, images, tokens):  # studies, views, side, side
        patches = self.radiographs(images.flatten(0, 1)).unflatten(0, (-1, VIEWS))
        vectors, memory = self.fusion(patches)
        cosines = F.normalize(vectors.float(), dim=-1) @ F.normalize(self.text(tokens).float(), dim=-1).T
        contrastive = F.cross_entropy(cosines / self.temperature, torch.arange(len(tokens), device=tokens.device))
        logits = self.reports(tokens, memory).float()
        language = F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten(), reduction="sum") / len(tokens)
        return contrastive + self.language * language


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--preset", choices=SIZES, default="base")
    parser.add_argument("--precision", choices=("float32", "bfloat16"), default="float32")
    parser.add_argument("--vocabulary", type=int, default=30522)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=2)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--capture", action="store_true", help="launch the step as one CUDA graph; only on a GPU")
    options = parser.parse_args()
    if options.capture and not options.device.startswith("cuda"):
        parser.error("--capture needs --device cuda")
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    model = Refers(options.preset, options.vocabulary).to(options.device)
    decayed = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    optimizer = torch.optim.SGD(
        [{"params": decayed, "weight_decay": 1e-4}, {"params": others}], lr=1e-4, momentum=0.9, fused=True)
    images = torch.randn(options.batch, VIEWS, model.side, model.side, device=options.device)
    tokens = torch.randint(options.vocabulary, (options.batch, model.longest), device=options.device)
    forward = torch.compile(model) if options.compile else model
    mixed = options.precision == "bfloat16"

    def step():
        with torch.autocast(options.device.split(":")[0], torch.bfloat16, enabled=mixed):
            loss = forward(images, tokens)
        loss.backward()
        # As Radstream does after each backward pass, to notice a gradient that is no number.
        norm = torch.nn.utils.get_total_norm([p.grad for p in model.parameters()])
        optimizer.step()
        optimizer.zero_grad()
        return loss.detach(), norm

    run = captured(step) if options.capture else step
    seconds, losses = [], []
    for _ in range(options.warm_up + options.steps):
        began = time.perf_counter()
        loss, norm = run()
        losses.append(loss.item())
        if not (math.isfinite(losses[-1]) and math.isfinite(norm.item())):
            raise SystemExit("the step diverged")
        seconds.append(time.perf_counter() - began)
    print(json.dumps({
        "torch": torch.__version__,
        "precision": options.precision,
        "compiled": options.compile,
        "captured": options.capture,
        "threads": options.threads,
        "batch": options.batch,
        "parameters": sum(p.numel() for p in model.parameters()),
        "seconds_per_step": statistics.median(seconds[options.warm_up:]),
        "losses": losses,
    }))


def captured(step):
    """The same step, launched as one CUDA graph. What it compiles and allocates lazily is done before, on a
    stream of its own, as the capture of a graph asks."""
    beside = torch.cuda.Stream()
    beside.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(beside):
        for _ in range(3):
            step()
    torch.cuda.current_stream().wait_stream(beside)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        results = step()

    def replay():
        graph.replay()
        return results

    return replay


if __name__ == "__main__":
    main()
