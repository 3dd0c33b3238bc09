import { make } from "./dom";
import type { ColourMode, State, Store } from "./store";

const colours: [ColourMode, string][] = [["cell", "cell"], ["lineage", "lineage"], ["volume", "volume"], ["score", "score"], ["errors", "errors"]];

/** The line at the top: what is shown, and how. */
export class Toolbar {
  readonly element: HTMLElement;
  private readonly title = make("h1");
  private readonly colour: HTMLSelectElement;
  private readonly toggles: [keyof State, HTMLButtonElement, (state: State) => boolean][] = [];

  constructor(private readonly store: Store, help: () => void) {
    this.colour = make("select", { id: "colour", change: () => store.set({ colour: this.colour.value as ColourMode }) }, ...colours.map(([value, text]) => make("option", { value }, text)));
    this.element = make(
      "header", {}, this.title,
      make("label", { for: "colour" }, "colour by ", this.colour),
      this.toggle("showContours", "outlines", "o", () => true),
      this.toggle("showSurfaces", "surfaces", "s", () => true),
      this.toggle("showVolume", "cloud", "v", (state) => state.summary.hasImage),
      this.toggle("cut", "cut", "c", () => true),
      this.toggle("showTruth", "truth", "t", (state) => state.summary.hasTruth),
      this.slider("fill", "fill", 0, 0.8),
      this.slider("opacity", "opacity", 0.05, 1),
      this.slider("gamma", "gamma", 0.3, 2.5),
      make("button", { class: "help-button", title: "keys", click: help }, "?"),
    );
  }

  draw(): void {
    const state = this.store.state;
    this.title.textContent = state.summary.name;
    this.colour.value = state.colour;
    for (const [value, option] of colours.map(([value], index) => [value, this.colour.options[index]] as const))
      option.disabled = (value === "errors" && !state.summary.hasTruth) || (value === "lineage" && !state.summary.hasTracks);
    for (const [key, button, isThere] of this.toggles) {
      button.hidden = !isThere(state);
      button.classList.toggle("is-on", Boolean(state[key]));
    }
  }

  private toggle(key: keyof State, text: string, hint: string, isThere: (state: State) => boolean): HTMLElement {
    const button = make("button", { title: `key ${hint}`, "data-toggle": text, click: () => this.store.set({ [key]: !this.store.state[key] } as Partial<State>) }, text);
    this.toggles.push([key, button, isThere]);
    return button;
  }

  private slider(key: "fill" | "opacity" | "gamma", text: string, least: number, most: number): HTMLElement {
    const input = make("input", { type: "range", min: least, max: most, step: 0.05, id: key, input: () => this.store.set({ [key]: Number(input.value) }) });
    input.value = String(this.store.state[key]);
    return make("label", { for: key }, `${text} `, input);
  }
}
