"""The references on Imagen's parts against torch's operations, against files byte by byte, and against their papers.

The helpers are in `test_references_against_torch`.
"""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from tests.solutions.test_references_against_torch import (
    _one_thread,  # noqa: F401 - of every test here
    _seeded,  # noqa: F401 - of every test here
    assert_agree,
    assert_near,
    filled,
    full_precision,
    normal,
    reference,
)
from tests.solutions.test_vision_references_against_the_field import resized

# --- imagen/dynamic-thresholding ---


@full_precision
@pytest.mark.parametrize("percentile", [0.0, 0.3, 0.9, 0.995, 1.0])
def test_dynamic_threshold_is_torchs_quantile_and_a_place_between_sorted_values(
    percentile: float, dtype: torch.dtype
) -> None:
    x = normal(3, 2, 3, 4, dtype=dtype)
    with torch.no_grad():
        x *= torch.tensor([0.2, 1.0, 30.0], dtype=dtype)[:, None, None, None]
    for quantile in (torch.quantile, between_sorted):
        limits = [max(quantile(image.abs().flatten(), percentile), image.new_ones(())) for image in x]
        want = [torch.maximum(torch.minimum(image / s, s / s), -s / s) for image, s in zip(x, limits, strict=True)]
        got = reference("dynamic-thresholding").dynamic_threshold(x, percentile)
        free = x.abs() < torch.stack(limits)[:, None, None, None] * (1 - 1e-6)  # at the limit itself it has a kink
        assert_near(got, torch.stack(want))
        assert_agree(got[free], torch.stack(want)[free], (x,))


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16], ids=str)
def test_dynamic_threshold_in_half_precision_is_rounded_once(dtype: torch.dtype) -> None:
    x = (torch.randn(3, 2, 5, 7) * 4).to(dtype)
    s = torch.quantile(x.double().abs().flatten(1), 0.9, dim=1)[:, None, None, None]
    assert s.min() > 1
    want = (x.double() / s).clamp(-1, 1).to(dtype)
    torch.testing.assert_close(reference("dynamic-thresholding").dynamic_threshold(x, 0.9), want, rtol=0, atol=0)


def between_sorted(values: Tensor, percentile: float) -> Tensor:
    """Type 7 of Hyndman and Fan 1996: the place p (N - 1) among the sorted values."""
    ordered, place = values.sort().values, percentile * (len(values) - 1)
    low = math.floor(place)
    return ordered[low] + (place - low) * (ordered[min(low + 1, len(values) - 1)] - ordered[low])


# --- imagen/ema-weights ---


def trained_a_step(model: nn.Module) -> None:
    with torch.no_grad():
        for x in model.parameters():
            x += torch.randn_like(x)
        model[1].running_mean.normal_()
        model[1].num_batches_tracked += 1


def assert_averages_agree(model: nn.Module, ours: Any, torchs: AveragedModel) -> None:
    """Both averages of the same steps."""
    torchs.update_parameters(model)  # the first is a copy
    for _ in range(12):
        trained_a_step(model)
        ours.update()
        torchs.update_parameters(model)
    with ours.averaged():
        for got, want in zip(model.parameters(), torchs.module.parameters(), strict=True):
            assert_near(got.detach(), want.detach())
        for got, want in zip(model.buffers(), torchs.module.buffers(), strict=True):
            assert torch.equal(got, want)


def network(dtype: torch.dtype) -> nn.Module:
    return filled(nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4)), dtype)


@full_precision
@pytest.mark.parametrize("decay", [0.0, 0.03, 0.1])
def test_average_with_a_decay_below_the_warm_ups_is_torchs(decay: float, dtype: torch.dtype) -> None:
    model = network(dtype)
    torchs = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(decay))
    assert_averages_agree(model, reference("ema-weights").EMA(model, decay), torchs)


@full_precision
@pytest.mark.parametrize("decay", [0.2, 0.9999])
def test_average_with_the_warm_up_is_torchs_with_this_decay(decay: float, dtype: torch.dtype) -> None:
    def average(old: Tensor, new: Tensor, count: Tensor) -> Tensor:  # the copy counts too
        d = min(decay, int(count) / (9 + int(count)))
        return d * old + (1 - d) * new

    model = network(dtype)
    torchs = AveragedModel(model, avg_fn=average)
    assert_averages_agree(model, reference("ema-weights").EMA(model, decay), torchs)


