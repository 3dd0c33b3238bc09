import type { FrameData } from "./frames";
import type { Summary, Triple } from "./types";

export type ColourMode = "cell" | "lineage" | "volume" | "score" | "errors";
export type Tool = "select" | "merge" | "split" | "link";

export interface State {
  summary: Summary;
  /** Place of the frame in the list. */
  frame: number;
  /** What is known of it; undefined until it is there. */
  data?: FrameData;
  /** The label that is lit everywhere, 0 for none. */
  selected: number;
  /** Where the slices cut, µm z, y, x from the corner. */
  at: Triple;
  zoom: number;
  /** Middle of the slices where they are zoomed, µm. */
  middle: Triple;
  colour: ColourMode;
  fill: number;
  opacity: number;
  gamma: number;
  showContours: boolean;
  showVolume: boolean;
  showSurfaces: boolean;
  showTruth: boolean;
  cut: boolean;
  playing: boolean;
  tool: Tool;
  /** First point of a split: voxel and label. */
  seed?: { voxel: Triple; label: number };
  wholeTrack: boolean;
  by: "shape" | "membrane";
  message: string;
}

type Listener = (state: State, changed: ReadonlySet<keyof State>) => void;

/** The one place where the page keeps what it shows. Listeners are told once a picture of all that has changed. */
export class Store {
  private readonly listeners: Listener[] = [];
  private changed = new Set<keyof State>();

  constructor(public state: State) {}

  set(patch: Partial<State>): void {
    for (const key of Object.keys(patch) as (keyof State)[]) {
      if (this.state[key] === patch[key]) continue;
      if (this.changed.size === 0) queueMicrotask(() => this.tell());
      this.changed.add(key);
    }
    this.state = { ...this.state, ...patch };
  }

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
  }

  private tell(): void {
    const changed = this.changed;
    this.changed = new Set();
    for (const listener of this.listeners) listener(this.state, changed);
  }
}
