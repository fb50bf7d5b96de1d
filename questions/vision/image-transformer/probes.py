"""Drives the module with tokens as a convolution makes them: one channel after the other in memory."""


def of_a_feature_map(solution, *, tokens):
    """What the module makes of tokens that are the transpose of a feature map (B, I, N)."""
    return solution.make()(tokens.transpose(1, 2).contiguous().transpose(1, 2))
