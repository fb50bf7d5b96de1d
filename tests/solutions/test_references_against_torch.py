"""Every reference against torch's own operation, against the same layers composed by hand, or against a closed form."""

from __future__ import annotations

import importlib.util
import math
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from types import ModuleType
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from grader.question.bank import Bank
from grader.question.positions import read_yaml

BANK = Bank.open()
DTYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16]
FULL = [torch.float64, torch.float32]
# Of the largest value that is expected: some tens of roundings, for sums in different orders.
TOLERANCE = {torch.float64: 1e-13, torch.float32: 4e-5, torch.float16: 1e-2, torch.bfloat16: 6e-2}

every_dtype = pytest.mark.parametrize("dtype", DTYPES, ids=str)
full_precision = pytest.mark.parametrize("dtype", FULL, ids=str)


@cache
def reference(name: str) -> ModuleType:
    """The reference of a question, imported from its path."""
    path = BANK[name].reference
    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Several threads only get into each other's way: the tensors are small and the cores may be busy."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(autouse=True)
def _seeded() -> None:
    torch.manual_seed(20240229)


def normal(*shape: int, dtype: torch.dtype = torch.float64) -> Tensor:
    return torch.randn(*shape, dtype=torch.float64).to(dtype).requires_grad_()


def filled(module: nn.Module, dtype: torch.dtype) -> nn.Module:
    """The module with random parameters: the biases and norms too, which torch starts from plain values."""
    for p in module.parameters():
        width = math.prod(p.shape[1:]) if p.dim() > 1 else 4
        nn.init.normal_(p, std=width**-0.5)
    return module.to(dtype)


def assert_near(got: Tensor, want: Tensor) -> None:
    scale = max(want.abs().max().item(), 0.1)  # what cancels to 0 leaves rounding errors of ordinary size
    torch.testing.assert_close(got, want, rtol=0, atol=TOLERANCE[want.dtype] * scale)


def assert_agree(got: Tensor, want: Tensor, leaves: Sequence[Tensor]) -> None:
    """Values are near, and so are the gradients of one random sum of them with respect to every leaf."""
    assert_near(got, want)
    weights = torch.randn_like(want)
    gradients = (torch.autograd.grad(out, leaves, weights, materialize_grads=True) for out in (got, want))
    for mine, theirs in zip(*gradients, strict=True):
        assert_near(mine, theirs)


# --- attention/causal-attention ---


@every_dtype
@pytest.mark.parametrize("shape", [(2, 5, 8), (1, 1, 4), (3, 7, 3), (2, 33, 16)], ids=str)
def test_causal_attention_is_torchs_fused_one(shape: tuple[int, int, int], dtype: torch.dtype) -> None:
    q, k, v = (normal(*shape, dtype=dtype) for _ in range(3))
    got = reference("causal-attention").causal_attention(q, k, v)
    assert_agree(got, F.scaled_dot_product_attention(q, k, v, is_causal=True), (q, k, v))


def test_causal_attention_with_scores_beyond_exp_is_torchs_fused_one() -> None:
    q, k, v = (torch.randn(4, 10, 5) * scale for scale in (300, 1, 1))
    got = reference("causal-attention").causal_attention(q, k, v)
    want = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    torch.testing.assert_close(got, want, rtol=1e-3, atol=1e-3)  # a score of 1000 is rounded by up to 6e-5


def test_causal_attention_is_eq_1_of_vaswani_number_by_number() -> None:
    q, k, v = ([[math.sin(a * t + b * d) for d in range(3)] for t in range(4)] for a, b in ((1, 2), (3, 1), (2, 5)))
    got = reference("causal-attention").causal_attention(*(torch.tensor([x], dtype=torch.float64) for x in (q, k, v)))
    for t in range(4):
        powers = [math.exp(math.fsum(a * b for a, b in zip(q[t], k[s], strict=True)) / 3**0.5) for s in range(t + 1)]
        want = [math.fsum(w * v[s][d] for s, w in enumerate(powers)) / math.fsum(powers) for d in range(3)]
        assert got[0, t].tolist() == pytest.approx(want, rel=1e-13)


