/** A clock that goes when the test says so. */
export class TestClock {
  #now = 0;
  #timers = new Map();
  #last = 0;

  now = () => this.#now;

  setTimeout = (callback, delay) => {
    this.#timers.set(++this.#last, { callback, due: this.#now + delay });
    return this.#last;
  };

  clearTimeout = (timer) => {
    this.#timers.delete(timer);
  };

  /** When each timer that runs is due, from now. */
  get running() {
    return [...this.#timers.values()].map(({ due }) => due - this.#now).sort((one, other) => one - other);
  }

  advance(milliseconds) {
    this.#now += milliseconds;
    for (const [timer, { callback, due }] of [...this.#timers]) {
      if (due <= this.#now && this.#timers.delete(timer)) {
        callback();
      }
    }
  }
}
