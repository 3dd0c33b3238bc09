/** Milliseconds that a fine picture should take; more, and the next is coarser. */
const bearable = 200;

/** Least share of the pixels along an axis, and of the steps along a ray. */
const coarsest = 0.35;

/** Milliseconds between looks whether a picture is done, and after which it counts as done. */
const lookEvery = 5;
const lost = 5000;

/**
 * Keeps pictures within what draws them, which may be a processor that does the work of a graphics card: the next is begun when the last
 * is done, so that the page never waits for one, and fine ones get fewer pixels and steps where they take long.
 */
export class Pace {
  /** Share of the pixels along an axis, and of the steps along a ray, that a fine picture has. */
  share = 0.5;
  private isBusy = false;
  private waiting?: () => void;

  constructor(private readonly gl: WebGL2RenderingContext) {}

  /** Whether a picture may be begun now; if not, `free` is called when it may. */
  may(free: () => void): boolean {
    if (this.isBusy) this.waiting = free;
    return !this.isBusy;
  }

  /** Told that a picture with a share of the pixels along an axis and of the steps along a ray has been begun. */
  begun(pixels: number, steps: number): void {
    const done = this.gl.fenceSync(this.gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!done) return;
    this.gl.flush();
    this.isBusy = true;
    const start = performance.now();
    const look = () => {
      const took = performance.now() - start;
      if (this.gl.clientWaitSync(done, 0, 0) === this.gl.TIMEOUT_EXPIRED && took < lost) {
        window.setTimeout(look, lookEvery);
        return;
      }
      this.gl.deleteSync(done);
      this.isBusy = false;
      this.share = Math.min(1, Math.max(coarsest, Math.cbrt((bearable / took) * pixels * pixels * steps)));
      const next = this.waiting;
      this.waiting = undefined;
      next?.();
    };
    window.setTimeout(look, lookEvery);
  }
}
