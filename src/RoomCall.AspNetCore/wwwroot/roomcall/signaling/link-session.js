import { utf8Length } from '../text.js';
import { decodeServerFrame } from './frames.js';
import { LinkWatch } from './link-watch.js';
import * as loss from './signaling-loss.js';
import { lost, over } from './verdict.js';

// A larger frame is no signaling, and nothing that a page should hold.
const MAX_FRAME_BYTES = 1024 * 1024;

// More than any server says before the transport has told that the link is up.
const MAX_EARLY = 1024;

/** One link of a stay, from its first frame to its end. */
export class LinkSession {
  #stay;
  #outbox;
  #watch;
  #events;
  #onUp;
  #link = null;
  #verdict = null;
  #end = null;
  #isGone = false;

  // What came before the session runs.
  #early = [];

  /** What the transport calls. */
  handlers = {
    onFrame: (text) => this.#onFrame(text),
    onClose: (detail) => this.#onClose(detail),
    onRefused: (detail) => this.#onRefused(detail),
  };

  /** `onUp` is called when the server has answered. */
  constructor({ stay, outbox, clock, events, onUp }) {
    this.#stay = stay;
    this.#outbox = outbox;
    this.#events = events;
    this.#onUp = onUp;
    this.#watch = new LinkWatch(clock, () => outbox.ping(), (detail) => this.#settle(lost(detail)));
  }

  /** The transport has made the link. */
  attach(link) {
    this.#link = link;
  }

  /**
   * Says the first frame, unless it went with the request, and takes what comes until the link or the stay has ended. It does not reject.
   * @returns {Promise<object>} A verdict that is not `goOn`.
   */
  run() {
    return new Promise((resolve) => {
      this.#end = resolve;
      if (this.#verdict) {
        resolve(this.#verdict);
        return;
      }

      this.#watch.start();
      this.#stay.beginLink((frame) => this.#send(frame), this.#link?.hasSentFirst === true);
      this.#early.splice(0).forEach((take) => take());
    });
  }

  /** Something makes it doubtful that the server is still there. */
  check() {
    this.#watch.check();
  }

  /** Tells the server that this client does not come back. What comes from here on is passed over. */
  close() {
    this.#settle(over());
    if (!this.#isGone) {
      this.#isGone = true;
      attempt(() => this.#link?.close());
    }
  }

  /**
   * The link is lost, and this client may come back: it is dropped without a word.
   * @returns {boolean} Whether nothing is left of it.
   */
  tryDrop() {
    if (!this.#isGone && this.#link?.drop) {
      this.#isGone = true;
      attempt(() => this.#link.drop());
    }

    return this.#isGone;
  }

  #onFrame(text) {
    if (this.#verdict) {
      return;
    }

    if (!this.#end) {
      this.#keep(() => this.#onFrame(text));
      return;
    }

    this.#watch.heard();
    const verdict = this.#take(text);
    if (verdict.kind === 'goOn') {
      this.#outbox.flush();
    } else {
      this.#settle(verdict);
    }

    // Now that all stands as it will: whoever hears of it may send, leave or close.
    this.#events.deliver();
  }

  #take(text) {
    const bytes = typeof text === 'string' ? utf8Length(text) : 0;
    if (bytes > MAX_FRAME_BYTES) {
      return over(loss.malformed(`It sent a frame of more than ${MAX_FRAME_BYTES} bytes.`));
    }

    const { frame, error } = decodeServerFrame(text);
    if (error) {
      return over(loss.malformed(error));
    }

    const wasUp = this.#stay.isUp;
    const verdict = this.#stay.take(frame, bytes);
    if (this.#stay.isUp && !wasUp) {
      this.#watch.answered();
      this.#onUp();
    }

    return verdict;
  }

  #keep(take) {
    this.#early.push(take);
    if (this.#early.length > MAX_EARLY) {
      this.#settle(over(loss.malformed('It sends much before the link is up.')));
    }
  }

  #onClose(detail) {
    this.#onGone(() => lost(detail ?? loss.CUT));
  }

  #onRefused(detail) {
    this.#onGone(() => this.#stay.refuse(detail));
  }

  #onGone(toVerdict) {
    this.#isGone = true;
    if (this.#end) {
      this.#settle(toVerdict());
    } else {
      this.#early.push(() => this.#settle(toVerdict()));
    }
  }

  #send(frame) {
    try {
      this.#link.send(frame);
    } catch (error) {
      // It takes no more. What the server said before may still come.
      this.#outbox.end();
      this.#watch.endSoon(loss.messageOf(error));
    }
  }

  #settle(verdict) {
    if (this.#verdict) {
      return;
    }

    this.#verdict = verdict;
    this.#watch.stop();
    if (this.#end) {
      this.#outbox.end();
      this.#end(verdict);
    }
  }
}

function attempt(end) {
  try {
    end();
  } catch {
    // A transport that fails at ending a link has given all that can be had.
  }
}