def test_causal_attention_without_preference_is_the_mean_so_far() -> None:
    v = normal(2, 6, 3)
    got = reference("causal-attention").causal_attention(torch.zeros_like(v), normal(2, 6, 3), v)
    assert_near(got, v.cumsum(1) / torch.arange(1, 7, dtype=v.dtype)[:, None])


# --- vision/image-dependency-matrix ---


@full_precision
@pytest.mark.parametrize("shape", [(3, 4), (1, 1), (5,), (3, 2, 4), (2, 3, 3, 2)], ids=str)
def test_dependency_matrix_is_cdist_of_the_column(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    image = normal(*shape, dtype=dtype)
    with torch.no_grad():
        image.view(-1)[-1] = image.view(-1)[0]  # equal pixels have a gradient too: 0
    column = image.reshape(-1, 1)
    got, want = reference("image-dependency-matrix").dependency_matrix(image), torch.cdist(column, column, p=1)
    torch.testing.assert_close(got, want, rtol=0, atol=0)
    assert_agree(got, want, (image,))


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16], ids=str)
def test_dependency_matrix_in_half_precision_is_rounded_once(dtype: torch.dtype) -> None:
    image = normal(4, 5, dtype=dtype).detach()
    column = image.double().reshape(-1, 1)  # where the differences are exact
    got = reference("image-dependency-matrix").dependency_matrix(image)
    torch.testing.assert_close(got, torch.cdist(column, column, p=1).to(dtype), rtol=0, atol=0)


def test_dependency_matrix_of_all_bytes_is_that_of_the_integers() -> None:
    got = reference("image-dependency-matrix").dependency_matrix(torch.arange(256, dtype=torch.uint8).view(16, 16))
    assert got.dtype == torch.uint8
    assert got.tolist() == [[abs(i - j) for j in range(256)] for i in range(256)]


# --- vision/super-resolution ---


@every_dtype
@pytest.mark.parametrize("r", [1, 2, 3, 4])
def test_pixel_shuffle_is_torchs(r: int, dtype: torch.dtype) -> None:
    x = normal(2, 3 * r * r, 4, 5, dtype=dtype)
    got, want = reference("super-resolution").pixel_shuffle(x, r), F.pixel_shuffle(x, r)
    assert torch.equal(got, want)
    assert_agree(got, want, (x,))


def test_pixel_shuffle_refuses_what_torchs_refuses() -> None:
    x = torch.zeros(1, 10, 2, 2)
    with pytest.raises(RuntimeError, match="divisible"):
        F.pixel_shuffle(x, 3)
    with pytest.raises(ValueError, match="10 channels"):
        reference("super-resolution").pixel_shuffle(x, 3)


@pytest.mark.parametrize("r", [1, 2, 3])
def test_pixel_shuffle_of_a_convolution_is_a_transposed_convolution(r: int) -> None:
    """Shi et al. 2016, "Is the deconvolution layer the same as a convolutional layer?", arXiv:1609.07009."""
    x, weight = normal(2, 4, 5, 6), normal(3 * r * r, 4, 3, 3)
    got = reference("super-resolution").pixel_shuffle(F.conv2d(x, weight, padding=1), r)
    kernel = weight.view(3, r, r, 4, 3, 3).flip(-2, -1).permute(3, 0, 4, 1, 5, 2).reshape(4, 3, 3 * r, 3 * r)
    assert_agree(got, F.conv_transpose2d(x, kernel, stride=r, padding=r), (x, weight))


