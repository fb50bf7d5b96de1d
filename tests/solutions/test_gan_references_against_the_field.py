"""The references on GANs against torch's losses, against their layers composed by hand, and against the papers.

The helpers are in `test_references_against_torch`.
"""

from __future__ import annotations

import math

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tests.solutions.test_references_against_torch import (
    TOLERANCE,
    _one_thread,  # noqa: F401 - of every test here
    _seeded,  # noqa: F401 - of every test here
    assert_agree,
    assert_near,
    filled,
    full_precision,
    normal,
    reference,
)

# --- vision/gan-image-generation and vision/gan-super-resolution ---


@full_precision
def test_dcgan_is_its_layers_composed(dtype: torch.dtype) -> None:
    module = reference("gan-image-generation")
    generator, discriminator = (filled(network(), dtype) for network in (module.Generator, module.Discriminator))
    p, q = dict(generator.named_parameters()), dict(discriminator.named_parameters())
    noise = normal(3, 100, dtype=dtype)

    def scaled(p: dict[str, Tensor], name: str, x: Tensor) -> Tensor:
        mean, var = x.mean((0, 2, 3), keepdim=True), x.var((0, 2, 3), correction=0, keepdim=True)
        w, b = (p[f"{name}.{kind}"][:, None, None] for kind in ("weight", "bias"))
        return (x - mean) / (var + 1e-5).sqrt() * w + b

    x = torch.einsum("bi,iohw->bohw", noise, p["project.weight"])
    for k in (1, 2):
        x = F.conv_transpose2d(scaled(p, f"norm{k}", x).relu(), p[f"up{k}.weight"], stride=2, padding=1)
    x = F.conv_transpose2d(scaled(p, "norm3", x).relu(), p["up3.weight"], p["up3.bias"], stride=2, padding=1).tanh()
    images = generator(noise)
    torch.testing.assert_close(images, x, rtol=0, atol=100 * TOLERANCE[dtype])
    y = F.leaky_relu(F.conv2d(images, q["conv1.weight"], q["conv1.bias"], 2, 1), 0.2)
    for k in (2, 3):
        y = F.leaky_relu(scaled(q, f"norm{k}", F.conv2d(y, q[f"conv{k}.weight"], None, 2, 1)), 0.2)
    want = torch.einsum("bchw,chw->b", y, q["score.weight"][0]) + q["score.bias"]
    assert_agree(discriminator(images), want, tuple(q.values()))


@full_precision
def test_training_step_of_a_gan_is_two_steps_of_gradient_descent(dtype: torch.dtype) -> None:
    networks = [filled(nn.Linear(3, 2), dtype), filled(nn.Sequential(nn.Linear(2, 1), nn.Flatten(0)), dtype)]
    before = [[x.detach().clone().requires_grad_() for x in network.parameters()] for network in networks]
    (gw, gb), (dw, db) = before
    real, noise = normal(5, 2, dtype=dtype).detach(), normal(4, 3, dtype=dtype).detach()
    fake = noise @ gw.T + gb
    of_d = -(real @ dw[0] + db).sigmoid().log().mean() - (1 - (fake.detach() @ dw[0] + db).sigmoid()).log().mean()
    dw, db = (x - 0.5 * g for x, g in zip(before[1], torch.autograd.grad(of_d, before[1]), strict=True))
    of_g = -(fake @ dw[0] + db).sigmoid().log().mean()
    want = [x - 0.1 * g for x, g in zip(before[0], torch.autograd.grad(of_g, before[0]), strict=True)]
    optimizers = [torch.optim.SGD(x.parameters(), lr) for x, lr in zip(networks, (0.1, 0.5), strict=True)]
    for x in [*networks[0].parameters(), *networks[1].parameters()]:
        x.grad = torch.full_like(x, 100.0)  # what is left over does not count
    got = reference("gan-image-generation").training_step(*networks, *optimizers, real, noise)
    assert got == pytest.approx((of_d.item(), of_g.item()), rel=10 * TOLERANCE[dtype])
    for mine, theirs in zip([*networks[0].parameters(), *networks[1].parameters()], [*want, dw, db], strict=True):
        assert_near(mine.detach(), theirs.detach())


def test_losses_of_gans_where_nothing_can_be_told_apart_are_goodfellows() -> None:
    """Goodfellow et al. 2014, theorem 1: the value of the game is -log 4 there."""
    blind = nn.Sequential(nn.Flatten(), nn.Linear(12, 1))
    nn.init.zeros_(blind[1].weight), nn.init.zeros_(blind[1].bias)
    sr, hr, module = torch.randn(2, 3, 2, 2), torch.randn(2, 3, 2, 2), reference("gan-super-resolution")
    assert module.discriminator_loss(sr, hr, blind).item() == pytest.approx(math.log(4))
    assert module.generator_loss(sr, sr, blind, nn.Identity(), 1.0, 1.0).item() == pytest.approx(math.log(2))


@full_precision
@pytest.mark.parametrize("scale", [1.0, 300.0])
def test_losses_of_srgan_are_torchs(scale: float, dtype: torch.dtype) -> None:
    module, sr, hr = reference("gan-super-resolution"), normal(2, 3, 4, 4, dtype=dtype), normal(2, 3, 4, 4, dtype=dtype)
    judge, features = (filled(nn.Conv2d(3, channels, 3), dtype) for channels in (1, 5))
    with torch.no_grad():
        judge.weight *= scale
    for_true = F.binary_cross_entropy_with_logits(judge(sr), torch.ones(2, 1, 2, 2, dtype=dtype))
    want = 0.006 * F.mse_loss(features(sr), features(hr)) + 1e-3 * for_true
    got = module.generator_loss(sr, hr, judge, features)
    assert_agree(got, want, (sr,))
    others = hr, *judge.parameters(), *features.parameters()
    got = module.generator_loss(sr, hr, judge, features)
    assert all(g is None for g in torch.autograd.grad(got, others, allow_unused=True))
    logits, truth = torch.cat([judge(hr), judge(sr.detach())]), torch.ones(4, 1, 2, 2, dtype=dtype)
    truth[2:] = 0
    want = 2 * F.binary_cross_entropy_with_logits(logits, truth)  # both halves are equally many
    assert_agree(module.discriminator_loss(sr, hr, judge), want, (sr, hr, *judge.parameters()))


