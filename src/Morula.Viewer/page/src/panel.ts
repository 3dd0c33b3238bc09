import { faultColours, rightColour } from "./colours";
import { css, make } from "./dom";
import type { Editing } from "./editing";
import type { State, Store } from "./store";
import type { Track } from "./types";

const number = (value: number | undefined, unit: string) => (value === undefined ? "–" : `${value.toLocaleString("en", { maximumSignificantDigits: 4 })} ${unit}`.trim());

/** The column at the right: numbers of the selected cell, edits, notes. */
export class Panel {
  readonly element = make("aside", { class: "panel" });

  constructor(
    private readonly store: Store,
    private readonly editing: Editing,
    private readonly go: (label: number) => void,
  ) {}

  draw(): void {
    const state = this.store.state;
    this.element.replaceChildren(this.cell(state), this.legend(state), this.edits(state), this.notes(state));
  }

  private cell(state: State): HTMLElement {
    const label = state.selected;
    if (!label) return make("section", {}, make("h2", {}, "No cell selected"), make("p", { class: "quiet" }, "Click a cell in a slice, in 3D or in the lineage."));
    const track = state.summary.tracks.find((one) => one.id === label);
    const cell = state.data?.cells.get(label);
    const about = state.data?.isMeasured ? "≈ " : "";
    const rows: [string, Node | string][] = [
      ["volume", about + number(cell?.volume, "µm³")],
      ["surface", about + number(cell?.surface, "µm²")],
      ["score", number(cell?.score, "")],
      ["centre z y x", cell ? cell.centre.map((place) => place.toFixed(1)).join("  ") + " µm" : "–"],
      ["neighbours", this.cells(cell?.neighbours ?? [])],
    ];
    if (state.summary.hasTracks) rows.push(...this.family(state, track));
    const fault = state.data?.faults.get(label);
    if (state.summary.hasTruth) rows.push(["fault", fault ? make("b", { class: `is-${fault}` }, fault) : "none"]);
    const list = make("dl");
    for (const [name, value] of rows) list.append(make("dt", {}, name), make("dd", {}, value));
    const title = track?.name ? `${track.name} (${label})` : `Cell ${label}`;
    const gone = cell || !state.data?.surfaces ? [] : [make("p", { class: "quiet" }, "not in this frame")];
    return make("section", { "data-cell": label }, make("h2", {}, title), ...gone, list);
  }

  private family(state: State, track?: Track): [string, Node | string][] {
    const daughters = state.summary.tracks.filter((one) => one.parent === track?.id && track);
    return [
      ["mother", this.cells(track?.parent ? [track.parent] : [])],
      ["daughters", this.cells(daughters.map((one) => one.id))],
      ["frames", track ? `${track.first} to ${track.last}` : "–"],
    ];
  }

  private cells(labels: number[]): Node | string {
    if (labels.length === 0) return "–";
    return make("span", { class: "cells" }, ...labels.map((label) => make("button", { class: "link", click: () => this.go(label) }, String(label))));
  }

  private legend(state: State): HTMLElement {
    if (state.colour !== "errors" || !state.summary.hasTruth) return make("section", { class: "is-empty" });
    const count = (fault: string) => [...(state.data?.faults.values() ?? []), ...(fault === "missed" ? (state.data?.trueFaults.values() ?? []) : [])].filter((one) => one === fault).length;
    const line = (name: string, colour: readonly number[], text: string) => {
      const mark = make("i", { class: "mark" });
      mark.style.backgroundColor = css(colour);
      return make("li", { "data-fault": name }, mark, text);
    };
    const faults = (Object.keys(faultColours) as (keyof typeof faultColours)[]).map((fault) => line(fault, faultColours[fault], `${count(fault)} ${fault}`));
    return make("section", {}, make("h2", {}, "Errors"), make("ul", { class: "legend" }, line("right", rightColour, "right"), ...faults));
  }

  private edits(state: State): HTMLElement {
    if (!state.summary.canEdit) return make("section", { class: "is-empty" });
    const { tool, selected, summary, message } = state;
    const has = selected > 0;
    const button = (text: string, key: string, isOn: boolean, run: () => void, pressed = false) =>
      make("button", { click: run, disabled: !isOn, title: `key ${key}`, "data-tool": text, class: pressed ? "is-on" : "" }, text);
    const whole = make("input", { type: "checkbox", id: "whole", change: (event) => this.store.set({ wholeTrack: (event.target as HTMLInputElement).checked }) });
    whole.checked = state.wholeTrack;
    const by = make("select", { change: (event) => this.store.set({ by: (event.target as HTMLSelectElement).value as State["by"] }) }, make("option", { value: "shape" }, "shape"), make("option", { value: "membrane" }, "membrane"));
    by.value = state.by;
    const list = make("ol", { class: "edits" }, ...summary.edits.map((text) => make("li", {}, this.editing.words(text))));
    list.scrollTop = 1e6;
    return make(
      "section", { "data-edits": summary.edits.length },
      make("h2", {}, "Correct"),
      make(
        "div", { class: "tools" },
        button("merge", "m", has, () => this.editing.use("merge"), tool === "merge"),
        button("split", "x", has, () => this.editing.use("split"), tool === "split"),
        button("delete", "Delete", has, () => void this.editing.remove()),
        button("link", "l", has && summary.hasTracks, () => this.editing.use("link"), tool === "link"),
        button("unlink", "u", has && summary.hasTracks, () => void this.editing.unlink()),
        button("undo", "Ctrl+Z", summary.edits.length > 0, () => void this.editing.undo()),
      ),
      make("label", { for: "whole" }, whole, " from this frame to the track's end"),
      make("label", {}, "split along ", by),
      make("p", { class: "message", role: "status" }, message),
      list,
    );
  }

  private notes(state: State): HTMLElement {
    const notes = [...state.summary.notes, ...(state.data?.view.notes ?? [])];
    return make("section", { class: notes.length ? "notes" : "is-empty" }, make("h2", {}, "Notes"), ...notes.map((note) => make("p", {}, note)));
  }
}
