import { gaveUp, messageOf } from './signaling-loss.js';

// What a timer of a browser can wait at most.
const LONGEST = 2 ** 31 - 1;

/**
 * Makes the further links of a stay, as `reconnectDelay` says. Attempts count on from loss to loss until a link has proved itself, so that
 * a server which takes every link and loses it is not asked for ever.
 */
export class Reconnection {
  #open;
  #reconnectDelay;
  #clock;
  #signal;
  #attempts = 0;
  #lostAt = null;
  #hurry = null;

  /** `open` makes a link, `signal` ends the attempts. */
  constructor({ open, reconnectDelay, clock, signal }) {
    this.#open = open;
    this.#reconnectDelay = reconnectDelay;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** The last link has brought the stay on: the next loss is a new one. */
  prove() {
    this.#attempts = 0;
    this.#lostAt = null;
  }

  /** The next attempt is made now, if one is waited for: the network may be back. */
  hurry() {
    this.#hurry?.();
  }

  /**
   * Makes a link.
   * @param {string} [detail] Why the last one is lost; none: it is not, and a new one is made at once.
   * @throws {Error} When the attempts are over.
   */
  async connect(detail) {
    this.#lostAt ??= this.#clock.now();
    while (true) {
      if (detail !== undefined) {
        await this.#wait(detail);
      }

      this.#signal.throwIfAborted();
      try {
        return await this.#open();
      } catch (error) {
        this.#signal.throwIfAborted();
        detail = messageOf(error);
      }
    }
  }

  async #wait(detail) {
    const elapsed = this.#clock.now() - this.#lostAt;
    const delay = this.#reconnectDelay(this.#attempts + 1, elapsed);
    if (delay === null) {
      throw new GaveUp(gaveUp(this.#attempts, elapsed, detail));
    }

    if (typeof delay !== 'number' || !(delay >= 0)) {
      throw new RangeError('reconnectDelay must give milliseconds, zero or more, or null.');
    }

    this.#attempts++;
    await new Promise((resolve) => {
      const timer = this.#clock.setTimeout(resolve, Math.min(delay, LONGEST));
      this.#hurry = () => {
        this.#clock.clearTimeout(timer);
        resolve();
      };
      this.#signal.addEventListener('abort', this.#hurry, { once: true });
    });
    this.#signal.removeEventListener('abort', this.#hurry);
    this.#hurry = null;
  }
}

/** No further attempt is made; the message tells all. */
export class GaveUp extends Error {}
