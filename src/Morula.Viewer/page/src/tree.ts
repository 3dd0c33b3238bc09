import { Palette } from "./colours";
import { css, make, makeSvg } from "./dom";
import type { State, Store } from "./store";
import type { Summary, Track } from "./types";

const leastRow = 7;
const border = 12;

/** The lineage: time to the right, a line for each track, a fork where a cell divides. */
export class Tree {
  readonly element = make("div", { class: "tree", "data-pane": "tree" });
  private lines = new Map<number, SVGElement>();
  private now?: SVGElement;
  private built = "";
  private coloured = "";

  constructor(
    private readonly store: Store,
    private readonly picked: (label: number, frame: number) => void,
  ) {
    new ResizeObserver(() => this.draw()).observe(this.element);
    this.element.addEventListener("click", (event) => this.click(event));
  }

  draw(): void {
    const state = this.store.state;
    const { summary } = state;
    this.element.classList.toggle("is-empty", summary.tracks.length === 0);
    if (summary.tracks.length === 0) return;
    const key = [summary.revision, this.element.clientWidth, this.element.clientHeight].join(" ");
    if (key !== this.built) {
      this.built = key;
      this.build(summary);
    }
    this.colour(state);
    const at = this.column(summary, summary.frames[state.frame].number);
    this.now?.setAttribute("x1", String(at));
    this.now?.setAttribute("x2", String(at));
    for (const [id, line] of this.lines) line.classList.toggle("is-lit", id === state.selected);
    const lit = this.lines.get(state.selected);
    this.element.dataset.lit = lit ? String(state.selected) : "0";
  }

  /** Scrolls to the selected track. */
  reveal(): void {
    this.lines.get(this.store.state.selected)?.scrollIntoView({ block: "nearest" });
  }

  /** Where a track lies on the page, in CSS pixels. */
  where(label: number): { x: number; y: number } | undefined {
    const box = this.lines.get(label)?.querySelector(".bar")?.getBoundingClientRect();
    return box && { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  }

  private build(summary: Summary): void {
    const rows = place(summary.tracks);
    const leaves = Math.max(1, Math.max(...rows.values()) + 1);
    const height = Math.max(this.element.clientHeight - 4, leaves * leastRow + 2 * border);
    const step = (height - 2 * border) / leaves;
    const y = (id: number) => border + (rows.get(id)! + 0.5) * step;
    this.now = makeSvg("line", { class: "now", y1: 0, y2: height });
    const svg = makeSvg("svg", { width: this.element.clientWidth - 12, height }, this.now);
    this.lines = new Map();
    const byId = new Map(summary.tracks.map((track) => [track.id, track]));
    for (const track of summary.tracks) {
      const mother = byId.get(track.parent);
      const group = this.lineOf(summary, track, y(track.id), mother && { x: this.column(summary, mother.last), y: y(mother.id) });
      this.lines.set(track.id, group);
      svg.append(group);
    }
    this.element.replaceChildren(svg);
    this.coloured = "";
  }

  private lineOf(summary: Summary, track: Track, y: number, mother?: { x: number; y: number }): SVGElement {
    const [from, to] = [this.column(summary, track.first), this.column(summary, track.last)];
    const title = makeSvg("title");
    title.textContent = `${track.name ?? `cell ${track.id}`}: frames ${track.first} to ${track.last}`;
    const group = makeSvg("g", { "data-id": track.id }, title);
    if (mother) group.append(makeSvg("path", { class: "fork", d: `M${mother.x} ${mother.y} L${mother.x} ${y} L${from} ${y}` }));
    group.append(makeSvg("line", { class: "touch", x1: from, x2: Math.max(to, from + 3), y1: y, y2: y }));
    group.append(makeSvg("line", { class: "bar", x1: from, x2: Math.max(to, from + 3), y1: y, y2: y }));
    return group;
  }

  private column(summary: Summary, frame: number): number {
    const first = summary.frames[0].number;
    const last = summary.frames[summary.frames.length - 1].number;
    return border + ((frame - first) / Math.max(1, last - first)) * (this.element.clientWidth - 12 - 2 * border);
  }

  private colour(state: State): void {
    const key = [state.colour, state.data?.key, state.data?.cells.size].join(" ");
    if (key === this.coloured) return;
    this.coloured = key;
    const palette = Palette.of(state);
    for (const [id, group] of this.lines) group.setAttribute("stroke", css(palette.of(id)));
  }

  private click(event: MouseEvent): void {
    const group = (event.target as Element).closest("g[data-id]");
    if (!group) return;
    const { summary } = this.store.state;
    const box = this.element.querySelector("svg")!.getBoundingClientRect();
    const [first, last] = [this.column(summary, summary.frames[0].number), this.column(summary, summary.frames[summary.frames.length - 1].number)];
    const share = (event.clientX - box.left - first) / Math.max(1, last - first);
    const span = summary.frames[summary.frames.length - 1].number - summary.frames[0].number;
    this.picked(Number(group.getAttribute("data-id")), Math.round(summary.frames[0].number + share * span));
  }
}

/** Rows: leaves one under the other, mothers in the middle of their daughters. */
function place(tracks: Track[]): Map<number, number> {
  const daughters = new Map<number, Track[]>();
  for (const track of tracks) daughters.set(track.parent, [...(daughters.get(track.parent) ?? []), track]);
  const rows = new Map<number, number>();
  let next = 0;
  const go = (track: Track): number => {
    const below = (daughters.get(track.id) ?? []).map(go);
    const row = below.length > 0 ? below.reduce((sum, one) => sum + one, 0) / below.length : next++;
    rows.set(track.id, row);
    return row;
  };
  (daughters.get(0) ?? []).forEach(go);
  return rows;
}
