import { cutOff, receiveBufferFull } from './channel-failure.js';
import { CallDataChannel } from './data-channel.js';
import { RECEIVE_LIMIT, ReceiveSide } from './receive-side.js';
import { SendSide } from './send-side.js';

/** In the order in which a channel goes through them. */
const STATES = ['connecting', 'open', 'closing', 'closed'];

/**
 * What is behind a user's `CallDataChannel`. It exists before the browser's channel does, takes messages, listeners and readers, and is
 * attached to the browser's channel when there is one, or aborted. Sending is refused before the state says so, and reading ends after:
 * who sees a state, or the end of the messages, finds what the state promises.
 */
export class ChannelCore {
  #state = 'connecting';
  #stateMoved;
  #sending;
  #receiving;
  #transport = null;
  #listening = null;
  #closeRequested = false;
  #cause = null;
  #closing;
  #arrived = 0;
  #sentByOther = null;
  #isClosingTold = false;
  #opened = withResolvers();
  #closed = withResolvers();

  /**
   * @param {string} label
   * @param {{ sendQueueLimit: number, sendBufferLimit: number }} limits
   * @param {(state: RTCDataChannelState) => void} [stateMoved] The owner: told of each move, before any listener. It only posts.
   * @param {(closing: { id: number, messages: number, isAnswer: boolean }) => void} [closing] The owner: told once when this side closes
   *   the browser's channel, but not by `abort`, with how many messages it has sent. It only posts.
   */
  constructor(label, limits, stateMoved = () => {}, closing = () => {}) {
    this.label = label;
    this.#stateMoved = stateMoved;
    this.#closing = closing;
    this.#sending = new SendSide(limits, (failure) => this.#fail(failure), () => this.#closeTransport(false));
    this.#receiving = new ReceiveSide((message) => this.channel.dispatchEvent(new CustomEvent('message', { detail: message })));
    this.channel = new CallDataChannel(this);
  }

  get state() {
    return this.#state;
  }

  /** The browser's number of it; null before the browser knows it, for which some have said 65535. */
  get id() {
    const id = this.#transport?.channel.id ?? null;
    return id !== null && id >= 0 && id < 65535 ? id : null;
  }

  get bufferedAmount() {
    return this.#sending.bufferedAmount;
  }

  get maxMessageSize() {
    return this.#sending.maxMessageSize;
  }

  get receiving() {
    return this.#receiving;
  }

  send(data) {
    return this.#sending.send(data);
  }

