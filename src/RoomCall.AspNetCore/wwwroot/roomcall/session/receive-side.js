/**
 * A browser cannot slow the sender of a data channel, so what nobody reads has a bound: the channel ends beyond it. Each message costs a
 * little beside its bytes; without that, empty ones would have no bound.
 */
export const RECEIVE_LIMIT = 16 * 2 ** 20;
const OVERHEAD = 64;

/**
 * The receiving half of a channel. A message goes to the listeners where there are any, else to a reader that waits, else it waits for
 * the first of either.
 */
export class ReceiveSide {
  #show;
  #listeners = new Map();
  #readers = [];
  #waiting = [];
  #waitingBytes = 0;
  #isEnded = false;
  #failure = null;

  /** @param {(message: string | ArrayBuffer) => void} show Gives a message to the listeners. */
  constructor(show) {
    this.#show = show;
  }

  /** Takes a message; false when too much waits, and the message is lost. After the end it is dropped. */
  tryAdd(message) {
    if (this.#isEnded) {
      return true;
    }

    if (this.#listeners.size > 0 && this.#waiting.length === 0) {
      this.#show(message);
      return true;
    }

    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.resolve({ done: false, value: message });
      return true;
    }

    const cost = costOf(message);
    if (this.#waitingBytes + cost > RECEIVE_LIMIT) {
      return false;
    }

    this.#waitingBytes += cost;
    this.#waiting.push(message);
    return true;
  }

  /** No more messages: readers get what waits, then the failure or a normal end. */
  end(failure) {
    if (this.#isEnded) {
      return;
    }

    this.#isEnded = true;
    this.#failure = failure;
    for (const reader of this.#readers.splice(0)) {
      this.#tellEnd(reader);
    }
  }

  /**
   * Adds a listener, and gives it what waits, once all that listen from this moment on have been added.
   *
   * @param {unknown} listener What the user gave.
   * @param {unknown} wrapper What is called in its place.
   * @returns {boolean} False where it listens already.
   */
  addListener(listener, wrapper) {
    if (this.#listeners.has(listener)) {
      return false;
    }

    this.#listeners.set(listener, wrapper);
    queueMicrotask(() => this.#showWaiting());
    return true;
  }

  /** Returns the wrapper of a listener that listens no more, or undefined. */
  removeListener(listener) {
    const wrapper = this.#listeners.get(listener);
    this.#listeners.delete(listener);
    return wrapper;
  }

  /** The messages from now on, as `for await` takes them. */
  iterate() {
    const iterator = {
      next: () => new Promise((resolve, reject) => this.#read({ iterator, resolve, reject })),
      return: async () => {
        // A reader that is given up must not take a message that another waits for.
        const given = this.#readers.filter((reader) => reader.iterator === iterator);
        this.#readers = this.#readers.filter((reader) => reader.iterator !== iterator);
        given.forEach((reader) => reader.resolve({ done: true, value: undefined }));
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  #read(reader) {
    if (this.#waiting.length > 0) {
      reader.resolve({ done: false, value: this.#takeWaiting() });
    } else if (this.#isEnded) {
      this.#tellEnd(reader);
    } else {
      this.#readers.push(reader);
    }
  }

  #tellEnd(reader) {
    if (this.#failure === null) {
      reader.resolve({ done: true, value: undefined });
    } else {
      reader.reject(this.#failure);
    }
  }

  #showWaiting() {
    while (this.#waiting.length > 0 && this.#listeners.size > 0) {
      this.#show(this.#takeWaiting());
    }
  }

  #takeWaiting() {
    const message = this.#waiting.shift();
    this.#waitingBytes -= costOf(message);
    return message;
  }
}

// Of a text its UTF-16 units are counted, since those are what is kept in memory.
function costOf(message) {
  return OVERHEAD + (typeof message === 'string' ? 2 * message.length : message.byteLength);
}
