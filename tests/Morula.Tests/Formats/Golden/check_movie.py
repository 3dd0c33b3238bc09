"""Checks an exported movie by the rules of its layout and says what it holds.

usage: check_movie.py ctc|astec|morphonet|trackmate FOLDER
Prints "F frames, C cells, L links, D divisions"; fails with the reason. Needs numpy and tifffile, lxml for trackmate.
"""
import ast
import collections
import glob
import os
import re
import sys
import xml.etree.ElementTree as tree
import numpy as np
import tifffile


def number(path):
    return int(re.search(r"(\d+)\.\w+$", path).group(1))


def summary(cells, links):
    """cells: (frame, id) pairs; links: pairs of cells. Every cell has one predecessor at most, which comes before it."""
    cells = set(cells)
    targets = collections.Counter(after for _, after in links)
    assert all(count == 1 for count in targets.values()), "a cell has two predecessors"
    for before, after in links:
        assert before in cells and after in cells, f"link {before} {after} of a cell that is not there"
        assert before[0] < after[0], f"link {before} {after} goes back"
    sources = collections.Counter(before for before, _ in links)
    frames = {frame for frame, _ in cells}
    divisions = sum(count > 1 for count in sources.values())
    return f"{len(frames)} frames, {len(cells)} cells, {len(links)} links, {divisions} divisions"


def check_ctc(folder):
    files = sorted(glob.glob(os.path.join(folder, "mask*.tif")))
    numbers = [number(file) for file in files]
    assert numbers, "there are no masks"
    assert numbers == list(range(numbers[0], numbers[-1] + 1)), "masks are missing"
    present, shapes = {}, set()
    for frame, file in zip(numbers, files):
        mask = tifffile.imread(file)
        assert mask.dtype == np.uint16, f"{file} is {mask.dtype}"
        shapes.add(mask.shape)
        present[frame] = set(np.unique(mask).tolist()) - {0}
    assert len(shapes) == 1, f"masks of several sizes: {shapes}"
    tracks, labels = {}, []
    for line in open(os.path.join(folder, "res_track.txt")):
        label, begin, end, parent = (int(word) for word in line.split())
        labels.append(label)
        tracks[label] = (begin, end, parent)
    assert labels == sorted(set(labels)), "labels are not unique and sorted"
    for label, (begin, end, parent) in tracks.items():
        assert label > 0 and begin <= end, f"track {label} lasts from {begin} to {end}"
        frames = {frame for frame in numbers if label in present[frame]}
        assert frames == set(range(begin, end + 1)), f"track {label} is in {sorted(frames)}, not in {begin} to {end}"
        assert parent == 0 or (parent in tracks and tracks[parent][1] < begin), f"track {label} has the parent {parent}"
    for frame in numbers:
        assert present[frame] <= tracks.keys(), f"frame {frame} holds labels of no track"
    cells = [(frame, label) for frame in numbers for label in present[frame]]
    links = [((frame, label), (frame + 1, label)) for label, (begin, end, _) in tracks.items() for frame in range(begin, end)]
    links += [((tracks[parent][1], parent), (begin, label)) for label, (begin, _, parent) in tracks.items() if parent]
    return summary(cells, links)


def check_astec(folder):
    files = sorted(glob.glob(os.path.join(folder, "*_post_t*.tif")))
    numbers = set()
    volumes = {}
    for file in files:
        labels = tifffile.imread(file)
        assert labels.dtype == np.uint16 and labels.min() >= 1, f"{file}: background is 1"
        values, counts = np.unique(labels, return_counts=True)
        assert values.max() < 10000
        for value, count in zip(values.tolist(), counts.tolist()):
            if value > 1:
                numbers.add(number(file) * 10000 + value)
                volumes[number(file) * 10000 + value] = count
    (path,) = glob.glob(os.path.join(folder, "*.xml"))
    root = tree.parse(path).getroot()
    assert root.tag == "data"
    of = {child.tag: {int(cell.get("cell-id")): cell for cell in child} for child in root}
    for name in ("cell_volume", "cell_surface", "cell_barycenter", "cell_contact_surface"):
        assert of[name].keys() == numbers, f"{name} is not told of all cells"
    ratios = [float(of["cell_volume"][cell].text) / volumes[cell] for cell in numbers]
    assert max(ratios) - min(ratios) < 1e-3, "volumes are not proportional to voxels"
    for cell in numbers:
        assert len(ast.literal_eval(of["cell_barycenter"][cell].text)) == 3
        contacts = {int(other.get("cell-id")): float(other.text) for other in of["cell_contact_surface"][cell]}
        surface = float(of["cell_surface"][cell].text)
        assert abs(sum(contacts.values()) - surface) < 1e-3 * len(contacts) + 1e-6 * surface, f"contacts of {cell} do not add up to its surface"
        for other, area in contacts.items():
            assert other // 10000 == cell // 10000
            if other % 10000 > 1:
                back = of["cell_contact_surface"][other].find(f"cell[@cell-id='{cell}']")
                assert abs(float(back.text) - area) < 1e-3
    links = [(divmod(cell, 10000), divmod(after, 10000)) for cell, element in of["cell_lineage"].items() for after in ast.literal_eval(element.text)]
    return summary([divmod(cell, 10000) for cell in numbers], links)


