import { systemClock } from './clock.js';
import { SUB_PROTOCOL } from './frames.js';
import { SignalRLink } from './signalr-link.js';
import { messageOf, unavailable } from './signaling-loss.js';

const CONNECT_TIMEOUT = 10000;

// A connection tells of the end of its automatic reconnect, but not of the end of a start that the page has begun.
const GLANCE = 50;

// A server that is there is heard of every 3 seconds, and a ping that is out of turn is answered within 4.
const SILENCE = 3900;

/** Makes links over the connection of a page, and gets it connected before. */
export class SignalRTransport {
  #connection;
  #startsConnection;
  #clock;
  #links = new Set();

  // The connection on which a link was dropped, until the next link is made. SignalR tells nothing more of such a link, so that it cannot stay
  // among the others: its connection may be lost, and another one have taken its place.
  #droppedOn = null;
  #heardAt = 0;
  #starting = null;

  /** `clock` is for tests. */
  constructor(connection, { startConnection = true, clock = systemClock } = {}) {
    this.#connection = connection;
    this.#startsConnection = startConnection;
    this.#clock = clock;
  }

  /** See `SignalingTransport`. */
  async connect(signal, handlers) {
    signal.throwIfAborted();
    await this.#withinTime(signal, (isOver) => this.#getReady(isOver));
    const link = new SignalRLink(this.#connection, SUB_PROTOCOL, handlers, {
      onHeard: () => { this.#heardAt = this.#clock.now(); },
      onEnd: () => this.#links.delete(link),
      onDrop: () => { this.#droppedOn = { id: this.#connection.connectionId }; },
    });
    this.#links.add(link);
    this.#droppedOn = null;
    this.#heardAt = this.#clock.now();
    return link;
  }

  async #getReady(isOver) {
    if (this.#isDoubtful()) {
      await this.#connection.stop();
    }

    while (this.#connection.state !== 'Connected' && !isOver()) {
      if (this.#starting || this.#connection.state === 'Disconnected') {
        await this.#start();
      } else {
        await new Promise((resolve) => { this.#clock.setTimeout(resolve, GLANCE); });
      }
    }
  }

  // It still counts as connected, but the server does not answer on it: SignalR may take half a minute to notice.
  #isDoubtful() {
    return this.#startsConnection && this.#connection.state === 'Connected' && (this.#links.size > 0 || this.#hasDropped())
      && this.#clock.now() - this.#heardAt >= SILENCE;
  }

  #hasDropped() {
    return this.#droppedOn !== null && this.#droppedOn.id === this.#connection.connectionId;
  }

  async #start() {
    if (!this.#startsConnection) {
      throw unavailable('The connection to the hub is not started: call its start(), or set startConnection to true.');
    }

    // Two calls may want it at once, and it can be started once only.
    this.#starting ??= this.#connection.start().finally(() => { this.#starting = null; });
    try {
      await this.#starting;
    } catch (error) {
      throw unavailable(
        `The connection to the hub could not be started: ${messageOf(error)} `
          + 'Check the address against the one that MapRoomCallHub was given, the network, and the access token.',
      );
    }
  }

  /** Does something that ends by itself, but may take too long. */
  #withinTime(signal, action) {
    return new Promise((resolve, reject) => {
      let isOver = false;
      const onAbort = () => finish(() => reject(signal.reason));
      const timer = this.#clock.setTimeout(
        () => finish(() => reject(unavailable(
          `The connection to the hub did not get connected within ${CONNECT_TIMEOUT / 1000} s, and is ${this.#connection.state} now: `
            + 'check the address and the network.',
        ))),
        CONNECT_TIMEOUT,
      );
      const finish = (settle) => {
        isOver = true;
        this.#clock.clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        settle();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      action(() => isOver).then(() => finish(resolve), (error) => finish(() => reject(error)));
    });
  }
}
