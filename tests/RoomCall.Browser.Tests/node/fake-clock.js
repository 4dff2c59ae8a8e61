/** A clock that stands still until it is told to go on. */
export class FakeClock {
  #now = 0;
  #timers = new Map();
  #lastTimer = 0;

  now = () => this.#now;

  setTimeout = (callback, delay) => {
    const timer = ++this.#lastTimer;
    this.#timers.set(timer, { due: this.#now + Math.max(0, delay), callback });
    return timer;
  };

  clearTimeout = (timer) => {
    this.#timers.delete(timer);
  };

  get pending() {
    return this.#timers.size;
  }

  /** When each timer that runs is due, from now. */
  get running() {
    return [...this.#timers.values()].map(({ due }) => due - this.#now).sort((one, other) => one - other);
  }

  /** Lets so much time pass; each timer runs at its time, and what follows from it at once. */
  async advance(milliseconds) {
    await settled();
    const end = this.#now + milliseconds;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      const [timer, { due, callback }] = next;
      this.#now = Math.max(this.#now, due);
      this.#timers.delete(timer);
      callback();
      await settled();
    }

    this.#now = end;
  }

  /** Lets time pass in which nothing runs, as on a page that is asleep; what was due runs late. */
  async oversleep(milliseconds) {
    this.#now += milliseconds;
    await this.advance(0);
  }

  #next(end) {
    return [...this.#timers].filter(([, { due }]) => due <= end).sort(([, one], [, other]) => one.due - other.due)[0];
  }
}

/** Ends when all that follows from what has happened has happened too: promises, and nothing that takes time. */
export function settled() {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
