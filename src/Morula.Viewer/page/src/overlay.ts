import type { Colour } from "./colours";
import type { Plane } from "./planes";

/** A place on the screen where a slice lies: left, top, width and height of its whole field, in pixels. */
export interface Place {
  left: number;
  top: number;
  width: number;
  height: number;
}

const selectedFill = 110;

/** Paints the outlines of cells, and the inside of the one that is selected, pixel by pixel of the screen, so that lines stay thin at any zoom. */
export function paintLabels(
  target: ImageData, plane: Plane, place: Place, colourOf: (label: number) => Colour, selected: number, fill: number, outlines: boolean,
): number {
  const { width, height } = target;
  const pixels = new Uint32Array(target.data.buffer);
  const columns = indices(width, place.left, place.width, plane.columns);
  const rows = indices(height, place.top, place.height, plane.rows);
  let last = -1;
  let line = 0;
  let inside = 0;
  let lit = 0;
  const labelAt = (row: number, column: number) => (row < 0 || column < 0 ? 0 : plane.voxels[row * plane.columns + column]);
  for (let y = 0; y < height; y++) {
    const row = rows[y];
    const below = y + 1 < height ? rows[y + 1] : row;
    for (let x = 0; x < width; x++) {
      const label = labelAt(row, columns[x]);
      const right = x + 1 < width ? labelAt(row, columns[x + 1]) : label;
      const under = labelAt(below, columns[x]);
      const isEdge = label !== right || label !== under;
      const shown = label || right || under;
      if (!shown || (!isEdge && fill === 0 && label !== selected)) continue;
      const owner = isEdge && selected && (right === selected || under === selected) ? selected : shown;
      if (owner !== last) {
        last = owner;
        const [red, green, blue] = owner === selected ? [255, 255, 255] : colourOf(owner);
        line = pack(red, green, blue, 255);
        const [r, g, b] = colourOf(owner);
        inside = pack(r, g, b, owner === selected ? Math.max(selectedFill, fill) : fill);
      }
      if (isEdge && outlines) pixels[y * width + x] = line;
      else if (label) pixels[y * width + x] = inside;
      if (label === selected) lit++;
    }
  }
  return lit;
}

// Which row or column of a slice a pixel shows; -1 outside.
function indices(size: number, start: number, length: number, count: number): Int32Array {
  const found = new Int32Array(size).fill(-1);
  for (let pixel = 0; pixel < size; pixel++) {
    const index = Math.floor(((pixel + 0.5 - start) / length) * count);
    if (index >= 0 && index < count) found[pixel] = index;
  }
  return found;
}

const pack = (red: number, green: number, blue: number, alpha: number) => ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;
