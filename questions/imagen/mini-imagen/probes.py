"""Drives the parts with a small network of its own, and the whole with images of coloured shapes that it draws."""

import torch
from torch import nn

SIDE = 8
WIDTH = 96
VOCABULARY = 6  # red, green, blue, frame, cross, saltire
TRAINING_IMAGES = 180
TRAINING_STEPS, BATCH, LEARNING_RATE = 400, 32, 3e-3
SAMPLING_STEPS = 12
BRIGHT, DIM, GROUND = 0.9, -0.4, -1.0  # a caption does not say whether its shape is bright or dim


class Network(nn.Module):
    """Takes every input into account, each in a way of its own, and its mode too; notes whether a graph is recorded."""

    def __init__(self, channels):
        super().__init__()
        self.mix = nn.Conv2d(channels, channels, 1)
        self.words = nn.Embedding(5, channels)
        self.speed = nn.Parameter(torch.zeros(channels))
        self.recorded = False

    def forward(self, noisy, time, captions):
        change = self.words(captions).sum(1) + time.reshape(len(noisy), 1) @ self.speed[None]
        result = (1.5 if self.training else 1.2) * torch.tanh(self.mix(noisy) + change[:, :, None, None])
        self.recorded |= result.requires_grad
        return result

    def state(self):
        mode = "training" if self.training else "evaluation"
        return {"mode": mode, "parameters with requires_grad": sum(p.requires_grad for p in self.parameters())}


def training(solution, *, images, captions, rows, times, noise):
    """The losses of a few steps, and the parameters after them; the model comes with gradients from something else."""
    model = solution.fill(Network(images.shape[1])).eval()
    model(noise[0], times[0], captions[rows[0]]).sum().backward()
    losses = solution.train(model, images, captions, rows, times, noise, 0.05)
    kept = {"requires gradients": losses.requires_grad, **model.state()}
    return {"losses": losses.detach(), **kept, **{name: value.detach() for name, value in model.named_parameters()}}


def sampling(solution, *, noise, captions, steps):
    """The samples, and what became of the noise."""
    x = noise.clone()
    model = solution.fill(Network(x.shape[1])).train()
    samples = solution.sample(model, captions, x, steps)
    kept = {"requires gradients": samples.requires_grad, "gradients were recorded": model.recorded, **model.state()}
    return {"samples": samples, "noise": x, **kept}


def shapes():
    """The three shapes, (3, 8, 8), true where they are."""
    row, column = torch.arange(SIDE)[:, None], torch.arange(SIDE)[None, :]
    ring = torch.maximum((2 * row - SIDE + 1).abs(), (2 * column - SIDE + 1).abs()) == SIDE - 3
    cross = ((2 * row - SIDE + 1).abs() < 2) | ((2 * column - SIDE + 1).abs() < 2)
    saltire = (row == column) | (row + column == SIDE - 1)
    return torch.stack([ring, cross, saltire])


def drawn(count, generator):
    """`count` images, (count, 3, 8, 8), and their captions, (count, 2): each colour with each shape in turn."""
    number = torch.arange(count)
    color, shape = number % 3, number // 3 % 3
    bright = torch.rand(count, generator=generator, dtype=torch.float64) < 0.5
    level = torch.tensor([DIM, BRIGHT], dtype=torch.float64)[bright.long()]
    level = level + 0.05 * torch.randn(count, generator=generator, dtype=torch.float64)
    here = shapes()[shape][:, None] & (torch.arange(3) == color[:, None])[:, :, None, None]
    images = torch.where(here, level[:, None, None, None], GROUND).clamp(-1, 1)
    return images, torch.stack([color, 3 + shape], dim=1)


def sheet(samples):
    """A column of samples for each caption, as one picture with values in [0, 1]."""
    rows = samples.reshape(-1, 9, *samples.shape[1:]).permute(2, 0, 3, 1, 4)  # channel, sample, row, caption, column
    return (rows.flatten(3).flatten(1, 2)[:, : 4 * SIDE].clamp(-1, 1) + 1) / 2


def fresh(model, seed):
    """The model with torch's own initial values, which are better to begin with than the grader's.

    They depend on the seed alone, not on the order in which the layers were made: what training leaves is compared.
    """
    torch.manual_seed(seed)
    for name in ("words", "time", "enter", "middle", "leave"):
        getattr(model, name).reset_parameters()
    return model


def whole(solution, *, count):
    """Trains from the beginning, and makes `count` samples, for each caption in turn; shows what training left too."""
    generator = torch.Generator().manual_seed(solution.seed)
    images, captions = drawn(TRAINING_IMAGES, generator)
    rows = torch.randint(TRAINING_IMAGES, (TRAINING_STEPS, BATCH), generator=generator)
    times = torch.rand(TRAINING_STEPS, BATCH, generator=generator, dtype=torch.float64)
    noise = torch.randn(TRAINING_STEPS, BATCH, 3, SIDE, SIDE, generator=generator, dtype=torch.float64)
    start = torch.randn(count, 3, SIDE, SIDE, generator=generator, dtype=torch.float64)
    model = fresh(solution.fill(solution.MiniImagen(VOCABULARY, 3 * SIDE * SIDE, WIDTH)), solution.seed)
    like = next(model.parameters())
    images, times, noise, start = (tensor.to(like) for tensor in (images, times, noise, start))
    captions, rows = captions.to(like.device), rows.to(like.device)
    losses = solution.train(model, images, captions, rows, times, noise, LEARNING_RATE)
    samples = solution.sample(model, captions[:count], start, SAMPLING_STEPS)
    by_caption = samples.reshape(-1, 9, *samples.shape[1:])
    return {
        "sheet": sheet(samples),
        "samples": samples,
        "samples by caption": by_caption,
        "spread": by_caption.mean((2, 3, 4)).std(0).mean(),
        "losses": losses,
        "late loss": losses[-50:].mean(),
        **{name: value.detach() for name, value in model.named_parameters()},
    }
