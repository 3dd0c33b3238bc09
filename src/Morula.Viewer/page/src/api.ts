import type { Edit, Summary } from "./types";

async function ask(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, init);
  if (response.ok) return response;
  const told = await response.json().catch(() => ({ error: `the server answers ${response.status}.` }));
  throw new Error(String(told.error));
}

export async function getJson<T>(path: string): Promise<T> {
  return (await ask(path)).json();
}

export async function getBytes(path: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  return (await ask(path, { signal })).arrayBuffer();
}

export const getSummary = () => getJson<Summary>("api/summary");

export async function sendEdit(edit: Edit): Promise<Summary> {
  const response = await ask("api/edits", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(edit) });
  return response.json();
}
