"""Makes tracking.json: small tracked movies, true and found, and their scores, computed from the published definitions with numpy, scipy
and networkx: acyclic oriented graphs (Matula et al. 2015), CT, TF, BC(i) and CCA (Ulman et al. 2017), and lineages compared as trees.

Run from this folder: python3 make_tracking.py
"""
import itertools
import json
import os
import sys

import networkx as nx
import numpy as np
import scipy
import scipy.stats
from scipy.optimize import linear_sum_assignment

ALPHABET = ".123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


# ---------------------------------------------------------------- true movies
def grow_tree(rng, frames, roots):
    """id -> [first, last, mother]: cells live a few frames, then divide or die."""
    tree, waiting = {}, [(0, 0) for _ in range(roots)]
    while waiting:
        begin, mother = waiting.pop(0)
        if len(tree) >= 16 or begin >= frames:
            continue
        name = len(tree) + 1
        end = min(frames - 1, begin + int(rng.integers(1, 6)))
        tree[name] = [begin, end, mother]
        if end < frames - 1 and rng.uniform() < 0.75:
            pause = 1 if rng.uniform() < 0.9 else 2
            waiting += [(end + pause, name)] * (3 if rng.uniform() < 0.08 else 2)
    return tree


def place(rng, tree, shape):
    """(frame, id) -> centre; daughters begin beside their mother."""
    centre = {}
    for name, (begin, end, mother) in sorted(tree.items()):
        at = centre[(tree[mother][1], mother)] + rng.normal(0, 1.6, len(shape)) if mother else rng.uniform(0, 1, len(shape)) * shape
        for frame in range(begin, end + 1):
            at = np.clip(at + rng.normal(0, 0.25, len(shape)), 0, np.array(shape) - 1)
            centre[(frame, name)] = at
    return centre


def paint(shape, cells, radius):
    """cells: list of (label, centre); each voxel goes to the nearest centre within the radius."""
    image = np.zeros(shape, int)
    if not cells:
        return image
    grid = np.stack(np.meshgrid(*[np.arange(n) for n in shape], indexing="ij"), -1).astype(float)
    distance = np.stack([np.linalg.norm(grid - at, axis=-1) for _, at in cells], -1)
    labels = np.array([label for label, _ in cells])
    image = labels[distance.argmin(-1)]
    image[distance.min(-1) > radius] = 0
    return image


# ---------------------------------------------------------------- mistakes
class Draft:
    """What a tracker says of each true cell: a list of labels per (frame, true id) - none, one, or two halves - and who is whose mother."""

    def __init__(self, tree):
        self.said = {(t, n): [n] for n, (a, b, _) in tree.items() for t in range(a, b + 1)}
        self.mother = {n: m for n, (_, _, m) in tree.items() if m}
        self.extra = []                                  # (frame, label)
        self.next = max(tree) + 1

    def fresh(self):
        self.next += 1
        return self.next - 1

    def rename(self, name, begin, new):
        for (t, n), labels in self.said.items():
            if t >= begin:
                self.said[(t, n)] = [new if label == name else label for label in labels]
        for child, mother in list(self.mother.items()):
            if mother == name:
                self.mother[child] = new


def spoil(rng, draft, tree, kind):
    name = int(rng.choice(list(tree)))
    begin, end, mother = tree[name]
    frame = int(rng.integers(begin, end + 1))
    others = [n for n, (a, b, _) in tree.items() if n != name and a <= frame <= b]
    children = [n for n, (_, _, m) in tree.items() if m == name]
    if kind == "miss":
        draft.said[(frame, name)] = []
    elif kind == "merge" and others:
        draft.said[(frame, name)] = list(draft.said[(frame, others[0])])
    elif kind == "halves":
        draft.said[(frame, name)] = draft.said[(frame, name)] + [draft.fresh()]
    elif kind == "swap" and others:
        other = int(rng.choice(others))
        aside = draft.fresh()
        draft.rename(name, frame, aside)
        draft.rename(other, frame, name)
        draft.rename(aside, frame, other)
    elif kind == "break" and frame > begin:
        draft.rename(name, frame, draft.fresh())
    elif kind == "relay" and frame > begin:              # one daughter alone: a link of the wrong kind
        new = draft.fresh()
        draft.rename(name, frame, new)
        draft.mother[new] = name
    elif kind == "false division" and frame > begin:
        new, child = draft.fresh(), draft.fresh()
        draft.rename(name, frame, new)
        draft.mother[new] = draft.mother[child] = name
        draft.extra.append((frame, child))
    elif kind == "late" and children:
        for delay in range(int(rng.integers(1, 4))):
            for child in children[:1] if rng.uniform() < 0.5 else children:
                if (end + 1 + delay, child) in draft.said:
                    draft.said[(end + 1 + delay, child)] = [name]
    elif kind == "early" and children and end > begin:
        for ahead in range(int(rng.integers(1, min(3, end - begin) + 1))):
            draft.said[(end - ahead, name)] = list(children[:2])
    elif kind == "orphan" and mother:
        draft.mother.pop(name, None)
    elif kind == "adopt" and others:
        draft.mother[name] = others[0]
    elif kind == "extra":
        draft.extra.append((frame, draft.fresh()))


