import { encodeClientFrame } from './frames.js';

/**
 * What goes out on the present link behind the first frame, and in which order: what is not counted, then, once the server has answered, the
 * counted frames.
 */

// docs/protocol.md, Acknowledging.
const SETTLE_AFTER = 2000;

// No more than one answer in so long, so that a server that floods with pings is not answered in kind. Much less than any server waits for
// one: half a second at least.
const PONG_INTERVAL = 200;

const PING_FRAME = encodeClientFrame({ type: 'ping' });
const PONG_FRAME = encodeClientFrame({ type: 'pong' });

export class LinkOutbox {
  #window;
  #clock;
  #send = null;
  #isOpen = false;
  #owed = null;
  #due = null;
  #settling = null;
  #pongedAt = -Infinity;
  #ponging = null;

  constructor(window, clock) {
    this.#window = window;
    this.#clock = clock;
  }

  /** A new link begins, which takes frames by `send`. */
  begin(send) {
    this.end();
    this.#send = send;
  }

  /** The server has answered: counted frames may go out. */
  open() {
    this.#isOpen = true;
    if (this.#due !== null) {
      this.#sayAck(this.#due);
    }
  }

  /** Sends what may go out. */
  flush() {
    // A link that fails at sending ends this outbox's part in it, in the middle of the loop.
    while (this.#isOpen && this.#send) {
      const frame = this.#window.takeNext();
      if (frame === null) {
        return;
      }

      this.#send(frame);
    }
  }

  ping() {
    this.#send?.(PING_FRAME);
  }

  pong() {
    // By the clock, since a timer comes late on a hidden page.
    const rest = this.#pongedAt + PONG_INTERVAL - this.#clock.now();
    if (rest <= 0) {
      this.#sayPong();
    } else {
      this.#ponging ??= this.#clock.setTimeout(() => this.#sayPong(), rest);
    }
  }

  /** So many have come, and the server is told now; before its answer, with that. */
  acknowledge(received) {
    this.#owed = null;
    if (this.#isOpen) {
      this.#sayAck(received);
    } else {
      this.#due = received;
    }
  }

  /** So many have come, which the server is told with the next ones or in a while, so that it keeps nothing for one that hears little. */
  owe(received) {
    this.#owed = received;
    this.#settling ??= this.#clock.setTimeout(() => this.#settle(), SETTLE_AFTER);
  }

  /** Nothing more goes out on this link. */
  end() {
    this.#clock.clearTimeout(this.#settling);
    this.#clock.clearTimeout(this.#ponging);
    this.#send = this.#owed = this.#due = this.#settling = this.#ponging = null;
    this.#isOpen = false;
    this.#pongedAt = -Infinity;
  }

  #sayPong() {
    this.#clock.clearTimeout(this.#ponging);
    this.#ponging = null;
    this.#pongedAt = this.#clock.now();
    this.#send?.(PONG_FRAME);
  }

  #sayAck(received) {
    this.#due = null;
    this.#send?.(encodeClientFrame({ type: 'ack', received }));
  }

  #settle() {
    this.#settling = null;
    if (this.#owed !== null) {
      this.acknowledge(this.#owed);
    }
  }
}
