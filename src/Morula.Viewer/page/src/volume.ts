import { BackSide, BoxGeometry, Data3DTexture, GLSL3, LinearFilter, Mesh, RedFormat, ShaderMaterial, UnsignedByteType, Vector3 } from "three";

/** Steps of a ray through the longest way of the box. */
const mostSteps = 160;

const vertexShader = `
out vec3 place;
void main() {
  place = position + 0.5;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

// From the eye through the box: light adds up where the image is bright.
const fragmentShader = `
precision highp float;
precision highp sampler3D;
in vec3 place;
out vec4 colour;
uniform sampler3D image;
uniform vec3 eye;
uniform float steps;
uniform float gain;
uniform float exponent;
void main() {
  vec3 way = normalize(place - eye);
  vec3 inverse = 1.0 / way;
  vec3 near = min(-eye * inverse, (1.0 - eye) * inverse);
  float enter = max(0.0, max(near.x, max(near.y, near.z)));
  float leave = length(place - eye);
  float step = 1.7320508 / steps;
  float light = 0.0;
  float through = 1.0;
  for (float at = enter + 0.5 * step; at < leave; at += step) {
    float value = pow(texture(image, eye + at * way).r, exponent);
    float part = 1.0 - exp(-gain * value * value * step);
    light += through * part * value;
    through *= 1.0 - part;
    if (through < 0.02) break;
  }
  colour = vec4(vec3(light), 1.0 - through);
}`;

/** The image as a cloud that is opaque where it is bright. */
export class VolumeCloud {
  readonly mesh: Mesh<BoxGeometry, ShaderMaterial>;

  constructor() {
    const material = new ShaderMaterial({
      glslVersion: GLSL3, vertexShader, fragmentShader, side: BackSide, transparent: true, depthTest: false, depthWrite: false,
      uniforms: { image: { value: null }, eye: { value: new Vector3() }, steps: { value: mostSteps }, gain: { value: 14 }, exponent: { value: 1 } },
    });
    this.mesh = new Mesh(new BoxGeometry(1, 1, 1), material);
    this.mesh.visible = false;
    this.mesh.renderOrder = 2;
  }

  /** Shows other voxels: sizes z, y, x. */
  show(voxels: Uint8Array, sizes: readonly number[], field: readonly number[]): void {
    const uniforms = this.mesh.material.uniforms;
    (uniforms.image.value as Data3DTexture | null)?.dispose();
    const texture = new Data3DTexture(new Uint8Array(voxels), sizes[2], sizes[1], sizes[0]);
    texture.format = RedFormat;
    texture.type = UnsignedByteType;
    texture.minFilter = texture.magFilter = LinearFilter;
    texture.unpackAlignment = 1;
    texture.needsUpdate = true;
    uniforms.image.value = texture;
    this.mesh.scale.set(field[2], field[1], field[0]);
    this.mesh.position.set(field[2] / 2, field[1] / 2, field[0] / 2);
  }

  /** Before a picture: where the eye is, and how many of the most steps are taken. */
  look(eye: Vector3, share: number, gamma: number): void {
    const uniforms = this.mesh.material.uniforms;
    this.mesh.updateMatrixWorld();
    (uniforms.eye.value as Vector3).copy(this.mesh.worldToLocal(eye.clone())).addScalar(0.5);
    uniforms.steps.value = mostSteps * share;
    uniforms.exponent.value = gamma;
  }
}
