"""The references on attention, text and speech against torch's operations, sums over everything, and work by hand.

Images and diffusion have files of their own; the helpers are in `test_references_against_torch`.
"""

from __future__ import annotations

import math
from itertools import groupby, pairwise, product

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tests.solutions.test_references_against_torch import (
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


def linear(p: dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    return F.linear(x, p[f"{name}.weight"], p[f"{name}.bias"])


# --- debugging/debug-attention ---


@every_dtype
@pytest.mark.parametrize("shape", [(2, 5, 8), (1, 1, 4), (3, 9, 3)], ids=str)
def test_mended_attention_is_torchs_fused_one(shape: tuple[int, int, int], dtype: torch.dtype) -> None:
    q, k, v = (normal(*shape, dtype=dtype) for _ in range(3))
    got = reference("debug-attention").attention(q, k, v)
    assert_agree(got, F.scaled_dot_product_attention(q, k, v, is_causal=True), (q, k, v))


@full_precision
def test_mended_language_model_is_its_layers_composed(dtype: torch.dtype) -> None:
    model = filled(reference("debug-attention").AttentionLM(7, 4, 9), dtype)
    p, tokens = dict(model.named_parameters()), torch.randint(7, (3, 6))
    x = F.embedding(tokens, p["token_embedding.weight"]) + p["position_embedding.weight"][:6]
    q, k, v = (linear(p, f"{name}_proj", x) for name in "qkv")
    want = linear(p, "head", x + F.scaled_dot_product_attention(q, k, v, is_causal=True))
    assert_agree(model(tokens), want, tuple(p.values()))


@full_precision
def test_loss_of_the_next_token_is_a_mean_over_all_that_have_one(dtype: torch.dtype) -> None:
    table, tokens = normal(5, 5, dtype=dtype), torch.randint(5, (3, 4))
    got = reference("debug-attention").loss(lambda tokens: table[tokens], tokens)
    logs = [table[now].log_softmax(0)[following] for row in tokens for now, following in pairwise(row)]
    assert len(logs) == 3 * 3
    assert_agree(got, -torch.stack(logs).mean(), (table,))


# --- vision/image-transformer ---


@full_precision
@pytest.mark.parametrize("shape", [(2, 6, 5), (1, 1, 3), (3, 20, 8)], ids=str)
def test_image_transformer_is_torchs_fused_attention_between_its_layers(
    shape: tuple[int, int, int], dtype: torch.dtype
) -> None:
    model = filled(reference("image-transformer").SimpleTransformer(shape[-1], 6, 3), dtype)
    p, tokens = dict(model.named_parameters()), normal(*shape, dtype=dtype)
    h = linear(p, "input_proj", tokens)
    mixed = F.scaled_dot_product_attention(*(linear(p, f"{name}_proj", h) for name in "qkv"))
    assert_agree(model(tokens), linear(p, "output_proj", h + mixed), (tokens, *p.values()))


def test_image_transformer_does_not_know_the_order_of_the_patches() -> None:
    model = filled(reference("image-transformer").SimpleTransformer(5, 6, 3), torch.float64)
    tokens, order = normal(2, 7, 5), torch.randperm(7)
    assert_near(model(tokens[:, order]), model(tokens)[:, order])


# --- imagen/text-cross-attention ---

MASK = torch.tensor([[True, True, False, True], [False] * 4, [True] * 4])


@full_precision
def test_text_cross_attention_is_torchs_multihead_attention_with_one_more_key_and_value(dtype: torch.dtype) -> None:
    """`add_bias_kv` of torch's module is a learned key and value, neither projected nor masked."""
    model = filled(reference("text-cross-attention").TextCrossAttention(6, 5, 6, 2), dtype)
    p, image, text = dict(model.named_parameters()), normal(3, 6, 2, 4, dtype=dtype), normal(3, 4, 5, dtype=dtype)
    values = {f"{name}_proj_weight": p[f"{name}_proj.weight"] for name in "qkv"}
    values |= {"in_proj_bias": torch.cat([p[f"{name}_proj.bias"] for name in "qkv"])}
    values |= {"bias_k": p["null_key"].view(1, 1, 6), "bias_v": p["null_value"].view(1, 1, 6)}
    values |= {f"out_proj.{kind}": p[f"out_proj.{kind}"] for kind in ("weight", "bias")}
    torchs = nn.MultiheadAttention(6, 2, kdim=5, vdim=5, add_bias_kv=True, batch_first=True, dtype=dtype)
    normed = F.layer_norm(text, (5,), p["text_norm.weight"], p["text_norm.bias"])
    inputs = image.flatten(2).mT, normed, normed
    options = {"key_padding_mask": ~MASK, "need_weights": False}
    mixed, _ = torch.func.functional_call(torchs, values, inputs, options)
    want = image + mixed.mT.reshape(image.shape)
    assert_agree(model(image, text, MASK), want, (image, text, *p.values()))


@full_precision
def test_text_cross_attention_is_torchs_fused_one_over_the_null_and_the_real_tokens(dtype: torch.dtype) -> None:
    model = filled(reference("text-cross-attention").TextCrossAttention(3, 5, 8, 4), dtype)
    p, image, text = dict(model.named_parameters()), normal(3, 3, 2, 3, dtype=dtype), normal(3, 4, 5, dtype=dtype)
    rows = []
    for picture, words, real in zip(image, text, MASK, strict=True):
        seen = F.layer_norm(words[real], (5,), p["text_norm.weight"], p["text_norm.bias"])
        q = linear(p, "q_proj", picture.flatten(1).T)
        k = torch.vstack([linear(p, "k_proj", seen), p["null_key"]])
        v = torch.vstack([linear(p, "v_proj", seen), p["null_value"]])
        heads = zip(q.chunk(4, 1), k.chunk(4, 1), v.chunk(4, 1), strict=True)
        mixed = torch.hstack([F.scaled_dot_product_attention(*(x[None] for x in head))[0] for head in heads])
        rows.append(picture + linear(p, "out_proj", mixed).T.reshape(picture.shape))
    assert_agree(model(image, text, MASK), torch.stack(rows), (image, text, *p.values()))


# --- text/transformer-translation ---

SOURCE, TARGET = [[5, 3, 8, 4], [6, 0, 0, 0], [2, 7, 0, 0]], [[1, 4, 5, 2], [1, 6, 2, 0], [1, 2, 0, 0]]


def attended(p: dict[str, Tensor], name: str, x: Tensor, others: Tensor, causal: bool = False) -> Tensor:
    """Two heads of Vaswani et al. 2017, section 3.2.2, of one sentence without padding: (T, C) and (S, C) to (T, C)."""
    weights, biases = p[f"{name}.in_proj_weight"].chunk(3), p[f"{name}.in_proj_bias"].chunk(3)
    q, k, v = (F.linear(y, w, b) for y, w, b in zip((x, others, others), weights, biases, strict=True))
    heads = zip(q.chunk(2, 1), k.chunk(2, 1), v.chunk(2, 1), strict=True)
    mixed = [F.scaled_dot_product_attention(*(y[None] for y in head), is_causal=causal)[0] for head in heads]
    return linear(p, f"{name}.out_proj", torch.hstack(mixed))


def normed(p: dict[str, Tensor], name: str, x: Tensor) -> Tensor:
    return F.layer_norm(x, x.shape[-1:], p[f"{name}.weight"], p[f"{name}.bias"])


def fed_forward(p: dict[str, Tensor], side: str, norm: str, x: Tensor) -> Tensor:
    return normed(p, f"{side}.{norm}", x + linear(p, f"{side}.linear2", linear(p, f"{side}.linear1", x).relu()))


def translated(p: dict[str, Tensor], source: Tensor, target: Tensor) -> Tensor:
    """The post-norm layers of section 3.1, for one pair of sentences without padding."""
    C = p["position_embedding.weight"].shape[1]
    x, y = (
        p[f"{side}_embedding.weight"][tokens] * C**0.5 + p["position_embedding.weight"][: len(tokens)]
        for side, tokens in (("source", source), ("target", target))
    )
    x = normed(p, "encoder.norm1", x + attended(p, "encoder.self_attn", x, x))
    memory = fed_forward(p, "encoder", "norm2", x)
    y = normed(p, "decoder.norm1", y + attended(p, "decoder.self_attn", y, y, causal=True))
    y = normed(p, "decoder.norm2", y + attended(p, "decoder.multihead_attn", y, memory))
    return linear(p, "head", fed_forward(p, "decoder", "norm3", y))


@full_precision
def test_translation_is_the_papers_layers_on_every_pair_without_its_padding(dtype: torch.dtype) -> None:
    model = filled(reference("transformer-translation").TranslationModel(9, 7, 8, 5), dtype)
    p, source, target = dict(model.named_parameters()), torch.tensor(SOURCE), torch.tensor(TARGET)
    got, want = model(source, target)[target != 0], []
    for words, translation in zip(source, target, strict=True):
        want.append(translated(p, words[words != 0], translation[translation != 0]))
    assert_agree(got, torch.cat(want), tuple(p.values()))


@full_precision
@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
def test_translation_loss_is_torchs_cross_entropy_with_the_smoothed_distribution(
    smoothing: float, dtype: torch.dtype
) -> None:
    table, target, given = normal(7, 7, dtype=dtype), torch.tensor(TARGET), []

    def model(source: Tensor, target: Tensor) -> Tensor:
        given.append(target)
        return table[target]

    arguments = model, torch.tensor(SOURCE), target, smoothing
    got, again = (reference("transformer-translation").translation_loss(*arguments) for _ in range(2))
    assert [x.tolist() for x in given] == [target[:, :-1].tolist()] * 2
    pairs = [(row[t], row[t + 1]) for row in TARGET for t in range(3) if row[t + 1] != 0]
    now, following = (torch.tensor(x) for x in zip(*pairs, strict=True))
    smooth = F.one_hot(following, 7).to(dtype) * (1 - smoothing) + smoothing / 7
    assert_agree(got, F.cross_entropy(table[now], smooth), (table,))
    torchs = F.cross_entropy(table[target[:, :-1]].mT, target[:, 1:], ignore_index=0, label_smoothing=smoothing)
    assert_agree(again, torchs, (table,))


# --- speech/rnn-speech-recognition ---


@full_precision
def test_recognizer_is_two_lstms_on_every_recording_without_its_padding(dtype: torch.dtype) -> None:
    model = filled(reference("rnn-speech-recognition").SpeechRecognizer(3, 4, 5), dtype)
    p, x, lengths = dict(model.named_parameters()), normal(3, 6, 3, dtype=dtype), torch.tensor([3, 5, 1])
    one_way, rows = nn.LSTM(3, 4, dtype=dtype), []
    onwards = {name: p[f"rnn.{name}"] for name, _ in one_way.named_parameters()}
    backwards = {name: p[f"rnn.{name}_reverse"] for name in onwards}
    for row, n in zip(x, lengths, strict=True):
        there, _ = torch.func.functional_call(one_way, onwards, (row[:n],))
        back, _ = torch.func.functional_call(one_way, backwards, (row[:n].flip(0),))
        states = F.pad(torch.hstack([there, back.flip(0)]), (0, 0, 0, 6 - int(n)))
        rows.append(linear(p, "fc", states).log_softmax(1))
    assert_agree(model(x, lengths), torch.stack(rows), (x, *p.values()))


def collapsed(path: tuple[int, ...]) -> list[int]:
    return [label for label, _ in groupby(path) if label != 0]


def log_probability(log_probs: Tensor, transcript: list[int]) -> Tensor | None:
    """Graves et al. 2006, eq. 3, by adding up all V^T paths; None where no path becomes the transcript."""
    T, V = log_probs.shape
    paths = [path for path in product(range(V), repeat=T) if collapsed(path) == transcript]
    if not paths:
        return None
    return log_probs[torch.arange(T), torch.tensor(paths)].sum(1).logsumexp(0)


@full_precision
def test_ctc_loss_adds_up_all_paths(dtype: torch.dtype) -> None:
    scores = normal(5, 5, 3, dtype=dtype)
    log_probs, lengths = scores.log_softmax(2), [5, 3, 2, 1, 4]
    transcripts = [[1, 2], [2], [1, 1], [], [2, 2]]  # the third needs three frames and has two
    logs = [log_probability(row[:n], y) for row, n, y in zip(log_probs, lengths, transcripts, strict=True)]
    assert logs[2] is None
    targets, sizes = torch.tensor([[1, 2], [2, 0], [1, 1], [1, 1], [2, 2]]), torch.tensor([2, 1, 2, 0, 2])
    got = reference("rnn-speech-recognition").ctc_loss(scores.log_softmax(2), torch.tensor(lengths), targets, sizes)
    assert_agree(got, -torch.stack([log for log in logs if log is not None]).sum() / 5, (scores,))


@full_precision
def test_ctc_loss_is_torchs_of_every_row(dtype: torch.dtype) -> None:
    scores = normal(3, 12, 6, dtype=dtype)
    log_probs, lengths, sizes = scores.log_softmax(2), torch.tensor([12, 7, 9]), torch.tensor([4, 2, 5])
    targets = torch.randint(1, 6, (3, 5))
    got = reference("rnn-speech-recognition").ctc_loss(scores.log_softmax(2), lengths, targets, sizes)
    rows = [
        F.ctc_loss(row[:n], y[:size], n[None], size[None], reduction="sum")
        for row, n, y, size in zip(log_probs, lengths, targets, sizes, strict=True)
    ]
    assert_agree(got, torch.stack(rows).mean(), (scores,))


def test_greedy_decoding_takes_the_best_of_all_paths() -> None:
    log_probs, lengths, want = torch.randn(40, 5, 3).log_softmax(2), torch.randint(1, 6, (40,)), []
    for row, n in zip(log_probs.tolist(), lengths.tolist(), strict=True):
        best = max(product(range(3), repeat=n), key=lambda path: math.fsum(row[t][c] for t, c in enumerate(path)))
        want.append(collapsed(best))
    assert reference("rnn-speech-recognition").greedy_decode(log_probs, lengths) == want
