def dependency_matrix(image):
    """Right, but for its container: a dict with a key that is markup."""
    pixels = image.reshape(-1).double()
    return {"<script>alert('key')</script>": (pixels[:, None] - pixels).abs().to(image.dtype)}
