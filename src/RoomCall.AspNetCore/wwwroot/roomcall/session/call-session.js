import { RoomCallError } from '../room-call-error.js';
import { checkChannel, checkLabel } from './options.js';
import { SessionLoop } from './session-loop.js';

/** The session in a user's hands, `CallSession` of roomcall.d.ts; the loop does the work. */
export class CallSession extends EventTarget {
  #room;
  #ownLabel;
  #loop;
  #waits = new Set();
  #completion;

  /**
   * @param {string} room
   * @param {object} options Checked.
   * @param {object} environment See environment.js.
   */
  constructor(room, options, environment) {
    super();
    this.#room = room;
    this.#ownLabel = options.dataChannelLabel;
    this.#loop = new SessionLoop(room, options, environment, {
      onState: (state) => this.#onState(state),
      onEvent: (event) => this.dispatchEvent(new CustomEvent('callevent', { detail: Object.freeze(event) })),
    });
    this.#completion = this.#loop.completion.then((reason) => this.#onCompleted(reason));

    const hangUp = () => void this.hangUp();
    if (options.signal?.aborted) {
      hangUp();
    } else {
      options.signal?.addEventListener('abort', hangUp, { once: true });
      void this.#completion.then(() => options.signal?.removeEventListener('abort', hangUp));
    }
  }

  get room() {
    return this.#room;
  }

  get state() {
    return this.#loop.state;
  }

  /** The channel of the present call or, between calls, of the next one: what is sent early waits for it to open. */
  get dataChannel() {
    return this.#loop.channels.own;
  }

  get localStream() {
    return this.#loop.media.stream;
  }

  get remoteStream() {
    return this.#loop.engine.remoteStream;
  }

  /** Ends when the session has; never rejects. */
  get completion() {
    return this.#completion;
  }

  /**
   * The first state that fits, the present one included.
   *
   * @throws {RoomCallError} `session-ended`; and whatever the predicate throws.
   */
  when(predicate) {
    return new Promise((resolve, reject) => {
      const wait = { predicate, resolve, reject };
      this.#waits.add(wait);
      this.#look(wait, this.state);
      if (this.state.phase === 'ended') {
        this.#endWaits(this.state.endReason);
      }
    });
  }

  async whenConnected() {
    await this.when((state) => state.phase === 'connected');
  }

  async whenDataChannelOpen() {
    while (true) {
      // A browser may open the channel a moment before the call counts as connected; who gets it may open further ones at once.
      await this.when((state) => state.dataChannelState === 'open' && state.phase === 'connected');
      const channel = this.dataChannel;
      if (channel.state === 'open') {
        return channel;
      }

      // It closed in this very moment: the next one is waited for.
      await this.when((state) => state.dataChannelState !== 'open');
    }
  }

  /**
   * Opens a further channel; the other side gets `dataChannelReceived`.
   *
   * @throws {RoomCallError} `invalid-argument`, `not-connected`, `session-ended` or `data-channel-closed`.
   */
  async openDataChannel(label, options = {}) {
    checkLabel('label', label);
    checkChannel('options', options);
    if (label === this.#ownLabel) {
      throw new RoomCallError('invalid-argument', 'This is the label of the call\'s own data channel: use dataChannel, or another label.');
    }

    const state = await this.when((one) => one.phase === 'connected' || !one.isStarted);
    if (state.endReason !== null) {
      throw sessionEnded(state.endReason);
    }

    const core = state.phase === 'connected' ? await this.#loop.engine.createDataChannel(label, options) : null;
    if (core === null) {
      throw new RoomCallError(
        'not-connected',
        `No call has started (the session is ${this.state.phase}): await whenConnected before opening a data channel.`);
    }

    await core.whenOpen();
    return core.channel;
  }

  /** Silences or darkens local tracks without negotiating: they stay in the call. */
  mute(kind, isMuted) {
    this.#loop.media.mute(kind, isMuted);
  }

  isMuted(kind) {
    return this.#loop.media.isMuted(kind);
  }

  /** Sends another track in place of the present one of its kind, without negotiating; the next calls use it too. Null sends none. */
  async replaceTrack(kind, track) {
    if (this.state.endReason !== null) {
      throw sessionEnded(this.state.endReason);
    }

    const { engine, media } = this.#loop;
    await media.replaceTrack(kind, track, (ofKind, by) => engine.replaceTrack(ofKind, by));
  }

  /** Of the present peer connection; empty while there is none. */
  getStatistics() {
    return this.#loop.engine.getStatistics();
  }

  /** Hangs up and leaves the room. Safe to call twice. */
  async hangUp() {
    this.#loop.post({ type: 'hangUp' });
    await this.#completion;
  }

  #onState(state) {
    for (const wait of [...this.#waits]) {
      this.#look(wait, state);
    }

    this.dispatchEvent(new CustomEvent('statechange', { detail: state }));
  }

  // Where the caller's own predicate fails, the caller gets it.
  #look(wait, state) {
    try {
      if (wait.predicate(state)) {
        this.#waits.delete(wait);
        wait.resolve(state);
      }
    } catch (error) {
      this.#waits.delete(wait);
      wait.reject(error);
    }
  }

  #onCompleted(reason) {
    this.#endWaits(reason);
    return reason;
  }

  #endWaits(reason) {
    for (const { reject } of this.#waits) {
      reject(sessionEnded(reason));
    }

    this.#waits.clear();
  }
}

function sessionEnded(reason) {
  return new RoomCallError('session-ended', `The session has ended (${reason.code}): ${reason.detail}`, { cause: reason });
}
