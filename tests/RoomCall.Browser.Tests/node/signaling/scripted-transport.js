import assert from 'node:assert/strict';

/** A transport whose other end is the test: it hears what the client says and says what a server would. */
export class ScriptedTransport {
  links = [];
  attempts = 0;

  /** What attempts to connect fail with; null: they succeed. */
  failure = null;

  /** Whether attempts do not end. */
  hangs = false;

  /** Whether links can be dropped without a word. */
  canDrop = false;

  /** Whether the first frame goes with the request, and what comes before `connect` has ended; null: the link's end. */
  takesFirst = false;
  early = [];

  connect(signal, handlers, first) {
    this.attempts++;
    if (this.failure) {
      return Promise.reject(this.failure);
    }

    if (this.hangs) {
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    }

    const link = this.canDrop ? new DroppableLink(handlers) : new ScriptedLink(handlers);
    this.links.push(link);
    if (this.takesFirst) {
      link.take(first);
      this.early.splice(0).forEach((frame) => (frame ? link.say(frame) : link.cut()));
    }

    return Promise.resolve(link);
  }
}

/** A link, and its other end. */
class ScriptedLink {
  #handlers;
  #sent = [];
  isClosed = false;
  isDropped = false;
  isBroken = false;
  hasSentFirst = false;

  constructor(handlers) {
    this.#handlers = handlers;
  }

  // --- the client's side

  send(text) {
    assert.equal(this.isClosed || this.isDropped, false, 'nothing is sent on a link that the client has closed or dropped');
    if (this.isBroken) {
      throw new Error('The link is broken.');
    }

    this.#sent.push(JSON.parse(text));
  }

  close() {
    this.isClosed = true;
  }

  // --- the server's side

  /** A frame came with the request. */
  take(first) {
    this.hasSentFirst = true;
    this.#sent.push(JSON.parse(first));
  }

  /** The next frame of the client, which is of this type; undefined where none has come. */
  next(type) {
    const frame = this.#sent.shift();
    if (type) {
      assert.equal(frame?.type, type);
    }

    return frame;
  }

  /** The types of the frames that have come and were not taken. */
  get waiting() {
    return this.#sent.map((frame) => frame.type);
  }

  say(frame) {
    this.#handlers.onFrame(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The server does not let the client in. */
  refuse(detail = 'The hub does not let this client in.') {
    this.isBroken = true;
    this.#handlers.onRefused(detail);
  }

  /** The other end is gone. */
  cut(detail = 'The network is gone.') {
    this.isBroken = true;
    this.#handlers.onClose(detail);
  }
}

class DroppableLink extends ScriptedLink {
  drop() {
    this.isDropped = true;
  }
}
