import { utf8Length } from '../text.js';

/** The counted frames that the server has not acknowledged: kept within a bound, sent again after a loss. */

/** A page cannot be made to wait with sending: one more than this ends the stay. The server acknowledges 32 at once. */
export const MAX_FRAMES = 1024;

/** In bytes; the last one may go above it. */
export const MAX_BYTES = 1024 * 1024;

export class OutgoingWindow {
  #kept = [];
  #acknowledged = 0;
  #bytes = 0;

  // Of those that are kept: how many have gone out on the present link, and how many on any.
  #sent = 0;
  #sentOnce = 0;
  #isClosed = false;
  #last = null;

  /** Whether the last frame of the stay was added. */
  get isClosed() {
    return this.#isClosed;
  }

  get hasRoom() {
    return this.#kept.length < MAX_FRAMES && this.#bytes < MAX_BYTES;
  }

  /** Adds a frame; the caller has seen that there is room. */
  add(frame) {
    const bytes = utf8Length(frame);
    this.#kept.push({ frame, bytes });
    this.#bytes += bytes;
  }

  /** Adds the last frame; the bound does not hold for it, and no more is taken. */
  close(last) {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#last = last;
      this.add(last);
    }
  }

  /** The next frame to send on the present link, or null. */
  takeNext() {
    if (this.#sent === this.#kept.length) {
      return null;
    }

    const { frame } = this.#kept[this.#sent++];
    this.#sentOnce = Math.max(this.#sentOnce, this.#sent);
    return frame;
  }

  /**
   * The server has had so many, in the whole count.
   * @returns {{ canBe: boolean, hasProgressed: boolean }} Whether that can be, and whether it had not said so before.
   */
  acknowledge(received) {
    const count = received - this.#acknowledged;
    const canBe = count >= 0 && count <= this.#sentOnce;
    if (canBe) {
      this.#forget(count);
    }

    return { canBe, hasProgressed: canBe && count > 0 };
  }

  /** A new link goes on where the server has them: what it has not had is sent again. */
  resume(received) {
    const outcome = this.acknowledge(received);
    this.#sent = 0;
    return outcome;
  }

  /** Begins a new count; what was kept is gone, but for the last frame. */
  restart() {
    this.#clear();
    this.#acknowledged = 0;
    if (this.#last !== null) {
      this.add(this.#last);
    }
  }

  /** Takes no more, and keeps nothing. */
  end() {
    this.#isClosed = true;
    this.#clear();
  }

  #forget(count) {
    for (const { bytes } of this.#kept.splice(0, count)) {
      this.#bytes -= bytes;
    }

    this.#acknowledged += count;
    this.#sent = Math.max(this.#sent - count, 0);
    this.#sentOnce -= count;
  }

  #clear() {
    this.#kept = [];
    this.#bytes = this.#sent = this.#sentOnce = 0;
  }
}
