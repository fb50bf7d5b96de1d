"""Face recognition by embeddings: normalisation, the triplet loss with semi-hard negatives, verification.

Source: Schroff et al. 2015, "FaceNet: a unified embedding for face recognition and clustering", sections 3.1 and 3.2.
    https://arxiv.org/abs/1503.03832
Shapes: B faces, D width of an embedding; N pairs of faces.
"""

import math

import torch
from torch import Tensor


def normalize(features: Tensor) -> Tensor:
    """Divide each row by its length, the root of the sum of its squares; a row of zeros stays zero.

    features: (B, D), any floating dtype; it is not modified. The length of a row is 0 or at least 1e-3.
    Returns (B, D), in the dtype and on the device of the features.
    """
    return features / features.norm(dim=1, keepdim=True).clamp(min=1e-6)


def triplet_loss(embeddings: Tensor, labels: Tensor, margin: float) -> Tensor:
    """Mean triplet loss over the pairs of one person that have a semi-hard negative.

    A pair is an anchor a and another face p with the same label; (a, p) and (p, a) are two pairs. With d the squared
    Euclidean distance, the semi-hard negatives of a pair are the faces n with another label and
    d(a, p) < d(a, n) < d(a, p) + margin. The nearest of them to the anchor is taken, and the pair's loss is
    d(a, p) - d(a, n) + margin. A pair without a semi-hard negative is left out of sum and count.

    embeddings: (B, D), any floating dtype, of any length and used as they are; they are not modified.
    labels: (B,), int64, who it is. margin: above 0.
    Returns a tensor with one element and no dimension, through which gradients flow to the embeddings of anchors,
    positives and negatives; 0 where every pair is left out, or none exists.
    """
    distances = (embeddings[:, None] - embeddings).square().sum(dim=2)  # (B, B)
    same = labels[:, None] == labels
    oneself = torch.eye(len(labels), dtype=torch.bool, device=labels.device)
    anchors, positives = (same & ~oneself).nonzero(as_tuple=True)  # P pairs
    near = distances[anchors, positives]
    far = distances[anchors]  # (P, B)
    semi_hard = ~same[anchors] & (far > near[:, None]) & (far < near[:, None] + margin)
    nearest = far.masked_fill(~semi_hard, math.inf).amin(dim=1)
    losses = (near - nearest + margin)[semi_hard.any(dim=1)]
    return losses.sum() / max(len(losses), 1)


def verify(first: Tensor, second: Tensor, threshold: float) -> tuple[Tensor, Tensor]:
    """Whether the two faces of each pair belong to the same person.

    first, second: (N, D), one face of each pair each, not normalised yet; they are not modified. The length of a
    row is 0 or at least 1e-3.
    threshold: from -1 to 1.
    Returns whether the cosine similarity is at least the threshold, (N,), bool; and the similarities, (N,), from
    -1 to 1 (but for rounding), where the similarity with a row of zeros is 0.
    """
    similarity = (normalize(first) * normalize(second)).sum(dim=1)
    return similarity >= threshold, similarity
