"""The references on images against torch's operations, against counting pixels and triples, and against the papers.

The helpers are in `test_references_against_torch`.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import permutations

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


def resizing(n: int, size: int, dtype: torch.dtype) -> Tensor:
    """Row i says how pixel i of `size` is mixed from n: a triangle around its centre, as wide as the larger pixel."""
    ratio = n / size
    rows = []
    for i in range(size):
        weights = [max(0.0, 1 - abs(j + 0.5 - (i + 0.5) * ratio) / max(ratio, 1)) for j in range(n)]
        rows.append([weight / math.fsum(weights) for weight in weights])
    return torch.tensor(rows, dtype=dtype)


def resized(images: Tensor, height: int, width: int) -> Tensor:
    down, across = (resizing(n, m, images.dtype) for n, m in zip(images.shape[-2:], (height, width), strict=True))
    return down @ images @ across.T


# --- vision/image-classification ---


@full_precision
@pytest.mark.parametrize(
    ("shape", "resize", "crop"), [((9, 14), 6, 5), ((7, 4), 9, 9), ((12, 12), 12, 7), ((5, 17), 3, 1)], ids=str
)
def test_preprocessing_is_a_triangle_filter_and_torchs_antialiased_interpolation(
    shape: tuple[int, int], resize: int, crop: int, dtype: torch.dtype
) -> None:
    image = torch.randint(256, (3, *shape), dtype=torch.uint8)
    mean, std = torch.rand(3, dtype=dtype), torch.rand(3, dtype=dtype) + 0.5
    height, width = (int(Fraction(resize * side, min(shape))) for side in shape)
    bytes_as_fractions = (image.double() / 255).to(dtype)
    size, small = (height, width), resized(bytes_as_fractions, height, width)
    torchs = F.interpolate(bytes_as_fractions[None], size, mode="bilinear", antialias=True, align_corners=False)[0]
    got = reference("image-classification").preprocess(image, resize, crop, mean, std)
    for x in (small, torchs):
        top, left = (height - crop) // 2, (width - crop) // 2
        x = x[:, top : top + crop, left : left + crop]
        assert_near(got, torch.stack([(x[c] - mean[c]) / std[c] for c in range(3)]))


@full_precision
def test_classes_and_probabilities_are_those_of_the_exponentials(dtype: torch.dtype) -> None:
    backbone, image = (
        filled(nn.Sequential(nn.Flatten(), nn.Linear(12, 7)), dtype),
        normal(3, 2, 2, dtype=dtype).detach(),
    )
    scores = (backbone[1].weight @ image.flatten() + backbone[1].bias).tolist()
    powers = [math.exp(score) for score in scores]
    best = sorted(range(7), key=lambda c: -scores[c])[:4]
    classes, probabilities = reference("image-classification").classify(image, backbone, 4)
    assert classes.tolist() == best
    assert_near(probabilities, torch.tensor([powers[c] / math.fsum(powers) for c in best], dtype=dtype))


# --- vision/semantic-segmentation ---


@full_precision
@pytest.mark.parametrize("sizes", [((2, 3), (5, 4), (7, 11)), ((1, 1), (1, 2), (3, 2)), ((4, 4),) * 3], ids=str)
def test_segmentation_head_is_its_formula(sizes: tuple[tuple[int, int], ...], dtype: torch.dtype) -> None:
    model = filled(reference("semantic-segmentation").FCNHead(5, 3, 4), dtype)
    p = dict(model.named_parameters())
    coarse, fine = normal(2, 5, *sizes[0], dtype=dtype), normal(2, 3, *sizes[1], dtype=dtype)
    for enlarged in (resized, lambda x, *size: F.interpolate(x, size, mode="bilinear")):
        scores = [
            torch.einsum("kc,bchw->bkhw", p[f"score_{name}.weight"][..., 0, 0], x)
            + p[f"score_{name}.bias"][:, None, None]
            for name, x in (("coarse", coarse), ("fine", fine))
        ]
        want = enlarged(enlarged(scores[0], *sizes[1]) + scores[1], *sizes[2])
        assert_agree(model(coarse, fine, sizes[2]), want, (coarse, fine, *p.values()))


@full_precision
@pytest.mark.parametrize("ignored", [255, -1, 2])
def test_segmentation_loss_is_torchs_mean_over_the_counted_pixels(ignored: int, dtype: torch.dtype) -> None:
    logits, target = normal(2, 4, 3, 5, dtype=dtype), torch.randint(4, (2, 3, 5))
    target[torch.rand(2, 3, 5) < 0.3] = ignored
    loss = reference("semantic-segmentation").segmentation_loss
    assert_agree(loss(logits, target, ignored), F.cross_entropy(logits, target, ignore_index=ignored), (logits,))
    counted = (target != ignored).nonzero().tolist()
    logs = [logits[b, :, y, x].log_softmax(0)[target[b, y, x]] for b, y, x in counted]
    assert_agree(loss(logits, target, ignored), -torch.stack(logs).mean(), (logits,))


def test_segmentation_loss_without_counted_pixels_is_0_where_torchs_is_not_a_number() -> None:
    logits, target = normal(1, 4, 2, 2), torch.full((1, 2, 2), 255)
    assert F.cross_entropy(logits, target, ignore_index=255).isnan()
    got = reference("semantic-segmentation").segmentation_loss(logits, target)
    assert got == 0 and not torch.autograd.grad(got, logits)[0].any()


@pytest.mark.parametrize("ignored", [255, -1, 1])
@pytest.mark.parametrize("classes", [2, 5, 9])
def test_mean_iou_is_what_sets_of_pixels_give(classes: int, ignored: int) -> None:
    truth, guess = torch.randint(classes, (2, 3, 4)), torch.randint(classes, (2, 3, 4))
    truth[torch.rand(2, 3, 4) < 0.2] = ignored
    got, shares = reference("semantic-segmentation").mean_iou(guess, truth, classes, ignored), []
    labels = list(enumerate(zip(truth.flatten().tolist(), guess.flatten().tolist(), strict=True)))
    for k in range(classes):
        there = {place for place, (real, _) in labels if real == k != ignored}
        seen = {place for place, (real, predicted) in labels if predicted == k and real != ignored}
        shares += [Fraction(len(there & seen), len(there | seen))] if there | seen else []
    assert got == pytest.approx(float(sum(shares) / len(shares)), rel=1e-6)


# --- vision/style-transfer ---


@every_dtype
@pytest.mark.parametrize("shape", [(2, 3, 4, 5), (1, 1, 1, 1), (3, 4, 1, 2)], ids=str)
def test_gram_matrix_is_its_sum(shape: tuple[int, ...], dtype: torch.dtype) -> None:
    maps = normal(*shape, dtype=dtype)
    want = torch.einsum("bihw,bjhw->bij", maps, maps) / (shape[2] * shape[3])
    assert_agree(reference("style-transfer").gram_matrix(maps), want, (maps,))


@full_precision
def test_style_and_content_loss_are_their_sums_and_have_the_papers_gradients(dtype: torch.dtype) -> None:
    """Gatys et al. 2016, eqs. 2 and 6, without the rectifier; the Gram matrix has the size of the map in it here."""
    module, maps = reference("style-transfer"), [normal(2, 3, 4, 2, dtype=dtype), normal(2, 5, 1, 3, dtype=dtype)]
    grams, weights = [normal(2, c, c, dtype=dtype).detach() for c in (3, 5)], [0.7, 0.2]
    grams = [(gram + gram.mT) / 2 for gram in grams]
    got = module.style_loss(maps, grams, weights)
    sizes = [(x.shape[1], x.shape[2] * x.shape[3]) for x in maps]
    assert_near(
        got, sum(w * F.mse_loss(module.gram_matrix(x), A) / 2 for w, x, A in zip(weights, maps, grams, strict=True))
    )
    for g, w, x, A, (C, M) in zip(torch.autograd.grad(got, maps), weights, maps, grams, sizes, strict=True):
        flat = x.flatten(2)
        assert_near(g, (w / (C**2 * M) * (flat @ flat.mT / M - A) @ flat).view_as(x).detach())
    target = normal(2, 3, 4, 2, dtype=dtype)
    assert_agree(module.content_loss(maps[0], target), F.mse_loss(maps[0], target, reduction="sum") / 2, (maps[0],))
    (g,) = torch.autograd.grad(module.content_loss(maps[0], target), maps[0])
    assert_near(g, (maps[0] - target).detach())


def test_style_transfer_is_adam_written_out() -> None:
    """Kingma and Ba 2015, algorithm 1."""
    module, conv = reference("style-transfer"), filled(nn.Conv2d(3, 4, 3), torch.float64).eval()
    extractor = nn.Module()
    extractor.add_module("conv", conv)
    extractor.forward = lambda images: [images, conv(images).tanh()]
    start, content, style = normal(2, 3, 5, 4).detach(), normal(2, 3, 5, 4).detach(), normal(2, 3, 4, 6).detach()
    got, losses = module.stylize(extractor, start, content, style, 1, [0.3, 2.0], 0.5, 4.0, 5, 0.05)
    x, m, v = start.clone(), torch.zeros_like(start), torch.zeros_like(start)
    for step in range(1, 6):
        maps = extractor(x.requires_grad_())
        grams = [torch.einsum("bihw,bjhw->bij", y, y) / (y.shape[2] * y.shape[3]) for y in extractor(style)]
        loss = 0.5 * module.content_loss(maps[1], extractor(content)[1]) + 4 * module.style_loss(
            maps, grams, [0.3, 2.0]
        )
        assert losses[step - 1] == pytest.approx(loss.item(), rel=1e-12)
        (g,) = torch.autograd.grad(loss, x)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g.square()
        x = (x - 0.05 * m / (1 - 0.9**step) / ((v / (1 - 0.999**step)).sqrt() + 1e-8)).detach()
    torch.testing.assert_close(got, x, rtol=0, atol=1e-10)


# --- vision/face-recognition ---


@every_dtype
def test_normalisation_of_faces_is_torchs(dtype: torch.dtype) -> None:
    faces = normal(5, 7, dtype=dtype)
    with torch.no_grad():
        faces[0] *= 1e-3 / faces[0].norm()
        faces[1] *= 100
    assert_agree(reference("face-recognition").normalize(faces), F.normalize(faces), (faces,))


@every_dtype
def test_similarity_of_faces_is_torchs(dtype: torch.dtype) -> None:
    first, second = normal(9, 5, dtype=dtype).detach(), normal(9, 5, dtype=dtype).detach()
    first[0], second[1], first[2] = 0, 0, second[2] * -3
    same, got = reference("face-recognition").verify(first, second, 0.25)
    wide = F.cosine_similarity(first.double(), second.double())  # its epsilon is 0 in float16
    assert_near(got, wide.to(dtype))
    assert same.tolist() == (got >= 0.25).tolist()
    ones = torch.tensor([[1, 0]], dtype=dtype)
    assert reference("face-recognition").verify(ones, ones, 1.0)[0].item()  # at least, not more than


@full_precision
@pytest.mark.parametrize("margin", [0.2, 2.0, 50.0])
def test_triplet_loss_is_torchs_of_the_triples_that_a_loop_finds(margin: float, dtype: torch.dtype) -> None:
    faces, labels = normal(8, 4, dtype=dtype), torch.tensor([0, 1, 0, 2, 1, 0, 3, 1])
    exact, triples = faces.tolist(), []
    for a, p in permutations(range(8), 2):
        if labels[a] == labels[p]:
            reach = math.dist(exact[a], exact[p]) ** 2
            others = {n: math.dist(exact[a], exact[n]) ** 2 for n in range(8) if labels[n] != labels[a]}
            semi_hard = {d: n for n, d in others.items() if reach < d < reach + margin}
            triples += [(a, p, semi_hard[min(semi_hard)])] if semi_hard else []
    assert triples
    chosen = (faces[list(x)] for x in zip(*triples, strict=True))
    want = F.triplet_margin_with_distance_loss(
        *chosen, distance_function=lambda x, y: (x - y).square().sum(1), margin=margin
    )
    assert_agree(reference("face-recognition").triplet_loss(faces, labels, margin), want, (faces,))


@pytest.mark.parametrize(("place", "loss"), [(2.0, 0.0), (3.0, 7.0), (4.0, 0.0), (5.0, 7.0)])
def test_semi_hard_negatives_are_strictly_between(place: float, loss: float) -> None:
    """Schroff et al. 2015, section 3.2, on a line: one person at 0 and 2, the other at `place`; the margin is 12."""
    faces = torch.tensor([[0.0], [2.0], [place]], dtype=torch.float64)
    assert reference("face-recognition").triplet_loss(faces, torch.tensor([0, 0, 1]), 12.0).item() == loss


# --- vision/object-detection ---


def pixels(box: list[float], side: int = 64) -> set[tuple[int, int]]:
    """The pixels of an image of side x side that a box covers; its corners lie on their grid."""
    left, top, right, bottom = (round(x * side) for x in box)
    return {(x, y) for x in range(left, right) for y in range(top, bottom)}


def counted_iou(a: list[float], b: list[float]) -> Fraction:
    mine, theirs = pixels(a), pixels(b)
    return Fraction(len(mine & theirs), len(mine | theirs))


def boxes_on_the_grid(count: int) -> Tensor:
    start, size = torch.randint(0, 12, (count, 2)), torch.randint(1, 9, (count, 2))
    return torch.hstack([start, start + size]).double() / 64


def centred(boxes: Tensor) -> Tensor:
    return torch.hstack([(boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]])


def test_default_boxes_of_ssd300_are_as_many_as_the_paper_says() -> None:
    """Liu et al. 2016, section 3.1: 4 boxes a cell on the first and the two last maps, 6 on the others: 8732."""
    maps, count = {38: 3, 19: 5, 10: 5, 5: 5, 3: 3, 1: 3}, 0
    for side, ratios in maps.items():
        boxes = reference("object-detection").default_boxes([(side, side)], [0.2, 0.3], [1, 2, 0.5, 3, 1 / 3][:ratios])
        count += len(boxes)
        assert boxes.shape[0] == side**2 * (ratios + 1)
        assert_near(boxes[:, :2].mean(0), torch.tensor([0.5, 0.5]))
    assert count == 8732


def test_default_boxes_have_the_areas_and_ratios_of_the_paper() -> None:
    boxes = reference("object-detection").default_boxes([(2, 3), (1, 1)], [0.2, 0.5, 0.8], [2.0, 0.5]).double()
    assert_near((boxes[:, 2] * boxes[:, 3]).float(), torch.tensor([0.04, 0.04, 0.1] * 6 + [0.25, 0.25, 0.4]))
    assert_near((boxes[:, 2] / boxes[:, 3]).float(), torch.tensor([2, 0.5, 1.0] * 7))
    cells = [((j + 0.5) / 3, (i + 0.5) / 2) for i in range(2) for j in range(3)] + [(0.5, 0.5)]
    assert_near(boxes[::3, :2].float(), torch.tensor(cells))


@pytest.mark.parametrize("seed", range(4))
def test_matching_is_by_counted_pixels(seed: int) -> None:
    torch.manual_seed(seed)
    objects, defaults = boxes_on_the_grid(4), boxes_on_the_grid(30)
    defaults[0] = objects[0]
    overlaps = [[counted_iou(thing, default) for default in defaults.tolist()] for thing in objects.tolist()]
    want = []
    for column in zip(*overlaps, strict=True):
        want.append(column.index(max(column)) if max(column) > Fraction(1, 4) else -1)
    for number, row in enumerate(overlaps):
        want[row.index(max(row))] = number
    assert reference("object-detection").match(objects, centred(defaults), 0.25).tolist() == want


@full_precision
def test_offsets_of_boxes_are_the_papers_and_are_undone(dtype: torch.dtype) -> None:
    module, (boxes, defaults) = reference("object-detection"), (boxes_on_the_grid(12).to(dtype) for _ in range(2))
    got = module.encode(boxes, centred(defaults), (0.1, 0.2))
    for row, (cx, cy, w, h), (dx, dy, dw, dh) in zip(
        got.tolist(), centred(boxes).tolist(), centred(defaults).tolist(), strict=True
    ):
        offsets = [(cx - dx) / dw / 0.1, (cy - dy) / dh / 0.1, math.log(w / dw) / 0.2, math.log(h / dh) / 0.2]
        assert row == pytest.approx(offsets, rel=1e-5, abs=1e-5)
    assert_near(module.decode(got, centred(defaults), (0.1, 0.2)), boxes)
    free = normal(12, 4, dtype=dtype)
    back = module.encode(module.decode(free, centred(defaults)), centred(defaults))
    torch.testing.assert_close(back, free, rtol=0, atol=1e-10 if dtype == torch.float64 else 1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_suppression_keeps_what_no_better_kept_box_of_its_class_covers(seed: int) -> None:
    torch.manual_seed(seed)
    boxes, scores = boxes_on_the_grid(25), torch.randint(0, 20, (25, 4)) / 16  # many are equal
    found, corners = [], boxes.tolist()
    for label in (1, 2, 3):
        waiting = sorted((-scores[n, label].item(), n) for n in range(25) if scores[n, label] > 0.25)
        while waiting:
            score, best = waiting.pop(0)
            found.append((score, label, best))
            waiting = [x for x in waiting if counted_iou(corners[best], corners[x[1]]) <= Fraction(3, 10)]
    want = sorted(found)[:20]
    labels, values, kept = reference("object-detection").detect(scores, boxes, 0.25, 0.3, 20)
    assert labels.tolist() == [label for _, label, _ in want]
    assert values.tolist() == [-score for score, _, _ in want]
    assert kept.tolist() == [corners[n] for _, _, n in want]


# --- vision/transfer-learning ---


def test_transfer_learning_moves_the_head_alone_as_sgd_says() -> None:
    backbone = nn.Sequential()
    backbone.add_module("body", nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Dropout(0.5), nn.Flatten()))
    backbone.add_module("head", nn.Linear(16, 9))
    filled(backbone, torch.float64)
    backbone.body[1].running_mean.normal_()
    module, images, labels = reference("transfer-learning"), normal(5, 3, 4, 4).detach(), torch.randint(3, (5,))
    model = module.TransferModel(backbone, 3).train()
    frozen = {name: x.clone() for name, x in model.state_dict().items() if "head" not in name}
    body, norm = backbone.body, backbone.body[1]
    shifted = (body[0](images) - norm.running_mean[:, None, None]) / (norm.running_var + 1e-5).sqrt()[:, None, None]
    features = (shifted * norm.weight[:, None, None] + norm.bias[:, None, None]).flatten(1).detach()
    w, speed = torch.hstack([backbone.head.weight, backbone.head.bias[:, None]]).detach(), 0
    optimizer = module.make_optimizer(model, 0.2, 0.01)
    for _ in range(3):
        optimizer.zero_grad()
        F.cross_entropy(model(images), labels).backward()
        optimizer.step()
        inputs = F.pad(features, (0, 1), value=1.0)
        wrong = (inputs @ w.T).softmax(1) - F.one_hot(labels, 3)
        speed = 0.9 * speed + wrong.T @ inputs / 5 + 0.01 * w
        w = w - 0.2 * speed
    assert_near(torch.hstack([backbone.head.weight, backbone.head.bias[:, None]]).detach(), w)
    assert all(torch.equal(model.state_dict()[name], x) for name, x in frozen.items())
    assert [name for name, x in model.named_parameters() if x.grad is not None] == [
        "backbone.head.weight",
        "backbone.head.bias",
    ]