@every_dtype
@pytest.mark.parametrize("scale", [1, 2, 3])
def test_super_resolution_is_its_layers_composed(scale: int, dtype: torch.dtype) -> None:
    model = filled(reference("super-resolution").SuperResolution(scale), dtype)
    x, p = normal(2, 3, 4, 5, dtype=dtype), dict(model.named_parameters())
    h = F.conv2d(x, p["conv1.weight"], p["conv1.bias"], padding=2).tanh()
    h = F.conv2d(h, p["conv2.weight"], p["conv2.bias"], padding=1).tanh()
    want = F.pixel_shuffle(F.conv2d(h, p["conv3.weight"], p["conv3.bias"], padding=1), scale)
    assert_agree(model(x), want, (x, *p.values()))


# --- sequences/rnn-sequence-model ---


@every_dtype
def test_rnn_model_is_torchs_rnn_on_every_sequence_without_its_padding(dtype: torch.dtype) -> None:
    model = filled(reference("rnn-sequence-model").RNNModel(3, 5, 2), dtype)
    rnn = nn.RNN(3, 5).to(dtype)
    rnn.load_state_dict(model.rnn.state_dict())
    lengths = [3, 6, 1, 4]
    x = normal(4, 7, 3, dtype=dtype)  # no row is full
    states = torch.stack([rnn(row[:n])[1][0] for row, n in zip(x, lengths, strict=True)])
    want = F.linear(states, model.fc.weight, model.fc.bias)
    assert_agree(model(x, torch.tensor(lengths)), want, (x, *model.fc.parameters()))


@full_precision
def test_rnn_model_is_the_recurrence_written_out(dtype: torch.dtype) -> None:
    model = filled(reference("rnn-sequence-model").RNNModel(3, 5, 2), dtype)
    (w_ih, w_hh, b_ih, b_hh), x, rows = tuple(model.rnn.parameters()), normal(3, 5, 3, dtype=dtype), []
    for row, n in zip(x, (2, 5, 1), strict=True):
        h = torch.zeros(5, dtype=dtype)
        for step in row[:n]:
            h = torch.tanh(w_ih @ step + b_ih + w_hh @ h + b_hh)
        rows.append(model.fc.weight @ h + model.fc.bias)
    assert_agree(model(x, torch.tensor([2, 5, 1])), torch.stack(rows), (x, *model.parameters()))


# --- vision/simple-cnn and debugging/debug-simple-cnn ---


def composed_scores(model: nn.Module, images: Tensor) -> Tensor:
    p = dict(model.named_parameters())
    x = F.max_pool2d(F.relu(F.conv2d(images, p["conv.weight"], p["conv.bias"], padding=1)), kernel_size=2)
    x = F.relu(F.linear(x.reshape(len(x), 32 * 14 * 14), p["fc1.weight"], p["fc1.bias"]))
    return F.linear(x, p["fc2.weight"], p["fc2.bias"])


@every_dtype
def test_simple_cnn_is_its_layers_composed(dtype: torch.dtype) -> None:
    model = filled(reference("simple-cnn").SimpleCNN(), dtype)
    images = normal(3, 1, 28, 28, dtype=dtype)
    want = F.log_softmax(composed_scores(model, images), dim=1)
    assert_agree(model(images), want, (images, *model.parameters()))
    assert_near(model(images[:1]), want[:1])
    far = images * 1000  # where the softmax itself is 0
    assert_near(model(far), F.log_softmax(composed_scores(model, far), dim=1))


@every_dtype
def test_debugged_cnn_is_its_layers_composed(dtype: torch.dtype) -> None:
    module = reference("debug-simple-cnn")
    model = filled(module.SimpleCNN(), dtype)
    images, labels = normal(3, 1, 28, 28, dtype=dtype), torch.tensor([7, 0, 9])
    leaves = (images, *model.parameters())
    pairs = [
        (model(images), composed_scores(model, images)),
        (module.probabilities(model, images), F.log_softmax(composed_scores(model, images), dim=1).exp()),
        (module.loss(model, images, labels), F.cross_entropy(composed_scores(model, images), labels)),
    ]
    for got, want in pairs:
        assert_agree(got, want, leaves)


