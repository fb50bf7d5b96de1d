"""The checks of `causal-attention` as a plain pytest file, beside `submission.py` and `reference.py`."""

import pytest
import reference
import torch
from submission import causal_attention
from torch.testing import assert_close

CASES = {"typical": (2, 5, 8), "one token": (1, 1, 4), "more tokens than width": (3, 7, 3)}


def made(B, T, D, dtype=torch.float32, scale=1.0):
    generator = torch.Generator().manual_seed(B * T * D)
    q, k, v = (torch.randn(B, T, D, generator=generator).to(dtype) for _ in range(3))
    return q * scale, k, v


def gapped(tensor):
    return tensor.repeat_interleave(2, dim=-1)[..., ::2]


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def inputs(request):
    return made(*request.param)


def test_shape(inputs):
    assert causal_attention(*inputs).shape == reference.causal_attention(*inputs).shape


def test_values(inputs):
    assert_close(causal_attention(*inputs), reference.causal_attention(*inputs))


def test_large_scores():
    inputs = made(4, 10, 5, scale=300)
    assert_close(causal_attention(*inputs), reference.causal_attention(*inputs), rtol=1e-3, atol=1e-3)


def test_half_precision():
    inputs = made(2, 6, 5, torch.float16)
    assert_close(causal_attention(*inputs), reference.causal_attention(*inputs), rtol=1e-2, atol=1e-2)


def test_gradients(inputs):
    def gradients(function):
        leaves = [tensor.clone().requires_grad_() for tensor in inputs]
        result = function(*leaves)
        weights = torch.randn(result.shape, generator=torch.Generator().manual_seed(1))
        return torch.autograd.grad((result * weights).sum(), leaves, materialize_grads=True)

    for got, expected in zip(gradients(causal_attention), gradients(reference.causal_attention), strict=True):
        assert_close(got, expected, rtol=1e-4, atol=1e-5)


def test_inputs_unmodified(inputs):
    before = [tensor.clone() for tensor in inputs]
    causal_attention(*inputs)
    for tensor, was in zip(inputs, before, strict=True):
        assert_close(tensor, was, rtol=0, atol=0)


def test_float64(inputs):
    wide = [tensor.double() for tensor in inputs]
    assert_close(causal_attention(*wide), reference.causal_attention(*wide))


def test_noncontiguous(inputs):
    assert_close(causal_attention(*map(gapped, inputs)), reference.causal_attention(*inputs))


def test_device():
    inputs = [tensor.to("meta") for tensor in made(2, 5, 8)]
    assert causal_attention(*inputs).device.type == "meta"
