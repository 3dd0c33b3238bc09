import {
  BoxGeometry, BufferAttribute, BufferGeometry, Color, DirectionalLight, DoubleSide, EdgesGeometry, HemisphereLight, LineBasicMaterial, LineSegments, Mesh, MeshLambertMaterial,
  PerspectiveCamera, Plane as CutPlane, Raycaster, Scene, SRGBColorSpace, Vector2, Vector3, WebGLRenderer,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import { faultColours, Palette } from "./colours";
import { make } from "./dom";
import { fieldOf, type FrameData } from "./frames";
import { Pace } from "./pace";
import type { State, Store } from "./store";
import type { Surface, Triple } from "./types";
import { VolumeCloud } from "./volume";

const clickDistance = 4;

/** Shares of the pixels along an axis and of the steps along a ray in a quick picture, and milliseconds until a fine one. */
const quickPixels = 0.5;
const quickSteps = 0.35;
const stillAfter = 300;

/** Milliseconds that a new frame waits for its surfaces before it is shown without. */
const surfacesWithin = 100;

/** Opacity of the other cells while one is selected. */
const behindSelected = 0.3;

/** Cells as surfaces and the image as a cloud. Pictures are made when something has changed. */
export class View3d {
  readonly element: HTMLElement;
  private readonly renderer?: WebGLRenderer;
  private readonly pace?: Pace;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(35, 1, 0.1, 1e5);
  private readonly controls?: OrbitControls;
  private readonly cloud = new VolumeCloud();
  private readonly rest = surfaceMesh();
  private readonly lit = surfaceMesh();
  private readonly missed = surfaceMesh();
  private readonly frame = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ color: 0x3a4450 }));
  private readonly cutPlane = new CutPlane(new Vector3(0, 0, -1), 0);
  private surfaces: Surface[] = [];
  private owners = new Int32Array();
  private shown = "";
  private clouded = "";
  private framed = "";
  private isMoving = false;
  private drawn = "";
  private told = "";
  private quickUntil = 0;
  private refining = 0;
  private waiting = 0;
  private asked = false;
  private pressed?: { x: number; y: number };

  constructor(
    private readonly store: Store,
    private readonly picked: (label: number, at: Triple) => void,
  ) {
    this.element = make("div", { class: "pane", "data-pane": "3D" }, make("span", { class: "pane-name" }, "3D"));
    try {
      this.renderer = new WebGLRenderer({ antialias: true });
    } catch {
      this.element.append(make("p", { class: "pane-problem" }, "this browser shows no 3D (WebGL 2 is missing)."));
      return;
    }
    this.pace = new Pace(this.renderer.getContext() as WebGL2RenderingContext);
    this.renderer.setClearColor(0x0b0d10);
    // After the cloud, so that it shines through it.
    this.lit.material.transparent = true;
    this.lit.material.emissive.setHex(0x333333);
    this.lit.renderOrder = 3;
    this.missed.material.vertexColors = false;
    this.missed.material.color.setRGB(...(faultColours.missed.map((part) => part / 255) as [number, number, number]), SRGBColorSpace);
    this.renderer.localClippingEnabled = true;
    const canvas = this.renderer.domElement;
    this.element.prepend(canvas);
    const sun = new DirectionalLight(0xffffff, 1.6);
    this.camera.add(sun);
    sun.position.set(0.4, 0.8, 1);
    this.scene.add(this.camera, new HemisphereLight(0xffffff, 0x404850, 1.1), this.frame, this.rest, this.lit, this.missed, this.cloud.mesh);
    // z grows into the depth, and y down, as in the slices.
    this.camera.up.set(0, -1, 0);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.addEventListener("change", () => this.ask());
    this.controls.addEventListener("start", () => (this.isMoving = true));
    this.controls.addEventListener("end", () => ((this.isMoving = false), this.ask()));
    canvas.addEventListener("pointerdown", (event) => (this.pressed = { x: event.clientX, y: event.clientY }));
    canvas.addEventListener("pointerup", (event) => this.click(event));
    new ResizeObserver(() => this.ask()).observe(this.element);
  }

  /** Where a place in µm lies on the page, in CSS pixels. */
  where(at: Triple): { x: number; y: number } {
    const box = this.element.getBoundingClientRect();
    const seen = new Vector3(at[2], at[1], at[0]).project(this.camera);
    return { x: box.left + ((seen.x + 1) / 2) * box.width, y: box.top + ((1 - seen.y) / 2) * box.height };
  }

  /** The label under a point of the page, 0 for none. */
  labelUnder(x: number, y: number): number {
    return this.hit(x, y)?.label ?? 0;
  }

  /** Makes a picture if something is new that 3D shows. */
  draw(): void {
    const { data, selected, colour, opacity, gamma, showSurfaces, showVolume, cut, at } = this.store.state;
    if (!data) return;
    const told = [data.key, data.surfaces !== undefined, data.cells.size, selected, colour, opacity, gamma, showSurfaces, showVolume, cut && at[0]].join(" ");
    if (told === this.told) return;
    this.told = told;
    window.clearTimeout(this.waiting);
    if (showSurfaces && !data.surfaces) this.waiting = window.setTimeout(() => this.ask(), surfacesWithin);
    else this.ask();
  }

  private ask(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.paint();
    });
  }

  private paint(): void {
    const { renderer } = this;
    const state = this.store.state;
    const [width, height] = [this.element.clientWidth, this.element.clientHeight];
    if (!renderer || !state.data || width === 0 || !this.pace!.may(() => this.ask())) return;
    const isQuick = this.isQuick(state.data);
    const fine = state.showVolume ? this.pace!.share : 1;
    const [pixels, steps] = isQuick && state.showVolume ? [Math.min(quickPixels, fine), Math.min(quickSteps, fine)] : [fine, fine];
    renderer.setPixelRatio(window.devicePixelRatio * pixels);
    renderer.setSize(width, height, true);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.aim(state.data);
    this.showCloud(state, state.data);
    this.showSurfaces(state, state.data);
    this.cutPlane.constant = state.at[0];
    this.cutPlane.normal.set(0, 0, -1);
    for (const mesh of [this.rest, this.lit, this.missed]) mesh.material.clippingPlanes = state.cut ? [this.cutPlane.clone().negate()] : [];
    this.cloud.look(this.camera.position, steps, state.gamma);
    renderer.render(this.scene, this.camera);
    this.pace!.begun(pixels, steps);
    this.element.dataset.frame = String(state.data.view.number);
    this.element.dataset.cells = String(this.surfaces.length);
  }

  // While the eye or time moves, pictures are made coarser, and a fine one when all is still.
  private isQuick(data: FrameData): boolean {
    const isNew = this.drawn !== data.key;
    this.drawn = data.key;
    if (this.isMoving || isNew) this.quickUntil = performance.now() + stillAfter;
    if (performance.now() >= this.quickUntil) return false;
    window.clearTimeout(this.refining);
    this.refining = window.setTimeout(() => this.ask(), stillAfter);
    return true;
  }

  // The whole field, from slightly above; anew where another field is shown.
  private aim(data: FrameData): void {
    const field = fieldOf(data.view.labels);
    const key = field.join(" ");
    if (this.framed === key || !this.controls) return;
    this.framed = key;
    const middle = new Vector3(field[2] / 2, field[1] / 2, field[0] / 2);
    const far = 1.4 * Math.hypot(...field);
    this.controls.target.copy(middle);
    this.camera.position.copy(middle).add(new Vector3(0.35, -0.45, -0.82).normalize().multiplyScalar(far * 0.9));
    this.camera.near = far / 200;
    this.camera.far = far * 10;
    this.camera.updateProjectionMatrix();
    this.controls.update();
    const box = new BoxGeometry(field[2], field[1], field[0]);
    this.frame.geometry.dispose();
    this.frame.geometry = new EdgesGeometry(box);
    this.frame.position.copy(middle);
  }

  private showCloud(state: State, data: FrameData): void {
    this.cloud.mesh.visible = state.showVolume && data.image !== undefined;
    if (!this.cloud.mesh.visible || this.clouded === data.key) return;
    this.clouded = data.key;
    this.cloud.show(data.image!, data.view.image!.coarse, fieldOf(data.view.image!));
  }

  private showSurfaces(state: State, data: FrameData): void {
    const isFrom = data.surfaces !== undefined;
    if (isFrom && this.surfaces !== data.surfaces) this.takeSurfaces(data.surfaces!, data.missed);
    this.rest.visible = this.lit.visible = isFrom && state.showSurfaces;
    this.missed.visible = this.rest.visible && state.colour === "errors";
    if (!isFrom) return;
    const key = [data.key, state.selected, state.colour, data.cells.size].join(" ");
    if (key !== this.shown) {
      this.shown = key;
      this.colour(Palette.of(state), state.selected);
    }
    const { material } = this.rest;
    material.opacity = this.element.dataset.lit === "0" ? state.opacity : Math.min(state.opacity, behindSelected);
    const isClear = material.opacity < 1;
    if (material.transparent !== isClear) material.needsUpdate = true;
    material.transparent = isClear;
    material.depthWrite = !isClear;
  }

  private takeSurfaces(surfaces: Surface[], missed: Surface[]): void {
    this.surfaces = surfaces;
    this.shown = "";
    this.takeMissed(missed);
    const vertices = surfaces.reduce((sum, surface) => sum + surface.places.length / 3, 0);
    const places = new Float32Array(3 * vertices);
    this.owners = new Int32Array(vertices);
    let start = 0;
    for (const surface of surfaces) {
      places.set(surface.places, 3 * start);
      this.owners.fill(surface.label, start, start + surface.places.length / 3);
      start += surface.places.length / 3;
    }
    for (const mesh of [this.rest, this.lit]) {
      mesh.geometry.dispose();
      mesh.geometry = new BufferGeometry();
      mesh.geometry.setAttribute("position", new BufferAttribute(places, 3));
    }
    const all = this.cornersOf(() => true);
    this.rest.geometry.setIndex(all);
    this.rest.geometry.computeVertexNormals();
    this.lit.geometry.setAttribute("normal", this.rest.geometry.getAttribute("normal"));
    this.rest.geometry.computeBoundingSphere();
    this.lit.geometry.boundingSphere = this.rest.geometry.boundingSphere;
  }

  private takeMissed(missed: Surface[]): void {
    const corners: number[] = [];
    const places: number[] = [];
    for (const surface of missed) {
      for (const corner of surface.corners) corners.push(places.length / 3 + corner);
      for (const place of surface.places) places.push(place);
    }
    this.missed.geometry.dispose();
    this.missed.geometry = new BufferGeometry();
    this.missed.geometry.setAttribute("position", new BufferAttribute(Float32Array.from(places), 3));
    this.missed.geometry.setIndex(new BufferAttribute(Uint32Array.from(corners), 1));
    this.missed.geometry.computeVertexNormals();
  }

  private colour(palette: Palette, selected: number): void {
    const colours = new Float32Array(3 * this.owners.length);
    const colour = new Color();
    for (let vertex = 0, last = -1; vertex < this.owners.length; vertex++) {
      const label = this.owners[vertex];
      if (label !== last) {
        const [red, green, blue] = palette.of(label);
        colour.setRGB(red / 255, green / 255, blue / 255, SRGBColorSpace);
        last = label;
      }
      colours.set([colour.r, colour.g, colour.b], 3 * vertex);
    }
    this.rest.geometry.setAttribute("color", new BufferAttribute(colours, 3));
    this.lit.geometry.setAttribute("color", new BufferAttribute(colours, 3));
    this.rest.geometry.setIndex(this.cornersOf((label) => label !== selected));
    const lit = this.cornersOf((label) => label === selected);
    this.lit.geometry.setIndex(lit);
    this.element.dataset.lit = lit.count > 0 ? String(selected) : "0";
  }

  private cornersOf(isWanted: (label: number) => boolean): BufferAttribute {
    const corners: number[] = [];
    let start = 0;
    for (const surface of this.surfaces) {
      if (isWanted(surface.label)) for (const corner of surface.corners) corners.push(start + corner);
      start += surface.places.length / 3;
    }
    return new BufferAttribute(Uint32Array.from(corners), 1);
  }

  private click(event: PointerEvent): void {
    const pressed = this.pressed;
    this.pressed = undefined;
    if (!pressed || event.button !== 0 || Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > clickDistance) return;
    const hit = this.hit(event.clientX, event.clientY);
    if (hit) this.picked(hit.label, hit.at);
  }

  private hit(x: number, y: number): { label: number; at: Triple } | undefined {
    if (!this.store.state.showSurfaces) return undefined;
    const box = this.element.getBoundingClientRect();
    const ray = new Raycaster();
    ray.setFromCamera(new Vector2(((x - box.left) / box.width) * 2 - 1, 1 - ((y - box.top) / box.height) * 2), this.camera);
    const { cut, at } = this.store.state;
    const hit = ray.intersectObjects([this.rest, this.lit]).find((one) => !cut || one.point.z >= at[0]);
    return hit?.face ? { label: this.owners[hit.face.a], at: [hit.point.z, hit.point.y, hit.point.x] } : undefined;
  }
}

function surfaceMesh(): Mesh<BufferGeometry, MeshLambertMaterial> {
  const mesh = new Mesh(new BufferGeometry(), new MeshLambertMaterial({ vertexColors: true, side: DoubleSide }));
  mesh.frustumCulled = false;
  return mesh;
}
