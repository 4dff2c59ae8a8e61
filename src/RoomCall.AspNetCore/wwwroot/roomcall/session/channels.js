import { ChannelCore } from './channel-core.js';

/** The data channels of a session: the call's own, which outlives the wait for a connection, and further ones. */
export class SessionChannels {
  #options;
  #post;
  #own;
  #further = [];

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
    this.#own.core.attach(transport);
  }

  /** Adds a further channel. */
  add(transport) {
    const core = new ChannelCore(transport.channel.label, this.#options);
    this.#further = this.#further.filter((other) => other.state !== 'closed');
    this.#further.push(core);
    core.attach(transport);
    return core;
  }

  /** Takes a channel that the other side has opened: the call's own (S22), or a further one, which is returned; else null. */
  accept(connection, transport) {
    if (transport.channel.label === this.#options.dataChannelLabel && this.#own.connection !== connection) {
      this.attachOwn(connection, transport);
      return null;
    }

    return this.add(transport).channel;
  }

  /** Closes all channels; ends when what was sent on them has arrived. */
  async deliver() {
    await Promise.all([...this.#further, this.#own.core].map((core) => core.close()));
  }

  /** Cuts off the further channels, whose connection is closed. */
  abortFurther(failure) {
    const further = this.#further;
    this.#further = [];
    for (const core of further) {
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
    own.core = new ChannelCore(this.#options.dataChannelLabel, this.#options, (state) =>
      this.#post({ type: 'dataChannelChanged', connection: own.connection, state }));
    return own;
  }
}
