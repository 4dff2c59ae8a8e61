import { systemClock } from './clock.js';
import { GRACE, offer } from './first-frame.js';
import { SUB_PROTOCOL, SUB_PROTOCOL_BEGUN } from './frames.js';
import { CUT, closed, messageOf, unavailable } from './signaling-loss.js';

const CONNECT_TIMEOUT = 10000;

// RFC 6455, section 7.4.1: a normal end; and what a browser says where the other side closed without a word.
const NORMAL = 1000;
const ABNORMAL = 1006;

/**
 * The way to a signaling server over WebSockets.
 * @param {object} options
 * @param {string | URL} options.endpoint The server's address, relative to the page or absolute; http and https are taken as ws and wss.
 * @param {() => string | Promise<string>} [options.accessToken] Gives the token that is sent as the query parameter `access_token`; asked
 * at each connection.
 * @param {Function} [options.WebSocket] For tests.
 * @param {object} [options.clock] For tests.
 * @returns {import('../../roomcall.js').SignalingTransport} Attempts reject with an Error whose `code` is `signaling-unavailable`.
 * @throws {TypeError} The endpoint is no address of a WebSocket.
 */
export function createWebSocketTransport({ endpoint, accessToken, WebSocket = globalThis.WebSocket, clock = systemClock }) {
  const address = toWebSocket(endpoint);
  return {
    connect: (signal, handlers, firstFrame) => new Promise((resolve, reject) => {
      const attempt = new Attempt(address, { resolve, reject }, { signal, clock });
      attempt.begin(accessToken, (url) => new WebSocket(url, offer(firstFrame)), handlers);
    }),
  };
}

/** One attempt to connect: the token, then the WebSocket, within a time. */
class Attempt {
  #address;
  #outcome;
  #signal;
  #clock;
  #timer;
  #socket = null;
  #isOver = false;
  #onAbort = () => this.#giveUp();

  constructor(address, outcome, { signal, clock }) {
    this.#address = address;
    this.#outcome = outcome;
    this.#signal = signal;
    this.#clock = clock;
  }

  async begin(accessToken, open, handlers) {
    if (this.#signal.aborted) {
      this.#onAbort();
      return;
    }

    this.#signal.addEventListener('abort', this.#onAbort, { once: true });
    this.#timer = this.#clock.setTimeout(() => this.#fail(this.#noAnswer()), CONNECT_TIMEOUT);
    try {
      const token = await accessToken?.();
      if (!this.#isOver) {
        this.#socket = open(this.#urlWith(token));
        this.#listen(handlers);
      }
    } catch (error) {
      this.#fail(unavailable(`No connection to the signaling server at ${shown(this.#address)} could be made: ${messageOf(error)}`));
    }
  }

  #listen(handlers) {
    const socket = this.#socket;
    socket.onopen = () => this.#onOpen(handlers);

    // A page is told no more than that: the reason, such as an HTTP status, is in the browser's console only.
    socket.onerror = socket.onclose = () => this.#fail(unavailable(
      `The signaling server at ${shown(this.#address)} cannot be reached or refused the connection (the browser's console may say why): `
        + 'check the address and the network, the server\'s allowed origins, and the access token.',
    ));
  }

  #onOpen(handlers) {
    const socket = this.#socket;
    if (socket.protocol !== SUB_PROTOCOL && socket.protocol !== SUB_PROTOCOL_BEGUN) {
      this.#fail(unavailable(
        `What answers at ${shown(this.#address)} does not speak the sub-protocol ${SUB_PROTOCOL}: `
          + 'check that it is a RoomCall server of this version.',
      ));
      return;
    }

    // A binary frame is none of the protocol's, and nor is an empty one. After an error comes the close, which tells more.
    socket.onerror = null;
    socket.onmessage = ({ data }) => handlers.onFrame(typeof data === 'string' ? data : '');
    socket.onclose = ({ code, reason }) => handlers.onClose(code === ABNORMAL ? CUT : closed(code, reason));
    this.#finish();
    this.#outcome.resolve({
      hasSentFirst: socket.protocol === SUB_PROTOCOL_BEGUN,
      send: (text) => socket.send(text),
      close: () => socket.close(NORMAL),
    });
  }

  #fail(error) {
    if (this.#tryReject(error)) {
      this.#socket?.close();
    }
  }

  // The server may have been asked for the room by the request, and is told that nobody comes: that takes a connection.
  #giveUp() {
    const socket = this.#socket;
    if (this.#tryReject(this.#signal.reason) && socket) {
      const timer = this.#clock.setTimeout(() => socket.close(), GRACE);
      socket.onclose = () => this.#clock.clearTimeout(timer);
      socket.onopen = () => socket.close(NORMAL);
    }
  }

  #tryReject(error) {
    if (this.#isOver) {
      return false;
    }

    this.#finish();
    if (this.#socket) {
      this.#socket.onopen = this.#socket.onerror = this.#socket.onclose = null;
    }

    this.#outcome.reject(error);
    return true;
  }

  #finish() {
    this.#isOver = true;
    this.#clock.clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#onAbort);
  }

  #urlWith(token) {
    const url = new URL(this.#address);
    if (token) {
      url.searchParams.set('access_token', token);
    }

    return url.href;
  }

  #noAnswer() {
    return unavailable(
      `The signaling server at ${shown(this.#address)} did not answer within ${CONNECT_TIMEOUT / 1000} s: `
        + 'check the address and the network.',
    );
  }
}

function toWebSocket(endpoint) {
  let address;
  try {
    address = new URL(endpoint, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch {
    throw new TypeError('The endpoint must be an address, absolute where there is no page that it could be relative to.');
  }

  address.protocol = { 'http:': 'ws:', 'https:': 'wss:' }[address.protocol] ?? address.protocol;
  address.hash = '';
  if (address.protocol !== 'ws:' && address.protocol !== 'wss:') {
    throw new TypeError('The endpoint must have the scheme wss or ws, or https or http.');
  }

  return address;
}

// Without user and query, which may hold secrets.
function shown(address) {
  return `${address.protocol}//${address.host}${address.pathname}`;
}
