"""Writes torchvision_*.json beside this script: heads, losses, detections and mask targets of torchvision's RoI heads.

Run with a Python that has torch and torchvision (made with torch 1.13 and torchvision 0.14, see "made_with" in the files).
Boxes are x1 y1 x2 y2 and deltas dx dy dw dh, as torchvision has them; the tests permute them.

Definitions that differ and how they are bridged here:
- Features are pooled by torchvision's roi_align with aligned=True and one sample per bin (its detection models use aligned=False).
- The box loss is the mean over the positives' numbers with beta 1, from torchvision's own targets, by torch.nn.functional;
  torchvision has beta 1/9 and divides by the number of all regions.
- project_masks_on_boxes takes the middle of voxel i at i: it is given boxes shifted by -0.5. No box is larger than the mask,
  so that it takes one sample per bin.
- With a score threshold of 0.5 only the best class of a region can pass, so that "every class" and "the best class" are one.
- Class-agnostic heads: one channel for all classes; the true label that picks a channel is then 0.
Every region is sampled, so that no chance is left.
"""
import json
import os

import torch
import torchvision
from torch import nn
from torch.nn import functional
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.mask_rcnn import MaskRCNNHeads, MaskRCNNPredictor
from torchvision.models.detection.roi_heads import RoIHeads, fastrcnn_loss, maskrcnn_inference, maskrcnn_loss, project_masks_on_boxes
from torchvision.ops import roi_align

HERE = os.path.dirname(os.path.abspath(__file__))
HEIGHT, WIDTH, STRIDE, CHANNELS = 20, 24, 2, 3
BOX_BINS, BOX_WIDTH, MASK_BINS, MASK_WIDTH, CLASSES = 3, 8, 6, 4, 2


def numbers(tensor):
    if tensor.dtype.is_floating_point:
        return [float("%.7g" % value) for value in tensor.detach().flatten().tolist()]
    return tensor.flatten().tolist()


def rounded(tensor):
    return torch.tensor(numbers(tensor)).reshape(tensor.shape)


def write(name, content):
    content = {
        "made_by": os.path.basename(__file__),
        "made_with": "torch %s, torchvision %s" % (torch.__version__, torchvision.__version__),
        **content,
    }
    with open(os.path.join(HERE, "torchvision_%s.json" % name), "w") as file:
        json.dump(content, file, separators=(",", ":"))
        file.write("\n")


def scene(cells):
    labels = torch.zeros(HEIGHT, WIDTH, dtype=torch.int64)
    y, x = torch.meshgrid(torch.arange(HEIGHT), torch.arange(WIDTH), indexing="ij")
    for label, (cy, cx, ry, rx) in enumerate(cells, 1):
        labels[((y - cy) / ry) ** 2 + ((x - cx) / rx) ** 2 <= 1] = label
    masks = torch.stack([labels == label for label in range(1, len(cells) + 1)]).to(torch.uint8)
    found = []
    for mask in masks:
        rows, columns = torch.where(mask > 0)
        found.append([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1])
    return labels, masks, torch.tensor(found, dtype=torch.float32)


def clip(found):
    limit = torch.tensor([WIDTH, HEIGHT, WIDTH, HEIGHT], dtype=torch.float32)
    return torch.minimum(found.clamp(min=0), limit)


def bound(found):
    return torch.cat([found[:, :2], torch.minimum(found[:, 2:], found[:, :2] + 2 * MASK_BINS)], 1)


def proposals_of(truth):
    near = truth.repeat(4, 1) + torch.round(torch.randn(4 * len(truth), 4) * 4) / 4
    size = 3 + torch.rand(8, 2) * 8
    lower = torch.rand(8, 2) * (torch.tensor([WIDTH, HEIGHT]) - size)
    far = torch.round(4 * torch.cat([lower, lower + size], 1)) / 4
    return bound(clip(torch.cat([near, far])))


def pool(features, found, bins):
    return roi_align(features, found, (bins, bins), 1.0 / STRIDE, 1, aligned=True)


SCENES = [scene([(5, 6, 4.6, 5.2), (14, 16, 5.1, 4.4)]), scene([(10, 5, 5.2, 4.1), (5, 17, 4.2, 5.2), (15, 18, 4.0, 4.8)])]
TRUE_CLASSES = [torch.tensor([1, 2]), torch.tensor([2, 1, 1])]


