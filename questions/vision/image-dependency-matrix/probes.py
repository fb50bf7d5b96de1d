"""Drives the function with an image that is not in row-major order in memory."""


def transposed(solution, *, image):
    """The same image, but with its first axis running fastest in memory."""
    axes = tuple(reversed(range(image.dim())))
    return solution.dependency_matrix(image.permute(axes).contiguous().permute(axes))
