"""Writes torchvision_proposals.json beside this script: losses and selection of torchvision's region proposal network.

Run with a Python that has torch and torchvision (made with torch 1.13 and torchvision 0.14, see "made_with" in the file).
Boxes are x1 y1 x2 y2 and deltas dx dy dw dh, as torchvision has them; the tests permute them.

Two definitions differ and are bridged here:
- torchvision gives an anchor one logit and takes a binary cross-entropy; a softmax over two logits is that of their difference.
- torchvision's box loss has beta 1/9 and is divided by the number of all sampled anchors; the mean over the numbers of the
  positives with beta 1 is computed here by torch.nn.functional from torchvision's own targets.
Every anchor that is positive or negative is sampled, so that no chance is left.
"""
import json
import os

import torch
import torchvision
from torch.nn import functional
from torchvision.models.detection._utils import BoxCoder
from torchvision.models.detection.rpn import RegionProposalNetwork
from torchvision.ops import box_iou

HERE = os.path.dirname(os.path.abspath(__file__))
HEIGHT, WIDTH, ANCHORS, CANDIDATES, KEPT = 40, 48, 90, 50, 20


def numbers(tensor):
    return [float("%.7g" % value) for value in tensor.detach().flatten().tolist()]


def rounded(tensor):
    return torch.tensor(numbers(tensor)).reshape(tensor.shape)


def boxes(count, largest):
    side = torch.tensor([WIDTH, HEIGHT])
    size = 3 + torch.rand(count, 2) * (largest - 3)
    lower = torch.rand(count, 2) * (side - size)
    return torch.round(4 * torch.cat([lower, lower + size], 1)) / 4


torch.manual_seed(21)
anchors = boxes(ANCHORS, 16)
truth = [anchors[:5] + torch.round(torch.randn(5, 4) * 4) / 4, boxes(3, 16)]
logits = rounded(torch.randn(2, ANCHORS, 2) * 2)
deltas = rounded(torch.randn(2, ANCHORS, 4))

network = RegionProposalNetwork(
    None, None, fg_iou_thresh=0.5, bg_iou_thresh=0.3, batch_size_per_image=100000, positive_fraction=1.0,
    pre_nms_top_n={"training": CANDIDATES, "testing": CANDIDATES}, post_nms_top_n={"training": KEPT, "testing": KEPT},
    nms_thresh=0.4)
network.box_coder = BoxCoder((10.0, 10.0, 5.0, 5.0))
network.min_size = 0.0

for found in truth:
    assert (box_iou(found, anchors).max(dim=1).values > 0).all()
labels, matched = network.assign_targets_to_anchors([anchors] * 2, [{"boxes": found} for found in truth])
targets = network.box_coder.encode(matched, [anchors] * 2)
objectness = logits[..., 1] - logits[..., 0]
loss, _ = network.compute_loss(objectness.reshape(-1, 1), deltas.reshape(-1, 4), labels, targets)
positive = torch.cat(labels) >= 1
box_loss = functional.smooth_l1_loss(deltas.reshape(-1, 4)[positive], torch.cat(targets)[positive], beta=1.0)

decoded = network.box_coder.decode(deltas.reshape(-1, 4), [anchors] * 2).reshape(2, -1, 4)
selected, scores = network.filter_proposals(decoded, objectness.reshape(2, -1), [(HEIGHT, WIDTH)] * 2, [ANCHORS])

content = {
    "made_by": os.path.basename(__file__),
    "made_with": "torch %s, torchvision %s" % (torch.__version__, torchvision.__version__),
    "extent_y_x": [HEIGHT, WIDTH], "candidates": CANDIDATES, "kept": KEPT, "suppression": 0.4,
    "anchors": numbers(anchors), "truth_0": numbers(truth[0]), "truth_1": numbers(truth[1]),
    "logits": numbers(logits), "deltas": numbers(deltas),
    "positives": int(positive.sum()), "objectness_loss": float(loss), "box_loss": float(box_loss),
    "boxes_0": numbers(selected[0]), "boxes_1": numbers(selected[1]), "scores_0": numbers(scores[0]), "scores_1": numbers(scores[1]),
}
with open(os.path.join(HERE, "torchvision_proposals.json"), "w") as file:
    json.dump(content, file, separators=(",", ":"))
    file.write("\n")
print(content["positives"], content["objectness_loss"], content["box_loss"], [len(x) for x in scores])
