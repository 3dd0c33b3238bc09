import { Palette } from "./colours";
import { make } from "./dom";
import { fieldOf, type FrameData } from "./frames";
import { paintLabels, type Place } from "./overlay";
import { axesOf, voxelAt, type Plane, type Planes } from "./planes";
import type { State, Store } from "./store";
import type { Triple } from "./types";

const names = ["XY", "XZ", "YZ"];
const margin = 10;
const mostZoom = 40;

/** Slices are painted by the processor: they need not wait until 3D is. */
const onProcessor: CanvasRenderingContext2DSettings = { willReadFrequently: true };

/** One of three orthogonal slices, with the outlines of cells over the image; beside it that of the truth, if it is asked for. */
export class SlicePane {
  readonly element: HTMLElement;
  private readonly canvas = make("canvas");
  private readonly overlay = document.createElement("canvas");
  private readonly grey = document.createElement("canvas");
  private greyKey = "";
  private drag?: { x: number; y: number; middle: Triple };

  constructor(
    private readonly store: Store,
    private readonly planes: Planes,
    private readonly across: number,
    private readonly picked: (label: number, at: Triple, voxel: Triple) => void,
  ) {
    this.element = make("div", { class: "pane", "data-pane": names[across] }, this.canvas, make("span", { class: "pane-name" }, names[across]));
    this.canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.canvas.addEventListener("pointerdown", (event) => this.down(event));
    this.canvas.addEventListener("pointermove", (event) => this.move(event));
    this.canvas.addEventListener("pointerup", () => (this.drag = undefined));
    this.canvas.addEventListener("contextmenu", (event) => event.preventDefault());
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  /** Where a place in µm lies on the page, in CSS pixels. */
  where(at: Triple): { x: number; y: number } {
    const [down, right] = axesOf(this.across);
    const { left, top, scale } = this.view(this.store.state)[0];
    const box = this.canvas.getBoundingClientRect();
    const ratio = window.devicePixelRatio;
    return { x: box.left + (left + at[right] * scale) / ratio, y: box.top + (top + at[down] * scale) / ratio };
  }

  draw(): void {
    const state = this.store.state;
    const ratio = window.devicePixelRatio;
    const [width, height] = [Math.round(this.element.clientWidth * ratio), Math.round(this.element.clientHeight * ratio)];
    if (width === 0 || height === 0) return;
    if (this.canvas.width !== width || this.canvas.height !== height) [this.canvas.width, this.canvas.height] = [width, height];
    const context = this.canvas.getContext("2d", onProcessor)!;
    context.fillStyle = "#0b0d10";
    context.fillRect(0, 0, width, height);
    if (!state.data) return;
    const palette = Palette.of(state);
    const sides = this.view(state);
    sides.forEach((side, index) => this.drawSide(context, state, state.data!, palette, side, index === 1));
    this.element.dataset.frame = String(state.data.view.number);
  }

  private drawSide(context: CanvasRenderingContext2D, state: State, data: FrameData, palette: Palette, side: Side, isTruth: boolean): void {
    context.save();
    context.beginPath();
    context.rect(side.from, 0, side.width, this.canvas.height);
    context.clip();
    const image = this.planes.of(data, "image", this.across, state.at);
    if (image) this.drawImage(context, image, this.placeOf(data, "image", side), state.gamma);
    const kind = isTruth ? "truth" : "labels";
    const labels = this.planes.of(data, kind, this.across, state.at);
    if (labels) {
      const colourOf = (label: number) => (isTruth ? palette.ofTruth(label) : palette.of(label));
      const lit = this.drawLabels(context, labels, this.placeOf(data, kind, side), side, colourOf, isTruth ? 0 : state.selected, state);
      if (!isTruth) this.element.dataset.lit = lit > 0 ? String(state.selected) : "0";
    }
    this.drawCross(context, state, side);
    if (state.showTruth) this.drawName(context, side, isTruth ? "truth" : "found");
    context.restore();
  }

  private drawImage(context: CanvasRenderingContext2D, plane: Plane, place: Place, gamma: number): void {
    const key = `${plane.key}/${plane.rows}/${gamma}`;
    if (key !== this.greyKey) {
      this.greyKey = key;
      [this.grey.width, this.grey.height] = [plane.columns, plane.rows];
      const pixels = new ImageData(plane.columns, plane.rows);
      const words = new Uint32Array(pixels.data.buffer);
      const table = Uint32Array.from({ length: 256 }, (_, value) => {
        const level = Math.round(255 * (value / 255) ** gamma);
        return ((255 << 24) | (level << 16) | (level << 8) | level) >>> 0;
      });
      for (let voxel = 0; voxel < words.length; voxel++) words[voxel] = table[plane.voxels[voxel]];
      this.grey.getContext("2d", onProcessor)!.putImageData(pixels, 0, 0);
    }
    context.imageSmoothingEnabled = true;
    context.drawImage(this.grey, place.left, place.top, place.width, place.height);
  }

  private drawLabels(
    context: CanvasRenderingContext2D, plane: Plane, place: Place, side: Side, colourOf: (label: number) => [number, number, number], selected: number, state: State,
  ): number {
    const height = this.canvas.height;
    [this.overlay.width, this.overlay.height] = [side.width, height];
    const overlay = this.overlay.getContext("2d", onProcessor)!;
    const pixels = overlay.createImageData(side.width, height);
    const lit = paintLabels(pixels, plane, { ...place, left: place.left - side.from }, colourOf, selected, Math.round(255 * state.fill), state.showContours);
    overlay.putImageData(pixels, 0, 0);
    context.drawImage(this.overlay, side.from, 0);
    return lit;
  }

  private drawCross(context: CanvasRenderingContext2D, state: State, side: Side): void {
    const [down, right] = axesOf(this.across);
    const [x, y] = [side.left + state.at[right] * side.scale, side.top + state.at[down] * side.scale];
    context.strokeStyle = "rgba(140, 190, 255, 0.35)";
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(side.from, Math.round(y) + 0.5);
    context.lineTo(side.from + side.width, Math.round(y) + 0.5);
    context.moveTo(Math.round(x) + 0.5, 0);
    context.lineTo(Math.round(x) + 0.5, this.canvas.height);
    context.stroke();
    if (!state.seed || !state.data) return;
    const grid = state.data.view.labels;
    const seed = state.seed.voxel.map((voxel, axis) => (voxel + 0.5) * grid.spacing[axis]);
    context.fillStyle = "#ffd24a";
    context.beginPath();
    context.arc(side.left + seed[right] * side.scale, side.top + seed[down] * side.scale, 4 * window.devicePixelRatio, 0, 7);
    context.fill();
  }

  private drawName(context: CanvasRenderingContext2D, side: Side, name: string): void {
    context.fillStyle = "#aab4c0";
    context.font = `${12 * window.devicePixelRatio}px system-ui, sans-serif`;
    context.textAlign = "right";
    context.fillText(name, side.from + side.width - margin, this.canvas.height - margin);
    context.textAlign = "left";
  }

  /** The parts of the pane: the result, and to the right of it the truth where it is shown. */
  private view(state: State): Side[] {
    const [down, right] = axesOf(this.across);
    const field = state.data ? fieldOf(state.data.view.labels) : [1, 1, 1];
    const count = state.showTruth && state.data?.view.truth ? 2 : 1;
    const width = Math.floor(this.canvas.width / count);
    const scale = state.zoom * Math.max(0.01, Math.min((width - 2 * margin) / field[right], (this.canvas.height - 2 * margin) / field[down]));
    const middle = state.zoom > 1 ? state.middle : field.map((size) => size / 2);
    return Array.from({ length: count }, (_, index) => ({
      from: index * width, width, scale,
      left: (index + 0.5) * width - middle[right] * scale,
      top: this.canvas.height / 2 - middle[down] * scale,
    }));
  }

  private placeOf(data: FrameData, kind: "image" | "labels" | "truth", side: Side): Place {
    const [down, right] = axesOf(this.across);
    const field = fieldOf(data.view[kind]!);
    return { left: side.left, top: side.top, width: field[right] * side.scale, height: field[down] * side.scale };
  }

  /** The place in µm under the pointer. */
  private placeUnder(event: MouseEvent): Triple {
    const [down, right] = axesOf(this.across);
    const ratio = window.devicePixelRatio;
    const sides = this.view(this.store.state);
    const side = sides.find((one) => event.offsetX * ratio < one.from + one.width) ?? sides[0];
    const at: Triple = [...this.store.state.at];
    at[right] = (event.offsetX * ratio - side.left) / side.scale;
    at[down] = (event.offsetY * ratio - side.top) / side.scale;
    return at;
  }

  private down(event: PointerEvent): void {
    const { data, middle } = this.store.state;
    if (!data) return;
    if (event.button !== 0 || event.shiftKey) {
      this.canvas.setPointerCapture(event.pointerId);
      this.drag = { x: event.clientX, y: event.clientY, middle };
      return;
    }
    const at = this.placeUnder(event);
    const field = fieldOf(data.view.labels);
    if (at.some((place, axis) => place < 0 || place >= field[axis])) return;
    const voxel = at.map((place, axis) => voxelAt(data.view.labels, axis, place)) as Triple;
    const [down, right] = axesOf(this.across);
    const plane = this.planes.of(data, "labels", this.across, at)!;
    const row = Math.min(plane.rows - 1, Math.floor((at[down] / field[down]) * plane.rows));
    const column = Math.min(plane.columns - 1, Math.floor((at[right] / field[right]) * plane.columns));
    this.picked(plane.voxels[row * plane.columns + column], at, voxel);
  }

  private move(event: PointerEvent): void {
    if (!this.drag) return;
    const [down, right] = axesOf(this.across);
    const scale = this.view(this.store.state)[0].scale / window.devicePixelRatio;
    const middle: Triple = [...this.drag.middle];
    middle[right] -= (event.clientX - this.drag.x) / scale;
    middle[down] -= (event.clientY - this.drag.y) / scale;
    this.store.set({ middle });
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const { data, zoom, at, middle } = this.store.state;
    if (!data) return;
    if (event.ctrlKey || event.metaKey) {
      const next = Math.min(mostZoom, Math.max(1, zoom * (event.deltaY < 0 ? 1.2 : 1 / 1.2)));
      this.store.set({ zoom: next, middle: zoom > 1 ? middle : this.placeUnder(event) });
      return;
    }
    this.store.set({ at: stepped(data, at, this.across, Math.sign(event.deltaY)) });
  }
}

/** The place some slices on, within the field. */
export function stepped(data: FrameData, at: Triple, axis: number, slices: number): Triple {
  const grid = data.view.labels;
  const index = Math.min(grid.extent[axis] - 1, Math.max(0, voxelAt(grid, axis, at[axis]) + slices));
  const next: Triple = [...at];
  next[axis] = (index + 0.5) * grid.spacing[axis];
  return next;
}

interface Side {
  /** First pixel and width of the part. */
  from: number;
  width: number;
  /** Pixels per µm, and where the corner of the field lies. */
  scale: number;
  left: number;
  top: number;
}
