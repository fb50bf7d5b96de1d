"""Classify one image with a given network: preprocessing, and the classes that it finds most likely.

Source: Krizhevsky et al. 2012, "ImageNet classification with deep convolutional neural networks", section 2
    (the shorter side resized, the centre cropped).
    https://papers.nips.cc/paper/2012/hash/c399862d3b9d6b76c8436e924a68c45b-Abstract.html
Shapes: H rows, W columns of the image.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def preprocess(image: Tensor, resize: int, crop: int, mean: Tensor, std: Tensor) -> Tensor:
    """Resize an image, cut out its centre, and normalise its colours.

    In this order: bring the values to [0, 1] and to the dtype of `mean`; resize the image so that its shorter side
    is `resize` and the longer one keeps the proportion, rounded down (bilinear, antialiased, align_corners=False);
    cut out the central `crop` x `crop` pixels, the distance from the upper and the left edge rounded down; subtract
    the mean of each colour and divide by its standard deviation.

    image: (3, H, W), uint8; it is not modified.
    resize: the shorter side afterwards, at least 1. crop: at least 1.
    mean, std: (3,), floating, for values from 0 to 1; they are not modified.
    Returns (3, crop, crop), in the dtype of `mean` and on the device of the image.
    Raises ValueError where crop is larger than resize.
    """
    if crop > resize:
        raise ValueError(f"a crop of {crop} pixels does not fit into a side of {resize}")
    H, W = image.shape[1:]
    size = [resize * side // min(H, W) for side in (H, W)]
    x = image.to(mean.dtype) / 255
    x = F.interpolate(x[None], size=size, mode="bilinear", antialias=True).squeeze(0)
    for axis in (1, 2):
        x = x.narrow(axis, (x.shape[axis] - crop) // 2, crop)
    return (x - mean[:, None, None]) / std[:, None, None]


def classify(image: Tensor, backbone: nn.Module, k: int) -> tuple[Tensor, Tensor]:
    """The k most likely classes of one image, and their probabilities.

    The backbone runs in eval mode and without gradients. Afterwards each module in it is in the mode in which it
    came, which need not be the same for all of them.

    image: (3, H, W), already preprocessed, of the backbone's dtype; it is not modified.
    backbone: maps (N, 3, H, W) to (N, number of classes), the raw scores (logits) of the classes.
    k: from 1 to the number of classes.
    Returns the classes, (k,), int64, the most likely one first; and their probabilities among all classes, (k,),
    which do not require gradients.
    """
    modes = [(module, module.training) for module in backbone.modules()]
    backbone.eval()
    with torch.no_grad():
        logits = backbone(image[None]).squeeze(0)
    for module, training in modes:
        module.training = training
    probabilities, classes = logits.softmax(dim=0).topk(k)
    return classes, probabilities
