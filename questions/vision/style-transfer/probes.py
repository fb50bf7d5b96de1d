"""Drives the losses with given feature maps, and the optimisation with a small smooth extractor."""

import torch
from torch import nn


class Extractor(nn.Module):
    """Two layers, 4 and 5 channels, the second at half the size; returns what both give."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3, padding=1)
        self.second = nn.Conv2d(4, 5, 3, stride=2)

    def forward(self, images):
        maps = torch.tanh(self.first(images))
        return [maps, torch.tanh(self.second(maps))]


def gradients_of(loss, features):
    """The gradients of a loss with respect to feature maps; zeros where there are none."""
    if not loss.requires_grad:
        return [torch.zeros_like(one) for one in features]
    found = torch.autograd.grad(loss, features, allow_unused=True)
    return [torch.zeros_like(one) if g is None else g for one, g in zip(features, found, strict=True)]


def content(solution, *, features, target):
    """The content loss of the batch and of its first image alone, and the gradient of the former."""
    loss = solution.content_loss(features.requires_grad_(), target)
    first = solution.content_loss(features[:1], target[:1])
    return {"losses": torch.stack([loss, first]), "gradient": gradients_of(loss, [features])}


def style(solution, *, first, second, first_gram, second_gram, weights):
    """The style loss of two layers, of the batch and of its first image alone, and the gradients of the former.

    The second map lies in memory column by column, so that rows and columns can't be merged in place.
    """
    second = second.mT.contiguous().mT
    maps, grams = [first.requires_grad_(), second.requires_grad_()], [first_gram, second_gram]
    loss = solution.style_loss(maps, grams, weights)
    alone = solution.style_loss([one[:1] for one in maps], [one[:1] for one in grams], weights)
    return {"losses": torch.stack([loss, alone]), "gradients": gradients_of(loss, maps)}


def stylized(solution, *, start, content, style, **settings):
    """The image and the losses, and what became of the arguments."""
    extractor = solution.fill(Extractor()).eval()
    parameters = list(extractor.parameters())
    before = [tensor.detach().clone() for tensor in (start, content, style, *parameters)]
    image, losses = solution.stylize(extractor, start, content, style, **settings)
    after = [tensor.detach() for tensor in (start, content, style, *parameters)]
    equal = [torch.equal(one, other) for one, other in zip(before, after, strict=True)]
    return {
        "image": image,
        "image requires gradients": image.requires_grad,
        "losses": torch.tensor([float(loss) for loss in losses], dtype=start.dtype),
        "type of a loss": type(losses[0]).__name__ if losses else "none",
        "images unmodified": all(equal[:3]) and not start.requires_grad,
        "parameters unmodified": all(equal[3:]),
        "parameters without grad": all(parameter.grad is None for parameter in parameters),
        "all in eval mode": not any(module.training for module in extractor.modules()),
        "parameters still require gradients": all(parameter.requires_grad for parameter in parameters),
    }
