import { getSummary } from "./api";
import { make } from "./dom";
import { Editing } from "./editing";
import { fieldOf, Frames, type FrameData } from "./frames";
import { Help } from "./help";
import { listen } from "./keys";
import { Panel } from "./panel";
import { Planes } from "./planes";
import { SlicePane } from "./slicePane";
import { Store, type State } from "./store";
import { Timeline } from "./timeline";
import { Toolbar } from "./toolbar";
import { Tree } from "./tree";
import type { Summary, Triple } from "./types";
import { View3d } from "./view3d";

const lookEvery = 4000;
const playEvery = 160;

/** The page: one store, and the parts that draw it. */
export class App {
  readonly store: Store;
  readonly slices: SlicePane[];
  readonly view3d: View3d;
  readonly tree: Tree;
  private readonly frames = new Frames();
  private readonly editing: Editing;
  private readonly redraw: () => void;

  constructor(summary: Summary) {
    this.store = new Store(first(summary));
    const planes = new Planes(() => this.slices.forEach((pane) => pane.draw()));
    this.editing = new Editing(this.store, (next) => this.take(next));
    this.slices = [0, 1, 2].map((across) => new SlicePane(this.store, planes, across, (label, at, voxel) => this.pick(label, at, voxel)));
    this.view3d = new View3d(this.store, (label, at) => this.pick(label, this.store.state.data?.cells.get(label)?.centre ?? at));
    this.tree = new Tree(this.store, (label, frame) => this.pickTrack(label, frame));
    const help = new Help();
    const toolbar = new Toolbar(this.store, () => help.toggle());
    const timeline = new Timeline(this.store, (frame) => void this.show(frame));
    const panel = new Panel(this.store, this.editing, (label) => this.go(label));
    const [xy, xz, yz] = this.slices;
    document.body.append(
      toolbar.element,
      make("main", {}, xy.element, yz.element, xz.element, this.view3d.element),
      panel.element, make("footer", {}, timeline.element, this.tree.element), help.element,
    );
    this.redraw = () => {
      for (const part of [toolbar, timeline, panel, ...this.slices, this.view3d, this.tree]) part.draw();
      this.tell();
    };
    this.store.subscribe((state, changed) => {
      this.redraw();
      if (changed.has("selected")) this.tree.reveal();
      if (changed.has("playing") && state.playing) void this.play();
    });
    listen({ store: this.store, editing: this.editing, help: () => help.toggle(), step: (frames) => void this.show(this.store.state.frame + frames) });
    this.redraw();
    window.setInterval(() => void this.look(), lookEvery);
  }

  /** Goes to a frame; resolves when its picture is there, or another frame has been asked for. */
  async show(frame: number): Promise<void> {
    const { summary } = this.store.state;
    if (frame < 0 || frame >= summary.frames.length) return;
    this.store.set({ frame });
    try {
      const data = await this.frames.load(summary, frame, (complete) => {
        if (this.store.state.data === complete) this.redraw();
      });
      if (this.store.state.frame !== frame || this.store.state.summary !== summary) return;
      this.store.set({ data, ...this.placed(data) });
    } catch (problem) {
      this.store.set({ message: problem instanceof Error ? problem.message : String(problem) });
    }
  }

  /** Selects a cell of this frame and moves the slices into it. */
  go(label: number): void {
    const centre = this.store.state.data?.cells.get(label)?.centre;
    const track = this.store.state.summary.tracks.find((one) => one.id === label);
    this.store.set({ selected: label, ...(centre ? { at: centre } : {}) });
    if (!centre && track) this.pickTrack(label, track.first);
  }

  private pick(label: number, at: Triple, voxel?: Triple): void {
    if (this.editing.take(label, voxel)) {
      if (voxel) this.store.set({ at });
      return;
    }
    this.store.set({ selected: label, at });
  }

  private pickTrack(label: number, number: number): void {
    if (this.editing.take(label)) return;
    const { summary, frame } = this.store.state;
    const track = summary.tracks.find((one) => one.id === label);
    const now = summary.frames[frame].number;
    this.store.set({ selected: label });
    const isHere = track && track.first <= now && now <= track.last;
    const wanted = isHere ? frame : summary.frames.findIndex((one) => one.number >= Math.min(number, track?.last ?? number));
    void this.show(wanted < 0 ? frame : wanted).then(() => this.go(label));
  }

  private async play(): Promise<void> {
    while (this.store.state.playing) {
      const { frame, summary } = this.store.state;
      await Promise.all([this.show((frame + 1) % summary.frames.length), new Promise((done) => window.setTimeout(done, playEvery))]);
    }
  }

  /** Looks whether the result has grown. */
  private async look(): Promise<void> {
    if (document.hidden) return;
    try {
      const summary = await getSummary();
      if (summary.revision !== this.store.state.summary.revision) this.take(summary);
    } catch {
      this.store.set({ message: "The server no longer answers." });
    }
  }

  private take(summary: Summary): void {
    this.store.set({ summary, frame: Math.min(this.store.state.frame, Math.max(0, summary.frames.length - 1)) });
    void this.show(this.store.state.frame);
  }

  // The middle of the first frame; another frame keeps the place, within its field.
  private placed(data: FrameData): Partial<State> {
    const field = fieldOf(data.view.labels);
    const { at, data: before } = this.store.state;
    const inside = at.map((place, axis) => (before ? Math.min(place, field[axis] * 0.999) : field[axis] / 2)) as Triple;
    return { at: inside };
  }

  // For tests and measures: what is drawn, and when it first was.
  private tell(): void {
    const { data, selected, frame, summary } = this.store.state;
    const told = document.body.dataset;
    told.selected = String(selected);
    told.edits = String(summary.edits.length);
    told.drawn = data && data.index === frame && data.key.startsWith(`${summary.revision}/`) ? String(frame) : "";
    told.whole = told.drawn !== "" && data!.surfaces ? told.drawn : "";
    if (told.drawn !== "" && !told.first) told.first = String(Math.round(performance.now()));
  }
}

const first = (summary: Summary): State => ({
  summary, frame: 0, selected: 0, at: [0, 0, 0], zoom: 1, middle: [0, 0, 0], colour: "cell", fill: 0, opacity: 1, gamma: 0.8,
  showContours: true, showVolume: true, showSurfaces: true, showTruth: false, cut: false, playing: false, tool: "select", wholeTrack: false, by: "shape", message: "",
});
