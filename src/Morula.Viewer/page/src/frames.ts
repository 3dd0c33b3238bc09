import { getBytes, getJson } from "./api";
import type { Cell, Fault, FrameCells, FrameView, Grid, Summary, Surface } from "./types";

/** Frames that are kept; one takes at most 20 MB. */
const kept = 12;

/** What is known of a frame: voxels of the coarse grids, cells, surfaces. The latter come later than the picture. */
export interface FrameData {
  key: string;
  index: number;
  view: FrameView;
  labels: Int32Array;
  image?: Uint8Array;
  truth?: Int32Array;
  cells: Map<number, Cell>;
  isMeasured: boolean;
  faults: Map<number, Fault>;
  trueFaults: Map<number, Fault>;
  surfaces?: Surface[];
  /** Surfaces of true cells that are missed. */
  missed: Surface[];
}

/** Loads frames and keeps the latest. */
export class Frames {
  private readonly loaded = new Map<string, Promise<FrameData>>();

  /** The picture of a frame; `told` is called when its cells and surfaces are there. */
  load(summary: Summary, index: number, told: (data: FrameData) => void): Promise<FrameData> {
    const key = `${summary.revision}/${index}`;
    let data = this.loaded.get(key);
    if (data) this.loaded.delete(key);
    data ??= this.fetch(summary, index, key, told);
    this.loaded.set(key, data);
    data.catch(() => this.loaded.delete(key));
    for (const old of [...this.loaded.keys()].slice(0, -kept)) this.loaded.delete(old);
    return data;
  }

  private async fetch(summary: Summary, index: number, key: string, told: (data: FrameData) => void): Promise<FrameData> {
    const path = `api/frame/${index}`;
    const labels = getBytes(`${path}/labels`);
    const image = summary.hasImage ? getBytes(`${path}/image`).catch(() => undefined) : undefined;
    const view = await getJson<FrameView>(path);
    const bytes = view.image ? await image : undefined;
    const data: FrameData = {
      key,
      index,
      view,
      labels: new Int32Array(await labels),
      image: bytes && new Uint8Array(bytes),
      cells: new Map(),
      isMeasured: false,
      faults: new Map(),
      trueFaults: new Map(),
      missed: [],
    };
    void this.complete(data, path).then(() => told(data), () => told(data));
    return data;
  }

  private async complete(data: FrameData, path: string): Promise<void> {
    const truth = data.view.truth ? getBytes(`${path}/truth`) : undefined;
    const surfaces = getBytes(`${path}/meshes`);
    const cells = await getJson<FrameCells>(`${path}/cells`);
    data.cells = new Map(cells.cells.map((cell) => [cell.label, cell]));
    data.isMeasured = cells.isMeasured;
    data.faults = faultsOf(cells.faults);
    data.trueFaults = faultsOf(cells.trueFaults);
    if (truth) {
      data.truth = new Int32Array(await truth);
      data.missed = parse(await getBytes(`${path}/missed`));
    }
    data.surfaces = parse(await surfaces);
  }
}

export const fieldOf = (grid: Grid): [number, number, number] => [0, 1, 2].map((axis) => grid.extent[axis] * grid.spacing[axis]) as [number, number, number];

const faultsOf = (faults?: Record<string, Fault>) => new Map(Object.entries(faults ?? {}).map(([label, fault]) => [Number(label), fault]));

// See MeshReply.cs. Places come as z, y, x.
function parse(buffer: ArrayBuffer): Surface[] {
  const numbers = new Uint32Array(buffer);
  const places = new Float32Array(buffer);
  const surfaces: Surface[] = [];
  let at = 1;
  for (let cell = 0; cell < numbers[0]; cell++) {
    const [label, vertices, triangles] = numbers.subarray(at, at + 3);
    at += 3;
    const turned = new Float32Array(3 * vertices);
    for (let place = 0; place < turned.length; place++) turned[place] = places[at + place - (place % 3) + 2 - (place % 3)];
    at += 3 * vertices;
    surfaces.push({ label, places: turned, corners: numbers.slice(at, at + 3 * triangles) });
    at += 3 * triangles;
  }
  return surfaces;
}