def test_loss_of_a_constant_and_of_a_huge_score_is_the_closed_form() -> None:
    module, images, labels = reference("debug-simple-cnn"), torch.zeros(2, 10), torch.tensor([3, 4])
    assert module.loss(nn.Identity(), images, labels).item() == pytest.approx(math.log(10))
    assert module.loss(nn.Identity(), F.one_hot(labels, 10) * -3e4, labels).item() == pytest.approx(3e4 + math.log(9))


def test_loss_of_probabilities_stops_where_the_prompt_says() -> None:
    labels = torch.tensor([3])
    got = reference("debug-simple-cnn").loss(nn.Identity(), F.one_hot(labels, 10).double(), labels).item()
    assert got == pytest.approx(math.log(1 + 9 / math.e))
    assert f"{got:.2f}" == "1.46"


# --- text/text-cnn ---

SENTENCES = torch.tensor([[3, 9, 1, 12, 5, 0], [6, 0, 0, 0, 0, 0], [2, 4, 8, 0, 0, 0], [0] * 6, [1, 2, 3, 4, 5, 6]])


def features_of_one(model: nn.Module, sizes: list[int], words: Tensor) -> Tensor:
    """Kim 2014, eqs. 2 and 3 and max over time, of one sentence without padding."""
    embedded, found = model.embedding.weight[words].T, []
    convs = {conv.weight.shape[2]: conv for conv in model.convs}
    for k in sizes:
        weight, bias = convs[k].parameters()
        windows = F.relu(F.conv1d(embedded, weight, bias)) if len(words) >= k else embedded.new_zeros(len(bias), 1)
        found.append(windows.max(dim=1).values)
    return torch.cat(found)


def text_cnn_and_features(dtype: torch.dtype, sizes: list[int]) -> tuple[nn.Module, Tensor]:
    model = filled(reference("text-cnn").TextCNN(13, 5, sizes, 7, 0.25), dtype)
    return model, torch.stack([features_of_one(model, sizes, row[row != 0]) for row in SENTENCES])


@every_dtype
@pytest.mark.parametrize("sizes", [[2, 3, 4], [5, 1, 3], [7]], ids=str)
def test_text_cnn_is_a_convolution_of_every_sentence_without_its_padding(sizes: list[int], dtype: torch.dtype) -> None:
    model, features = text_cnn_and_features(dtype, sizes)
    want = F.linear(features, model.fc.weight, model.fc.bias)
    # In half precision two windows may be equal but for rounding: then which one the gradient takes is open.
    assert_agree(model.eval()(SENTENCES), want, tuple(model.parameters()) if dtype in FULL else [model.fc.weight])


@full_precision
def test_text_cnn_in_training_drops_features_as_torch_does(dtype: torch.dtype) -> None:
    model, features = text_cnn_and_features(dtype, [2, 3, 4])
    torch.manual_seed(1)
    got = model.train()(SENTENCES)
    torch.manual_seed(1)
    want = F.linear(F.dropout(features, 0.25), model.fc.weight, model.fc.bias)
    assert_agree(got, want, tuple(model.parameters()))


# --- text/transformer-text-generation ---


