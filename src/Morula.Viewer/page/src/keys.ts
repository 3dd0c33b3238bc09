import type { Editing } from "./editing";
import { stepped } from "./slicePane";
import type { ColourMode, State, Store } from "./store";

const modes: ColourMode[] = ["cell", "lineage", "volume", "score", "errors"];
const toggles: Record<string, keyof State> = { o: "showContours", s: "showSurfaces", v: "showVolume", c: "cut", t: "showTruth" };

export interface Commands {
  store: Store;
  editing: Editing;
  help: () => void;
  step: (frames: number) => void;
}

/** Keys of the whole page. */
export function listen(commands: Commands): void {
  window.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (target instanceof HTMLSelectElement || event.altKey) return;
    if (target instanceof HTMLInputElement) target.blur();
    if (press(event.key, event.ctrlKey || event.metaKey, commands)) event.preventDefault();
  });
}

function press(key: string, withControl: boolean, { store, editing, help, step }: Commands): boolean {
  const state = store.state;
  if (withControl) {
    if (key !== "z") return false;
    void editing.undo();
    return true;
  }
  if (key in toggles) store.set({ [toggles[key]]: !state[toggles[key]] } as Partial<State>);
  else if (key >= "1" && key <= "5" && key.length === 1) colour(store, modes[Number(key) - 1]);
  else if (key === "ArrowLeft") step(-1);
  else if (key === "ArrowRight") step(1);
  else if ((key === "ArrowUp" || key === "ArrowDown") && state.data) store.set({ at: stepped(state.data, state.at, 0, key === "ArrowUp" ? -1 : 1) });
  else if (key === " ") store.set({ playing: !state.playing && state.summary.isMovie });
  else if (key === "m" || key === "x" || key === "l") editing.use(key === "m" ? "merge" : key === "x" ? "split" : "link");
  else if (key === "u" && state.selected) void editing.unlink();
  else if ((key === "Delete" || key === "Backspace") && state.selected) void editing.remove();
  else if (key === "Escape") escape(store, editing);
  else if (key === "+" || key === "=" || key === "-" || key === "0") store.set({ zoom: key === "0" ? 1 : Math.min(40, Math.max(1, state.zoom * (key === "-" ? 0.8 : 1.25))), middle: state.zoom > 1 ? state.middle : state.at });
  else if (key === "?") help();
  else return false;
  return true;
}

function colour(store: Store, mode: ColourMode): void {
  const { hasTruth, hasTracks } = store.state.summary;
  if ((mode === "errors" && !hasTruth) || (mode === "lineage" && !hasTracks)) return;
  store.set({ colour: mode });
}

function escape(store: Store, editing: Editing): void {
  if (store.state.tool !== "select") editing.use("select");
  else store.set({ selected: 0, message: "" });
}
