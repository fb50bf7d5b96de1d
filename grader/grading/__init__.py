"""The flow for one submission: drive it, compare it with what the reference returned, name its mistake."""