def test_average_of_a_moving_weight_is_the_sum_with_the_weights_of_the_warm_up() -> None:
    model, values = nn.Linear(1, 1, bias=False, dtype=torch.float64), [3.0, -1.0, 4.0, 1.0, -5.0]
    nn.init.constant_(model.weight, values[0])
    ema = reference("ema-weights").EMA(model, 0.9999)
    for value in values[1:]:
        nn.init.constant_(model.weight, value)
        ema.update()
    decays = [Fraction(1 + n, 10 + n) for n in range(4)]
    shares = [math.prod(decays), *((1 - d) * math.prod(decays[n + 1 :]) for n, d in enumerate(decays))]
    assert sum(shares) == 1
    with ema.averaged():
        want = sum(share * Fraction(value) for share, value in zip(shares, values, strict=True))
        assert model.weight.item() == pytest.approx(float(want), rel=1e-14)
    assert model.weight.item() == -5


# --- the mixture of image and noise, of three questions ---

MIXING = ["noise-conditioning-augmentation", "super-resolution-cascade", "mini-imagen"]


def turned(x: Tensor, noise: Tensor, times: Tensor) -> Tensor:
    """The mixture as a rotation of the plane of image and noise, by up to a quarter turn."""
    angles = (-math.pi / 2 * times).view(-1, 1, 1, 1)
    return (torch.complex(x, noise) * torch.polar(torch.ones_like(angles), angles)).real


@full_precision
@pytest.mark.parametrize("name", MIXING)
def test_diffusing_is_a_rotation_and_its_ends_are_image_and_noise(name: str, dtype: torch.dtype) -> None:
    x, noise = normal(4, 2, 3, 5, dtype=dtype), normal(4, 2, 3, 5, dtype=dtype)
    times = torch.tensor([0.0, 0.3, 2 / 3, 1.0], dtype=dtype, requires_grad=True)
    in_order = (x, times, noise) if name == MIXING[0] else (x, noise, times)
    got = reference(name).diffuse(*in_order)
    assert_near(got[[0, 3]], torch.stack([x[0], noise[3]]))
    assert_near(got[2], x[2] / 2 + noise[2] * 0.75**0.5)  # cos and sin of 60 degrees
    assert_agree(got, turned(x, noise, times), (x, noise, times))


# --- imagen/noise-conditioning-augmentation and imagen/super-resolution-cascade ---


@full_precision
@pytest.mark.parametrize("size", [(4, 6), (5, 3), (2, 3)], ids=str)
def test_second_stage_is_its_layers_on_the_enlarged_image(size: tuple[int, int], dtype: torch.dtype) -> None:
    model = filled(reference("super-resolution-cascade").SuperResolutionStage(2, 5), dtype)
    noisy, low = normal(3, 2, *size, dtype=dtype), normal(3, 2, 2, 3, dtype=dtype)
    p, time, level = dict(model.named_parameters()), normal(3, dtype=dtype), normal(3, dtype=dtype)
    for enlarged in (resized, lambda x, *size: F.interpolate(x, size, mode="bilinear", align_corners=False)):
        x = F.conv2d(torch.hstack([noisy, enlarged(low, *size)]), p["conv_in.weight"], p["conv_in.bias"], padding=1)
        weight, bias = p["embedding.weight"], p["embedding.bias"]
        x = x + (torch.outer(time, weight[:, 0]) + torch.outer(level, weight[:, 1]) + bias)[:, :, None, None]
        x = F.conv2d(x * x.sigmoid(), p["conv_mid.weight"], p["conv_mid.bias"], padding=1)
        want = F.conv2d(x * x.sigmoid(), p["conv_out.weight"], p["conv_out.bias"], padding=1)
        assert_agree(model(noisy, low, time, level), want, (noisy, low, time, level, *p.values()))


@full_precision
@pytest.mark.parametrize("name", MIXING[:2])
def test_loss_of_a_second_stage_is_the_mean_square_of_what_is_missing(name: str, dtype: torch.dtype) -> None:
    high, noise = normal(3, 2, 4, 6, dtype=dtype), normal(3, 2, 4, 6, dtype=dtype)
    low, low_noise, w = normal(3, 2, 2, 3, dtype=dtype), normal(3, 2, 2, 3, dtype=dtype), normal(4, dtype=dtype)
    time, level = torch.rand(3, dtype=dtype), torch.rand(3, dtype=dtype)

    def model(noisy: Tensor, low: Tensor, time: Tensor, level: Tensor) -> Tensor:
        parts = (
            noisy,
            low.repeat_interleave(2, 2).repeat_interleave(2, 3),
            *(x[:, None, None, None] for x in (time, level)),
        )
        return sum(factor * part for factor, part in zip(w, parts, strict=True))

    predicted = model(turned(high, noise, time), turned(low, low_noise, level), time, level)
    wanted = high if name == MIXING[0] else noise  # one predicts the image, the other the noise
    got = reference(name).training_loss(model, high, low, time, level, noise, low_noise)
    assert_agree(got, (predicted - wanted).square().sum() / (3 * 2 * 4 * 6), (w, high, low, noise, low_noise))


