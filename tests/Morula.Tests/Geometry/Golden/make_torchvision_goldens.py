"""Writes torchvision_*.json beside this script: the numbers that torchvision gives for small cases of rank 2.

Run with a Python that has torch and torchvision (made with torch 1.13 and torchvision 0.14, see "made_with" in the files).
Boxes are x1 y1 x2 y2, as torchvision has them; the tests permute them.
"""
import json
import os

import torch
import torchvision
from torchvision.models.detection import _utils
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.image_list import ImageList
from torchvision.ops import batched_nms, box_iou, nms, roi_align

HERE = os.path.dirname(os.path.abspath(__file__))


def numbers(tensor):
    if tensor.dtype.is_floating_point:
        return [float("%.7g" % value) for value in tensor.detach().flatten().tolist()]
    return tensor.flatten().tolist()


def write(name, content):
    content = {
        "made_by": os.path.basename(__file__),
        "made_with": "torch %s, torchvision %s" % (torch.__version__, torchvision.__version__),
        **content,
    }
    with open(os.path.join(HERE, "torchvision_%s.json" % name), "w") as file:
        json.dump(content, file, separators=(",", ":"))
        file.write("\n")


def boxes(count, side, largest):
    # Quarters of a voxel are exact in float32 and in JSON.
    size = 1 + torch.rand(count, 2) * (largest - 1)
    lower = torch.rand(count, 2) * (side - size)
    return torch.round(4 * torch.cat([lower, lower + size], 1)) / 4


def overlap_and_suppression():
    found = boxes(60, 30, 14)
    scores = torch.round(torch.rand(60) * 1000) / 1000
    classes = torch.arange(60) % 3
    write("suppression", {
        "boxes": numbers(found), "scores": numbers(scores), "classes": numbers(classes), "threshold": 0.3,
        "overlap_with_first_ten": numbers(box_iou(found, found[:10])),
        "kept": numbers(nms(found, scores, 0.3)),
        "kept_per_class": numbers(batched_nms(found, scores, classes, 0.3)),
    })


def coder():
    truth, reference = boxes(12, 40, 20), boxes(12, 40, 20)
    box_coder = _utils.BoxCoder(weights=(10.0, 10.0, 5.0, 5.0))
    deltas = torch.randn(12, 4) * torch.tensor([3.0, 3.0, 6.0, 6.0])
    deltas[0, 2] = 1000
    deltas = torch.tensor(numbers(deltas)).reshape(12, 4)
    write("coder", {
        "truth": numbers(truth), "reference": numbers(reference), "encoded": numbers(box_coder.encode_single(truth, reference)),
        "deltas": numbers(deltas), "decoded": numbers(box_coder.decode_single(deltas, reference)),
    })


def matcher():
    truth, candidates = boxes(7, 60, 20), boxes(90, 60, 20)
    candidates[10:20] = candidates[:10]
    overlap = box_iou(truth, candidates)
    assert (overlap.max(dim=1).values > 0).all()
    content = {"truth": numbers(truth), "candidates": numbers(candidates), "positive_at": 0.5, "negative_below": 0.2}
    for low in (False, True):
        content["low_quality" if low else "plain"] = numbers(_utils.Matcher(0.5, 0.2, allow_low_quality_matches=low)(overlap))
    assert content["low_quality"] != content["plain"]
    write("matcher", content)


def anchors():
    sizes, ratios = ((8, 16), (32,)), ((0.5, 1.0, 2.0), (1.0, 2.0))
    maps = [torch.zeros(1, 1, 4, 5), torch.zeros(1, 1, 2, 3)]
    generator = AnchorGenerator(sizes, ratios)
    made = generator(ImageList(torch.zeros(1, 3, 32, 40), [(32, 40)]), maps)[0]
    shapes = [cell[:, 2:] - cell[:, :2] for cell in generator.cell_anchors]
    write("anchors", {
        "extents": [[4, 5], [2, 3]], "strides": [[8, 8], [16, 13]], "shapes_x_y": [numbers(shape) for shape in shapes],
        "counts": [4 * 5 * 6, 2 * 3 * 2], "anchors": numbers(made),
    })


def pooling():
    image = torch.round(torch.randn(2, 3, 7, 9) * 100) / 100
    rois = torch.tensor([
        [1.0, 2.0, 9.0, 8.0], [-6.0, -4.0, 5.0, 7.0], [10.0, 8.0, 30.0, 25.0], [0.0, 0.0, 18.0, 14.0],
        [40.0, 40.0, 44.0, 43.0], [3.25, 4.5, 3.75, 5.0], [-1.0, -1.0, 1.0, 1.0],
    ])
    index = torch.tensor([0, 1, 1, 0, 0, 1, 0])
    content = {
        "shape": list(image.shape), "map": numbers(image), "rois": numbers(rois), "index": numbers(index), "scale": 0.5, "bins_y_x": [2, 3],
    }
    for samples in (1, 2):
        image = image.detach().requires_grad_(True)
        image.grad = None
        pooled = roi_align(image, torch.cat([index[:, None].float(), rois], 1), (2, 3), 0.5, samples, aligned=True)
        outgoing = torch.arange(pooled.numel()).reshape(pooled.shape) % 7 - 3.0
        (pooled * outgoing).sum().backward()
        content["pooled_%d" % samples] = numbers(pooled)
        content["gradient_%d" % samples] = numbers(image.grad)
    write("pooling", content)


torch.manual_seed(20)
overlap_and_suppression()
coder()
matcher()
anchors()
pooling()