  /** @throws {RoomCallError} `data-channel-closed` where it never opens. */
  async whenOpen() {
    if (!(await this.#opened.promise)) {
      throw this.#sending.closedError();
    }
  }

  close() {
    if (this.#state !== 'closed') {
      this.#closeRequested = true;
      if (this.#transport === null) {
        this.#end(null);
      } else {
        this.#sending.refuse(null);
        this.#move('closing');
        this.#sending.closeWhenSent();
      }
    }

    return this.#closed.promise;
  }

  /**
   * Gives it the browser's channel; once, or again after `tryDetach`. One closed before closes the browser's channel too.
   *
   * @param {{ channel: RTCDataChannel, readonly maxMessageSize: number }} transport
   */
  attach(transport) {
    const { channel } = transport;
    const listening = new AbortController();
    this.#transport = transport;
    this.#listening = listening;
    this.#sending.attach(transport);
    const on = (type, listener) => channel.addEventListener(type, listener, { signal: listening.signal });
    on('open', () => this.#onOpen());
    on('message', (event) => this.#onMessage(event.data));
    on('bufferedamountlow', () => this.#sending.pump());
    on('closing', () => this.#onClosing());
    on('error', (event) => this.#onError(event));
    on('close', () => this.#end(this.#cause === null ? null : cutOff(this.#cause)));
    if (this.#closeRequested || this.#state === 'closed') {
      channel.close();
    } else if (channel.readyState === 'open') {
      this.#onOpen(); // of one that the other side opened it may not be told
    }
  }

  /**
   * Takes the browser's channel away, whose connection is replaced, from a channel that never opened: what waits goes over the next one.
   * False when it has opened, or is closing.
   */
  tryDetach() {
    if (this.#closeRequested || this.#state !== 'connecting') {
      return false;
    }

    this.#listening?.abort();
    this.#transport?.channel.close();
    this.#sending.detach();
    this.#transport = null;
    return true;
  }

  /**
   * The other side has closed the channel: so does this side, once all has come that the other had sent, which is at once where a message
   * may be lost. Said again, it changes nothing. The word goes by way of the server, and may come before the messages.
   *
   * @param {number} messages How many messages the other side has sent.
   */
  closeAfter(messages) {
    this.#sentByOther ??= messages;
    this.#closeIfAllHasCome();
  }

  /**
   * Closes it at once, with its connection. Safe to call at any moment, and twice.
   *
   * @param {Error | null} failure What readers get after what has arrived; null: they see a normal end.
   */
  abort(failure) {
    this.#isClosingTold = true; // the other side's ends with its connection too
    this.#fail(failure);
  }

  // By a fault of its own.
  #fail(failure) {
    this.#end(failure);
    this.#closeTransport(false);
  }

  // What the browser has begun to close, the other side has closed in a way that the browser sees.
  #closeTransport(isAnswer) {
    const channel = this.#transport?.channel;
    if (!this.#isClosingTold && this.id !== null && (channel.readyState === 'open' || channel.readyState === 'connecting')) {
      this.#isClosingTold = true;
      this.#closing({ id: this.id, messages: this.#sending.sent, isAnswer });
    }

    channel?.close();
  }

  // By whichever comes last: the word, the opening or the last message.
  #closeIfAllHasCome() {
    if (this.#sentByOther === null || this.#state === 'connecting' || this.#state === 'closed') {
      return;
    }

    // What the browser has begun to close itself takes no message any more (W3C WebRTC, section 6.2).
    const { channel } = this.#transport;
    if (this.#arrived >= this.#sentByOther || channel.readyState === 'closing' || !isReliable(channel)) {
      this.#beClosing();
      this.#closeTransport(true);
      this.#end(null);
    }
  }

  #onOpen() {
    if (this.#state === 'connecting') {
      this.#move('open');
    }

    this.#sending.open();
    this.#closeIfAllHasCome();
  }

  #onMessage(message) {
    if (this.#receiving.tryAdd(message)) {
      this.#arrived++;
      this.#closeIfAllHasCome();
      return;
    }

    const failure = receiveBufferFull(RECEIVE_LIMIT);
    if (this.#closeRequested) {
      this.#receiving.end(failure); // what is still to be sent before the channel closes must not suffer
    } else {
      this.#fail(failure);
    }
  }

  #onClosing() {
    if (!this.#closeRequested) {
      this.#beClosing();
    }
  }

  #beClosing() {
    this.#sending.refuse(null);
    this.#move('closing');
    this.#sending.end();
  }

  // The other side went away without closing: browsers say so, and close.
  #onError(event) {
    this.#cause = event.error ?? new Error('The browser names no reason.');
  }

  #end(failure) {
    this.#sending.refuse(failure);
    if (this.#move('closed')) {
      this.#sending.end();
      this.#receiving.end(failure);
    }
  }

  /** Moves the state forward; false when it is there or beyond. */
  #move(state) {
    if (STATES.indexOf(this.#state) >= STATES.indexOf(state)) {
      return false;
    }

    this.#state = state;
    this.#opened.resolve(state === 'open');
    if (state === 'closed') {
      this.#closed.resolve();
    }

    this.#stateMoved(state);

    // Listeners are the user's code: they are not called in the middle of a move.
    queueMicrotask(() => this.channel.dispatchEvent(new CustomEvent('statechange', { detail: state })));
    return true;
  }
}

function isReliable({ maxRetransmits, maxPacketLifeTime }) {
  return (maxRetransmits ?? null) === null && (maxPacketLifeTime ?? null) === null;
}

function withResolvers() {
  let resolve;
  const promise = new Promise((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}