def test_sampling_with_a_corrupted_condition_is_a_loop_with_one_corruption() -> None:
    low, low_noise, x = normal(2, 1, 2, 2).detach(), normal(2, 1, 2, 2).detach(), normal(2, 1, 4, 4).detach()
    times, seen = [1.0, 0.6, 0.35, 0.0], []

    def model(x: Tensor, condition: Tensor, t: Tensor, level: Tensor) -> Tensor:
        seen.append((condition, t.tolist(), level.tolist()))
        return x.sin() + condition.mean() * t[0] + level[0]

    def step(x: Tensor, x0: Tensor, now: float, later: float) -> Tensor:
        return x0 + (x - x0) * later / now

    got = reference("noise-conditioning-augmentation").sample(model, step, low, 0.4, low_noise, x, times)
    corrupted = turned(low, low_noise, torch.full((2,), 0.4, dtype=low.dtype))
    for (condition, t, level), time in zip(seen, times[:-1], strict=True):
        assert_near(condition, corrupted)
        assert (t, level) == ([time] * 2, [0.4] * 2)
    for now, later in ((1.0, 0.6), (0.6, 0.35), (0.35, 0.0)):
        x0 = x.sin() + corrupted.mean() * now + 0.4
        x = x0 * (1 - later / now) + x * (later / now)
    assert_near(got, x)


# --- imagen/mini-imagen ---


@full_precision
def test_mini_imagen_is_its_layers_composed(dtype: torch.dtype) -> None:
    model = filled(reference("mini-imagen").MiniImagen(7, 12, 5), dtype)
    p, noisy, time = dict(model.named_parameters()), normal(4, 3, 2, 2, dtype=dtype), normal(4, dtype=dtype)
    captions = torch.randint(7, (4, 3))
    words = F.embedding_bag(captions, p["words.weight"], mode="mean")
    condition = words + torch.outer(time, p["time.weight"][:, 0]) + p["time.bias"]
    x = noisy.reshape(4, 12) @ p["enter.weight"].T + p["enter.bias"] + condition
    x = (x * x.sigmoid()) @ p["middle.weight"].T + p["middle.bias"] + condition
    want = ((x * x.sigmoid()) @ p["leave.weight"].T + p["leave.bias"]).view(4, 3, 2, 2)
    assert_agree(model(noisy, time, captions), want, (noisy, time, *p.values()))


def test_training_of_mini_imagen_is_adam_written_out() -> None:
    """Kingma and Ba 2015, algorithm 1."""
    model, noise = nn.Module(), normal(6, 3, 1, 2, 2).detach()
    model.w, images = nn.Parameter(normal(2).detach()), normal(5, 1, 2, 2).detach()
    model.forward = lambda noisy, time, captions: model.w[0] * noisy + model.w[1] * captions.sum(1)[:, None, None, None]
    captions, rows, times = torch.randint(4, (5, 2)), torch.randint(5, (6, 3)), torch.rand(6, 3, dtype=torch.float64)
    w, m, v, losses = model.w.detach().clone(), torch.zeros(2), torch.zeros(2), []
    got = reference("mini-imagen").train(model, images, captions, rows, times, noise, 0.05)
    for k, (row, time, epsilon) in enumerate(zip(rows, times, noise, strict=True), start=1):
        noisy, words = turned(images[row], epsilon, time), captions[row].sum(1)[:, None, None, None]
        missing = w[0] * noisy + w[1] * words - images[row]
        losses.append(missing.square().mean())
        g = torch.stack([(2 * missing * part).mean() for part in (noisy, words)])
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g.square()
        w = w - 0.05 * m / (1 - 0.9**k) / ((v / (1 - 0.999**k)).sqrt() + 1e-8)
    torch.testing.assert_close(got, torch.stack(losses), rtol=1e-10, atol=0)
    torch.testing.assert_close(model.w.detach(), w, rtol=1e-10, atol=0)


