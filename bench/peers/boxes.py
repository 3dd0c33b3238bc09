"""Boxes [N, 6] of three axes (lowers, then uppers) and what a detector does with them, vectorised."""
import math

import numpy as np
import torch
import torch.nn.functional as F


def overlaps(left, right):
    """IoU of every box with every other, [N, M]; axis by axis in place, so that two matrices are alive, not ten."""
    shared = None
    for axis in range(3):
        along = torch.min(left[:, None, 3 + axis], right[None, :, 3 + axis])
        along.sub_(torch.max(left[:, None, axis], right[None, :, axis])).clamp_(min=0)
        shared = along if shared is None else shared.mul_(along)
    volumes = [(boxes[:, 3:] - boxes[:, :3]).clamp(min=0).prod(1) for boxes in (left, right)]
    union = (volumes[0][:, None] + volumes[1][None]).sub_(shared)
    return shared.div_(union.clamp_(min=1e-12))


def suppress(boxes, threshold, most):
    """Greedy suppression of boxes sorted by falling score: one matrix, then a loop over rows of bits."""
    above = (overlaps(boxes, boxes) > threshold).numpy()
    dropped = np.zeros(len(above), bool)
    kept = []
    for index in range(len(above)):
        if dropped[index]:
            continue
        kept.append(index)
        if len(kept) == most:
            break
        dropped |= above[index]
    return torch.tensor(kept, dtype=torch.int64)


def encode(truth, reference, centre_deviation, size_deviation):
    """Deltas that lead from references to truths."""
    size = reference[:, 3:] - reference[:, :3]
    shift = (truth[:, :3] + truth[:, 3:] - reference[:, :3] - reference[:, 3:]) / 2 / size / centre_deviation
    return torch.cat([shift, ((truth[:, 3:] - truth[:, :3]) / size).log() / size_deviation], 1)


def decode(deltas, reference, centre_deviation, size_deviation):
    """The boxes that deltas make of references."""
    size = reference[:, 3:] - reference[:, :3]
    centre = deltas[:, :3] * centre_deviation * size + (reference[:, :3] + reference[:, 3:]) / 2
    half = (deltas[:, 3:] * size_deviation).clamp(max=math.log(1000 / 16)).exp() * size / 2
    return torch.cat([centre - half, centre + half], 1)


def match(truth, candidates, positive, negative, keep_best):
    """Per candidate: index of its truth, -1 for background, -2 for neither."""
    if len(truth) == 0:
        return torch.full((len(candidates),), -1)
    every = overlaps(truth, candidates)
    best, found = every.max(0)
    matches = torch.where(best < negative, -1, torch.where(best < positive, -2, found))
    if keep_best:
        most = every.max(1).values[:, None]
        restored = ((every == most) & (most > 0)).any(0)
        matches[restored] = found[restored]
    return matches


def draw(matches, count, share):
    """Positives and negatives drawn by chance, at most a share of the count of the first."""
    positive, negative = (matches >= 0).nonzero()[:, 0], (matches == -1).nonzero()[:, 0]
    positives = min(len(positive), int(count * share))
    negatives = min(len(negative), count - positives)
    return positive[torch.randperm(len(positive))[:positives]], negative[torch.randperm(len(negative))[:negatives]]


def anchors(sides, stride, size):
    """Cubes of some sides around the middle of every place of a map: [places * sides, 6]."""
    places = [(torch.arange(length, dtype=torch.float32) + 0.5) * step for length, step in zip(size, stride)]
    centre = torch.stack(torch.meshgrid(*places, indexing="ij"), -1).reshape(-1, 1, 3)
    half = torch.tensor(sides, dtype=torch.float32).reshape(1, -1, 1) / 2
    return torch.cat([centre - half, centre + half], -1).reshape(-1, 6)


def roi_align(level_map, boxes, images, stride, bins):
    """RoIAlign with one sample in the middle of every bin: [R, C, bins, bins, bins]; boxes are sorted by image."""
    middle = (torch.arange(bins, dtype=torch.float32) + 0.5) / bins
    size = torch.tensor(level_map.shape[2:], dtype=torch.float32) * torch.tensor(stride, dtype=torch.float32)
    place = boxes[:, :3, None] + (boxes[:, 3:, None] - boxes[:, :3, None]) * middle
    place = place * (2 / size)[:, None] - 1                                              # [R, 3, bins]; the map spans -1 to 1
    grid = torch.empty(len(boxes), bins, bins, bins, 3)
    for axis in range(3):                                                                # grid_sample wants the fastest axis first
        grid[..., 2 - axis] = place[:, axis].reshape(-1, *[bins if axis == other else 1 for other in range(3)])
    pooled = []
    counts = torch.bincount(images, minlength=len(level_map)).tolist()
    maps = level_map.split(1) if len(level_map) > 1 else [level_map]
    for image_map, image_grid in zip(maps, grid.split(counts)):
        if len(image_grid):
            pooled.append(sample(image_map, image_grid, bins))
    return torch.cat(pooled) if len(pooled) > 1 else pooled[0]


def sample(image_map, grid, bins):
    """All boxes of one map as one grid; groups of channels stand in for a batch, the axis that grid_sample runs in parallel."""
    channels = image_map.shape[1]
    groups = math.gcd(channels, torch.get_num_threads())
    split = image_map.reshape(groups, channels // groups, *image_map.shape[2:])
    flat = grid.reshape(1, -1, bins, bins, 3).expand(groups, -1, -1, -1, -1)
    values = F.grid_sample(split, flat, "bilinear", "border", align_corners=False)
    return values.reshape(channels, -1, bins, bins, bins).transpose(0, 1)


def cut_masks(labels, boxes, cells, mask):
    """Share of each cell in the linear neighbourhood of its bins' centres, [R, *mask], read at the eight corners at once."""
    low, high, share = [], [], []
    for axis, (bins, size) in enumerate(zip(mask, labels.shape)):
        middle = (torch.arange(bins, dtype=torch.float32) + 0.5) / bins
        place = boxes[:, axis, None] + (boxes[:, 3 + axis] - boxes[:, axis])[:, None] * middle - 0.5
        place = place.clamp_(0, size - 1)
        low.append(place.long())
        high.append((low[-1] + 1).clamp_(max=size - 1))
        share.append(place - low[-1])
    targets = torch.zeros(len(boxes), *mask)
    for corner in range(8):
        index, weight = [], 1
        for axis in range(3):
            upper = corner >> axis & 1
            shape = [len(boxes)] + [mask[axis] if axis == other else 1 for other in range(3)]
            index.append((high if upper else low)[axis].reshape(shape))
            weight = weight * (share[axis] if upper else 1 - share[axis]).reshape(shape)
        targets += (labels[tuple(index)] == cells.reshape(-1, 1, 1, 1)) * weight
    return targets
