"""Makes evaluation.json: label volumes of rank 2, 3 and 4 and their scores, computed with scikit-image, scipy and plain slow numpy.

Run from this folder: python3 evaluation_golden.py
"""
import itertools
import json
import os
import sys

import numpy as np
import scipy
import skimage
from scipy.optimize import linear_sum_assignment
from skimage.metrics import adapted_rand_error, variation_of_information

rng = np.random.default_rng(20260)


# ---------------------------------------------------------------- scenes
def voronoi(shape, seeds, labels, radius, gap):
    grid = np.stack(np.meshgrid(*[np.arange(n) for n in shape], indexing="ij"), -1).astype(float)
    distance = np.linalg.norm(grid[..., None, :] - seeds, axis=-1)
    best = distance.argmin(-1)
    out = labels[best]
    out[distance.min(-1) > radius] = 0
    second = np.sort(distance, -1)[..., 1]
    out[(second - distance.min(-1)) < gap] = 0          # thin unlabelled gaps between cells
    return out


def scene(shape, cells, radius, jitter, gap):
    seeds = rng.uniform(0, 1, (cells, len(shape))) * shape
    truth = voronoi(shape, seeds, np.arange(1, cells + 1) * 3, radius, gap)
    moved = seeds + rng.normal(0, jitter, seeds.shape)
    keep = rng.uniform(size=cells) > 0.12               # missed cells: their neighbours take over
    moved = moved[keep]
    extra = rng.uniform(0, 1, (1, len(shape))) * shape  # an extra cell splits others
    moved = np.concatenate([moved, extra])
    labels = rng.permutation(len(moved)) + 1
    labels[rng.integers(len(labels))] = labels[0]       # a merge: one label for two seeds
    prediction = voronoi(shape, moved, labels, radius * rng.uniform(0.93, 1.1), gap / 2)
    return truth.astype(int), prediction.astype(int)


# ---------------------------------------------------------------- masks and overlaps
def names(volume):
    return [int(v) for v in np.unique(volume) if v != 0]


def iou_matrix(truth, prediction):
    rows, columns = names(truth), names(prediction)
    iou = np.zeros((len(rows), len(columns)))
    for (i, a), (j, b) in itertools.product(enumerate(rows), enumerate(columns)):
        r, s = truth == a, prediction == b
        iou[i, j] = (r & s).sum() / (r | s).sum()
    return iou


def assign(iou, t):
    """Most pairs with IoU >= t, then the largest sum: [(i, j)]."""
    if iou.size == 0:
        return []
    allowed = iou >= t
    value = np.where(allowed, 1000.0 + iou, 0.0)
    rows, columns = linear_sum_assignment(-value)
    return [(int(i), int(j)) for i, j in zip(rows, columns) if allowed[i, j]]


def counts(iou, t):
    pairs = assign(iou, t)
    tp = len(pairs)
    return tp, iou.shape[1] - tp, iou.shape[0] - tp, float(sum(iou[i, j] for i, j in pairs))


def threshold_scores(tp, fp, fn, total, t):
    at = "@%g" % t
    return {
        "accuracy" + at: tp / (tp + fp + fn),
        "precision" + at: tp / (tp + fp),
        "recall" + at: tp / (tp + fn),
        "F1" + at: 2 * tp / (2 * tp + fp + fn),
        "panoptic quality" + at: total / (tp + fp / 2 + fn / 2),
        "mean matched score" + at: total / tp if tp else 0.0,
        "mean true score" + at: total / (tp + fn),
    }


# ---------------------------------------------------------------- Cell Tracking Challenge
def tracking(truth, prediction):
    rows, columns = names(truth), names(prediction)
    holds = {b: 0 for b in columns}
    ious, missed = [], 0
    for a in rows:
        r = truth == a
        value = None
        for b in columns:
            s = prediction == b
            if (r & s).sum() > 0.5 * r.sum():
                value = (r & s).sum() / (r | s).sum()
                holds[b] += 1
        missed += value is None
        ious.append(0.0 if value is None else value)
    splits = sum(n - 1 for n in holds.values() if n > 1)
    extra = sum(n == 0 for n in holds.values())
    return ious, 5 * splits + 10 * missed + extra, 10 * len(rows)


# ---------------------------------------------------------------- COCO, after the definition of pycocotools
def coco_match(iou, scores, t):
    """Detections best first: for each, whether it takes a truth cell."""
    order = np.argsort(-np.asarray(scores), kind="mergesort")
    free = [True] * iou.shape[0]
    right = []
    for d in order:
        best, took = min(t, 1 - 1e-10), -1
        for g in range(iou.shape[0]):
            if free[g] and iou[g, d] >= best:
                best, took = iou[g, d], g
        if took >= 0:
            free[took] = False
        right.append(took >= 0)
    return np.asarray(scores)[order], np.asarray(right, bool)


