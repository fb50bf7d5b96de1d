"""A whole pipeline: weights and an image from files, noise and reverse steps, an image into a file.

Source: Meng et al. 2022, "SDEdit: guided image synthesis and editing with stochastic differential equations",
    section 3. https://arxiv.org/abs/2108.01073
    Liu et al. 2023, "Flow straight and fast: learning to generate and transfer data with rectified flow",
    section 2.1 (the straight path and its Euler steps). https://arxiv.org/abs/2209.03003
Shapes: H rows, W columns, three channels (red, green, blue).
"""

import torch
from torch import Tensor, nn


def load_weights(model: nn.Module, path: str) -> None:
    """Load a state dict from a file written by torch.save into `model`, without executing anything from the file.

    The file must hold a dict with exactly the names and shapes of model.state_dict(); its dtypes may differ.
    Raises FileNotFoundError where there is no such file, and ValueError for anything else that is wrong with it. Where
    names or shapes do not fit, the message contains each name that is missing, unexpected or of another shape. Where
    it raises, the model has its old weights.
    """
    raise NotImplementedError


def read_image(path: str) -> Tensor:
    """Read a binary PPM file: P6, the width, the height and 255, with white space between, then the pixels.

    Between 255 and the pixels stands exactly one byte of white space. The pixels go row by row, each with its three
    bytes for red, green and blue. There are no comments.
    Returns (3, H, W), uint8. Raises FileNotFoundError where there is no such file, and ValueError where it does not
    begin like this, or does not hold exactly height * width * 3 bytes of pixels.
    """
    raise NotImplementedError


def write_image(path: str, image: Tensor) -> None:
    """Write a binary PPM file: b"P6\\n<width> <height>\\n255\\n", then the pixels.

    image: (3, H, W), uint8.
    """
    raise NotImplementedError


def preprocess(image: Tensor, like: Tensor) -> Tensor:
    """From 8 bits to [-1, 1]: value / 127.5 - 1, calculated in the dtype of `like`.

    image: (3, H, W), uint8. Returns (1, 3, H, W), of the dtype and on the device of `like`, which is of any shape.
    """
    raise NotImplementedError


def postprocess(x: Tensor) -> Tensor:
    """The inverse of `preprocess`, rounded to the nearest whole number and clamped to 0 and 255.

    x: (1, 3, H, W), of any floating dtype and with any finite values. Returns (3, H, W), uint8.
    """
    raise NotImplementedError


def denoise(model: nn.Module, x: Tensor, steps: int) -> Tensor:
    """Walk from the noisy image to the clean one: x + (model(x, t) - x) / (t + 1) for t = steps - 1, ..., 0.

    model: predicts the clean image; called as model(x, t) with t as (1,), int64. It runs in eval mode and stays in it.
    x: (1, 3, H, W); it is not modified.
    Returns (1, 3, H, W). No gradients are recorded.
    """
    raise NotImplementedError


def repaint(
    model: nn.Module, weights: str, source: str, target: str, noise: Tensor, strength: float, steps: int
) -> Tensor:
    """Load the weights, read the image, mix it with noise, walk back to a clean image, write that.

    The walk begins at (1 - strength) * image + strength * noise.

    model: its parameters have the dtype and device of `noise`. weights, source, target: paths of files.
    noise: (1, 3, H, W), of the image's size. strength: from 0 to 1. steps: at least 1.
    Returns (3, H, W), uint8, what was written. Raises what `load_weights` and `read_image` raise.
    """
    raise NotImplementedError
