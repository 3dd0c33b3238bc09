// What the server tells; see Summary.cs, FrameView.cs, FrameCells.cs and Edit.cs.

export type Triple = [number, number, number];

export interface Track {
  id: number;
  first: number;
  last: number;
  parent: number;
  name?: string;
}

export interface Summary {
  name: string;
  revision: number;
  isMovie: boolean;
  hasTracks: boolean;
  hasImage: boolean;
  hasTruth: boolean;
  canEdit: boolean;
  frames: { number: number; name: string }[];
  tracks: Track[];
  edits: string[];
  notes: string[];
}

/** A grid: voxels and µm per voxel along z, y, x, and voxels of the coarse grid over the same field. */
export interface Grid {
  extent: Triple;
  spacing: Triple;
  coarse: Triple;
}

export interface FrameView {
  number: number;
  name: string;
  labels: Grid;
  image?: Grid;
  truth?: Grid;
  notes: string[];
}

export interface Cell {
  label: number;
  centre: Triple;
  volume: number;
  surface: number;
  score?: number;
  neighbours: number[];
  contacts: number[];
}

export type Fault = "missed" | "extra" | "split" | "merged";

export interface FrameCells {
  isMeasured: boolean;
  cells: Cell[];
  faults?: Record<string, Fault>;
  trueFaults?: Record<string, Fault>;
}

/** The surface of a cell: places x, y, z in µm, and three corners a triangle. */
export interface Surface {
  label: number;
  places: Float32Array;
  corners: Uint32Array;
}

export type Edit =
  | { edit: "merge"; frame: string; label: number; into: number; last?: string }
  | { edit: "delete"; frame: string; label: number; last?: string }
  | { edit: "split"; frame: string; label: number; seed: Triple; otherSeed: Triple; newLabel: number; by: "shape" | "membrane" }
  | { edit: "link"; mother: number; daughter: number }
  | { edit: "unlink"; daughter: number }
  | { edit: "undo" };
