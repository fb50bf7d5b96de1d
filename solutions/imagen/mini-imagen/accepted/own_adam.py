"""Adam by hand; the sampler eliminates the noise from its formula; the model works on one-hot captions."""

import math

import torch
import torch.nn.functional as F
from torch import nn


def diffuse(images, noise, time):
    shape = (-1, *[1] * (images.dim() - 1))
    return torch.cos(time * (torch.pi / 2)).view(shape) * images + torch.sin(time * (torch.pi / 2)).view(shape) * noise


class MiniImagen(nn.Module):
    def __init__(self, vocabulary, pixels, width):
        super().__init__()
        self.leave = nn.Linear(width, pixels)
        self.middle = nn.Linear(width, width)
        self.enter = nn.Linear(pixels, width)
        self.time = nn.Linear(1, width)
        self.words = nn.Embedding(vocabulary, width)

    def forward(self, noisy, time, captions):
        B, C, H, W = noisy.shape
        share = F.one_hot(captions, self.words.num_embeddings).sum(1).to(noisy.dtype) / captions.shape[1]
        condition = share @ self.words.weight + torch.outer(time, self.time.weight[:, 0]) + self.time.bias
        hidden = noisy.reshape(B, C * H * W)
        for layer in (self.enter, self.middle):
            hidden = layer(hidden) + condition
            hidden = hidden * hidden.sigmoid()
        return self.leave(hidden).reshape(B, C, H, W)


def train(model, images, captions, rows, times, noise, lr):
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    first = [torch.zeros_like(parameter) for parameter in parameters]
    second = [torch.zeros_like(parameter) for parameter in parameters]
    losses = []
    for k in range(rows.shape[0]):
        clean = images.index_select(0, rows[k])
        error = model(diffuse(clean, noise[k], times[k]), times[k], captions.index_select(0, rows[k])) - clean
        loss = (error * error).mean()
        losses.append(loss.item())
        for parameter, m, v, g in zip(parameters, first, second, torch.autograd.grad(loss, parameters), strict=True):
            m.mul_(0.9).add_(g, alpha=0.1)
            v.mul_(0.999).addcmul_(g, g, value=0.001)
            root = (v / (1 - 0.999 ** (k + 1))).sqrt() + 1e-8
            parameter.data.sub_(lr * (m / (1 - 0.9 ** (k + 1))) / root)
    return torch.tensor(losses, dtype=images.dtype, device=images.device)


def sample(model, captions, noise, steps):
    x = noise.clone()
    with torch.no_grad():
        for k in reversed(range(steps)):
            t, s = (k + 1) / steps * math.pi / 2, k / steps * math.pi / 2
            time = torch.full_like(x[:, 0, 0, 0], (k + 1) / steps)
            clean = torch.clamp(model(x, time, captions), min=-1, max=1)
            share = math.sin(s) / math.sin(t)
            x = share * x + (math.cos(s) - share * math.cos(t)) * clean
    return x
