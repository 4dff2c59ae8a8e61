import { CUT, hubRefused, messageOf } from './signaling-loss.js';

/** One call of the hub's method with a stream each way; the items are frames. */
export class SignalRLink {
  #upload;
  #connection;
  #handlers;
  #hooks;
  #subscription;
  #hasHeard = false;
  #isOver = false;

  /** `onHeard` is called when something comes, `onEnd` once when the link has ended, `onDrop` after that where it was dropped. */
  constructor(connection, method, handlers, { onHeard, onEnd, onDrop }) {
    this.#connection = connection;
    this.#upload = new Upload(connection);
    this.#handlers = handlers;
    this.#hooks = { onHeard, onEnd, onDrop };
    try {
      this.#subscription = connection.stream(method, this.#upload).subscribe({
        next: (item) => this.#onItem(item),
        complete: () => this.#finish(() => handlers.onClose(CUT)),
        error: (error) => this.#onError(error),
      });
    } catch (error) {
      this.#onError(error);
    }
  }

  send(text) {
    this.#upload.next(text);
  }

  close() {
    this.#upload.complete();
  }

  // Not by an end of the client's stream, which would give up the seat. SignalR sends that the call is cancelled, and swallows it where it
  // cannot; nothing comes of the call any more, not even that its connection is lost.
  drop() {
    this.#finish(() => {
      this.#hooks.onDrop();
      this.#subscription.dispose();
    });
  }

  #onItem(item) {
    this.#hasHeard = true;
    this.#hooks.onHeard();
    this.#handlers.onFrame(typeof item === 'string' ? item : '');
  }

  // A stream fails too when its connection has ended, and that is known when SignalR has done its work.
  #onError(error) {
    queueMicrotask(() => {
      if (this.#hasHeard || this.#connection.state !== 'Connected' || !isOfServer(error)) {
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

// What the server says about a call comes as a plain Error. What SignalR could not send fails as its transports and the browser do: with a
// text, an error of the network, or one that has the status of a request.
function isOfServer(error) {
  return error?.name === 'Error' && error.statusCode === undefined;
}

/**
 * What SignalR takes for a stream of the client's: something to subscribe to. SignalR sends an item a moment after it is given, and where the
 * connection is being stopped then, it rejects a promise that nobody can wait for. So it is given nothing that it could not send, and no item
 * before the page has run its course, which may go on to stop the connection. What is not sent is sent again on the next link.
 */
class Upload {
  #connection;
  #observer = null;
  #isClosed = false;

  constructor(connection) {
    this.#connection = connection;
  }

  subscribe(observer) {
    this.#observer = observer;
    return { dispose: () => this.end() };
  }

  next(text) {
    if (this.#isClosed) {
      throw new Error('The connection to the hub has ended.');
    }

    this.#give((observer) => observer.next(text));
  }

  complete() {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#give((observer) => observer.complete());
    }
  }

  /** Nothing can be sent any more. */
  end() {
    this.#isClosed = true;
    this.#observer = null;
  }

  #give(action) {
    queueMicrotask(() => {
      if (this.#observer && this.#connection.state === 'Connected') {
        action(this.#observer);
      }
    });
  }
}
