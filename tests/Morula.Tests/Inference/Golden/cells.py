"""Writes cells.csv: the table of two small cells, measured from the definitions with numpy and scipy."""
import itertools
import numpy as np
import scipy
from scipy.optimize import nnls

spacing = np.array([2, 1, 0.5])
labels = np.zeros((3, 4, 6), int)
labels[1, :, 0:2] = 1
labels[1, :, 2:4] = 3

# Directions: steps of one voxel, and diagonal steps stretched towards equal lengths.
plain = np.array([s for s in itertools.product((-1, 0, 1), repeat=3) if s > (0, 0, 0)])
stretched = [s for s in plain * np.array([1, 2, 4]) if (s != 0).sum() > 1 and abs(s).max() > 1]
steps = np.vstack([plain, stretched])
lengths = np.linalg.norm(steps * spacing, axis=1)

# Shares: non-negative least squares over the normals through a 24 x 24 grid on three sides of a cube.
grid = (np.arange(24) + 0.5) / 12 - 1
normals = np.array([np.insert([a, b], side, 1.0) for side in range(3) for a in grid for b in grid])
radius = np.linalg.norm(normals, axis=1)
weight = radius ** -3
seen = np.abs(normals / radius[:, None] @ (steps * spacing / lengths[:, None]).T)
shares, _ = nnls(seen * np.sqrt(weight)[:, None], np.sqrt(weight))
shares /= (weight @ (seen @ shares)) / weight.sum()
areas = shares * spacing.prod() / lengths

between = {}
for step, area in zip(steps, areas):
    for place in itertools.product(*map(range, labels.shape)):
        other = tuple(np.array(place) + step)
        if not all(0 <= other[axis] < labels.shape[axis] for axis in range(3)):
            continue
        pair = tuple(sorted((labels[place], labels[other])))
        if pair[0] != pair[1]:
            between[pair] = between.get(pair, 0) + area


def number(value):
    return f"{value:.4f}".rstrip("0").rstrip(".")


with open("cells.csv", "w", newline="\n") as file:
    file.write(f"# cells.py with numpy {np.__version__}, scipy {scipy.__version__}\n")
    file.write("id,score,class,centre_z_um,centre_y_um,centre_x_um,volume_um3,surface_um2,"
               "box_z0,box_y0,box_x0,box_z1,box_y1,box_x1,neighbours,contact_um2\n")
    for label, score, neighbour in ((1, 0.95, 3), (3, 0.75, 1)):
        places = np.argwhere(labels == label)
        centre = (places.mean(0) + 0.5) * spacing
        surface = sum(area for pair, area in between.items() if label in pair)
        box = [*places.min(0), *(places.max(0) + 1)]
        fields = [label, number(score), 1, *map(number, centre), number(len(places) * spacing.prod()), number(surface), *box,
                  neighbour, number(between[1, 3])]
        file.write(",".join(map(str, fields)) + "\n")
