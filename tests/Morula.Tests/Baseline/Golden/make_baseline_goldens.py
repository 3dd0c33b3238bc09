"""h-minima and watersheds of scikit-image, of images without two equal values. Writes baseline.json beside itself."""
import json
import pathlib

import numpy as np
import scipy
import skimage
from scipy.ndimage import gaussian_filter, generate_binary_structure
from skimage.morphology import h_minima
from skimage.segmentation import watershed

CASES = [((24, 20), 1.5, [60, 120, 240]), ((12, 14, 10), 1.2, [200, 400, 800]), ((1, 9, 11, 10), 1.0, [100, 300])]


def main():
    cases = []
    for seed, (shape, sigma, depths) in enumerate(CASES):
        noise = gaussian_filter(np.random.default_rng(seed).normal(size=shape), sigma)
        levels = noise.ravel().argsort().argsort().reshape(shape) * 2
        # The one of four axes has one frame: no voxel connects through time.
        cross = generate_binary_structure(len(shape), 1)
        answers = []
        for depth in depths:
            minima = h_minima(levels.astype(np.int64), depth, footprint=cross)
            markers = np.zeros(shape, np.int32)
            places = np.flatnonzero(minima)
            markers.ravel()[places] = np.arange(1, len(places) + 1)
            flooded = watershed(levels, markers, connectivity=1)
            answers.append({"depth": depth, "minima": places.tolist(), "watershed": flooded.ravel().tolist()})
        cases.append({"extent": list(shape), "levels": levels.ravel().tolist(), "answers": answers})
    versions = f"scikit-image {skimage.__version__}, scipy {scipy.__version__}, numpy {np.__version__}"
    path = pathlib.Path(__file__).with_name("baseline.json")
    path.write_text(json.dumps({"made by": f"make_baseline_goldens.py, {versions}", "cases": cases}) + "\n")


if __name__ == "__main__":
    main()
