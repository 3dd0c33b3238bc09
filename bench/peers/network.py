"""Morula's network at rank 3 as modules of PyTorch; names of parts are those of the checkpoint."""
import torch
import torch.nn.functional as F
from torch import nn


class ConvUnit(nn.Module):
    def __init__(self, inputs, outputs, kernel=3, stride=1, rectified=True):
        super().__init__()
        self.convolution = nn.Conv3d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
        groups = next(count for count in range(8, 0, -1) if outputs % count == 0)
        self.normalisation = nn.GroupNorm(groups, outputs)
        self.rectified = rectified

    def forward(self, values):
        values = self.normalisation(self.convolution(values))
        return F.relu_(values) if self.rectified else values


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(ConvUnit(inputs, outputs, 3, stride), ConvUnit(outputs, outputs, rectified=False))
        self.shortcut = ConvUnit(inputs, outputs, 1, stride, rectified=False) if inputs != outputs or stride != 1 else None

    def forward(self, values):
        kept = values if self.shortcut is None else self.shortcut(values)
        return F.relu_(self.body(values).add_(kept))


class Trunk(nn.Module):
    def __init__(self, options):
        super().__init__()
        width = options["StemWidth"]
        self.stem = ConvUnit(1, width, options["StemKernel"], options["StemStride"][0])
        self.stages = nn.ModuleList()
        for stage in options["Stages"]:
            steps = [stage["Stride"][0]] + [1] * (stage["Depth"] - 1)
            widths = [width] + [stage["Width"]] * len(steps)
            self.stages.append(nn.Sequential(*[ResidualBlock(widths[i], widths[i + 1], step) for i, step in enumerate(steps)]))
            width = stage["Width"]

    def forward(self, values):
        values, maps = self.stem(values), []
        for stage in self.stages:
            values = stage(values)
            maps.append(values)
        return maps


class FeaturePyramid(nn.Module):
    def __init__(self, options):
        super().__init__()
        self.trunk = Trunk(options)
        width, self.smoothed_from = options["PyramidWidth"], options["SmoothedFrom"]
        stages = options["Stages"]
        self.laterals = nn.ModuleList(ConvUnit(stage["Width"], width, 1, rectified=False) for stage in stages)
        self.smoothers = nn.ModuleList(ConvUnit(width, width, rectified=False) for _ in stages[self.smoothed_from:])

    def forward(self, images):
        maps, merged, levels = self.trunk(images), None, []
        for level in reversed(range(len(maps))):
            lateral = self.laterals[level](maps[level])
            merged = lateral if merged is None else lateral.add_(F.interpolate(merged, lateral.shape[2:], mode="nearest"))
            levels.append(merged if level < self.smoothed_from else self.smoothers[level - self.smoothed_from](merged))
        return levels[::-1]


class ProposalHead(nn.Module):
    def __init__(self, inputs, width, count):
        super().__init__()
        self.shared = ConvUnit(inputs, width)
        self.logits, self.deltas = nn.Conv3d(width, count * 2, 1), nn.Conv3d(width, count * 6, 1)
        self.count = count

    def forward(self, level):
        hidden = self.shared(level)
        return [self.per_anchor(part(hidden), width) for part, width in ((self.logits, 2), (self.deltas, 6))]

    def per_anchor(self, values, width):
        batch = len(values)
        return values.reshape(batch, self.count, width, -1).permute(0, 3, 1, 2).reshape(batch, -1, width)


class BoxHead(nn.Module):
    def __init__(self, inputs, bins, width, classes):
        super().__init__()
        self.first, self.second = nn.Linear(inputs * bins ** 3, width), nn.Linear(width, width)
        self.logits, self.deltas = nn.Linear(width, classes + 1), nn.Linear(width, 6)

    def forward(self, features):
        hidden = F.relu_(self.second(F.relu_(self.first(features.flatten(1)))))
        return self.logits(hidden), self.deltas(hidden)


class MaskHead(nn.Module):
    def __init__(self, inputs, width, depth):
        super().__init__()
        self.body = nn.Sequential(*[ConvUnit(width if index else inputs, width) for index in range(depth)])
        self.logits = nn.Conv3d(width, 8, 1)

    def forward(self, features):
        coarse = self.logits(self.body(features))                                        # [R, 8, b, b, b]
        count, _, *bins = coarse.shape
        fine = coarse.reshape(count, 2, 2, 2, *bins).permute(0, 4, 1, 5, 2, 6, 3)
        return fine.reshape(count, *[2 * size for size in bins])
