/** The clock of the browser; tests bring one of their own. `now` is in milliseconds and never goes back. */
export const systemClock = {
  now: () => performance.now(),
  setTimeout: (callback, delay) => globalThis.setTimeout(callback, delay),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
};
