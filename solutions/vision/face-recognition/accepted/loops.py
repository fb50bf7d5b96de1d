"""Plain loops over anchors, positives and negatives; the normalisation of torch with a larger guard."""

import torch
import torch.nn.functional as F
from torch import Tensor


def normalize(features: Tensor) -> Tensor:
    return F.normalize(features, dim=-1, eps=1e-6)


def triplet_loss(embeddings: Tensor, labels: Tensor, margin: float) -> Tensor:
    people = labels.tolist()
    losses = []
    for a, who in enumerate(people):
        for p, other in enumerate(people):
            if p == a or other != who:
                continue
            positive = torch.sum((embeddings[a] - embeddings[p]) ** 2)
            best = None
            for n, third in enumerate(people):
                if third == who:
                    continue
                negative = torch.sum((embeddings[a] - embeddings[n]) ** 2)
                if positive < negative < positive + margin and (best is None or negative < best):
                    best = negative
            if best is not None:
                losses.append(torch.relu(positive - best + margin))
    return torch.stack(losses).mean() if losses else embeddings.new_zeros(())


def verify(first: Tensor, second: Tensor, threshold: float) -> tuple[Tensor, Tensor]:
    similarity = F.cosine_similarity(first, second, dim=1, eps=1e-6)
    return similarity.ge(threshold), similarity