def coco(images):
    truth_cells = sum(iou.shape[0] for iou, _ in images)
    thresholds = np.linspace(0.5, 0.95, 10)
    recalls = np.linspace(0.0, 1.0, 101)
    values = []
    for t in thresholds:
        matched = [coco_match(iou, scores, t) for iou, scores in images]
        scores = np.concatenate([m[0] for m in matched])
        right = np.concatenate([m[1] for m in matched])[np.argsort(-scores, kind="mergesort")]
        tp, fp = np.cumsum(right), np.cumsum(~right)
        recall = tp / truth_cells
        precision = (tp / (tp + fp + np.spacing(1))).tolist()
        for i in range(len(precision) - 1, 0, -1):
            precision[i - 1] = max(precision[i - 1], precision[i])
        q = np.zeros(len(recalls))
        for k, place in enumerate(np.searchsorted(recall, recalls, side="left")):
            if place < len(precision):
                q[k] = precision[place]
        values.append(q.mean())
    return {"AP": float(np.mean(values)), "AP50": float(values[0]), "AP75": float(values[5])}


# ---------------------------------------------------------------- the paper's metric
def paper(iou, scores):
    order = np.argsort(-np.asarray(scores), kind="mergesort")
    free = set(range(iou.shape[0]))
    right, overlaps = [], []
    for d in order:
        best = max((g for g in free if iou[g, d] >= 0.5), key=lambda g: iou[g, d], default=None)
        right.append(best is not None)
        if best is not None:
            free.discard(best)
            overlaps.append(iou[best, d])
    hits = np.cumsum(right)
    precisions = np.concatenate([[0], hits / (np.arange(len(right)) + 1), [0]])
    recalls = np.concatenate([[0], hits / iou.shape[0], [1]])
    for i in range(len(precisions) - 2, -1, -1):
        precisions[i] = max(precisions[i], precisions[i + 1])
    steps = np.where(recalls[:-1] != recalls[1:])[0] + 1
    return {
        "paper AP@0.5": float(np.sum((recalls[steps] - recalls[steps - 1]) * precisions[steps])),
        "paper precision@0.5": hits[-1] / len(right),
        "paper recall@0.5": hits[-1] / iou.shape[0],
        "paper mean IoU@0.5": float(np.mean(overlaps)),
    }


# ---------------------------------------------------------------- contacts and volumes
def around(volume, place):
    for axis in range(1 if volume.ndim == 4 else 0, volume.ndim):
        for step in (-1, 1):
            other = list(place)
            other[axis] += step
            if 0 <= other[axis] < volume.shape[axis]:
                yield tuple(other)


def grow(volume):
    out = volume.copy()
    for place in np.ndindex(volume.shape):
        if volume[place] == 0:
            found = [int(volume[p]) for p in around(volume, place) if volume[p] != 0]
            out[place] = min(found, default=0)
    return out


def contacts(volume, gap):
    for _ in range(gap):
        volume = grow(volume)
    return {
        frozenset((int(volume[place]), int(volume[other])))
        for place in np.ndindex(volume.shape)
        for other in around(volume, place)
        if volume[place] != 0 and volume[other] != 0 and volume[place] != volume[other]
    }


def contact_counts(truth, prediction, iou, gap):
    rows, columns = names(truth), names(prediction)
    truth_of = {columns[j]: rows[i] for i, j in assign(iou, 0.5)}
    expected, found = contacts(truth, gap), contacts(prediction, gap)
    right = sum(all(c in truth_of for c in pair) and frozenset(truth_of[c] for c in pair) in expected for pair in found)
    return len(expected), len(found), right


def contact_scores(expected, found, right):
    return {"contact F1": 2 * right / (expected + found), "contact precision": right / found, "contact recall": right / expected}


def volume_errors(truth, prediction, iou):
    rows, columns = names(truth), names(prediction)
    return [(prediction == columns[j]).sum() / (truth == rows[i]).sum() - 1 for i, j in assign(iou, 0.5)]


def volume_scores(errors):
    return {"volume error": float(np.mean(np.abs(errors))), "volume bias": float(np.mean(errors))}


# ---------------------------------------------------------------- all of one image, and of all images
THRESHOLDS = [k / 10 for k in range(1, 8)] + [0.75, 0.8, 0.9]


