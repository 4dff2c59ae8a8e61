import { isWellFormed } from '../text.js';
import { exponentialBackoff } from './back-off.js';
import { systemClock } from './clock.js';
import { EventQueue } from './event-queue.js';
import { encodeClientFrame } from './frames.js';
import { isPayload } from './json-text.js';
import { LinkOutbox } from './link-outbox.js';
import { LinkSession } from './link-session.js';
import { MAX_BYTES, MAX_FRAMES, OutgoingWindow } from './outgoing-window.js';
import { watchPage } from './page-watch.js';
import { GaveUp, Reconnection } from './reconnection.js';
import * as loss from './signaling-loss.js';
import { Stay } from './stay.js';

const BYE_FRAME = encodeClientFrame({ type: 'bye' });
const MAX_NAME = 64;

// A link that was up for so long has proved itself, even where nothing was said on it.
const PROOF = 10000;

// Each was given ten seconds to answer, or seven to be heard of: a server that lives has noticed by then.
const MAX_ABANDONED = 4;

/**
 * Begins a stay in a room. A connection that is lost is made again, as `reconnectDelay` says, and the stay goes on where it was: nothing is
 * lost, doubled or reordered. The first one is not tried twice: a wrong address is seen at once.
 * @param {import('../../roomcall.js').SignalingTransport} transport The way to the server.
 * @param {object} options
 * @param {string} options.room The room's name.
 * @param {string} [options.name] What the others are told that this peer is called, 1 to 64 characters.
 * @param {(attempt: number, elapsed: number) => number | null} [options.reconnectDelay] Milliseconds to wait before attempt 1, 2, …,
 * asked `elapsed` milliseconds after the loss; null gives up. Default: `exponentialBackoff()`.
 * @param {AbortSignal} [options.signal] Closes the connection.
 * @param {{ now(): number, setTimeout: Function, clearTimeout: Function }} [options.clock] For tests.
 * @param {EventTarget} [options.page] The window, for tests.
 * @param {(event: object) => void} onEvent Takes the room's events in order, each once, never within a call of a method here. The last one
 * is `{ type: 'ended', detail }`, unless `close` came first. What it throws harms nothing here.
 * @returns {ResumingRoomConnection}
 * @throws {TypeError | RangeError} The room or the name is no text that the protocol has.
 */
export function joinRoom(transport, options, onEvent) {
  return new ResumingRoomConnection(transport, options, onEvent);
}

/** One stay in a room, over as many links as it takes. */
class ResumingRoomConnection {
  #transport;
  #events;
  #clock;
  #window = new OutgoingWindow();
  #outbox;
  #stay;
  #reconnection;
  #session = null;
  #stop = new AbortController();
  #isEnded = false;
  #unwatch;
  #ended;
  #resolveEnded;

  // Links that are lost and still open, of a transport that cannot drop them: a page can end a WebSocket only by a close frame, and that would
  // give up the seat. So they are left alone until the server has given the seat to a newer link.
  #abandoned = [];

