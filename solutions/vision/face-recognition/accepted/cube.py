"""All triplets in one cube (a, p, n); the negatives are chosen without gradients, by argmin."""

import torch
from torch import Tensor


def normalize(features: Tensor) -> Tensor:
    length = torch.linalg.vector_norm(features, dim=1)
    return torch.where(length > 0, 1 / length.masked_fill(length == 0, 1), 0)[:, None] * features


def triplet_loss(embeddings: Tensor, labels: Tensor, margin: float) -> Tensor:
    B = labels.shape[0]
    d = torch.cdist(embeddings, embeddings, compute_mode="donot_use_mm_for_euclid_dist").pow(2)
    alike = labels.unsqueeze(0).eq(labels.unsqueeze(1))
    with torch.no_grad():
        gap = d.unsqueeze(1) - d.unsqueeze(2)  # (a, p, n): d(a, n) - d(a, p)
        pairs = alike.clone().fill_diagonal_(False)
        triplets = pairs[:, :, None] & ~alike[:, None, :] & (gap > 0) & (gap < margin)
        chosen = torch.where(triplets, gap, float("inf")).argmin(dim=2)  # (a, p)
        counted = triplets.any(dim=2)
    a = torch.arange(B, device=labels.device).unsqueeze(1).expand(B, B)
    loss = torch.where(counted, d - d[a, chosen] + margin, 0)
    return loss.sum() / counted.sum().clamp(min=1)


def verify(first: Tensor, second: Tensor, threshold: float) -> tuple[Tensor, Tensor]:
    cosine = torch.einsum("nd,nd->n", normalize(first), normalize(second))
    return ~(cosine < threshold), cosine
