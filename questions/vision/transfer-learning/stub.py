"""Transfer learning: a new head on a trained backbone that stays as it is.

Source: Yosinski et al. 2014, "How transferable are features in deep neural networks?", section 2 (frozen
    features). https://arxiv.org/abs/1411.1792
Shapes: B images, H rows, W columns, D features, K new classes.
"""

import torch
from torch import Tensor, nn


class TransferModel(nn.Module):
    """A backbone with a new head: only the head trains.

    The backbone itself is held as `backbone`, and its `head` is replaced by a new nn.Linear with bias, on the device
    and in the dtype of the old one. All other parameters stop requiring gradients. All other modules of the
    backbone, and the backbone itself, are in eval mode from the beginning and whatever mode is set.

    backbone: a module with an nn.Linear named `head`, in any mode; it is changed in place.
    classes: the number K of outputs of the new head.
    """

    def __init__(self, backbone: nn.Module, classes: int) -> None:
        raise NotImplementedError

    def train(self, mode: bool = True) -> "TransferModel":
        """Set the mode of the model, but not of the frozen modules, which stay in eval mode.

        mode: true for training mode, false for eval mode. `eval()` of nn.Module calls this with false.
        Returns the model.
        """
        raise NotImplementedError

    def forward(self, images: Tensor) -> Tensor:
        """images: (B, 3, H, W). Returns (B, K), what the backbone gives with its new head."""
        raise NotImplementedError


def make_optimizer(model: nn.Module, lr: float, weight_decay: float) -> torch.optim.Optimizer:
    """SGD with momentum 0.9 over those parameters of the model that require gradients now, and no others.

    model: any module. lr: learning rate. weight_decay: of all these parameters.
    Returns the optimiser, a torch.optim.SGD.
    """
    raise NotImplementedError
