import { getBytes } from "./api";
import type { FrameData } from "./frames";
import type { Grid, Triple } from "./types";

export type Kind = "image" | "labels" | "truth";
type Voxels = Uint8Array | Int32Array;

const axisNames = ["z", "y", "x"];
const keptSlices = 36;
const patience = 70;

/** A slice: rows and columns over the whole field of its grid. */
export interface Plane {
  rows: number;
  columns: number;
  voxels: Voxels;
  key: string;
}

/** The two axes of a slice across an axis, rows first: XY has y down and x right, XZ z and x, YZ y and z. */
export const axesOf = (across: number): [number, number] => (across === 0 ? [1, 2] : across === 1 ? [0, 2] : [1, 0]);

/** Voxel of a grid along an axis at a place in µm. */
export function voxelAt(grid: Grid, axis: number, place: number): number {
  return Math.min(grid.extent[axis] - 1, Math.max(0, Math.floor(place / grid.spacing[axis])));
}

/** Cuts slices out of coarse frames at once, and fetches those of the file's own grid a little later where it is finer. */
export class Planes {
  private readonly fine = new Map<string, Plane>();
  private readonly waiting = new Map<string, AbortController>();
  private readonly wanted = new Map<string, () => Promise<void>>();
  private timer = 0;

  constructor(private readonly told: () => void) {}

  /** The best slice there is now; the wanted one is fetched if it is not there. */
  of(data: FrameData, kind: Kind, across: number, at: Triple): Plane | undefined {
    const grid = data.view[kind];
    const voxels = data[kind];
    if (!grid || !voxels) return undefined;
    const index = voxelAt(grid, across, at[across]);
    const key = `${data.key}/${kind}/${axisNames[across]}/${index}`;
    const known = this.fine.get(key);
    if (known) {
      this.fine.delete(key);
      this.fine.set(key, known);
      return known;
    }
    if (grid.extent.some((size, axis) => size !== grid.coarse[axis])) this.want(key, grid, across, kind, data.index, index);
    return cut(voxels, grid.coarse, across, Math.min(grid.coarse[across] - 1, Math.floor(((index + 0.5) * grid.coarse[across]) / grid.extent[across])), key);
  }

  private want(key: string, grid: Grid, across: number, kind: Kind, frame: number, index: number): void {
    const slot = `${kind}/${across}`;
    if (this.waiting.has(`${slot}|${key}`)) return;
    this.wanted.set(slot, () => this.fetch(key, slot, grid, across, kind, frame, index));
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const wanted = [...this.wanted.values()];
      this.wanted.clear();
      for (const fetch of wanted) void fetch();
    }, patience);
  }

  private async fetch(key: string, slot: string, grid: Grid, across: number, kind: Kind, frame: number, index: number): Promise<void> {
    for (const [other, abort] of this.waiting) if (other.startsWith(`${slot}|`)) abort.abort();
    const abort = new AbortController();
    const waitKey = `${slot}|${key}`;
    this.waiting.set(waitKey, abort);
    try {
      const buffer = await getBytes(`api/frame/${frame}/slice/${kind}/${axisNames[across]}/${index}`, abort.signal);
      const stored = kind === "image" ? new Uint8Array(buffer) : new Int32Array(buffer);
      const plane = cut(stored, grid.extent.map((size, axis) => (axis === across ? 1 : size)) as Triple, across, 0, key);
      this.fine.set(key, plane);
      for (const old of [...this.fine.keys()].slice(0, -keptSlices)) this.fine.delete(old);
      this.told();
    } catch {
      // No longer wanted, or not to be had: the coarse slice stays.
    } finally {
      this.waiting.delete(waitKey);
    }
  }
}

function cut(voxels: Voxels, extent: Triple, across: number, index: number, key: string): Plane {
  const steps: Triple = [extent[1] * extent[2], extent[2], 1];
  const [down, right] = axesOf(across);
  const [rows, columns] = [extent[down], extent[right]];
  const start = index * steps[across];
  if (across === 0) return { rows, columns, voxels: voxels.subarray(start, start + steps[0]), key };
  const plane = voxels instanceof Uint8Array ? new Uint8Array(rows * columns) : new Int32Array(rows * columns);
  for (let row = 0, to = 0; row < rows; row++) {
    let from = start + row * steps[down];
    for (let column = 0; column < columns; column++, from += steps[right]) plane[to++] = voxels[from];
  }
  return { rows, columns, voxels: plane, key };
}
