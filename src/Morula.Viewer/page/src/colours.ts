import type { FrameData } from "./frames";
import type { ColourMode, State } from "./store";
import type { Fault, Track } from "./types";

export type Colour = [number, number, number];

const golden = 0.618033988749895;
const lightnesses = [0.68, 0.8, 0.57];

export const faultColours: Record<Fault, Colour> = { missed: [235, 70, 70], extra: [214, 84, 214], split: [245, 160, 50], merged: [80, 150, 255] };
export const rightColour: Colour = [70, 175, 95];
const unknown: Colour = [150, 150, 150];

const gamma = (linear: number) => {
  const value = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055));
};

// OKLCH to linear sRGB (B. Ottosson, "A perceptual color space for image processing", 2020).
function linear(lightness: number, chroma: number, hue: number): Colour {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** The strongest colour of a hue and lightness that a screen can show. */
function strongest(lightness: number, hue: number): Colour {
  for (let chroma = 0.2; ; chroma -= 0.005) {
    const colour = linear(lightness, chroma, hue);
    if (chroma <= 0.01 || (Math.min(...colour) >= 0 && Math.max(...colour) <= 1)) return colour.map(gamma) as Colour;
  }
}

const ofLabel = (label: number) => strongest(lightnesses[label % 3], ((label * golden) % 1) * 2 * Math.PI);

// Dark blue over green to yellow, of even steps in lightness.
const scale = (share: number) => strongest(0.35 + 0.55 * share, ((280 - 190 * share) * Math.PI) / 180);

/** Colours of the cells of a frame; asks are remembered. */
export class Palette {
  private readonly known = new Map<number, Colour>();
  private readonly founders: Map<number, Colour>;
  private readonly range: [number, number];

  constructor(
    private readonly mode: ColourMode,
    private readonly data: FrameData | undefined,
    tracks: Track[],
  ) {
    this.founders = mode === "lineage" ? lineageColours(tracks) : new Map();
    const values = [...(data?.cells.values() ?? [])].map((cell) => (mode === "score" ? cell.score : cell.volume)).filter((value) => value !== undefined);
    this.range = mode === "score" ? [0, 1] : [Math.min(...values), Math.max(...values)];
  }

  static of(state: State): Palette {
    return new Palette(state.colour, state.data, state.summary.tracks);
  }

  of(label: number): Colour {
    let colour = this.known.get(label);
    if (!colour) this.known.set(label, (colour = this.make(label)));
    return colour;
  }

  ofTruth(label: number): Colour {
    const fault = this.mode === "errors" ? this.data?.trueFaults.get(label) : undefined;
    return fault ? faultColours[fault] : this.mode === "errors" ? rightColour : ofLabel(label);
  }

  private make(label: number): Colour {
    const cell = this.data?.cells.get(label);
    const [low, high] = this.range;
    const share = (value: number | undefined) => (value === undefined ? unknown : scale(high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5));
    switch (this.mode) {
      case "lineage":
        return this.founders.get(label) ?? unknown;
      case "volume":
        return share(cell?.volume);
      case "score":
        return share(cell?.score);
      case "errors": {
        const fault = this.data?.faults.get(label);
        return fault ? faultColours[fault] : rightColour;
      }
      default:
        return ofLabel(label);
    }
  }
}

/** The descendants of a founder share its hue, a little apart, and grow lighter from mother to daughter. */
function lineageColours(tracks: Track[]): Map<number, Colour> {
  const children = new Map<number, Track[]>();
  for (const track of tracks) children.set(track.parent, [...(children.get(track.parent) ?? []), track]);
  const colours = new Map<number, Colour>();
  const founders = children.get(0) ?? [];
  const go = (track: Track, low: number, high: number, depth: number) => {
    colours.set(track.id, strongest(Math.min(0.86, 0.55 + 0.07 * depth), ((low + high) / 2) * 2 * Math.PI));
    const daughters = children.get(track.id) ?? [];
    daughters.forEach((daughter, index) => go(daughter, low + ((high - low) * index) / daughters.length, low + ((high - low) * (index + 1)) / daughters.length, depth + 1));
  };
  founders.forEach((founder, index) => go(founder, index / founders.length, (index + 0.7) / founders.length, 0));
  return colours;
}
