/**
 * A data channel of a call in a user's hands, the same for both sides (S22): `CallDataChannel` of roomcall.d.ts.
 */
export class CallDataChannel extends EventTarget {
  #core;

  /** @param {import('./channel-core.js').ChannelCore} core */
  constructor(core) {
    super();
    this.#core = core;
  }

  get label() {
    return this.#core.label;
  }

  get state() {
    return this.#core.state;
  }

  /** Bytes that were sent and that the network has not taken yet. */
  get bufferedAmount() {
    return this.#core.bufferedAmount;
  }

  /** In bytes; 0 while it is not known. */
  get maxMessageSize() {
    return this.#core.maxMessageSize;
  }

  /**
   * Sends a text or bytes. Before the channel is open it waits in a queue of bounded size; while too much is buffered the promise waits.
   *
   * @param {string | ArrayBuffer | ArrayBufferView} data
   * @returns {Promise<void>}
   */
  send(data) {
    return this.#core.send(data);
  }

  /** Closes it; what was sent arrives first. */
  close() {
    return this.#core.close();
  }

  /** The messages, until the channel is closed; those that were cut off throw at their end. */
  [Symbol.asyncIterator]() {
    return this.#core.receiving.iterate();
  }

  /**
   * Messages wait for the first who listens, so it must be known who does: a listener of `message` is wrapped, to see it go by `once` too.
   */
  addEventListener(type, listener, options) {
    if (type !== 'message' || !listener) {
      super.addEventListener(type, listener, options);
      return;
    }

    const { once = false, signal } = typeof options === 'object' && options !== null ? options : {};
    if (signal?.aborted) {
      return;
    }

    const wrapper = (event) => {
      if (once) {
        this.removeEventListener('message', listener);
      }

      if (typeof listener === 'function') {
        listener.call(this, event);
      } else {
        listener.handleEvent(event);
      }
    };
    if (this.#core.receiving.addListener(listener, wrapper)) {
      super.addEventListener('message', wrapper);
      signal?.addEventListener('abort', () => this.removeEventListener('message', listener), { once: true });
    }
  }

  removeEventListener(type, listener, options) {
    if (type !== 'message') {
      super.removeEventListener(type, listener, options);
      return;
    }

    const wrapper = this.#core.receiving.removeListener(listener);
    if (wrapper !== undefined) {
      super.removeEventListener('message', wrapper);
    }
  }
}
