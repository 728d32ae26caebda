"""Residual networks (He et al., 2016) in plain PyTorch, for ResidualReferenceTest.

Written from the paper and from the names and shapes of torchvision's models: one channel, no
classifier, the stride of a bottleneck in its middle convolution. Weights, pictures and the
direction of the loss are sines that the test computes as well, so that only results are stored.

    python residual.py model/src/test/resources/reference/residual.json
"""

import json
import math
import sys

import numpy as np
import torch
from torch import nn

EPSILON = float(np.float32(1e-5))  # as the engine is given it
PICTURES, SIDE = 3, 32


class Block(nn.Module):
    def __init__(self, given, inside, bottleneck, stride):
        super().__init__()
        gives = 4 * inside if bottleneck else inside
        plan = [(given, inside, 1, 1), (inside, inside, 3, stride), (inside, gives, 1, 1)]
        if not bottleneck:
            plan = [(given, inside, 3, stride), (inside, gives, 3, 1)]
        for i, (a, b, side, step) in enumerate(plan, start=1):
            setattr(self, f"conv{i}", nn.Conv2d(a, b, side, step, side // 2, bias=False))
            setattr(self, f"bn{i}", nn.BatchNorm2d(b, eps=EPSILON))
        self.layers = len(plan)
        self.downsample = None
        if stride != 1 or given != gives:
            self.downsample = nn.Sequential(
                nn.Conv2d(given, gives, 1, stride, bias=False), nn.BatchNorm2d(gives, eps=EPSILON))

    def forward(self, x):
        y = x
        for i in range(1, self.layers + 1):
            y = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(y))
            y = torch.relu(y) if i < self.layers else y
        return torch.relu(y + (x if self.downsample is None else self.downsample(x)))


class Residual(nn.Module):
    def __init__(self, blocks, bottleneck, width):
        super().__init__()
        self.conv1 = nn.Conv2d(1, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width, eps=EPSILON)
        given = width
        self.stages = len(blocks)
        for stage, count in enumerate(blocks):
            inside = width * 2 ** stage
            built = []
            for block in range(count):
                stride = 2 if stage > 0 and block == 0 else 1
                built.append(Block(given, inside, bottleneck, stride))
                given = 4 * inside if bottleneck else inside
            setattr(self, f"layer{stage + 1}", nn.Sequential(*built))

    def forward(self, images):
        x = torch.relu(self.bn1(self.conv1(images.unsqueeze(1))))
        x = nn.functional.max_pool2d(x, 3, 2, 1)
        for stage in range(self.stages):
            x = getattr(self, f"layer{stage + 1}")(x)
        return x.mean((2, 3)), x.flatten(2).transpose(1, 2)


def sines(seed, shape, mean=0.0, size=1.0):
    i = torch.arange(math.prod(shape), dtype=torch.float64)
    return (mean + size * torch.sin(seed + 1.7 * i + 0.3 * torch.sin(0.9 * i))).reshape(shape)


def fill(network):
    """By the names in their order; what counts batches is not of the network."""
    state = {}
    for name in sorted(key for key in network.state_dict() if "tracked" not in key):
        shape = tuple(network.state_dict()[name].shape)
        mean, size = 0.0, 0.3
        if len(shape) == 4:
            size = (2.0 * shape[0] / math.prod(shape)) ** 0.5
        elif name.endswith("running_var") or (name.endswith("weight") and len(shape) == 1):
            mean = 1.0
        state[name] = sines(len(state), shape, mean, size)
    network.load_state_dict(state, strict=False)
    return state


def flat(tensor):
    return tensor.detach().flatten().tolist()


def case(blocks, bottleneck, width):
    network = Residual(blocks, bottleneck, width).double()
    state = fill(network)
    images = sines(100, (PICTURES, SIDE, SIDE))
    network.eval()
    with torch.no_grad():
        aggregated, places = network(images)
    found = {"blocks": blocks, "bottleneck": bottleneck, "width": width,
             "aggregated": flat(aggregated), "places": flat(places)}
    network.train()
    aggregated, places = network(images)
    loss = (aggregated * sines(200, aggregated.shape)).sum() + (places * sines(300, places.shape)).sum()
    loss.backward()
    found["training"] = {"aggregated": flat(aggregated), "places": flat(places)}
    found["gradients"] = {
        name: {"norm": parameter.grad.norm().item(),
               "along": (parameter.grad * sines(400, parameter.shape)).sum().item()}
        for name, parameter in network.named_parameters()}
    found["running"] = {name: flat(network.state_dict()[name]) for name in state if "running" in name}
    return found


if __name__ == "__main__":
    torch.set_num_threads(1)
    cases = [case([1, 2], False, 4), case([1, 1, 1], True, 2)]
    with open(sys.argv[1], "w") as out:
        json.dump(cases, out)
        out.write("\n")
