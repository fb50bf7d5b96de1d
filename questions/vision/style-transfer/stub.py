"""Neural style transfer: an image with the content of one picture and the style of another.

Source: Gatys et al. 2016, "Image style transfer using convolutional neural networks", section 2.
    https://openaccess.thecvf.com/content_cvpr_2016/html/Gatys_Image_Style_Transfer_CVPR_2016_paper.html
Shapes: B images, C channels, H rows, W columns of a feature map (they differ from layer to layer); L layers.
"""

import torch
from torch import Tensor, nn


def gram_matrix(features: Tensor) -> Tensor:
    """Inner products between the channels of each image's feature map, divided by the number of positions H * W.

    features: (B, C, H, W), any floating dtype; it is not modified.
    Returns (B, C, C), in the dtype and on the device of the features.
    """
    raise NotImplementedError


def content_loss(features: Tensor, target: Tensor) -> Tensor:
    """Half the sum, over all elements, of the squared differences.

    features, target: (B, C, H, W).
    Returns a tensor with one element and no dimension, through which gradients flow to the features.
    """
    raise NotImplementedError


def style_loss(features: list[Tensor], grams: list[Tensor], weights: list[float]) -> Tensor:
    """Weighted sum over the layers of the squared differences of Gram matrices, over 4 * C**2 of the layer.

    features: the L feature maps of the image, (B, C, H, W) each.
    grams: the L Gram matrices to reach, (B, C, C) each, made by `gram_matrix` from the style image.
    weights: L numbers.
    Returns a tensor with one element and no dimension, summed over the images, through which gradients flow
    to the features.
    """
    raise NotImplementedError


def stylize(
    extractor: nn.Module,
    start: Tensor,
    content: Tensor,
    style: Tensor,
    content_layer: int,
    style_weights: list[float],
    alpha: float,
    beta: float,
    steps: int,
    lr: float,
) -> tuple[Tensor, list[float]]:
    """Change the image, beginning with `start`, by some steps of Adam on alpha * content + beta * style loss.

    The extractor is left as it came: its parameters, their `requires_grad`, and their `grad`, which is None.

    extractor: maps images to a list of L feature maps; in eval mode; its parameters require gradients.
    start, content: (B, 3, H, W). style: (B, 3, any height, any width). None of them is modified.
    content_layer: the index, from 0 on, of the layer that the content loss looks at.
    style_weights: L numbers, the weights of the style loss.
    alpha, beta: weights of the content loss and of the style loss.
    steps: at least 1. lr: the learning rate of Adam; its other settings are the defaults of torch.optim.Adam.
    Returns the image after the last step, (B, 3, H, W), not requiring gradients; and the total loss before each
    step, as a list of Python floats.
    """
    raise NotImplementedError
