import assert from 'node:assert/strict';

const NEVER = { fromClient: Infinity, fromServer: Infinity, isHeld: false };

/**
 * A server of one stay that does what docs/protocol.md says and no more, behind a network that cuts each link where it is told: `fromClient`
 * and `fromServer` frames pass, the next one is lost and the link with it; `isHeld`: the server does not notice until a newer link comes.
 */
export class ModelServer {
  received = [];
  fault = null;
  links = 0;
  #cuts;
  #acksLate;
  #takesFirst;
  #sent = [];
  #link = null;
  #secret = null;
  #token = 'token-0';
  #tokens = 0;
  #formerToken = null;
  #counted = 0;
  #acknowledged = 0;
  #sinceAck = 0;
  #next = 0;
  #hasLeft = false;

  /** `takesFirst`: the first frame goes with the request. */
  constructor(cuts, { acksLate = false, takesFirst = false } = {}) {
    this.#cuts = [...cuts];
    this.#acksLate = acksLate;
    this.#takesFirst = takesFirst;
  }

  // --- the transport

  connect(signal, handlers, first) {
    this.links++;
    const isAgain = this.#secret !== null;
    const cut = this.#cuts.shift() ?? NEVER;
    const link = new ModelLink(this, cut, handlers, this.#takesFirst);
    if (this.#takesFirst) {
      this.take(link, first);

      // The request arrives, and its answer is lost; a first link is not tried twice.
      if (isAgain && cut.fromServer === 0) {
        return Promise.reject(new Error('cut'));
      }
    }

    return Promise.resolve(link);
  }

  /** Sends a frame to the client: now, or when it is there. */
  post(frame) {
    this.#sent.push(frame);
    this.#sendRest();
  }

  take(link, text) {
    try {
      const frame = JSON.parse(text);
      if (frame.type === 'create or join' || frame.type === 'resume') {
        this.#begin(link, frame);
      } else if (this.#link === link) {
        this.#takeNext(frame);
      }
    } catch (error) {
      this.fault ??= error;
    }
  }

  #begin(link, frame) {
    assert.equal(link.hasBegun, false, 'A link begins once.');
    link.hasBegun = true;
    if (frame.type === 'create or join') {
      assert.ok(this.#secret === null || this.#secret === frame.secret, 'The secret changed.');
      assert.equal(this.#counted, 0, 'It asks again though it was let in and has sent frames.');
      this.#replace(link);
      this.#next = 0;
      if (this.#secret === null) {
        this.#secret = frame.secret;
        this.post({ type: 'log', lines: ['welcome'] });
        this.post({ type: 'created', room: 'room', self: 'me', resume: { token: this.#token, seconds: 15 } });
      }

      this.#sendRest();
      return;
    }

    if (this.#hasLeft) {
      link.deliver({ type: 'error', code: 'unknown-stay', detail: 'It has left.' });
      return;
    }

    assert.ok(frame.token === this.#token || frame.token === this.#formerToken, 'The token is not the present one.');
    assert.ok(frame.received >= this.#acknowledged && frame.received <= this.#sent.length, 'It cannot have had so many.');
    this.#formerToken = frame.token;
    this.#token = `token-${++this.#tokens}`;
    this.#replace(link);
    this.#next = this.#acknowledged = frame.received;
    link.deliver({ type: 'resumed', received: this.#counted, token: this.#token });
    this.#sendRest();
  }

  #takeNext(frame) {
    this.#formerToken = null;
    if (frame.type === 'ack') {
      assert.ok(frame.received >= this.#acknowledged && frame.received <= this.#sent.length, 'It acknowledges what was not sent.');
      this.#acknowledged = frame.received;
      return;
    }

    assert.ok(['message', 'park', 'bye'].includes(frame.type), `A frame that is none of these: ${frame.type}.`);
    this.#counted++;
    if (frame.type === 'bye') {
      this.#hasLeft = true;
      this.#link.deliver({ type: 'end', code: 'left' });
      this.#link.cut();
      return;
    }

    this.received.push(frame.payload);
    if (++this.#sinceAck >= (this.#acksLate ? 32 : 3)) {
      this.#sinceAck = 0;
      this.#link.deliver({ type: 'ack', received: this.#counted });
    }
  }

  #replace(link) {
    this.#link?.cut();
    this.#link = link;
  }

  #sendRest() {
    while (this.#link && this.#next < this.#sent.length) {
      this.#link.deliver(this.#sent[this.#next++]);
    }
  }
}

class ModelLink {
  hasBegun = false;
  #server;
  #cut;
  #handlers;
  #fromClient = 0;
  #fromServer = 0;
  #isCut = false;

  constructor(server, cut, handlers, hasSentFirst) {
    this.hasSentFirst = hasSentFirst;
    this.#server = server;
    this.#cut = cut;
    this.#handlers = handlers;
  }

  // As a WebSocket does: what is sent after the end is taken and lost.
  send(text) {
    if (this.#isCut) {
      return;
    }

    if (this.#fromClient++ < this.#cut.fromClient) {
      setImmediate(() => this.#server.take(this, text));
    } else {
      this.cut();
    }
  }

  close() {
    this.#isCut = true;
  }

  deliver(frame) {
    if (this.#isCut && !this.#cut.isHeld) {
      return;
    }

    if (this.#fromServer++ < this.#cut.fromServer) {
      setImmediate(() => this.#handlers.onFrame(JSON.stringify(frame)));
    } else {
      this.cut();
    }
  }

  cut() {
    if (!this.#isCut) {
      this.#isCut = true;
      setImmediate(() => this.#handlers.onClose('cut'));
    }
  }
}
