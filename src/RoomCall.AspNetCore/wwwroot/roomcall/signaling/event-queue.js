/** Hands events on in order, one at a time, also where the one who takes them causes further ones. */
export class EventQueue {
  #onEvent;
  #waiting = [];
  #isDelivering = false;
  #hasEnded = false;

  constructor(onEvent) {
    this.#onEvent = onEvent;
  }

  post(event) {
    if (!this.#hasEnded) {
      this.#waiting.push(event);
    }
  }

  /** No event is taken after these. */
  end(lastEvent) {
    this.post(lastEvent);
    this.#hasEnded = true;
  }

  /** As `end`, and what waits is dropped. */
  cancel() {
    this.#hasEnded = true;
    this.#waiting.length = 0;
  }

  deliver() {
    if (this.#isDelivering) {
      return;
    }

    this.#isDelivering = true;
    while (this.#waiting.length > 0) {
      try {
        this.#onEvent(this.#waiting.shift());
      } catch (error) {
        // The fault of whoever takes them: it is told as if nobody had caught it, and the stay goes on.
        (globalThis.reportError ?? console.error)(error);
      }
    }

    this.#isDelivering = false;
  }
}