  constructor(transport, { room, name, reconnectDelay, signal, clock, page }, onEvent) {
    checkTexts(room, name);
    this.#transport = transport;
    this.#events = new EventQueue(onEvent);
    this.#clock = clock ?? systemClock;
    this.#outbox = new LinkOutbox(this.#window, this.#clock);
    this.#stay = new Stay({ room, name, window: this.#window, outbox: this.#outbox, events: this.#events });
    this.#reconnection = new Reconnection({
      open: () => this.#open(),
      reconnectDelay: reconnectDelay ?? exponentialBackoff(),
      clock: this.#clock,
      signal: this.#stop.signal,
    });
    this.#ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.#unwatch = watchPage(page ?? globalThis, { onWake: () => this.#onWake(), onLeave: () => this.#onPageLeft() });
    this.#follow(signal);
    this.#run();
  }

  /**
   * Sends a message to a peer in the room, or to all others where `to` is null (S8). It goes out when the connection is up. Above 1,024
   * messages or 1 MiB that the server has not acknowledged the stay ends.
   * @param {string | null} to The peer.
   * @param {string} payload One JSON value as text, at most 63 levels deep.
   * @returns {boolean} Whether it was taken; false when the connection has ended or is leaving.
   * @throws {TypeError} The payload is none.
   */
  send(to, payload) {
    return this.#add({ type: 'message', to, payload });
  }

  /**
   * Leaves a message with the server for the next peer who comes: docs/protocol.md, Parking. In order with `send`.
   * @param {number} generation What it belongs to, 1 or more.
   * @param {string} payload As with `send`.
   * @returns {boolean} As with `send`.
   * @throws {TypeError | RangeError} As with `send`, or the generation is none.
   */
  park(generation, payload) {
    if (!Number.isInteger(generation) || generation < 1) {
      throw new RangeError('A generation is an integer, 1 or more.');
    }

    return this.#add({ type: 'park', generation, payload });
  }

  /**
   * Leaves the room after all that was sent. Safe to call twice, and after the end.
   * @returns {Promise<void>} Ends when the server has confirmed it, or the connection has ended.
   */
  async leave() {
    if (!this.#stay.hasBegun) {
      // Nothing has been heard of the server yet.
      this.close();
      return;
    }

    if (!this.#isEnded) {
      this.#window.close(BYE_FRAME);
      this.#outbox.flush();
    }

    await this.#ended;
  }

  /** Ends the connection at once, with a close frame: the server tells the others that this peer vanished. No event follows. */
  close() {
    this.#events.cancel();
    this.#finish();
  }

  #add(frame) {
    if (!isPayload(frame.payload)) {
      throw new TypeError('A payload is one JSON value as text, at most 63 levels deep.');
    }

    if (this.#window.isClosed) {
      return false;
    }

    if (!this.#window.hasRoom) {
      queueMicrotask(() => this.#end(loss.tooMuchWaits(MAX_FRAMES, MAX_BYTES)));
      return false;
    }

    this.#window.add(encodeClientFrame(frame));
    this.#outbox.flush();
    return true;
  }

  async #run() {
    let session;
    try {
      session = await this.#open();
    } catch (error) {
      this.#end(loss.unreachable(error));
      return;
    }

    try {
      while (session) {
        session = await this.#runLink(session);
      }
    } catch (error) {
      this.#end(error instanceof GaveUp ? error.message : loss.notRepairable(error));
    }
  }

  async #open() {
    this.#stop.signal.throwIfAborted();
    const session = new LinkSession({
      stay: this.#stay,
      outbox: this.#outbox,
      clock: this.#clock,
      onUp: () => this.#closeAbandoned(),
      events: this.#events,
    });
    session.attach(await this.#transport.connect(this.#stop.signal, session.handlers, this.#stay.first));
    if (this.#isEnded) {
      session.close();
      this.#stop.signal.throwIfAborted();
    }

    return session;
  }

  /** Runs a link to its end, and gives the next one; null when the stay has ended. */
  async #runLink(session) {
    const start = this.#clock.now();
    this.#session = session;
    const verdict = await session.run();
    if (this.#stay.hasProgressed || (this.#stay.isUp && this.#clock.now() - start >= PROOF)) {
      this.#reconnection.prove();
    }

    if (this.#isEnded) {
      return null;
    }

    if (verdict.kind === 'over' || !this.#stay.tryInterrupt()) {
      this.#end(verdict.kind === 'over' ? verdict.detail : undefined);
      return null;
    }

    this.#abandon(session);
    this.#events.deliver();
    return this.#reconnection.connect(verdict.detail);
  }

  #abandon(session) {
    this.#session = null;
    if (!session.tryDrop()) {
      this.#abandoned.push(session);
    }

    while (this.#abandoned.length > MAX_ABANDONED) {
      this.#abandoned.shift().close();
    }
  }

  #closeAbandoned() {
    for (const session of this.#abandoned.splice(0)) {
      session.close();
    }
  }

  // An asleep page, or one off the network, may have lost its server without a word.
  #onWake() {
    if (this.#session) {
      this.#session.check();
    } else {
      this.#reconnection.hurry();
    }
  }

  // For good, also where the page may come back out of the back/forward cache: the close frame gives up the seat, the other side is told so
  // at once and waits for the next who comes, and the browser has ended this page's peer connection. A stay that went on would show a call
  // that is none; a page that comes back sees that its session has ended, and joins anew.
  #onPageLeft() {
    this.#end(loss.PAGE_LEFT);
  }

  #follow(signal) {
    const onAbort = () => this.close();
    if (signal?.aborted) {
      onAbort();
    } else if (signal) {
      signal.addEventListener('abort', onAbort, { once: true });
      this.#ended.then(() => signal.removeEventListener('abort', onAbort));
    }
  }

  #end(detail) {
    this.#events.end({ type: 'ended', detail: detail ?? loss.ENDED });
    this.#finish();
  }

  #finish() {
    if (this.#isEnded) {
      return;
    }

    this.#isEnded = true;
    this.#session?.close();
    this.#closeAbandoned();
    this.#window.end();
    this.#unwatch();
    this.#stop.abort();
    this.#events.deliver();
    this.#resolveEnded();
  }
}

function checkTexts(room, name) {
  if (!isWellFormed(room)) {
    throw new TypeError('The room\'s name must be well-formed text.');
  }

  if (name === undefined || name === null) {
    return;
  }

  if (!isWellFormed(name)) {
    throw new TypeError('The name must be well-formed text.');
  }

  if (name.length < 1 || name.length > MAX_NAME) {
    throw new RangeError('The name must have 1 to 64 characters.');
  }
}