KINDS = ["miss", "merge", "halves", "swap", "break", "relay", "false division", "late", "early", "orphan", "adopt", "extra"]


def render(rng, draft, centre, shape, frames, radius, jitter):
    volumes = []
    for frame in range(frames):
        cells = []
        for (t, name), labels in draft.said.items():
            if t != frame:
                continue
            at = centre[(t, name)] + rng.normal(0, jitter, len(shape))
            shift = np.zeros(len(shape))
            shift[-1] = 1.1 if len(labels) > 1 else 0
            cells += [(label, at + shift * (2 * k - 1)) for k, label in enumerate(labels[:2])]
        cells += [(label, rng.uniform(0, 1, len(shape)) * shape) for t, label in draft.extra if t == frame]
        volumes.append(paint(shape, cells, radius))
    return volumes


def tracks_of(volumes, mother, start):
    """Tracks of what is to be seen: id -> (first, last, mother); a mother who does not end before her child is forgotten."""
    seen = {}
    for frame, volume in enumerate(volumes):
        for label in np.unique(volume[volume > 0]).tolist():
            seen.setdefault(label, []).append(frame + start)
    tracks = {}
    for label, frames in seen.items():
        m = mother.get(label, 0)
        tracks[label] = (frames[0], frames[-1], m if m in seen and seen[m][-1] < frames[0] else 0)
    return tracks


def renumber(rng, volumes, tracks):
    new = {old: int(k) + 1 for old, k in zip(tracks, rng.permutation(len(tracks)))}
    new[0] = 0
    return [np.vectorize(new.get)(v) for v in volumes], {new[n]: (a, b, new[m]) for n, (a, b, m) in tracks.items()}


def movie(seed, shape, frames, roots, mistakes, jitter, gaps):
    rng = np.random.default_rng(seed)
    tree = grow_tree(rng, frames, roots)
    centre = place(rng, tree, shape)
    start = int(rng.integers(0, 50))
    radius = 2.0 if len(shape) == 2 else 1.7
    true = Draft(tree)
    for _ in range(gaps):
        spoil(rng, true, tree, "miss")
    truth = render(rng, true, centre, shape, frames, radius, 0)
    draft = Draft(tree)
    for kind in rng.choice(KINDS, mistakes):
        spoil(rng, draft, tree, kind)
    found = render(rng, draft, centre, shape, frames, radius * rng.uniform(0.95, 1.15), jitter)
    true_tracks = tracks_of(truth, true.mother, start)
    found, found_tracks = renumber(rng, found, tracks_of(found, draft.mother, start))
    return start, truth, true_tracks, found, found_tracks


# ---------------------------------------------------------------- graphs
def graph_of(volumes, tracks, start):
    """One node per cell and frame, "track" edges along a track and "parent" edges between tracks."""
    graph = nx.DiGraph()
    where = {}
    for frame, volume in enumerate(volumes):
        for label in np.unique(volume[volume > 0]).tolist():
            graph.add_node((frame + start, label))
            where.setdefault(label, []).append(frame + start)
    for label, frames in where.items():
        nx.add_path(graph, [(t, label) for t in frames], kind="track")
        mother = tracks[label][2]
        if mother:
            graph.add_edge((where[mother][-1], mother), (frames[0], label), kind="parent")
    return graph, where


def holders(truth, found, start):
    """Bipartite: found node -> set of true nodes of which it covers more than half."""
    holds = {}
    for frame, (r, s) in enumerate(zip(truth, found)):
        for b in np.unique(s[s > 0]).tolist():
            holds[(frame + start, b)] = set()
        for a in np.unique(r[r > 0]).tolist():
            for b in np.unique(s[(r == a) & (s > 0)]).tolist():
                if np.count_nonzero((r == a) & (s == b)) > 0.5 * np.count_nonzero(r == a):
                    holds[(frame + start, b)].add((frame + start, a))
    return holds


def aogm(truth, found, holds, unique):
    ns = sum(max(0, len(h) - 1) for h in holds.values())
    fn = truth.number_of_nodes() - len(set().union(*holds.values())) if holds else truth.number_of_nodes()
    fp = sum(not h for h in holds.values())
    induced = nx.relabel_nodes(found.subgraph(unique), unique)
    true_edges, edges = set(truth.edges), set(induced.edges)
    ed, ea = len(edges - true_edges), len(true_edges - edges)
    ec = sum(truth.edges[e]["kind"] != induced.edges[e]["kind"] for e in edges & true_edges)
    return ns, fn, fp, ed, ea, ec


