import { slotOf } from '../flow/call-flow.js';

/** The running timers of a session, at most one a slot. */
export class SessionTimers {
  #timeouts;
  #clock;
  #post;
  #running = new Map();

  constructor(timeouts, clock, post) {
    this.#timeouts = timeouts;
    this.#clock = clock;
    this.#post = post;
  }

  start(timer, number) {
    const slot = slotOf(timer);
    this.stop(slot);
    const due = this.#duration(timer);
    if (due !== Infinity) {
      // The input names its timer, so one that elapses while it is stopped can be told from its successor.
      this.#running.set(slot, this.#clock.setTimeout(() => this.#post({ type: 'timerElapsed', timer, number }), due));
    }
  }

  stop(slot) {
    this.#clock.clearTimeout(this.#running.get(slot));
    this.#running.delete(slot);
  }

  stopAll() {
    for (const slot of [...this.#running.keys()]) {
      this.stop(slot);
    }
  }

  // The other side may still be asking its user for media.
  #duration(timer) {
    return timer === 'remoteMedia' ? this.#timeouts.media + this.#timeouts.negotiation : this.#timeouts[timer];
  }
}
