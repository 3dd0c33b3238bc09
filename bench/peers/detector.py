"""Morula's Mask R-CNN at rank 3 and its five losses, on one graph."""
import sys

import torch
import torch.nn.functional as F
from torch import nn

import boxes as geometry
from network import BoxHead, FeaturePyramid, MaskHead, ProposalHead


KNOWN = {
    "Rank": 3, "Backbone.StemPool": [1], "Backbone.Block": "Basic", "Backbone.Normalisation": "Group", "Backbone.PyramidNormalisation": "Group",
    "Backbone.ExtraLevels": 0, "Proposals.Normalisation": "Group", "Proposals.Assignment": "FixedOverlap", "Regions.RoiSamples": 1,
    "Regions.ClassAgnostic": True, "Regions.BoxHead": "Whole", "Regions.MaskUpsampling": "Logits", "Regions.Normalisation": "Group",
    "Regions.MaskNegatives": False,
}


def refuse_unknown(options):
    """Stops where the options ask for what is not written here."""
    for name, expected in KNOWN.items():
        found = options
        for key in name.split("."):
            found = found[key]
        if found != expected:
            sys.exit(f"Model.{name} is {found}; the peer knows {expected} only.")
    for level in options["Proposals"]["Anchors"]:
        if any(len(anchor) != 1 for anchor in level):
            sys.exit("Model.Proposals.Anchors: the peer knows cubes only.")


