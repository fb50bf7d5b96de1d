"""The references on diffusion against torch's operations and the papers' numbers and identities.

The helpers are in `test_references_against_torch`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

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
    every_dtype,
    filled,
    full_precision,
    normal,
    reference,
)


def of_rows(values: list[float], x: Tensor) -> Tensor:
    """A number for each row of the batch."""
    return torch.tensor(values, dtype=x.dtype).view(-1, *[1] * (x.dim() - 1))


# --- imagen/forward-diffusion ---


def test_linear_schedule_is_that_of_the_paper() -> None:
    """Ho et al. 2020, section 4: from 1e-4 to 0.02 in 1000 steps; what is left of the signal is 4.04e-5."""
    module = reference("forward-diffusion")
    betas = module.linear_betas(1000)
    assert betas.dtype == torch.float64
    assert betas[[0, -1]].tolist() == [1e-4, 0.02]
    torch.testing.assert_close(betas.diff(), torch.full((999,), 0.0199 / 999, dtype=torch.float64), rtol=1e-10, atol=0)
    last = module.cumulative_alphas(betas)[-1].item()
    assert last == pytest.approx(math.prod(1 - beta for beta in betas.tolist()), rel=1e-12)
    assert f"{last:.2e}" == "4.04e-05"
    assert math.sqrt(1 - last) == pytest.approx(1, abs=3e-5)  # nothing but noise is left


@pytest.mark.parametrize("steps", [1, 7, 1000])
def test_cosine_schedule_is_its_closed_form(steps: int) -> None:
    """Nichol and Dhariwal 2021, eq. 17: alpha_bar is f(t) / f(0), but where a beta is cut."""
    module = reference("forward-diffusion")
    f = [math.cos((u / steps + 0.008) / 1.008 * math.pi / 2) ** 2 for u in range(steps + 1)]
    betas = module.cosine_betas(steps)
    assert betas.max() == 0.999 and (betas == 0.999).sum() == 1  # the last: f(T) is 0
    got = module.cumulative_alphas(betas)[:-1].tolist()
    assert got == pytest.approx([value / f[0] for value in f[1:-1]], rel=1e-9)


@full_precision
def test_jump_to_a_step_is_all_single_steps_and_keeps_the_variance(dtype: torch.dtype) -> None:
    """Ho et al. 2020, eqs. 2 and 4: the factors of signal and variance, step after step."""
    module, t = reference("forward-diffusion"), torch.tensor([3, 0, 19, 3])
    betas = module.linear_betas(20, 0.01, 0.3)
    signals, variances = [1.0], [0.0]
    for beta in betas.tolist():
        signals.append(signals[-1] * math.sqrt(1 - beta))
        variances.append(variances[-1] * (1 - beta) + beta)
    x, noise = normal(4, 2, 3, dtype=dtype), normal(4, 2, 3, dtype=dtype)
    got = module.q_sample(x, t, noise, module.cumulative_alphas(betas))
    want = of_rows([signals[i + 1] for i in t], x) * x + of_rows([math.sqrt(variances[i + 1]) for i in t], x) * noise
    assert_agree(got, want, (x, noise))
    one, none = torch.ones(4, 1, dtype=dtype), torch.zeros(4, 1, dtype=dtype)
    factors = [module.q_sample(*pair, module.cumulative_alphas(betas)) for pair in ((one, t, none), (none, t, one))]
    assert_near(factors[0].square() + factors[1].square(), one)


# --- imagen/ddpm-sampling-step and imagen/ddim-sampler ---

BETAS = torch.linspace(0.02, 0.4, 9, dtype=torch.float64)
ALPHA_BARS = (1 - BETAS).cumprod(0)


@pytest.mark.parametrize("t", [1, 2, 5, 8])
def test_posterior_is_bayes_rule_on_a_grid(t: int) -> None:
    """q(x_{t-1} | x_t, x_0) is in proportion to q(x_t | x_{t-1}) q(x_{t-1} | x_0)."""
    x_0, x_t, beta, before = 0.7, -0.4, BETAS[t], ALPHA_BARS[t - 1]
    x = torch.linspace(-8, 8, 20001, dtype=torch.float64)
    log = -(x_t - (1 - beta).sqrt() * x).square() / (2 * beta) - (x - before.sqrt() * x_0).square() / (2 * (1 - before))
    density = log.exp() / log.exp().sum()
    mean = (density * x).sum().item()
    pair = (torch.tensor([[value]], dtype=torch.float64) for value in (x_0, x_t))
    got = reference("ddpm-sampling-step").posterior(*pair, torch.tensor([t]), BETAS)
    assert [x.item() for x in got] == pytest.approx([mean, (density * (x - mean).square()).sum().item()], rel=1e-10)


def test_posterior_of_the_first_step_is_the_image_itself() -> None:
    x_0, x_t = normal(2, 3), normal(2, 3)
    mean, variance = reference("ddpm-sampling-step").posterior(x_0, x_t, torch.zeros(2, dtype=torch.int64), BETAS)
    assert_near(mean, x_0)
    assert not variance.any()


@full_precision
@pytest.mark.parametrize("variance", ["posterior", "beta"])
def test_ancestral_step_is_algorithm_2_of_the_paper(variance: str, dtype: torch.dtype) -> None:
    """Ho et al. 2020, eq. 11: the same mean from the predicted noise, without an x_0."""
    t, (x, epsilon, z) = torch.tensor([4, 0, 8, 1]), (normal(4, 3, 2, dtype=dtype) for _ in range(3))
    got = reference("ddpm-sampling-step").ddpm_step(x, t, epsilon, z, BETAS, variance, False)
    rows = []
    for row, i in enumerate(t.tolist()):
        beta, bar, before = BETAS[i].item(), ALPHA_BARS[i].item(), ALPHA_BARS[i - 1].item() if i else 1.0
        mean = (x[row] - beta / math.sqrt(1 - bar) * epsilon[row]) / math.sqrt(1 - beta)
        of_choice = {"posterior": beta * (1 - before) / (1 - bar), "beta": beta}[variance]
        rows.append(mean + (math.sqrt(of_choice) if i else 0) * z[row])
    assert_near(got, torch.stack(rows).detach())


@full_precision
def test_clipped_step_is_the_posterior_of_the_clipped_image(dtype: torch.dtype) -> None:
    module, t, none = reference("ddpm-sampling-step"), torch.tensor([4, 0, 8]), torch.zeros(3, 5, dtype=dtype)
    x_0 = torch.tensor([-4, -1, -0.5, 0.7, 2], dtype=dtype).expand(3, 5)
    epsilon = normal(3, 5, dtype=dtype).detach()
    x = (
        of_rows(ALPHA_BARS[t].sqrt().tolist(), none) * x_0
        + of_rows((1 - ALPHA_BARS[t]).sqrt().tolist(), none) * epsilon
    )
    clipped = torch.tensor([-1, -1, -0.5, 0.7, 1], dtype=dtype).expand(3, 5)
    assert_near(module.ddpm_step(x, t, epsilon, none, BETAS), module.posterior(clipped, x, t, BETAS)[0])


def perfect(x_0: Tensor) -> Callable[[Tensor, Tensor], Tensor]:
    """A model that knows the image, and so the noise in everything."""
    return lambda x, t: (x - ALPHA_BARS[t[0]].sqrt() * x_0) / (1 - ALPHA_BARS[t[0]]).sqrt()


@full_precision
def test_ddim_with_eta_1_and_all_steps_is_ddpm(dtype: torch.dtype) -> None:
    """Song et al. 2021, section 4.1."""
    noise, x = normal(9, 2, 3, dtype=dtype).detach(), normal(2, 3, dtype=dtype).detach()

    def model(x: Tensor, t: Tensor) -> Tensor:
        return (x * 0.3 + t[:, None] / 10).sin()

    got = reference("ddim-sampler").ddim_sample(model, x, list(range(9)), noise, ALPHA_BARS, 1.0)
    for z, i in zip(noise, reversed(range(9)), strict=True):
        t = torch.full((2,), i)
        x = reference("ddpm-sampling-step").ddpm_step(x, t, model(x, t), z, BETAS, "posterior", False)
    torch.testing.assert_close(got, x, rtol=0, atol=100 * TOLERANCE[dtype])


@pytest.mark.parametrize("steps", [[0, 1, 2, 3, 4, 5, 6, 7, 8], [8], [2, 3, 7], [0, 4]], ids=str)
@pytest.mark.parametrize("eta", [0.0, 0.4, 1.0])
def test_ddim_with_a_perfect_model_ends_at_the_image(steps: list[int], eta: float) -> None:
    x_0, x, noise = normal(2, 3).detach(), normal(2, 3).detach(), normal(len(steps), 2, 3).detach()
    got = reference("ddim-sampler").ddim_sample(perfect(x_0), x, steps, noise, ALPHA_BARS, eta)
    torch.testing.assert_close(got, x_0, rtol=0, atol=1e-12)


@pytest.mark.parametrize("eta", [0.0, 0.5, 1.0])
def test_ddim_step_keeps_the_marginals(eta: float) -> None:
    """Song et al. 2021, lemma 1: from noise of variance 1 it makes signal and noise of the lower level."""
    x_0, epsilon, z = normal(2, 3), normal(2, 3), normal(2, 3)
    x = math.sqrt(0.3) * x_0 + math.sqrt(0.7) * epsilon
    step = reference("ddim-sampler").ddim_step
    factors = torch.autograd.grad(step(x, epsilon, z, 0.3, 0.8, eta).sum(), (x_0, epsilon, z))
    assert_near(factors[0], torch.full_like(x_0, math.sqrt(0.8)))
    assert_near(factors[1].square() + factors[2].square(), torch.full_like(x_0, 0.2))
    assert_near(factors[2], torch.full_like(z, eta * math.sqrt(0.2 / 0.7 * (1 - 0.3 / 0.8))))


@pytest.mark.parametrize(("T", "S"), [(1000, 50), (1000, 7), (9, 9), (5, 1), (10**17 + 1, 3)])
def test_subsequence_is_rounded_down_exactly(T: int, S: int) -> None:
    want = [math.floor(Fraction(i * T, S)) for i in range(S)]
    assert reference("ddim-sampler").subsequence(T, S) == want


# --- imagen/v-prediction ---

LOG_SNR = [-30.0, -3.0, 0.0, 0.5, 8.0, 30.0]


@full_precision
def test_factors_are_the_roots_of_the_logistic_function(dtype: torch.dtype) -> None:
    alpha, sigma = reference("v-prediction").alpha_sigma(torch.tensor(LOG_SNR, dtype=dtype))
    for got, sign in ((alpha, 1), (sigma, -1)):
        want = [1 / math.sqrt(1 + math.exp(-sign * x)) for x in LOG_SNR]
        assert got.tolist() == pytest.approx(want, rel=1e-12 if dtype == torch.float64 else 1e-6)


@full_precision
def test_v_is_a_rotation_of_image_and_noise(dtype: torch.dtype) -> None:
    """Salimans and Ho 2022, appendix D: z + i v = (x + i epsilon) exp(-i phi), where tan phi = sigma / alpha."""
    module, log_snr = reference("v-prediction"), torch.tensor(LOG_SNR, dtype=dtype)
    x_0, epsilon = normal(6, 2, dtype=dtype), normal(6, 2, dtype=dtype)
    angles = of_rows([-math.atan(math.exp(-x / 2)) for x in LOG_SNR], x_0)
    turned = torch.complex(x_0, epsilon) * torch.polar(torch.ones_like(angles), angles)
    assert_agree(module.v_target(x_0, epsilon, log_snr), turned.imag, (x_0, epsilon))
    x_t, v = turned.real.detach().requires_grad_(), turned.imag.detach().requires_grad_()
    back = torch.complex(x_t, v) * torch.polar(torch.ones_like(angles), -angles)
    got = torch.stack(module.from_v(x_t, v, log_snr))
    assert_agree(got, torch.stack([back.real, back.imag]), (x_t, v))
    assert_near(got, torch.stack([x_0, epsilon]).detach())


@full_precision
def test_each_of_image_noise_and_v_gives_the_two_others(dtype: torch.dtype) -> None:
    module, log_snr = reference("v-prediction"), torch.tensor([-2.0, 0.0, 3.0], dtype=dtype)
    x_0, epsilon = normal(3, 2, 2, dtype=dtype), normal(3, 2, 2, dtype=dtype)
    alpha, sigma = (x.view(3, 1, 1) for x in module.alpha_sigma(log_snr))
    x_t, v = alpha * x_0 + sigma * epsilon, module.v_target(x_0, epsilon, log_snr)
    cases = [("from_v", v, (x_0, epsilon)), ("from_epsilon", epsilon, (x_0, v)), ("from_x_0", x_0, (epsilon, v))]
    for name, known, wanted in cases:
        for got, want in zip(getattr(module, name)(x_t, known, log_snr), wanted, strict=True):
            torch.testing.assert_close(got, want, rtol=0, atol=100 * TOLERANCE[dtype])


# --- imagen/classifier-free-guidance ---


@full_precision
@pytest.mark.parametrize("w", [0.0, 1.0, 7.5, -0.5])
def test_guidance_lies_on_the_line_through_both_predictions(w: float, dtype: torch.dtype) -> None:
    """Ho and Salimans 2022, eq. 6, whose weight is one less than Imagen's."""
    x, cond, null = (normal(*shape, dtype=dtype) for shape in ((3, 2, 4, 4), (3, 5, 6), (5, 6)))
    table, t = normal(9, 1, 1, 1, dtype=dtype), torch.tensor([8, 0, 3])

    def model(x: Tensor, t: Tensor, cond: Tensor) -> Tensor:
        return (x * table[t] + cond.square().mean((1, 2))[:, None, None, None]).sin()

    got = reference("classifier-free-guidance").guided_prediction(model, x, t, cond, null, w)
    with_cond, without = model(x, t, cond), model(x, t, null.expand(3, 5, 6))
    assert_agree(got, torch.lerp(without, with_cond, w), (x, cond, null, table))
    assert_near(got, (1 + (w - 1)) * with_cond - (w - 1) * without)
    if w in (0.0, 1.0):
        assert_near(got, with_cond if w else without)


