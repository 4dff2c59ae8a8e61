import { CUT, hubRefused, messageOf } from './signaling-loss.js';

/** One call of the hub's method with a stream each way; the items are frames. */
export class SignalRLink {
  #upload = new Upload();
  #connection;
  #handlers;
  #hooks;
  #hasHeard = false;
  #isOver = false;

  /** `onHeard` is called when something comes, `onEnd` once when the link has ended. */
  constructor(connection, method, handlers, { onHeard, onEnd }) {
    this.#connection = connection;
    this.#handlers = handlers;
    this.#hooks = { onHeard, onEnd };
    connection.stream(method, this.#upload).subscribe({
      next: (item) => this.#onItem(item),
      complete: () => this.#finish(() => handlers.onClose(CUT)),
      error: (error) => this.#onError(error),
    });
  }

  send(text) {
    this.#upload.next(text);
  }

  close() {
    this.#upload.complete();
  }

  #onItem(item) {
    this.#hasHeard = true;
    this.#hooks.onHeard();
    this.#handlers.onFrame(typeof item === 'string' ? item : '');
  }

  // A stream fails too when its connection has ended, and that is known when SignalR has done its work.
  #onError(error) {
    queueMicrotask(() => {
      if (this.#hasHeard || this.#connection.state !== 'Connected') {
        this.#finish(() => this.#handlers.onClose(`The connection to the hub ended: ${messageOf(error)}`));
      } else {
        this.#finish(() => this.#handlers.onRefused(hubRefused(error)));
      }
    });
  }

  #finish(tell) {
    if (this.#isOver) {
      return;
    }

    this.#isOver = true;
    this.#upload.end();
    this.#hooks.onEnd();
    tell();
  }
}

/** What SignalR takes for a stream of the client's: something to subscribe to. */
class Upload {
  #observer = null;

  subscribe(observer) {
    this.#observer = observer;
    return { dispose: () => this.end() };
  }

  next(text) {
    if (!this.#observer) {
      throw new Error('The connection to the hub has ended.');
    }

    this.#observer.next(text);
  }

  complete() {
    this.#observer?.complete();
    this.end();
  }

  // Nothing can be sent any more, and SignalR would reject a promise that nobody waits for.
  end() {
    this.#observer = null;
  }
}