def check_mesh(name, vertices, triangles, volume):
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    forward = {tuple(edge) for edge in edges.tolist()}
    assert len(forward) == len(edges), f"{name}: an edge goes twice the same way"
    assert all((end, start) in forward for start, end in forward), f"{name} is open"
    a, b, c = (vertices[triangles[:, corner]] for corner in range(3))
    found = np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6
    return found / volume


def check_morphonet(folder):
    def read(name, kind):
        (path,) = glob.glob(os.path.join(folder, f"*_{name}.txt"))
        lines = open(path).read().splitlines()
        assert lines[0].startswith("#") and lines[1] == f"type:{kind}", f"{name} is not of type {kind}"
        return [line.split(":") for line in lines[2:]]

    def cell(text):
        t, i, channel = (int(word) for word in text.split(","))
        assert channel == 0
        return t, i

    volumes = {cell(name): float(value) for name, value in read("volume", "float")}
    assert {cell(name) for name, _ in read("surface", "float")} == set(volumes)
    contacts = {(cell(one), cell(other)) for one, other in read("contacts", "space")}
    assert all((other, one) in contacts and one[0] == other[0] for one, other in contacts)
    assert {(cell(one), cell(other)) for one, other, _ in read("contact_area", "dict")} == contacts
    ratios = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.obj"))):
        vertices, objects = [], {}
        for line in open(path):
            words = line.split()
            if words[0] == "g":
                faces = objects.setdefault(cell(words[1]), [])
            elif words[0] == "v":
                vertices.append([float(word) for word in words[1:]])
            else:
                faces.append([int(word) - 1 for word in words[1:]])
        for name, faces in objects.items():
            assert name[0] == number(path)
            ratios[name] = check_mesh(name, np.array(vertices), np.array(faces), volumes[name])
            # Smoothing rounds the corners of cells of a few voxels off.
            least, most = (0.9, 1.1) if len(faces) > 300 else (0.6, 1.15)
            assert least < ratios[name] < most, f"the surface of {name} encloses {ratios[name]:.3f} of its cell"
    assert ratios.keys() == volumes.keys(), "not every cell has a surface"
    print("volume of surfaces to that of voxels:", *(f"{q:.3f}" for q in np.quantile(list(ratios.values()), [0, 0.05, 0.5, 0.95, 1])), file=sys.stderr)
    return summary(volumes, [(cell(before), cell(after)) for before, after in read("lineage", "time")])


def check_trackmate(folder):
    from lxml import etree
    import math
    (path,) = glob.glob(os.path.join(folder, "*.xml"))
    root = etree.parse(path).getroot()
    assert root.tag == "TrackMate" and root.get("version")
    model = root.find("Model")
    for name in ("FeatureDeclarations/SpotFeatures", "FeatureDeclarations/EdgeFeatures", "FeatureDeclarations/TrackFeatures", "AllSpots", "AllTracks", "FilteredTracks"):
        assert model.find(name) is not None, f"{name} is missing"
    settings = root.find("Settings")
    for name in ("ImageData", "BasicSettings", "DetectorSettings", "InitialSpotFilter", "SpotFilterCollection", "TrackerSettings", "TrackFilterCollection", "AnalyzerCollection"):
        assert settings.find(name) is not None, f"{name} is missing"
    declared = {feature.get("feature") for feature in model.iterfind("FeatureDeclarations/SpotFeatures/Feature")}
    spots = {}
    for group in model.find("AllSpots"):
        for spot in group:
            assert spot.get("FRAME") == group.get("frame")
            assert set(spot.attrib) - {"ID", "name"} <= declared
            assert all(math.isfinite(float(spot.get(key))) for key in declared)
            assert int(spot.get("ID")) not in spots
            spots[int(spot.get("ID"))] = (int(spot.get("FRAME")), int(spot.get("name")))
    assert len(spots) == int(model.find("AllSpots").get("nspots"))
    links, seen = [], set()
    for track in model.find("AllTracks"):
        edges = [(int(edge.get("SPOT_SOURCE_ID")), int(edge.get("SPOT_TARGET_ID"))) for edge in track]
        group = {spot for edge in edges for spot in edge}
        assert edges and not group & seen and len(edges) == len(group) - 1, "a track is not one tree of its own"
        seen |= group
        links += [(spots[source], spots[target]) for source, target in edges]
    ids = [track.get("TRACK_ID") for track in model.find("AllTracks")]
    assert [track.get("TRACK_ID") for track in model.find("FilteredTracks")] == ids and len(set(ids)) == len(ids)
    return summary(spots.values(), links)


if __name__ == "__main__":
    checks = {"ctc": check_ctc, "astec": check_astec, "morphonet": check_morphonet, "trackmate": check_trackmate}
    print(checks[sys.argv[1]](sys.argv[2]))
