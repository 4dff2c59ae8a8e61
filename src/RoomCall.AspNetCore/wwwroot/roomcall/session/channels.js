import { ChannelCore } from './channel-core.js';
import { EarlyClosings } from './early-closings.js';

/** The data channels of a session: the call's own, which outlives the wait for a connection, and further ones. */
export class SessionChannels {
  #options;
  #post;
  #own;
  #further = [];
  #early = new EarlyClosings();

  constructor(options, post) {
    this.#options = options;
    this.#post = post;
    this.#own = this.#createOwn();
  }

  /** The channel of the present call or, between calls, of the next one. */
  get own() {
    return this.#own.core.channel;
  }

  attachOwn(connection, transport) {
    // One that its user closed before there was a connection is of no use to this call.
    if (this.#own.core.state === 'closed') {
      this.#own = this.#createOwn();
    }

    this.#own.connection = connection;
    this.#attach(this.#own, transport);
  }

  /** Adds a further channel. */
  add(connection, transport) {
    const further = { connection };
    further.core = new ChannelCore(transport.channel.label, this.#options, undefined, (closing) => this.#postClosed(further, closing));
    this.#further = this.#further.filter(({ core }) => core.state !== 'closed');
    this.#further.push(further);
    this.#attach(further, transport);
    return further.core;
  }

  /** Takes a channel that the other side has opened: the call's own (S22), or a further one, which is returned; else null. */
  accept(connection, transport) {
    if (transport.channel.label === this.#options.dataChannelLabel && this.#own.connection !== connection) {
      this.attachOwn(connection, transport);
      return null;
    }

    return this.add(connection, transport).channel;
  }

  /**
   * The other side has closed a channel after so many messages: closes it too when they have come. One that is closed here does not mind,
   * and what is said of one that has not come yet waits for it.
   */
  closeAfter(connection, channel, messages) {
    const closed = [...this.#further, this.#own]
      .find((held) => held.connection === connection && held.core.state !== 'closed' && held.core.id === channel);
    if (closed === undefined) {
      this.#early.add(connection, channel, messages);
    } else {
      closed.core.closeAfter(messages);
    }
  }

  /** Closes all channels; ends when what was sent on them has arrived. */
  async deliver() {
    await Promise.all([...this.#further, this.#own].map(({ core }) => core.close()));
  }

  /** Cuts off the further channels, whose connection is closed. */
  abortFurther(failure) {
    const further = this.#further;
    this.#further = [];
    for (const { core } of further) {
      core.abort(failure);
    }
  }

  /** Ends the call's own channel and makes that of the next connection; or keeps one that never opened. */
  renew(failure, keepUnopened) {
    const own = this.#own;
    if (keepUnopened && own.core.tryDetach()) {
      own.connection = 0;
      return;
    }

    this.#own = this.#createOwn();
    own.core.abort(failure);
  }

  /** The session is over. */
  close(failure) {
    this.abortFurther(failure);
    this.#own.core.abort(failure);
  }

  // The connection is the one that carries it; 0: none yet.
  #createOwn() {
    const own = { connection: 0 };
    own.core = new ChannelCore(
      this.#options.dataChannelLabel,
      this.#options,
      (state) => this.#post({ type: 'dataChannelChanged', connection: own.connection, state }),
      (closing) => this.#postClosed(own, closing));
    return own;
  }

  #attach(held, transport) {
    held.core.attach(transport);
    const { id } = held.core;
    const messages = id === null ? null : this.#early.take(held.connection, id);
    if (messages !== null) {
      held.core.closeAfter(messages);
    }
  }

  #postClosed({ connection }, { id, messages, isAnswer }) {
    this.#post({ type: 'channelClosed', connection, channel: id, messages, isAnswer });
  }
}
