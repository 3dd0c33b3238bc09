import { getSummary } from "./api";
import { App } from "./app";
import { make } from "./dom";
import "./style.css";

declare global {
  interface Window {
    /** For tests and measures. */
    morula?: App;
  }
}

try {
  const summary = await getSummary();
  document.title = `${summary.name} – Morula`;
  window.morula = new App(summary);
  void window.morula.show(0);
} catch (problem) {
  document.body.append(make("p", { class: "pane-problem" }, problem instanceof Error ? problem.message : String(problem)));
}
