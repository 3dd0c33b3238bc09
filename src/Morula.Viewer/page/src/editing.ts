import { sendEdit } from "./api";
import type { Store, Tool } from "./store";
import type { Edit, Summary, Triple } from "./types";

const asked: Record<Tool, string> = {
  select: "",
  merge: "Click the cell that becomes part of the selected one. Esc leaves it.",
  split: "Click two points in the selected cell, in slices. Esc leaves it.",
  link: "Click the mother of the selected cell, in the lineage or in an earlier frame. Esc leaves it.",
};

/** Corrections by hand: what a click means while a tool is in hand, and what is sent. */
export class Editing {
  constructor(
    private readonly store: Store,
    private readonly changed: (summary: Summary) => void,
  ) {}

  use(tool: Tool): void {
    if (tool !== "select" && !this.store.state.selected) return;
    this.store.set({ tool, seed: undefined, message: asked[tool] });
  }

  /** Takes a click on a cell; false where it means a selection. */
  take(label: number, voxel?: Triple): boolean {
    const { tool, selected } = this.store.state;
    if (tool === "select" || !label) return false;
    if (tool === "merge") {
      if (label !== selected) void this.send({ edit: "merge", frame: this.frame, label, into: selected, ...this.until(label) });
    } else if (tool === "link") {
      if (label !== selected) void this.send({ edit: "link", mother: label, daughter: selected });
    } else if (voxel) {
      this.point(label, voxel);
    }
    return true;
  }

  remove = () => this.send({ edit: "delete", frame: this.frame, label: this.store.state.selected, ...this.until(this.store.state.selected) });

  unlink = () => this.send({ edit: "unlink", daughter: this.store.state.selected });

  undo = () => this.send({ edit: "undo" });

  /** An edit in words. */
  words(line: string): string {
    const edit = JSON.parse(line) as Edit;
    const frames = "last" in edit && edit.last ? `${edit.frame} to ${edit.last}` : "frame" in edit ? edit.frame : "";
    switch (edit.edit) {
      case "merge":
        return `${edit.label} into ${edit.into}, ${frames}`;
      case "delete":
        return `${edit.label} deleted, ${frames}`;
      case "split":
        return `${edit.label} split into ${edit.label} and ${edit.newLabel}, ${frames}`;
      case "link":
        return `${edit.daughter} is a daughter of ${edit.mother}`;
      case "unlink":
        return `${edit.daughter} has no mother`;
      default:
        return "taken back";
    }
  }

  private point(label: number, voxel: Triple): void {
    const { selected, seed, by } = this.store.state;
    if (label !== selected) {
      this.store.set({ message: `Click within the selected cell, ${selected}.` });
      return;
    }
    if (!seed) {
      this.store.set({ seed: { voxel, label }, message: "Now the second point." });
      return;
    }
    this.store.set({ message: "Splitting …" });
    void this.send({ edit: "split", frame: this.frame, label, seed: seed.voxel, otherSeed: voxel, newLabel: 0, by });
  }

  private get frame(): string {
    const { summary, frame } = this.store.state;
    return summary.frames[frame].name;
  }

  // The frame in which the track ends, if more than this frame is meant.
  private until(label: number): { last?: string } {
    const { summary, wholeTrack } = this.store.state;
    const track = wholeTrack ? summary.tracks.find((one) => one.id === label) : undefined;
    const last = track && summary.frames.filter((one) => one.number <= track.last).at(-1);
    return last ? { last: last.name } : {};
  }

  private async send(edit: Edit): Promise<void> {
    try {
      const summary = await sendEdit(edit);
      this.store.set({ tool: "select", seed: undefined, message: edit.edit === "undo" ? "Taken back." : `Saved: ${this.words(summary.edits.at(-1)!)}.` });
      this.changed(summary);
    } catch (problem) {
      this.store.set({ tool: "select", seed: undefined, message: problem instanceof Error ? problem.message : String(problem) });
    }
  }
}
