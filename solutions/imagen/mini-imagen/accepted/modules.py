"""A module for the blocks, a generator of batches, and a schedule that is worked out at once."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn


def scales(time: Tensor) -> tuple[Tensor, Tensor]:
    angle = torch.deg2rad(90 * time).reshape(-1, 1, 1, 1)
    return angle.cos(), angle.sin()


def diffuse(images: Tensor, noise: Tensor, time: Tensor) -> Tensor:
    signal, strength = scales(time)
    return torch.addcmul(signal * images, strength, noise)


class MiniImagen(nn.Module):
    def __init__(self, vocabulary: int, pixels: int, width: int):
        super().__init__()
        self.words = nn.Embedding(num_embeddings=vocabulary, embedding_dim=width)
        self.time = nn.Linear(in_features=1, out_features=width)
        self.enter = nn.Linear(pixels, width)
        self.middle = nn.Linear(width, width)
        self.leave = nn.Linear(width, pixels)
        self.act = nn.SiLU()

    def forward(self, noisy: Tensor, time: Tensor, captions: Tensor) -> Tensor:
        said = torch.stack([self.words(word) for word in captions.unbind(1)]).mean(0)
        told = said + self.time(time.unsqueeze(-1))
        out = self.act(self.enter(torch.flatten(noisy, start_dim=1)) + told)
        out = self.act(self.middle(out) + told)
        return torch.unflatten(self.leave(out), 1, noisy.shape[1:])


def batches(images: Tensor, captions: Tensor, rows: Tensor, times: Tensor, noise: Tensor) -> Iterator[tuple]:
    for k in range(len(rows)):
        clean = images[rows[k]]
        yield diffuse(clean, noise[k], times[k]), times[k], captions[rows[k]], clean


def train(model, images, captions, rows, times, noise, lr):
    criterion = nn.MSELoss()
    adam = torch.optim.Adam(model.parameters(), lr)
    losses = images.new_empty(len(rows))
    for k, (noisy, time, words, clean) in enumerate(batches(images, captions, rows, times, noise)):
        adam.zero_grad(set_to_none=True)
        loss = criterion(model(noisy, time, words), clean)
        losses[k] = loss.item()
        loss.backward()
        adam.step()
    return losses


def sample(model, captions, noise, steps):
    times = [torch.full((len(noise),), k / steps, dtype=noise.dtype, device=noise.device) for k in range(steps + 1)]
    x = noise
    with torch.inference_mode():
        for now, later in zip(times[:0:-1], times[-2::-1], strict=True):
            clean = model(x, now, captions).clip(-1, 1)
            signal, strength = scales(now)
            x = diffuse(clean, (x - signal * clean) / strength, later)
    return x.clone()
