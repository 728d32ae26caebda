"""Steps of PyTorch's own Adam in float64, for model/src/test/resources/reference/adam.json."""

import json
import math

import torch

STEPS = 20
RATE = 0.01
DECAY = 0.1


def gradient(step, place):
    """Of the weight in that place, counted over all weights."""
    return math.cos(0.7 * step + 1.3 * place) * (1 + place % 3)


def rate(step):
    """A warm-up over the first half."""
    return RATE * min(1.0, (step + 1) / (STEPS / 2))


def main():
    decaying = torch.linspace(-1, 1, 6, dtype=torch.float64).reshape(2, 3).requires_grad_()
    bias = torch.linspace(0.5, 1, 3, dtype=torch.float64).requires_grad_()
    adam = torch.optim.Adam([
        {"params": [decaying], "weight_decay": DECAY},
        {"params": [bias], "weight_decay": 0.0},
    ], lr=RATE)
    after = []
    for step in range(STEPS):
        for group in adam.param_groups:
            group["lr"] = rate(step)
        values = [gradient(step, place) for place in range(9)]
        decaying.grad = torch.tensor(values[:6], dtype=torch.float64).reshape(2, 3)
        bias.grad = torch.tensor(values[6:], dtype=torch.float64)
        adam.step()
        after.append({"matrix": decaying.detach().flatten().tolist(), "bias": bias.detach().tolist()})
    print(json.dumps({"rate": RATE, "decay": DECAY, "after": after}, indent=1))


if __name__ == "__main__":
    main()
