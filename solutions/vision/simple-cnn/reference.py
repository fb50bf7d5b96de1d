"""A small convolutional network for grey images of 28 x 28 pixels.

Source: LeCun et al. 1998, "Gradient-based learning applied to document recognition", section II.
    https://doi.org/10.1109/5.726791
Shapes: B images.
"""

import torch.nn.functional as F
from torch import Tensor, nn


class SimpleCNN(nn.Module):
    """Log-probabilities of ten classes for each image.

    In this order: a 3 x 3 convolution with 32 channels (stride 1, zero padding 1), ReLU, 2 x 2
    max-pooling with stride 2, flattening in the order channel, row, column, a linear layer with 128
    units, ReLU, a linear layer with 10 units, log-softmax over the classes. All three layers have a bias.
    """

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 32, kernel_size=3, padding=1)
        self.fc1 = nn.Linear(32 * 14 * 14, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, images: Tensor) -> Tensor:
        """Classify a batch.

        images: (B, 1, 28, 28), of the parameters' dtype; it is not modified.
        Returns (B, 10), natural logarithms of probabilities: the exponentials of each row sum to 1.
        """
        x = F.relu(self.conv(images))  # (B, 32, 28, 28)
        x = F.max_pool2d(x, 2)  # (B, 32, 14, 14)
        x = F.relu(self.fc1(x.flatten(1)))  # (B, 128)
        return F.log_softmax(self.fc2(x), dim=1)
