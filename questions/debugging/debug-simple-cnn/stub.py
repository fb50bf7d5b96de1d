"""A classifier of digits: grey images of 28 x 28 pixels, ten classes.

The docstrings say what the program must do.

Source: Goodfellow et al. 2016, "Deep Learning", section 6.2.2.3 (softmax units).
    https://www.deeplearningbook.org/contents/mlp.html
Shapes: B images.
"""

import torch.nn.functional as F
from torch import Tensor, nn


class SimpleCNN(nn.Module):
    """A convolution, ReLU, 2 x 2 max-pooling, 128 hidden units with ReLU, ten scores."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 32, kernel_size=3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.fc1 = nn.Linear(32 * 28 * 28, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, images: Tensor) -> Tensor:
        """Score the ten classes of each image.

        images: (B, 1, 28, 28).
        Returns (B, 10), raw scores (logits): what `fc2` gives, as it is.
        """
        x = self.pool(F.relu(self.conv(images)))
        x = F.relu(self.fc1(x.flatten(1)))
        return F.softmax(self.fc2(x), dim=1)


def loss(model: nn.Module, images: Tensor, labels: Tensor) -> Tensor:
    """Mean cross-entropy between the model's predictions and the labels.

    images: (B, 1, 28, 28). labels: (B,), int64, from 0 to 9.
    Returns a tensor with one element and no dimension, through which gradients flow.
    """
    return F.cross_entropy(model(images), labels)


def probabilities(model: nn.Module, images: Tensor) -> Tensor:
    """Probability of each class for each image.

    images: (B, 1, 28, 28).
    Returns (B, 10); each row sums to 1.
    """
    return model(images)