# --- speech/gan-speech-synthesis ---


def overlapped(x: Tensor, weight: Tensor, bias: Tensor, stride: int, first: int, length: int) -> Tensor:
    """A transposed convolution by adding up what each sample gives; `length` samples of it from `first` on."""
    L, k = x.shape[2], weight.shape[2]
    shifted = [
        F.pad(torch.einsum("bi,iok->bok", x[..., i], weight), (i * stride, (L - 1 - i) * stride)) for i in range(L)
    ]
    assert shifted[0].shape[2] == (L - 1) * stride + k
    return torch.stack(shifted).sum(0)[..., first : first + length] + bias[:, None]


@full_precision
@pytest.mark.parametrize("length", [1, 2, 7])
def test_speech_generator_is_its_layers_composed(length: int, dtype: torch.dtype) -> None:
    model = filled(reference("gan-speech-synthesis").Generator(9, 3, 8), dtype)
    p, text, noise = dict(model.named_parameters()), torch.randint(9, (2, length)), normal(2, 3, dtype=dtype)
    steps = [torch.hstack([p["embedding.weight"][text[:, i]], noise]) for i in range(length)]
    x = F.conv1d(torch.stack(steps, 2), p["pre.weight"], p["pre.bias"], padding="same")
    x = overlapped(F.leaky_relu(x, 0.2), p["up1.weight"], p["up1.bias"], 5, 3, 5 * length)
    x = overlapped(F.leaky_relu(x, 0.2), p["up2.weight"], p["up2.bias"], 2, 1, 10 * length)
    want = F.conv1d(F.leaky_relu(x, 0.2), p["post.weight"], p["post.bias"], padding="same").tanh()
    assert want.shape == (2, 1, 10 * length)
    assert_agree(model(text, noise), want, (noise, *p.values()))


@pytest.mark.parametrize("length", range(1, 40, 6))
def test_lengths_of_a_waveform_are_those_of_the_formula_for_transposed_convolutions(length: int) -> None:
    model, samples = reference("gan-speech-synthesis").Generator(5, 2, 4), length
    for layer in (model.up1, model.up2):
        (k,), (stride,), (padding,), (more,) = layer.kernel_size, layer.stride, layer.padding, layer.output_padding
        samples = (samples - 1) * stride - 2 * padding + (k - 1) + more + 1
    assert samples == 10 * length
    assert model(torch.zeros(1, length, dtype=torch.int64), torch.zeros(1, 2)).shape == (1, 1, samples)


def halved(wave: Tensor) -> Tensor:
    """Means of four samples at every other place, one before the beginning; of those that are there."""
    T = wave.shape[2]
    return torch.stack([wave[..., max(t - 1, 0) : t + 3].mean(2) for t in range(0, T - 1, 2)], 2)


@full_precision
@pytest.mark.parametrize("length", [8, 13, 30])
def test_multi_scale_discriminator_is_its_layers_composed(length: int, dtype: torch.dtype) -> None:
    model = filled(reference("gan-speech-synthesis").MultiScaleDiscriminator(3, 4), dtype)
    p, wave = dict(model.named_parameters()), normal(2, 1, length, dtype=dtype)
    heard, want = wave, []
    for k in range(3):
        parts = [
            (p[f"discriminators.{k}.{place}.weight"], p[f"discriminators.{k}.{place}.bias"]) for place in (0, 2, 4)
        ]
        x = F.leaky_relu(F.conv1d(heard, *parts[0], padding=2), 0.2)
        x = F.leaky_relu(F.conv1d(x, *parts[1], stride=2, padding=2, groups=4), 0.2)
        want.append(F.conv1d(x, *parts[2], padding=1))
        assert_near(halved(heard), F.avg_pool1d(heard, 4, 2, 1, count_include_pad=False))
        heard = halved(heard)
    scores = model(wave)
    assert [x.shape for x in scores] == [x.shape for x in want]
    assert_agree(torch.cat(scores, 2), torch.cat(want, 2), (wave, *p.values()))


@full_precision
def test_hinge_losses_of_speech_are_sums_by_hand(dtype: torch.dtype) -> None:
    module, w = reference("gan-speech-synthesis"), normal(1, dtype=dtype)

    def discriminator(wave: Tensor) -> list[Tensor]:
        return [w * wave, (w * wave[..., ::2]).square() - 1]

    real, fake = normal(2, 1, 5, dtype=dtype), normal(3, 1, 4, dtype=dtype)
    hinges = []
    for wave, sign in ((real, 1), (fake.detach(), -1)):
        for scores in discriminator(wave):
            hinges.append(sum(torch.clamp(1 - sign * score, min=0) for score in scores.flatten()) / scores.numel())
    assert_agree(module.discriminator_loss(discriminator, real, fake), sum(hinges).squeeze(), (w, real, fake))
    want = -sum(sum(scores.flatten()) / scores.numel() for scores in discriminator(fake))
    assert_agree(module.generator_loss(discriminator, fake), want, (w, fake))
