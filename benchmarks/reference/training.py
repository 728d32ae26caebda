"""Losses (equations 1 and 2 of the paper), and SGD with clipping, weight decay, momentum and Lookahead."""

import torch
import torch.nn.functional as F

from refers import forward

RADIOGRAPH = ("vit.", "recurrent_concatenation.", "view_fusion.")


def contrastive_loss(study_vectors, report_vectors, temperature, study_to_report):
    """The vectors have unit length, so their products are cosines."""
    def one(vectors):
        scores = vectors @ report_vectors.T / temperature
        own = torch.arange(len(scores))
        return (study_to_report * F.cross_entropy(scores, own)
                + (1 - study_to_report) * F.cross_entropy(scores.T, own))
    if study_vectors.dim() == 2:
        return one(study_vectors)
    return torch.stack([one(view) for view in study_vectors.unbind(1)]).mean()


def language_loss(logits, tokens, mean):
    """Row t of the logits predicts token t + 1."""
    targets = tokens[:, 1:]
    count = len(tokens) if mean == "REPORT" else (targets >= 0).sum()
    def one(logits):
        return F.cross_entropy(
            logits[:, :-1].flatten(0, 1), targets.flatten(), ignore_index=-1, reduction="sum") / count
    if logits.dim() == 3:
        return one(logits)
    return torch.stack([one(view) for view in logits.unbind(1)]).mean()


def losses(outputs, config, tokens):
    """The two losses, as far as their weights are not zero, and their weighted sum."""
    objectives, result = config["objectives"], {}
    if objectives["contrastive"]:
        result["contrastive"] = contrastive_loss(
            outputs["study_vectors"], outputs["report_vectors"],
            objectives["temperature"], objectives["studyToReport"])
    if objectives["language"]:
        result["language"] = language_loss(outputs["logits"], tokens, objectives["languageMean"])
    result["loss"] = sum(objectives[name] * loss for name, loss in result.items())
    return result


def frozen(name, freeze):
    """Freezing the first n > 0 layers of a transformer freezes the embeddings below them, too."""
    return any(
        name.startswith((f"{part}.embeddings.", *(f"{part}.encoder.layer.{i}." for i in range(layers))))
        for part, layers in (("vit", freeze["radiographLayers"]), ("bert", freeze["textLayers"])) if layers)


def gradients(w, config, freeze, batch):
    """Outputs and losses of a batch, and the gradient of the total loss for each trained weight."""
    leaves = {name: weight.detach().requires_grad_(not frozen(name, freeze)) for name, weight in w.items()}
    outputs = forward(leaves, config, *batch)
    outputs |= losses(outputs, config, batch[1])
    trained = [name for name, leaf in leaves.items() if leaf.requires_grad]
    values = torch.autograd.grad(
        outputs["loss"], [leaves[name] for name in trained], allow_unused=True, materialize_grads=True)
    return {name: output.detach() for name, output in outputs.items()}, dict(zip(trained, values))


def global_norm(tensors):
    return torch.stack([tensor.norm() for tensor in tensors]).norm()


class Optimizer:
    def __init__(self, config, rates):
        self.config, self.rates = config, rates
        self.steps, self.buffers, self.slow = 0, {}, {}

    @torch.no_grad()
    def step(self, w, grads):
        """Changes the weights in place."""
        limit, size = self.config["maxGradientNorm"], global_norm(grads.values())
        scale = limit / size if 0 < limit < size else 1
        for name, gradient in grads.items():
            # The vectors among the weights are the biases and the norms: they do not decay.
            decay = self.config["weightDecay"] if w[name].dim() > 1 else 0
            gradient = gradient * scale + decay * w[name]
            buffer = self.buffers.setdefault(name, torch.zeros_like(gradient))
            buffer.mul_(self.config["momentum"]).add_(gradient)
            if self.config["lookahead"]["every"] and name not in self.slow:
                self.slow[name] = w[name].clone()
            w[name] -= self.rates["radiograph" if name.startswith(RADIOGRAPH) else "text"] * buffer
        self.steps += 1
        if self.config["lookahead"]["every"] and self.steps % self.config["lookahead"]["every"] == 0:
            for name, slow in self.slow.items():
                slow += self.config["lookahead"]["alpha"] * (w[name] - slow)
                w[name].copy_(slow)


def train(w, config, batches):
    """Outputs and gradients of batch 0 before the first step, the weights after the last, each step's loss."""
    w = {name: weight.clone() for name, weight in w.items()}
    optimizer, steps = Optimizer(config["optimizer"], config["rates"]), []
    first = None
    for i in range(config["steps"]):
        outputs, grads = gradients(w, config["model"], config["optimizer"]["freeze"], batches[i % len(batches)])
        first = first or (outputs, grads)
        optimizer.step(w, grads)
        steps.append(outputs["loss"])
    return *first, w, torch.stack(steps)
