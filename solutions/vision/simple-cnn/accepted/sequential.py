"""One nn.Sequential; the pooling comes before the ReLU, which gives the same, because ReLU is monotonic."""

from torch import Tensor, nn


class SimpleCNN(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding="same"),
            nn.MaxPool2d(2),
            nn.ReLU(inplace=True),
            nn.Flatten(),
            nn.Linear(6272, 128),
            nn.ReLU(inplace=True),
            nn.Linear(128, 10),
            nn.LogSoftmax(dim=-1),
        )

    def forward(self, images: Tensor) -> Tensor:
        return self.layers(images)
