"""Right, in another order: the coarse features are enlarged before they are scored; a 1 x 1 layer commutes."""

import torch
import torch.nn.functional as F
from torch import nn


class FCNHead(nn.Module):
    def __init__(self, coarse_channels, fine_channels, classes):
        super().__init__()
        self.score_coarse = nn.Conv2d(coarse_channels, classes, 1)
        self.score_fine = nn.Conv2d(fine_channels, classes, 1)

    def forward(self, coarse, fine, size):
        coarse = nn.Upsample(tuple(fine.shape[-2:]), mode="bilinear")(coarse)
        scores = torch.stack([self.score_coarse(coarse), self.score_fine(fine)]).sum(dim=0)
        return nn.Upsample(tuple(size), mode="bilinear")(scores)


def segmentation_loss(logits, target, ignore_index=255):
    counted = target != ignore_index
    if not counted.any():
        return logits.sum() * 0
    rows = logits.permute(0, 2, 3, 1)[counted]
    return F.cross_entropy(rows, target[counted])


def mean_iou(prediction, target, classes, ignore_index=255):
    counted = (target != ignore_index).unsqueeze(-1)
    predicted = F.one_hot(prediction, classes).bool() & counted
    true = F.one_hot(target * counted[..., 0], classes).bool() & counted
    both = (predicted & true).flatten(0, 2).sum(0)
    either = (predicted | true).flatten(0, 2).sum(0)
    return torch.nanmean(both.double() / either).nan_to_num(0.0).item()