def heads_of(agnostic):
    channels = 1 if agnostic else CLASSES + 1
    heads = RoIHeads(
        None, TwoMLPHead(CHANNELS * BOX_BINS ** 2, BOX_WIDTH), FastRCNNPredictor(BOX_WIDTH, CLASSES + 1),
        0.5, 0.5, 100000, 1.0, (10.0, 10.0, 5.0, 5.0), 0.5, 0.4, 7,
        None, MaskRCNNHeads(CHANNELS, (MASK_WIDTH,), 1), MaskRCNNPredictor(MASK_WIDTH, MASK_WIDTH, channels))
    heads.box_predictor.bbox_pred = nn.Linear(BOX_WIDTH, 4 * channels)
    for name, parameter in heads.named_parameters():
        spread = 0.4 if parameter.dim() > 1 else 0.2
        if "cls_score" in name:
            spread = 0.8
        parameter.data = rounded(torch.randn(parameter.shape) * spread)
    return heads


def case(agnostic):
    heads = heads_of(agnostic)
    features = rounded(torch.randn(2, CHANNELS, HEIGHT // STRIDE, WIDTH // STRIDE))
    given = [proposals_of(found) for _, _, found in SCENES]
    targets = [{"boxes": found, "labels": kinds} for (_, _, found), kinds in zip(SCENES, TRUE_CLASSES)]
    drawn, matched, labels, regression = heads.select_training_samples([found.clone() for found in given], targets)
    kinds = torch.cat(labels)

    def boxes_of(found):
        return heads.box_predictor(heads.box_head(pool(features, found, BOX_BINS)))

    logits, deltas = boxes_of(drawn)
    for_classes = deltas.repeat(1, CLASSES + 1) if agnostic else deltas
    class_loss, _ = fastrcnn_loss(logits, for_classes, labels, regression)
    positive = kinds > 0
    own = for_classes.reshape(len(kinds), -1, 4)[positive, kinds[positive]]
    box_loss = functional.smooth_l1_loss(own, torch.cat(regression)[positive], beta=1.0)

    positives = [found[kind > 0] for found, kind in zip(drawn, labels)]
    cells = [index[kind > 0] for index, kind in zip(matched, labels)]
    mask_logits = heads.mask_predictor(heads.mask_head(pool(features, positives, MASK_BINS)))
    channel = [torch.zeros_like(kind) for kind in TRUE_CLASSES] if agnostic else TRUE_CLASSES
    mask_loss = maskrcnn_loss(mask_logits, [found - 0.5 for found in positives], [masks for _, masks, _ in SCENES], channel, cells)

    logits, deltas = boxes_of(given)
    for_classes = deltas.repeat(1, CLASSES + 1) if agnostic else deltas
    found, scores, classes = heads.postprocess_detections(logits, for_classes, given, [(HEIGHT, WIDTH)] * 2)
    mask_logits = heads.mask_predictor(heads.mask_head(pool(features, found, MASK_BINS)))
    probabilities = maskrcnn_inference(mask_logits, [torch.zeros_like(kind) for kind in classes] if agnostic else classes)
    # A case worth keeping finds both classes in both images.
    if any(len(set(kind.tolist())) < CLASSES for kind in classes):
        return False

    content = {
        "shape": list(features.shape), "features": numbers(features), "stride": STRIDE, "extent_y_x": [HEIGHT, WIDTH],
        "positives": int(positive.sum()), "class_loss": float(class_loss), "box_loss": float(box_loss), "mask_loss": float(mask_loss),
    }
    for name, parameter in heads.named_parameters():
        content[name] = numbers(parameter)
    for image in range(2):
        content.update({
            "labels_%d" % image: numbers(SCENES[image][0]), "truth_%d" % image: numbers(SCENES[image][2]),
            "classes_%d" % image: numbers(TRUE_CLASSES[image]), "proposals_%d" % image: numbers(given[image]),
            "found_%d" % image: numbers(found[image]), "scores_%d" % image: numbers(scores[image]),
            "kinds_%d" % image: numbers(classes[image]), "masks_%d" % image: numbers(probabilities[image]),
        })
    write("agnostic" if agnostic else "per_class", content)
    return True


def masks():
    labels, cells, truth = SCENES[1]
    found = bound(clip(truth.repeat(5, 1) + torch.round(torch.randn(15, 4) * 6) / 4))
    index = torch.arange(15) % 3
    cut = project_masks_on_boxes(cells, found - 0.5, index, 2 * MASK_BINS)
    write("masks", {
        "extent_y_x": [HEIGHT, WIDTH], "labels": numbers(labels), "boxes": numbers(found), "cells": numbers(index + 1),
        "side": 2 * MASK_BINS, "targets": numbers(cut),
    })


torch.manual_seed(22)
while not case(agnostic=False):
    pass
while not case(agnostic=True):
    pass
masks()
