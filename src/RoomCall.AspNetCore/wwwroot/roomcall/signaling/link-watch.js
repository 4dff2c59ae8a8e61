import { noAnswer } from './signaling-loss.js';

/**
 * The deadlines of one link: the answer to its first frame, a ping after a silence and the answer to it, and the end of a link that takes
 * no more. A page does not see the heartbeats of its WebSocket, so it asks by itself whether the server is there.
 */

const ANSWER_TIMEOUT = 10000;
const PING_INTERVAL = 3000;
const PING_TIMEOUT = 4000;

// What the server said before a link broke has come by then.
const LAST_WORDS = 1000;

// A timer that comes so late was held up with the whole page, and what the server said meanwhile may wait behind it.
const LATE = 1000;

export class LinkWatch {
  #clock;
  #ping;
  #drop;
  #timer = null;
  #phase = 'answering';
  #due = 0;
  #heardAt = 0;
  #hasWaitedLonger = false;
  #lastWord = null;

  /** `ping` asks the server whether it is there, `drop` ends the link with a sentence. */
  constructor(clock, ping, drop) {
    this.#clock = clock;
    this.#ping = ping;
    this.#drop = drop;
  }

  start() {
    this.#go('answering', ANSWER_TIMEOUT);
  }

  /** The server has answered the first frame. */
  answered() {
    this.heard();
    this.#go('quiet', PING_INTERVAL);
  }

  /** A frame has come. */
  heard() {
    this.#heardAt = this.#clock.now();
    this.#hasWaitedLonger = false;
    if (this.#phase === 'pinging') {
      this.#go('quiet', PING_INTERVAL);
    }
  }

  /** Something makes it doubtful that the server is still there: it is asked now. */
  check() {
    if (this.#phase === 'quiet') {
      this.#askAgain();
    }
  }

  /** The link is about to end: it gets a moment for what it still says. */
  endSoon(detail) {
    this.#lastWord ??= detail;
    this.#go('ending', LAST_WORDS);
  }

  stop() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
    this.#phase = 'stopped';
  }

  #onDue() {
    const now = this.#clock.now();
    const silence = now - this.#heardAt;
    const isLate = now - this.#due >= LATE;
    if (this.#phase === 'ending') {
      this.#drop(this.#lastWord);
    } else if (this.#phase === 'quiet' && silence < PING_INTERVAL) {
      this.#go('quiet', PING_INTERVAL - silence);
    } else if (this.#phase === 'quiet') {
      this.#askAgain();
    } else if (isLate && !this.#hasWaitedLonger) {
      this.#hasWaitedLonger = true;
      this.#waitLonger();
    } else {
      this.#drop(noAnswer(this.#phase === 'answering' ? ANSWER_TIMEOUT : PING_TIMEOUT));
    }
  }

  #waitLonger() {
    if (this.#phase === 'pinging') {
      this.#askAgain();
    } else {
      this.#go(this.#phase, PING_TIMEOUT);
    }
  }

  #askAgain() {
    this.#go('pinging', PING_TIMEOUT);
    this.#ping();
  }

  #go(phase, delay) {
    // Nothing comes after the end.
    if (this.#phase === 'stopped' || (this.#phase === 'ending' && phase !== 'ending')) {
      return;
    }

    this.#clock.clearTimeout(this.#timer);
    this.#phase = phase;
    this.#due = this.#clock.now() + delay;
    this.#timer = this.#clock.setTimeout(() => this.#onDue(), delay);
  }
}
