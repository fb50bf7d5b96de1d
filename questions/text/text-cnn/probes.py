"""Drives the model on many copies of one sentence, so that one call shows the distribution of its logits."""

COPIES = 8192


def many_copies(solution, *, tokens):
    """The logits of the case's first sentence, drawn COPIES times in one batch."""
    model = solution.make()
    return {"logits": model(tokens[:1].repeat(COPIES, 1)).detach()}