def position(t: int, c: int, C: int) -> float:
    """Vaswani et al. 2017, section 3.5."""
    angle = t / 10000 ** (2 * (c // 2) / C)
    return math.cos(angle) if c % 2 else math.sin(angle)


@pytest.mark.parametrize(("dtype", "atol"), [(torch.float64, 1e-12), (torch.float32, 1e-4)], ids=str)
def test_positions_are_the_closed_form(dtype: torch.dtype, atol: float) -> None:
    got = reference("transformer-text-generation").positions(512, 12, torch.zeros(0, dtype=dtype))
    want = torch.tensor([[position(t, c, 12) for c in range(12)] for t in range(512)], dtype=dtype)
    torch.testing.assert_close(got, want, rtol=0, atol=atol)  # an angle of 511 is rounded by some 1e-5 in float32


def test_positions_k_steps_on_are_one_rotation() -> None:
    """Vaswani et al. 2017, section 3.5: a position k steps on is a linear function of this one."""
    P = reference("transformer-text-generation").positions(40, 8, torch.zeros(0, dtype=torch.float64))
    as_complex = torch.complex(P[:, 1::2], P[:, 0::2])  # cos + i sin
    torch.testing.assert_close(as_complex[7:], as_complex[:-7] * as_complex[7], rtol=0, atol=1e-13)


def torchs_layer(p: dict[str, Tensor], C: int) -> tuple[nn.Module, dict[str, Tensor]]:
    """torch's own pre-norm block, and the model's parameters under its names."""
    dtype = p["head.bias"].dtype
    layer = nn.TransformerEncoderLayer(C, 2, 4 * C, 0.0, "gelu", batch_first=True, norm_first=True, dtype=dtype)
    names = {"self_attn.out_proj": "out_proj", "norm1": "attention_norm", "norm2": "mlp_norm"}
    names |= {"linear1": "mlp_in", "linear2": "mlp_out"}
    values = {f"{theirs}.{kind}": p[f"{mine}.{kind}"] for theirs, mine in names.items() for kind in ("weight", "bias")}
    for kind in ("weight", "bias"):
        values[f"self_attn.in_proj_{kind}"] = torch.cat([p[f"{name}_proj.{kind}"] for name in "qkv"])
    return layer, values


@full_precision
@pytest.mark.parametrize(("T", "C"), [(5, 8), (1, 8), (9, 12), (40, 6)])
def test_transformer_is_torchs_pre_norm_encoder_layer(T: int, C: int, dtype: torch.dtype) -> None:
    model = filled(reference("transformer-text-generation").TransformerModel(11, C, 7), dtype)
    p, tokens = dict(model.named_parameters()), torch.randint(11, (3, T))
    layer, values = torchs_layer(p, C)
    P = torch.tensor([[position(t, c, C) for c in range(C)] for t in range(T)], dtype=dtype)
    x = F.embedding(tokens, p["token_embedding.weight"]) * C**0.5 + P
    future = torch.ones(T, T, dtype=torch.bool).triu(1)
    x = torch.func.functional_call(layer, values, (x,), {"src_mask": future, "is_causal": True})
    x = F.layer_norm(x, (C,), p["final_norm.weight"], p["final_norm.bias"])
    want = F.linear(x, p["head.weight"], p["head.bias"])
    assert_agree(model(tokens), want, tuple(p.values()))


def test_generate_follows_the_table_of_next_tokens() -> None:
    table = nn.Embedding.from_pretrained(torch.eye(5).roll(1, dims=1))  # after i comes i + 1
    got = reference("transformer-text-generation").generate(table, torch.tensor([[0], [3]]), 6, 0.0)
    assert got.tolist() == [[0, 1, 2, 3, 4, 0, 1], [3, 4, 0, 1, 2, 3, 4]]


def test_generate_shows_the_model_the_whole_row() -> None:
    def counting(tokens: Tensor) -> Tensor:  # the next token is how many there are
        return F.one_hot(torch.full_like(tokens, tokens.shape[1]), 9).double()

    model = nn.Module()
    model.forward = counting
    got = reference("transformer-text-generation").generate(model, torch.tensor([[0, 0]]), 4, 0.0)
    assert got.tolist() == [[0, 0, 2, 3, 4, 5]]


def test_generate_is_argmax_where_logits_are_equal() -> None:
    table = nn.Embedding.from_pretrained(torch.tensor([[0.0, 2, 1, 2], [3, -1, 3, 3], [1, 1, 1, 1], [0, 0, 5, 5]]))
    got = reference("transformer-text-generation").generate(table, torch.arange(4).repeat(16)[:, None], 1, 0.0)
    assert torch.equal(got[:, 1], table.weight.argmax(1).repeat(16))
    assert got[:4, 1].tolist() == [1, 0, 0, 2]


@pytest.mark.parametrize("training", [True, False])
def test_generate_runs_in_eval_mode_and_gives_the_mode_back(training: bool) -> None:
    modes: list[tuple[bool, bool]] = []
    model = nn.Embedding(5, 5).train(training)
    model.register_forward_hook(lambda module, _, out: modes.append((module.training, out.requires_grad)))
    reference("transformer-text-generation").generate(model, torch.tensor([[0]]), 2, 1.0)
    assert modes == [(False, False)] * 2
    assert model.training is training


def test_generate_draws_as_torchs_categorical_does() -> None:
    table, tokens = nn.Embedding(5, 5, dtype=torch.float64), torch.randint(5, (64, 2))
    torch.manual_seed(2)
    got = reference("transformer-text-generation").generate(table, tokens, 4, 0.7)
    torch.manual_seed(2)
    for _ in range(4):
        draw = torch.distributions.Categorical(logits=table.weight[tokens[:, -1]] / 0.7).sample()
        tokens = torch.cat([tokens, draw[:, None]], dim=1)
    assert torch.equal(got, tokens)


# --- vision/image-denoising ---


def composed_noise(p: Sequence[Tensor], noisy: Tensor) -> Tensor:
    h = F.relu(F.conv2d(noisy, p[0], p[1], padding=1))
    h = F.relu(F.conv2d(h, p[2], p[3], padding=1))
    return F.conv2d(h, p[4], p[5], padding=1)


@every_dtype
@pytest.mark.parametrize("size", [(8, 11), (1, 5)], ids=str)
def test_denoise_model_is_its_layers_composed(size: tuple[int, int], dtype: torch.dtype) -> None:
    module = reference("image-denoising")
    model = filled(module.DenoiseModel(), dtype)
    noisy, p = normal(2, 1, *size, dtype=dtype), tuple(model.parameters())
    want = composed_noise(p, noisy)
    assert_agree(model(noisy), want, (noisy, *p))
    assert_near(module.denoise(model, noisy), (noisy - want).detach())


@full_precision
def test_training_step_is_gradient_descent_written_out(dtype: torch.dtype) -> None:
    module = reference("image-denoising")
    model = filled(module.DenoiseModel(), dtype)
    clean, noise = (normal(2, 1, 5, 4, dtype=dtype).detach() for _ in range(2))
    before = [p.detach().clone().requires_grad_() for p in model.parameters()]
    loss = (composed_noise(before, clean + noise) - noise).square().sum() / noise.numel()
    want = [p.detach() - 0.1 * g for p, g in zip(before, torch.autograd.grad(loss, before), strict=True)]
    for p in model.parameters():
        p.grad = torch.full_like(p, 100.0)  # what is left over does not count
    images = clean.clone(), noise.clone()
    got = module.training_step(model, torch.optim.SGD(model.parameters(), lr=0.1), *images)
    assert torch.equal(images[0], clean) and torch.equal(images[1], noise)
    assert got == pytest.approx(loss.item(), rel=10 * TOLERANCE[dtype])
    for p, expected in zip(model.parameters(), want, strict=True):
        assert_near(p.detach(), expected)


@pytest.mark.parametrize("training", [True, False])
def test_denoise_takes_a_batch_norms_running_statistics(training: bool) -> None:
    norm, noisy = nn.BatchNorm2d(1).train(training), torch.randn(2, 1, 3, 4)
    norm.running_mean.fill_(2.0)
    norm.running_var.fill_(9.0)
    got = reference("image-denoising").denoise(norm, noisy)
    torch.testing.assert_close(got, noisy - (noisy - 2) / math.sqrt(9 + 1e-5))
    assert norm.training is training and not got.requires_grad


# --- gradients of the functions against finite differences ---


def test_gradients_are_those_of_finite_differences() -> None:
    apart = torch.randperm(12).double().view(3, 4).requires_grad_()  # no two pixels near the kink
    shuffle = reference("super-resolution").pixel_shuffle
    cases: list[tuple[Callable[..., Tensor], Any]] = [
        (reference("causal-attention").causal_attention, tuple(normal(2, 4, 3) for _ in range(3))),
        (reference("image-dependency-matrix").dependency_matrix, (apart,)),
        (lambda x: shuffle(x, 2), (normal(1, 8, 2, 3),)),
    ]
    for function, inputs in cases:
        assert torch.autograd.gradcheck(function, inputs)


# --- imagen/transformer-image-generation ---

CONCEPT = BANK["transformer-image-generation"]
ANSWERS = read_yaml(CONCEPT.reference).data["answers"]


PROMPTS = {part.id: part.prompt for part in CONCEPT.question.parts}
# Of every number: the figures of its prompt, and what they come to.
ARITHMETIC: dict[str, tuple[tuple[int, ...], Callable[..., float]]] = {
    "patches": ((320, 192, 16, 16), lambda w, h, a, b: (w // a) * (h // b)),
    "latent-tokens": ((384, 512, 8, 2, 2), lambda h, w, shorter, a, b: (h // shorter // a) * (w // shorter // b)),
    "code-bits": (
        (256, 256, 8, 32, 32, 8192),
        lambda h, w, bits, rows, columns, book: h * w * 3 * bits / (rows * columns * (book - 1).bit_length()),
    ),
    "resolution": ((), lambda: (2 * 5 * 2 * 7) ** 2 / (5 * 7) ** 2),
    "multiply-adds": ((240, 12, 64), lambda tokens, heads, width: heads * tokens * tokens * width),
    "score-memory": ((64, 64, 2, 1, 2, 20), lambda h, w, size, _, base, power: (h * w * 3) ** 2 * size / base**power),
    "passes": ((1024, 50), lambda codes, steps: codes / steps),
}


def test_every_number_of_the_concept_question_is_recomputed() -> None:
    assert set(ARITHMETIC) == {part.id for part in CONCEPT.question.parts if part.kind == "number"}


@pytest.mark.parametrize("part", ARITHMETIC)
def test_number_of_the_concept_question_follows_from_its_prompt(part: str) -> None:
    figures, result = ARITHMETIC[part]
    for prompt in (PROMPTS[part].en, PROMPTS[part].zh):
        assert {str(figure) for figure in figures} <= set(re.findall(r"\d+", prompt))
    assert pytest.approx(result(*figures), rel=1e-6) == ANSWERS[part]


def test_figures_of_the_model_text_are_right() -> None:
    tokens, text = 512 * 512, " ".join(ANSWERS["explain"].split())
    assert f"512 x 512 = {tokens:,} tokens" in text
    assert f"{tokens**2:.1e}".replace("e+", "e") in text
    assert f"32 x 32 codes: {32 * 32} tokens instead of {tokens:,}" in text
    assert 16 * tokens**2 == (1024 * 1024) ** 2 and "twice the resolution would make it sixteen times" in text


def test_choices_of_the_concept_question_that_torch_can_show() -> None:
    layer = nn.TransformerEncoderLayer(8, 2, 16, 0.0, batch_first=True, dtype=torch.float64)
    patches, order = normal(1, 6, 8), torch.randperm(6)
    assert_near(layer(patches[:, order]), layer(patches)[:, order])  # the same vectors in the new order
    assert ANSWERS["positions"] == "b"
    image, text = normal(1, 6, 8), normal(1, 4, 8)
    scores = nn.MultiheadAttention(8, 1, batch_first=True, dtype=torch.float64)(image, text, text)[1]
    assert scores.shape == (1, 6, 4)  # N x L
    assert ANSWERS["cross-attention"] == "c"
