import { make } from "./dom";

const keys: [string, string][] = [
  ["click", "select a cell and move the slices there"],
  ["wheel", "next slice; with Ctrl zoom"],
  ["Shift + drag", "move a zoomed slice"],
  ["+  −  0", "zoom in, out, whole"],
  ["←  →", "frame before, next frame"],
  ["Space", "play, pause"],
  ["↑  ↓", "slice above, below (XY)"],
  ["1 … 5", "colour by cell, lineage, volume, score, errors"],
  ["o  s  v  c  t", "outlines, surfaces, cloud, cut in 3D, truth beside"],
  ["m", "merge: then click the cell that becomes part of the selected one"],
  ["x", "split: then click two points in the selected cell"],
  ["Delete", "delete the selected cell"],
  ["l  u", "link: then click the mother; unlink"],
  ["Ctrl + Z", "take the last edit back"],
  ["Esc", "leave a tool; select nothing"],
  ["?", "this list"],
];

/** The list of keys, over everything. */
export class Help {
  readonly element: HTMLDialogElement;

  constructor() {
    const list = make("dl");
    for (const [key, meaning] of keys) list.append(make("dt", {}, key), make("dd", {}, meaning));
    this.element = make("dialog", { class: "help" }, make("h2", {}, "Keys"), list);
    this.element.addEventListener("click", () => this.element.close());
  }

  toggle(): void {
    if (this.element.open) this.element.close();
    else this.element.showModal();
  }
}
