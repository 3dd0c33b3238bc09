import { make } from "./dom";
import type { Store } from "./store";

/** Time: a slider, and play. */
export class Timeline {
  readonly element: HTMLElement;
  private readonly slider: HTMLInputElement;
  private readonly play: HTMLButtonElement;
  private readonly name = make("output");

  constructor(private readonly store: Store, go: (frame: number) => void) {
    this.slider = make("input", { type: "range", min: 0, max: 0, step: 1, id: "time", "aria-label": "frame", input: () => go(Number(this.slider.value)) });
    this.play = make("button", { title: "key Space", "data-tool": "play", click: () => store.set({ playing: !store.state.playing }) }, "▶");
    this.element = make("div", { class: "timeline" }, this.play, this.slider, this.name);
  }

  draw(): void {
    const { summary, frame, playing, data } = this.store.state;
    this.element.classList.toggle("is-empty", summary.frames.length < 2);
    this.slider.max = String(Math.max(0, summary.frames.length - 1));
    this.slider.value = String(frame);
    this.play.textContent = playing ? "❚❚" : "▶";
    this.play.hidden = !summary.isMovie;
    const shown = summary.frames[frame];
    this.name.textContent = shown ? `${shown.name}  (${frame + 1} of ${summary.frames.length})${data?.index === frame ? "" : " …"}` : "nothing yet";
  }
}