def normalised(cost, scratch):
    return None if scratch == 0 else 1 - min(cost, scratch) / scratch


# ---------------------------------------------------------------- tracks, divisions, cycles, lineages
def complete_tracks(where, where_found, partner):
    right = 0
    for a, b in itertools.product(where, where_found):
        right += where[a] == where_found[b] and all(partner.get((t, b)) == (t, a) for t in where[a])
    total = len(where) + len(where_found)
    return None if total == 0 else 2 * right / total


def track_fractions(where, where_found, partner):
    fractions = []
    for a, frames in where.items():
        best = 0
        for b in where_found:
            for i in range(len(frames)):
                for j in range(i, len(frames)):
                    if all(partner.get((t, b)) == (t, a) for t in frames[i:j + 1]):
                        best = max(best, j + 1 - i)
        if best:
            fractions.append(best / len(frames))
    return float(np.mean(fractions)) if fractions else None


def families(tracks):
    children = {}
    for name, (_, _, mother) in tracks.items():
        if mother:
            children.setdefault(mother, []).append(name)
    return {m: c for m, c in children.items() if len(c) > 1}


def branching(tracks, found_tracks, partner, within):
    true, found = families(tracks), families(found_tracks)

    def same_mother(a, b):
        ends = tracks[a][1], found_tracks[b][1]
        return abs(ends[0] - ends[1]) <= within and partner.get((min(ends), b)) == (min(ends), a)

    def same_child(a, b):
        starts = tracks[a][0], found_tracks[b][0]
        return abs(starts[0] - starts[1]) <= within and partner.get((max(starts), b)) == (max(starts), a)

    match = nx.Graph()
    match.add_nodes_from([("true", a) for a in true])
    for a, b in itertools.product(true, found):
        if len(true[a]) == len(found[b]) and same_mother(a, b) and any(
                all(same_child(x, y) for x, y in zip(true[a], order)) for order in itertools.permutations(found[b])):
            match.add_edge(("true", a), ("found", b))
    pairs = nx.max_weight_matching(match, maxcardinality=True)
    total = len(true) + len(found)
    return None if total == 0 else 2 * len(pairs) / total


def cycle_accuracy(tracks, found_tracks):
    def lengths(of):
        mothers = families(of)
        return [of[m][1] - of[m][0] for m in mothers if of[m][2] in mothers]

    true, found = lengths(tracks), lengths(found_tracks)
    if not true:
        return None
    if not found:
        return 0.0
    return 1 - scipy.stats.ks_2samp(true, found).statistic


def lineage_accuracy(truth, found, unique, length, last):
    to_found = {a: b for b, a in unique.items()}

    def tree(graph, root, end):
        part = graph.subgraph([n for n in graph if n[0] <= end])
        return part.subgraph({root} | nx.descendants(part, root))

    asked = [node for node in truth if node[0] + length - 1 <= last]
    right = 0
    for node in asked:
        if node not in to_found:
            continue
        want = tree(truth, node, node[0] + length - 1)
        have = tree(found, to_found[node], node[0] + length - 1)
        if all(n in unique for n in have):
            have = nx.relabel_nodes(have, unique)
            right += set(have) == set(want) and dict(have.edges) == dict(want.edges)
    return right / len(asked) if asked else None


# ---------------------------------------------------------------- images
def touching(volume):
    """Pairs of cells that share a face once each has grown by one voxel into the background; the smaller label takes a contested voxel."""
    grown = volume.copy()
    for place_ in np.argwhere(volume == 0):
        near = [volume[n] for n in around(tuple(place_), volume.shape) if volume[n] > 0]
        if near:
            grown[tuple(place_)] = min(near)
    pairs = set()
    for place_ in np.ndindex(*volume.shape):
        for n in around(place_, volume.shape):
            if 0 < grown[place_] < grown[n]:
                pairs.add((int(grown[place_]), int(grown[n])))
    return pairs


def around(place_, shape):
    for axis in range(len(shape)):
        for step in (-1, 1):
            moved = list(place_)
            moved[axis] += step
            if 0 <= moved[axis] < shape[axis]:
                yield tuple(moved)


def contact_f1(truth, found):
    right = total = 0
    for r, s in zip(truth, found):
        rows, columns = np.unique(r[r > 0]).tolist(), np.unique(s[s > 0]).tolist()
        iou = np.array([[np.count_nonzero((r == a) & (s == b)) / np.count_nonzero((r == a) | (s == b)) for b in columns] for a in rows])
        chosen = {}
        if iou.size:
            value = np.where(iou >= 0.5, 1000 + iou, 0)
            chosen = {columns[j]: rows[i] for i, j in zip(*linear_sum_assignment(-value)) if value[i, j] > 0}
        true, other = touching(r), touching(s)
        right += sum(a in chosen and b in chosen and tuple(sorted((chosen[a], chosen[b]))) in true for a, b in other)
        total += len(true) + len(other)
    return None if total == 0 else 2 * right / total


