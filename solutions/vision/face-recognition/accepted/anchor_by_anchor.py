"""One anchor at a time with sorted negatives; lengths from the sum of squares."""

import torch


def normalize(features):
    squares = (features * features).sum(1, keepdim=True)
    return features * squares.clamp_min(1e-7).rsqrt()


def triplet_loss(embeddings, labels, margin):
    total, count = embeddings.sum() * 0, 0
    for a in range(len(embeddings)):
        d = (embeddings - embeddings[a]).pow(2).sum(-1)
        mine = labels == labels[a]
        others, _ = d[~mine].sort()
        mine[a] = False
        for near in d[mine]:
            beyond = others[others > near][:1]
            if len(beyond) and beyond[0] - near < margin:
                total = total + near - beyond[0] + margin
                count += 1
    return total / count if count else total


def verify(first, second, threshold):
    dots = (first * second).sum(-1)
    lengths = first.norm(dim=-1) * second.norm(dim=-1)
    similarity = torch.where(lengths > 0, dots / torch.where(lengths > 0, lengths, 1), 0)
    return similarity >= threshold, similarity