def image_case(name, shape, cells, radius, jitter, gap):
    truth, prediction = scene(shape, cells, radius, jitter, 0.7 * gap)
    columns = names(prediction)
    scores = [round(float(s), 2) for s in rng.uniform(0.3, 1, len(columns))]
    iou = iou_matrix(truth, prediction)
    ious, work, nothing = tracking(truth, prediction)
    split, merge = variation_of_information(truth, prediction, ignore_labels=(0,))
    case = {"iou": iou, "scores": scores, "ious": ious, "work": work, "nothing": nothing}
    case["counts"] = {t: counts(iou, t) for t in THRESHOLDS}
    case["contacts"] = contact_counts(truth, prediction, iou, gap)
    case["errors"] = volume_errors(truth, prediction, iou)
    expected = {"truth cells": len(names(truth)), "predicted cells": len(columns)}
    expected.update({"SEG": float(np.mean(ious)), "DET": 1 - min(work, nothing) / nothing})
    expected.update(coco([(iou, scores)]))
    expected.update(paper(iou, scores))
    expected.update({"ARE": float(adapted_rand_error(truth, prediction)[0]), "VOI split": float(split), "VOI merge": float(merge)})
    expected.update(contact_scores(*case["contacts"]))
    expected.update(volume_scores(case["errors"]))
    for t in THRESHOLDS:
        expected.update(threshold_scores(*case["counts"][t], t))
    case["expected"] = expected
    written = {
        "name": name, "extent": list(shape), "contact gap": gap, "truth": truth.ravel().tolist(), "prediction": prediction.ravel().tolist(),
        "labels": columns, "scores": scores, "expected": expected,
    }
    return case, written


def pooled(cases):
    over = lambda key: float(np.mean([case["expected"][key] for case in cases]))
    work, nothing = sum(c["work"] for c in cases), sum(c["nothing"] for c in cases)
    out = {"truth cells": sum(c["expected"]["truth cells"] for c in cases), "predicted cells": sum(c["expected"]["predicted cells"] for c in cases)}
    out.update({"SEG": float(np.mean(np.concatenate([c["ious"] for c in cases]))), "DET": 1 - min(work, nothing) / nothing})
    out.update(coco([(c["iou"], c["scores"]) for c in cases]))
    for key in ("paper AP@0.5", "paper precision@0.5", "paper recall@0.5", "paper mean IoU@0.5", "ARE", "VOI split", "VOI merge"):
        out[key] = over(key)
    out["paper AP@0.5 median"] = float(np.median([c["expected"]["paper AP@0.5"] for c in cases]))
    out.update(contact_scores(*np.sum([c["contacts"] for c in cases], 0).tolist()))
    out.update(volume_scores(np.concatenate([c["errors"] for c in cases])))
    for t in THRESHOLDS:
        out.update(threshold_scores(*np.sum([c["counts"][t] for c in cases], 0).tolist(), t))
    return out


def assignment_case(rows, columns, share, threshold):
    values = np.round(rng.uniform(0, 1, (rows, columns)), 3)
    values[rng.uniform(size=values.shape) > share] = 0
    pairs = assign(values, threshold)
    edges = [[int(i), int(j), float(values[i, j])] for i, j in np.argwhere(values > 0)]
    return {"rows": rows, "columns": columns, "threshold": threshold, "edges": edges,
            "pairs": len(pairs), "sum": float(sum(values[i, j] for i, j in pairs))}


def main():
    made = [
        image_case("plane", (34, 38), 16, 7.0, 0.5, 1),
        image_case("gapless contacts", (28, 24), 14, 9.0, 0.4, 0),
        image_case("volume", (10, 16, 17), 14, 6.0, 0.3, 1),
        image_case("wide gaps", (10, 14, 14), 7, 7.0, 0.15, 2),
        image_case("movie", (3, 7, 11, 11), 7, 6.0, 0.2, 1),
    ]
    result = {
        "made by": os.path.basename(__file__),
        "python": sys.version.split()[0],
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-image": skimage.__version__,
        "images": [written for _, written in made],
        # The contact gap is one option of a comparison, so only images that share it are pooled.
        "pooled": pooled([case for case, written in made if written["contact gap"] == 1]),
        "assignments": [
            assignment_case(12, 15, 0.3, 0.1), assignment_case(40, 31, 0.12, 0.2), assignment_case(60, 60, 0.05, 0.05),
            assignment_case(25, 40, 1.0, 0.5), assignment_case(150, 140, 0.04, 0.3),
        ],
    }
    with open("evaluation.json", "w", encoding="utf-8") as file:
        json.dump(result, file, default=float)
        file.write("\n")


main()
