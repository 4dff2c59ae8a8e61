/** A channel is seldom closed before the other side has it. */
export const EARLY_LIMIT = 64;

/**
 * What the other side has said of channels that it has closed and that have not come yet: the way by the server may be the faster. Of a
 * hostile peer's words, and of those that cross with a closing of this side's own, only the latest are kept.
 */
export class EarlyClosings {
  #closings = new Map();

  /** Keeps one; the first word of a channel counts. */
  add(connection, channel, messages) {
    const key = keyOf(connection, channel);
    if (this.#closings.has(key)) {
      return;
    }

    if (this.#closings.size === EARLY_LIMIT) {
      this.#closings.delete(this.#closings.keys().next().value);
    }

    this.#closings.set(key, messages);
  }

  /** Takes what was said of a channel; null: nothing was. */
  take(connection, channel) {
    const key = keyOf(connection, channel);
    const messages = this.#closings.get(key) ?? null;
    this.#closings.delete(key);
    return messages;
  }
}

const keyOf = (connection, channel) => `${connection} ${channel}`;