def seg(truth, found):
    scores = []
    for r, s in zip(truth, found):
        for a in np.unique(r[r > 0]):
            score = 0.0
            for b in np.unique(s[(r == a) & (s > 0)]):
                both = np.count_nonzero((r == a) & (s == b))
                if both > 0.5 * np.count_nonzero(r == a):
                    score = both / np.count_nonzero((r == a) | (s == b))
            scores.append(score)
    return float(np.mean(scores)) if scores else None


# ---------------------------------------------------------------- all scores
def scores_of(start, truth, tracks, found, found_tracks):
    graph, where = graph_of(truth, tracks, start)
    found_graph, where_found = graph_of(found, found_tracks, start)
    holds = holders(truth, found, start)
    unique = {b: next(iter(a)) for b, a in holds.items() if len(a) == 1}
    ns, fn, fp, ed, ea, ec = aogm(graph, found_graph, holds, unique)
    nodes, edges = graph.number_of_nodes(), graph.number_of_edges()
    cells, links = 5 * ns + 10 * fn + fp, ed + 1.5 * ea + ec
    last = start + len(truth) - 1
    out = {
        "splits": ns, "missed cells": fn, "extra cells": fp, "extra links": ed, "missing links": ea, "wrong links": ec, "true links": edges,
        "true tracks": len(where), "found tracks": len(where_found),
        "true divisions": len(families(tracks)), "found divisions": len(families(found_tracks)),
        "DET": normalised(cells, 10 * nodes), "LNK": normalised(links, 1.5 * edges), "TRA": normalised(cells + links, 10 * nodes + 1.5 * edges),
        "SEG": seg(truth, found), "contact F1": contact_f1(truth, found),
        "CT": complete_tracks(where, where_found, unique), "TF": track_fractions(where, where_found, unique),
        "CCA": cycle_accuracy(tracks, found_tracks),
        "lineage accuracy@movie": lineage_accuracy(graph, found_graph, unique, len(truth), last),
    }
    for within in range(4):
        out["BC(%d)" % within] = branching(tracks, found_tracks, unique, within)
    for length in (2, 5, 10):
        out["lineage accuracy@%d" % length] = lineage_accuracy(graph, found_graph, unique, length, last)
    return out


def text(volumes):
    return ["".join(ALPHABET[v] for v in volume.ravel()) for volume in volumes]


def rows(tracks):
    return [[n, *tracks[n]] for n in sorted(tracks)]


def lines(record, margin):
    """A line per key."""
    return ",\n".join(margin + json.dumps(key) + ": " + json.dumps(value) for key, value in record.items())


def main():
    plans = [  # shape, frames, roots, mistakes, jitter, gaps
        ((12, 14), 10, 3, 0, 0.0, 0), ((12, 14), 10, 3, 2, 0.0, 0), ((12, 14), 12, 3, 5, 0.2, 0), ((14, 14), 11, 4, 9, 0.4, 2),
        ((4, 9, 9), 8, 3, 1, 0.0, 0), ((4, 9, 9), 10, 3, 4, 0.2, 0), ((5, 9, 9), 11, 3, 8, 0.3, 2), ((1, 12, 12), 9, 2, 3, 0.0, 1),
    ]
    movies = []
    for index, plan in enumerate(plans * 3):
        start, truth, tracks, found, found_tracks = movie(4116 + index, *plan)
        if max([0, *tracks, *found_tracks]) >= len(ALPHABET):
            continue
        movies.append({
            "name": "movie %02d, %s" % (index, "x".join(map(str, plan[0]))), "extent": list(plan[0]), "first frame": start,
            "truth": text(truth), "true tracks": rows(tracks), "found": text(found), "found tracks": rows(found_tracks),
            "expected": scores_of(start, truth, tracks, found, found_tracks),
        })
    versions = {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__, "networkx": nx.__version__}
    golden = {
        "made by": os.path.basename(__file__), "versions": versions,
        "format": "a character per voxel: . is 0, then 1-9, a-z, A-Z; tracks are id, first frame, last frame, mother",
        "alphabet": ALPHABET,
    }
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "tracking.json"), "w") as file:
        file.write("{\n" + lines(golden, " ") + ",\n \"movies\": [\n" + ",\n".join("  {\n" + lines(m, "   ") + "\n  }" for m in movies) + "\n ]\n}\n")
    for m in movies:
        e = m["expected"]
        print(m["name"], {k: (round(v, 3) if isinstance(v, float) else v) for k, v in e.items()})


if __name__ == "__main__":
    main()
