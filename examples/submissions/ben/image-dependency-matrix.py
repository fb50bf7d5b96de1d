def dependency_matrix(image):
    x = image.flatten()
    return (x.unsqueeze(0) - x.unsqueeze(1)).abs()
