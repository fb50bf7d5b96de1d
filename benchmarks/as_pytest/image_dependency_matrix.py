"""The checks of `image-dependency-matrix` as a plain pytest file, beside `submission.py` and `reference.py`."""

import ast

import pytest
import reference
import submission
import torch
from submission import dependency_matrix
from torch.testing import assert_close

CASES = {"grey image": (3, 4), "a row": (5,), "colour image": (3, 2, 4)}
MORE = {**CASES, "one pixel": (1, 1), "four axes": (2, 3, 3, 2)}


def made(*shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(len(shape)))


@pytest.fixture(params=CASES.values(), ids=CASES.keys())
def image(request):
    return made(*request.param)


def test_no_loops():
    with open(submission.__file__, encoding="utf-8") as file:
        kinds = {type(node) for node in ast.walk(ast.parse(file.read()))}
    assert not kinds & {ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp}


@pytest.mark.parametrize("shape", MORE.values(), ids=MORE.keys())
def test_shape(shape):
    assert dependency_matrix(made(*shape)).shape == reference.dependency_matrix(made(*shape)).shape


@pytest.mark.parametrize("shape", MORE.values(), ids=MORE.keys())
def test_values(shape):
    assert_close(dependency_matrix(made(*shape)), reference.dependency_matrix(made(*shape)))


def test_little_contrast():
    image = made(5, 6) * 0.01 + 100
    assert_close(dependency_matrix(image), reference.dependency_matrix(image))


def test_8_bit():
    extremes = torch.tensor([[0, 255, 3], [128, 200, 17]], dtype=torch.uint8)
    colours = torch.randint(256, (3, 2, 3), generator=torch.Generator().manual_seed(1)).to(torch.uint8)
    for image in (extremes, colours):
        assert_close(dependency_matrix(image), reference.dependency_matrix(image), rtol=0, atol=0)


@pytest.mark.parametrize("shape", [(3, 4), (5,), (3, 2, 4), (2, 3, 3, 2)])
def test_gradients(shape):
    def gradient(function):
        leaf = made(*shape).requires_grad_()
        result = function(leaf)
        weights = torch.randn(result.shape, generator=torch.Generator().manual_seed(1))
        return torch.autograd.grad((result * weights).sum(), [leaf], materialize_grads=True)[0]

    assert_close(gradient(dependency_matrix), gradient(reference.dependency_matrix))


@pytest.mark.parametrize("shape", [(3, 4), (3, 2, 4)])
def test_transposed(shape):
    image = made(*reversed(shape)).permute(tuple(reversed(range(len(shape)))))
    assert_close(dependency_matrix(image), reference.dependency_matrix(image))


def test_image_unmodified(image):
    before = image.clone()
    dependency_matrix(image)
    assert_close(image, before, rtol=0, atol=0)


def test_float64(image):
    assert_close(dependency_matrix(image.double()), reference.dependency_matrix(image.double()))


def test_noncontiguous(image):
    gapped = image.repeat_interleave(2, dim=-1)[..., ::2]
    assert_close(dependency_matrix(gapped), reference.dependency_matrix(image))


def test_device():
    assert dependency_matrix(made(3, 4).to("meta")).device.type == "meta"