class MaskRcnn(nn.Module):
    def __init__(self, options):
        super().__init__()
        refuse_unknown(options)
        self.rpn, self.roi = options["Proposals"], options["Regions"]
        backbone = options["Backbone"]
        self.sides = [[cube[0] for cube in level] for level in self.rpn["Anchors"]]
        steps = [stage["Stride"][0] for stage in backbone["Stages"]]
        self.strides = [backbone["StemStride"][0]]
        for step in steps:
            self.strides.append(self.strides[-1] * step)
        self.strides = [[stride] * 3 for stride in self.strides[1:]]
        width, classes = backbone["PyramidWidth"], len(options["Classes"])
        self.pyramid, self.proposals, self.regions = FeaturePyramid(backbone), nn.Module(), nn.Module()
        self.proposals.head = ProposalHead(width, self.rpn["Width"], len(self.sides[0]))
        self.regions.boxHead = BoxHead(width, self.roi["BoxBins"], self.roi["BoxWidth"], classes)
        self.regions.maskHead = MaskHead(width, self.roi["MaskWidth"], self.roi["MaskDepth"])
        self.cached = None

    def predict(self, images):
        """Levels, then logits [N, A, 2] and deltas [N, A, 6] of all anchors."""
        levels = self.pyramid(images)
        used = levels[self.rpn["FirstLevel"]:][:len(self.sides)]
        logits, deltas = zip(*[self.proposals.head(level) for level in used])
        return levels, torch.cat(logits, 1), torch.cat(deltas, 1)

    def anchors(self, levels):
        if self.cached is None:
            first = self.rpn["FirstLevel"]
            self.cached = torch.cat([
                geometry.anchors(sides, self.strides[first + index], levels[first + index].shape[2:])
                for index, sides in enumerate(self.sides)])
        return self.cached

    def losses(self, images, truth, labels, drawn_anchors=None, drawn_regions=None):
        """The five losses by name; anchors and regions are drawn by chance where none are given."""
        levels, logits, deltas = self.predict(images)
        anchors = self.anchors(levels)
        with torch.no_grad():
            drawn_anchors = drawn_anchors or [self.draw_anchors(anchors, cells) for cells in truth]
            drawn_regions = drawn_regions or self.draw_regions(logits, deltas, anchors, truth, images.shape[2:])
        objectness, proposal_box = self.proposal_losses(logits, deltas, anchors, truth, drawn_anchors)
        kind, box = self.box_losses(levels, truth, drawn_regions)
        mask = self.mask_loss(levels, truth, labels, drawn_regions)
        return {"objectness": objectness, "proposal box": proposal_box, "class": kind, "box": box, "mask": mask}

    def draw_anchors(self, anchors, cells):
        matches = geometry.match(cells["boxes"], anchors, self.rpn["PositiveOverlap"], self.rpn["NegativeOverlap"], True)
        positive, negative = geometry.draw(matches, self.rpn["SampleCount"], self.rpn["PositiveShare"])
        return positive, negative, matches[positive]

    def draw_regions(self, logits, deltas, anchors, truth, size):
        most = torch.tensor([*size, *size], dtype=torch.float32)
        every = []
        for image, cells in enumerate(truth):
            score = logits[image].softmax(1)[:, 1]
            _, order = score.topk(min(self.rpn["CandidateCount"], len(score)))
            found = geometry.decode(deltas[image][order], anchors[order], self.rpn["CentreDeviation"], self.rpn["SizeDeviation"])
            found = torch.min(found, most).clamp_(min=0)
            found = found[geometry.suppress(found, self.rpn["SuppressionOverlap"], self.rpn["ProposalCount"])]
            if self.roi["AddTruth"]:
                found = torch.cat([cells["boxes"], found])
            overlap = self.roi["PositiveOverlap"]
            matches = geometry.match(cells["boxes"], found, overlap, overlap, False)
            positive, negative = geometry.draw(matches, self.roi["SampleCount"], self.roi["PositiveShare"])
            rows = torch.cat([positive, negative])
            matched = torch.where(matches[rows] >= 0, matches[rows], -1)
            classes = torch.where(matched >= 0, cells["classes"][matched], 0)
            every.append((found[rows], torch.full((len(rows),), image), matched, classes))
        return [torch.cat(parts) for parts in zip(*every)]

    def proposal_losses(self, logits, deltas, anchors, truth, drawn):
        chosen, labels, own, targets = [], [], [], []
        for image, (positive, negative, matched) in enumerate(drawn):
            chosen.append(logits[image][torch.cat([positive, negative])])
            labels.append(torch.cat([torch.ones_like(positive), torch.zeros_like(negative)]))
            own.append(deltas[image][positive])
            targets.append(geometry.encode(
                truth[image]["boxes"][matched], anchors[positive], self.rpn["CentreDeviation"], self.rpn["SizeDeviation"]))
        return F.cross_entropy(torch.cat(chosen), torch.cat(labels)), F.smooth_l1_loss(torch.cat(own), torch.cat(targets))

    def pool(self, levels, boxes, images, bins):
        side = (boxes[:, 3:] - boxes[:, :3]).clamp(min=1e-3).prod(1) ** (1 / 3)
        level = self.roi["CanonicalLevel"] + (side / self.roi["CanonicalSide"]).log2().round()
        level = level.clamp(0, len(levels) - 1).long()
        rows, parts = [], []
        for index, level_map in enumerate(levels):
            here = (level == index).nonzero()[:, 0]
            if len(here):
                rows.append(here)
                parts.append(geometry.roi_align(level_map, boxes[here], images[here], self.strides[index], bins))
        return torch.cat(parts)[torch.cat(rows).argsort()]

    def box_losses(self, levels, truth, regions):
        boxes, images, matched, classes = regions
        logits, deltas = self.regions.boxHead(self.pool(levels, boxes, images, self.roi["BoxBins"]))
        kind = F.cross_entropy(logits, classes)
        positive = (matched >= 0).nonzero()[:, 0]
        if len(positive) == 0:
            return kind, deltas.sum() * 0
        own = torch.stack([truth[images[row]]["boxes"][matched[row]] for row in positive])
        targets = geometry.encode(own, boxes[positive], self.roi["CentreDeviation"], self.roi["SizeDeviation"])
        return kind, F.smooth_l1_loss(deltas[positive], targets)

    def mask_loss(self, levels, truth, labels, regions):
        boxes, images, matched, _ = regions
        rows = torch.cat([
            ((matched >= 0) & (images == image)).nonzero()[:self.roi["MaskSampleCount"], 0] for image in range(len(truth))])
        logits = self.regions.maskHead(self.pool(levels, boxes[rows], images[rows], self.roi["MaskBins"]))
        with torch.no_grad():
            targets = torch.cat([
                geometry.cut_masks(labels[image], boxes[own], cells["labels"][matched[own]], logits.shape[1:])
                for image, cells in enumerate(truth) for own in [rows[images[rows] == image]]])
        return F.binary_cross_entropy_with_logits(logits, targets)