@full_precision
def test_conditions_are_dropped_whole(dtype: torch.dtype) -> None:
    drop_condition, drop = reference("classifier-free-guidance").drop_condition, torch.tensor([True, False, True])
    cond, null = normal(3, 2, 4, dtype=dtype), normal(2, 4, dtype=dtype)
    want = torch.stack([null if dropped else row for row, dropped in zip(cond, drop, strict=True)])
    assert_agree(drop_condition(cond, null, 0.5, drop), want, (cond, null))
    assert torch.equal(drop_condition(cond, null, 0.0), cond)
    assert torch.equal(drop_condition(cond, null, 1.0), null.expand(3, 2, 4))


def test_conditions_are_dropped_as_often_as_the_probability_says() -> None:
    got = reference("classifier-free-guidance").drop_condition(torch.ones(20000, 2, 3), torch.zeros(2, 3), 0.1)
    rows = got.flatten(1)
    assert torch.equal(rows, rows[:, :1].expand(-1, 6))  # whole rows
    assert 1 - rows[:, 0].mean().item() == pytest.approx(0.1, abs=5 * math.sqrt(0.1 * 0.9 / 20000))


# --- imagen/time-embedding ---


@every_dtype
@pytest.mark.parametrize(("dim", "period"), [(2, 1e4), (3, 1e4), (8, 100.0), (33, 1e4)])
def test_time_embedding_is_a_loop_of_sines_and_cosines(dim: int, period: float, dtype: torch.dtype) -> None:
    t = torch.tensor([0.0, 0.25, 1, 17, 999], dtype=dtype)
    rows = []
    for time in t.tolist():
        angles = [time * period ** (-i / (dim // 2)) for i in range(dim // 2)]
        rows.append([*map(math.sin, angles), *map(math.cos, angles), *[0.0] * (dim % 2)])
    got = reference("time-embedding").time_embedding(t, dim, period)
    assert got.dtype == dtype
    rounding = 1e-12 if dtype == torch.float64 else 2e-4 + torch.finfo(dtype).eps  # of an angle up to 999 in float32
    torch.testing.assert_close(got.double(), torch.tensor(rows, dtype=torch.float64), rtol=0, atol=rounding)


def group_normed(x: Tensor, groups: int, weight: Tensor, bias: Tensor) -> Tensor:
    """Wu and He 2018, eqs. 1 and 2."""
    grouped = x.reshape(x.shape[0], groups, -1)
    mean, variance = grouped.mean(2, keepdim=True), grouped.var(2, correction=0, keepdim=True)
    scaled = ((grouped - mean) / (variance + 1e-5).sqrt()).view_as(x)
    return scaled * weight[:, None, None] + bias[:, None, None]


@full_precision
@pytest.mark.parametrize(("into", "modulated"), [(4, True), (6, True), (4, False), (6, False)])
def test_residual_block_is_its_formula_and_plain_without_modulation(
    into: int, modulated: bool, dtype: torch.dtype
) -> None:
    """Perez et al. 2018, section 2.1: scale and shift of each channel; with 0 and 0 no time is left."""
    block = filled(reference("time-embedding").ResidualBlock(4, into, 5, 2), dtype)
    x, t, p = normal(2, 4, 3, 5, dtype=dtype), torch.tensor([1.5, 40.0], dtype=dtype), dict(block.named_parameters())
    if not modulated:
        nn.init.zeros_(block.time.weight)
        nn.init.zeros_(block.time.bias)
    h = group_normed(x, 2, p["norm1.weight"], p["norm1.bias"])
    h = F.conv2d(h * h.sigmoid(), p["conv1.weight"], p["conv1.bias"], padding=1)
    h = group_normed(h, 2, p["norm2.weight"], p["norm2.bias"])
    if modulated:
        film = reference("time-embedding").time_embedding(t, 5) @ p["time.weight"].T + p["time.bias"]
        h = h * (1 + film[:, :into, None, None]) + film[:, into:, None, None]
    skip = x if into == 4 else F.conv2d(x, p["skip.weight"], p["skip.bias"])
    want = skip + F.conv2d(h * h.sigmoid(), p["conv2.weight"], p["conv2.bias"], padding=1)
    leaves = (x, *(value for name, value in p.items() if modulated or not name.startswith("time.")))
    assert_agree(block(x, t), want, leaves)