@pytest.mark.parametrize("steps", [1, 2, 7])
def test_sampling_of_mini_imagen_turns_by_equal_angles(steps: int) -> None:
    """Salimans and Ho 2022, appendix D: a step of DDIM is z cos(delta) + v sin(delta), by the angle -delta."""
    noise, captions = normal(3, 1, 2, 2).detach(), torch.randint(4, (3, 2))

    def model(noisy: Tensor, time: Tensor, captions: Tensor) -> Tensor:
        return noisy.sin() + 0.3 * (time * captions[:, 0])[:, None, None, None]

    x, delta = noise, math.pi / 2 / steps
    for k in range(steps, 0, -1):
        clean = model(x, torch.full((3,), k / steps, dtype=x.dtype), captions).clamp(-1, 1)
        v = (math.cos(k * delta) * x - clean) / math.sin(k * delta)
        x = math.cos(delta) * x - math.sin(delta) * v
    got = reference("mini-imagen").sample(model, captions, noise, steps)
    torch.testing.assert_close(got, x, rtol=0, atol=1e-12)


# --- imagen/imagen-pipeline ---


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16], ids=str)
def test_all_bytes_come_back_through_preprocessing(dtype: torch.dtype) -> None:
    module, image = reference("imagen-pipeline"), torch.arange(256, dtype=torch.uint8).expand(3, 1, 256)
    x = module.preprocess(image, torch.zeros(1, dtype=dtype))
    assert x.shape == (1, 3, 1, 256) and x.dtype == dtype
    want = torch.tensor([float(Fraction(2 * value, 255) - 1) for value in range(256)], dtype=torch.float64)
    assert (x[0, 0, 0].double() - want).abs().max() <= 3 * torch.finfo(dtype).eps
    assert x[0, 0, 0, [0, -1]].tolist() == [-1, 1]
    assert torch.equal(module.postprocess(x), image)
    assert module.postprocess(x * 300)[0, 0].tolist() == [0] * 128 + [255] * 128


def test_pixels_of_a_file_are_where_the_format_says(tmp_path: Path) -> None:
    path, pixels = str(tmp_path / "image.ppm"), bytes(range(9, 27))  # the first is a white space
    Path(path).write_bytes(b"P6 \n3\t2\r\n255\n" + pixels)
    image = reference("imagen-pipeline").read_image(path)
    assert image.shape == (3, 2, 3) and image.dtype == torch.uint8
    for row in range(2):
        for column in range(3):
            place = 3 * (3 * row + column)
            assert image[:, row, column].tolist() == [*pixels[place : place + 3]]
    reference("imagen-pipeline").write_image(path, image)
    assert Path(path).read_bytes() == b"P6\n3 2\n255\n" + pixels


@pytest.mark.parametrize("steps", [1, 4, 10])
def test_denoising_towards_one_image_goes_along_a_straight_line(steps: int) -> None:
    """Liu et al. 2023, section 2.1: Euler steps along a straight path are exact."""
    clean, x, seen = normal(1, 3, 2, 2).detach(), normal(1, 3, 2, 2).detach(), []
    model = nn.Module()
    model.forward = lambda x, t: seen.append((x, t)) or clean
    assert_near(reference("imagen-pipeline").denoise(model, x, steps), clean)
    assert [t.tolist() for _, t in seen] == [[t] for t in reversed(range(steps))]
    for got, t in seen:
        assert_near(got, torch.lerp(clean, x, (t.item() + 1) / steps))


def test_pipeline_is_its_parts(tmp_path: Path) -> None:
    module, model, other = reference("imagen-pipeline"), nn.Module(), nn.Linear(1, 1, dtype=torch.float64)
    model.scale = nn.Linear(1, 1, dtype=torch.float64)
    model.forward = lambda x, t: model.scale(x.unsqueeze(-1)).squeeze(-1) / (t + 1)
    weights, source, target = (str(tmp_path / name) for name in ("weights.pt", "source.ppm", "target.ppm"))
    torch.save({f"scale.{name}": x for name, x in other.state_dict().items()}, weights)
    image, noise = torch.randint(256, (3, 2, 4), dtype=torch.uint8), normal(1, 3, 2, 4).detach()
    module.write_image(source, image)
    got = module.repaint(model, weights, source, target, noise, 0.3, 5)
    (w,), (b,) = other.weight.tolist()[0], [other.bias.item()]
    x = 0.7 * (image.double() * 2 / 255 - 1) + 0.3 * noise[0]
    for t in (4, 3, 2, 1, 0):
        x = x + ((w * x + b) / (t + 1) - x) / (t + 1)
    assert torch.equal(got, ((x + 1) * 255 / 2).round().clamp(0, 255).to(torch.uint8))
    assert torch.equal(got, module.read_image(target))
    assert model.scale.weight.item() == w
