import { closedForSender, cutOff, queueFull, tooLarge } from './channel-failure.js';
import { copyOf, sizeOf } from './message-size.js';

/**
 * The sending half of a channel: one queue, in the order of the calls, for what waits for the channel to open and for what waits for room.
 * What waits to open is bounded in bytes; of what waits for room each message has a sender that waits for it.
 */
export class SendSide {
  #limits;
  #fail;
  #closeTransport;
  #transport = null;
  #queue = [];
  #queuedBytes = 0;
  #takenBeforeOpen = 0;
  #failure = null;
  #isOpen = false;
  #isRefusing = false;
  #closeWhenSent = false;
  #sent = 0;

  /**
   * @param {{ sendQueueLimit: number, sendBufferLimit: number }} limits In bytes.
   * @param {(failure: Error) => void} fail Closes the channel by a fault that no sender waits to hear.
   * @param {() => void} closeTransport Closes the browser's channel.
   */
  constructor(limits, fail, closeTransport) {
    this.#limits = limits;
    this.#fail = fail;
    this.#closeTransport = closeTransport;
  }

  get bufferedAmount() {
    return this.#queuedBytes + (this.#transport?.channel.bufferedAmount ?? 0);
  }

  get maxMessageSize() {
    return this.#transport?.maxMessageSize ?? 0;
  }

  /** How many messages the browser's channel has taken. */
  get sent() {
    return this.#sent;
  }

  attach(transport) {
    // Half, so that the network does not run dry while the waiting senders wake up.
    transport.channel.bufferedAmountLowThreshold = Math.floor(this.#limits.sendBufferLimit / 2);
    this.#transport = transport;
  }

  /** Forgets a transport that never opened. */
  detach() {
    this.#transport = null;
  }

  closedError() {
    return this.#failure?.code === 'data-channel-closed' ? this.#failure : closedForSender(this.#failure);
  }

  async send(data) {
    if (this.#isRefusing) {
      throw this.closedError();
    }

    const size = sizeOf(data);
    const largest = this.maxMessageSize;
    if (largest > 0 && size > largest) {
      throw tooLarge(size, largest);
    }

    if (!this.#isOpen) {
      this.#takeBeforeOpen(data, size);
    } else if (this.#queue.length === 0 && this.#hasRoom) {
      this.#give(data);
    } else {
      await new Promise((resolve, reject) => this.#add({ data: copyOf(data), size, resolve, reject }));
    }
  }

  open() {
    this.#isOpen = true;
    this.pump();
  }

  /** Sends what waits while there is room; then closes, where that waits too. */
  pump() {
    if (!this.#isOpen) {
      return;
    }

    while (this.#queue.length > 0 && this.#hasRoom) {
      this.#sendNext();
    }

    if (this.#closeWhenSent && this.#queue.length === 0) {
      this.#closeWhenBufferIsEmpty();
    }
  }

  /** From now on sending is refused; what waits is not touched. */
  refuse(failure) {
    this.#failure ??= failure;
    this.#isRefusing = true;
  }

  /** Closes the transport once nothing waits. Sending is refused already. */
  closeWhenSent() {
    this.#closeWhenSent = true;
    if (this.#isOpen) {
      this.pump();
    } else if (this.#queue.length === 0) {
      this.#closeTransport();
    }
  }

  /** Fails the senders that wait. Sending is refused already. */
  end() {
    this.#closeWhenSent = false;
    const waiting = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    for (const { reject } of waiting) {
      reject?.(this.closedError());
    }
  }

  get #hasRoom() {
    return this.#transport.channel.bufferedAmount < this.#limits.sendBufferLimit;
  }

  // Its sender goes on at once, and learns from the channel if it is not sent.
  #takeBeforeOpen(data, size) {
    // An empty message takes a byte on the wire (RFC 8831, section 6.6), and here, or a flood of them would have no bound.
    const cost = Math.max(1, size);
    if (this.#takenBeforeOpen + cost > this.#limits.sendQueueLimit) {
      throw queueFull(size, this.#limits.sendQueueLimit);
    }

    this.#takenBeforeOpen += cost;
    this.#add({ data: copyOf(data), size });
  }

  #add(pending) {
    this.#queuedBytes += pending.size;
    this.#queue.push(pending);
  }

  #sendNext() {
    const { data, size, resolve, reject } = this.#queue.shift();
    this.#queuedBytes -= size;
    try {
      // Checked again: what was taken before the channel opened may be more than it turned out to allow.
      const largest = this.maxMessageSize;
      if (largest > 0 && size > largest) {
        throw tooLarge(size, largest);
      }

      this.#give(data);
      resolve?.();
    } catch (error) {
      if (reject !== undefined) {
        reject(error);
      } else {
        this.#fail(error);
      }
    }
  }

  #give(data) {
    try {
      this.#transport.channel.send(data);
      this.#sent++;
    } catch (error) {
      throw closedForSender(cutOff(error));
    }
  }

  // Some browsers drop what they still buffer when a channel is closed, so that is waited for: what was sent arrives first.
  #closeWhenBufferIsEmpty() {
    const { channel } = this.#transport;
    if (channel.bufferedAmount > 0) {
      channel.bufferedAmountLowThreshold = 0; // its event comes back here
    } else {
      this.#closeWhenSent = false;
      this.#closeTransport();
    }
  }
}
