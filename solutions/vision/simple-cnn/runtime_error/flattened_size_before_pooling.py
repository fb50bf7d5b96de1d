"""The first linear layer expects the features from before the pooling."""

import torch.nn.functional as F
from torch import Tensor, nn


class SimpleCNN(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(1, 32, kernel_size=3, padding=1)
        self.fc1 = nn.Linear(32 * 28 * 28, 128)
        self.fc2 = nn.Linear(128, 10)

    def forward(self, images: Tensor) -> Tensor:
        x = F.relu(self.conv(images))  # (B, 32, 28, 28)
        x = F.max_pool2d(x, 2)  # (B, 32, 14, 14)
        x = F.relu(self.fc1(x.flatten(1)))  # (B, 128)
        return F.log_softmax(self.fc2(x), dim=1)
