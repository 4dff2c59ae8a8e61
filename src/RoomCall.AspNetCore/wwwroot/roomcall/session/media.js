import { RoomCallError } from '../room-call-error.js';

const KINDS = ['audio', 'video'];

/**
 * A session's local media: asked for once, kept over all calls of the stay, and stopped with the session where the session opened it.
 */
export class SessionMedia {
  #source;
  #devices;
  #post;
  #stop = new AbortController();
  #stream = null;
  #replacements = new Map();
  #muted = new Set();

  /**
   * @param {import('../../roomcall.d.ts').MediaSource} source
   * @param {MediaDevices | undefined} devices Absent where the page is not secure.
   * @param {(input: object) => void} post
   */
  constructor(source, devices, post) {
    this.#source = source;
    this.#devices = devices;
    this.#post = post;
  }

  /** The stream, once it is there. */
  get stream() {
    return this.#stream;
  }

  /** What comes of it becomes an input. */
  async open() {
    try {
      const stream = await this.#ask();
      if (typeof stream?.getTracks !== 'function') {
        throw new TypeError('The function for local media gave no MediaStream.');
      }

      if (this.#isClosed) {
        this.#giveBack(stream);
        return;
      }

      this.#stream = stream;
      this.#silenceNew();
      this.#post({ type: 'mediaReady', stream });
    } catch (error) {
      if (!this.#isClosed) {
        // Whatever a source throws ends this session only, with a reason.
        const code = error?.name === 'NotAllowedError' ? 'media-refused' : 'media-failed';
        this.#post({ type: 'mediaFailed', code, detail: error?.message || error?.name || String(error) });
      }
    }
  }

  /** Wants it no more: what the session opened is stopped, also what still comes. Safe to call twice. */
  close() {
    this.#stop.abort();
    const stream = this.#stream;
    this.#stream = null;
    if (stream !== null) {
      this.#giveBack(stream);
    }
  }

  /** The kinds that are not sent. */
  get missingKinds() {
    return KINDS.filter((kind) => this.#tracksOf(kind).length === 0);
  }

  /**
   * Adds the local tracks to a connection, each replacement in the place of the first of its kind. The track that it replaces is added
   * first also where nothing is to be sent: only a sender that a track was added to takes part in an answer.
   *
   * @returns {Map<string, RTCRtpSender>} The sender of each kind.
   */
  addTo(peerConnection) {
    const senders = new Map();
    for (const track of this.#stream?.getTracks() ?? []) {
      const sender = peerConnection.addTrack(track, this.#stream);
      if (!senders.has(track.kind)) {
        senders.set(track.kind, sender);
      }
    }

    return senders;
  }

  /** Gives the senders of a new connection what replaced their tracks. */
  async applyReplacements(senders) {
    for (const [kind, track] of this.#replacements) {
      await senders.get(kind)?.replaceTrack(track);
    }
  }

  /**
   * Sends another track from now on; `replace` does it on the present connection.
   *
   * @throws {RoomCallError} `invalid-argument`
   */
  async replaceTrack(kind, track, replace) {
    checkKind(kind);
    if (this.#tracksOf(kind).length === 0) {
      throw new RoomCallError('invalid-argument', `There is no local ${kind} track to replace: only what the call began with can be replaced.`);
    }

    if (track !== null && track?.kind !== kind) {
      throw new RoomCallError('invalid-argument', `The track must be a MediaStreamTrack of kind ${kind}, or null.`);
    }

    const had = this.#replacements.has(kind);
    const before = this.#replacements.get(kind);
    this.#replacements.set(kind, track);
    this.#silenceNew();
    try {
      await replace(kind, track);
    } catch (error) {
      if (had) {
        this.#replacements.set(kind, before);
      } else {
        this.#replacements.delete(kind);
      }

      throw new RoomCallError('invalid-argument', `The browser cannot send this ${kind} track: ${error.message}`, { cause: error });
    }
  }

  /** @throws {RoomCallError} `invalid-argument` */
  mute(kind, isMuted) {
    checkKind(kind);
    if (isMuted) {
      this.#muted.add(kind);
    } else {
      this.#muted.delete(kind);
    }

    for (const track of this.#localTracks.filter((one) => one.kind === kind)) {
      track.enabled = !isMuted;
    }
  }

  /** @throws {RoomCallError} `invalid-argument` */
  isMuted(kind) {
    checkKind(kind);
    return this.#muted.has(kind);
  }

  get #isClosed() {
    return this.#stop.signal.aborted;
  }

  // A stream that the page brought is the page's to stop.
  get #isPagesOwn() {
    return typeof this.#source === 'object' && typeof this.#source.getTracks === 'function';
  }

  async #ask() {
    if (this.#isPagesOwn) {
      return this.#source;
    }

    if (typeof this.#source === 'function') {
      return this.#source(this.#stop.signal);
    }

    if (!this.#devices) {
      throw new Error('Local media needs a secure page: https, or localhost.');
    }

    return this.#source === 'screen'
      ? this.#devices.getDisplayMedia({ video: true, audio: true })
      : this.#devices.getUserMedia(this.#source);
  }

  #giveBack(stream) {
    if (!this.#isPagesOwn) {
      stream.getTracks().forEach((track) => track.stop());
    }
  }

  #tracksOf(kind) {
    return (this.#stream?.getTracks() ?? []).filter((track) => track.kind === kind);
  }

  get #localTracks() {
    return [...(this.#stream?.getTracks() ?? []), ...this.#replacements.values()].filter((track) => track !== null);
  }

  // What comes while its kind is muted is muted too; what is not muted is left as the page has it.
  #silenceNew() {
    for (const track of this.#localTracks.filter((one) => this.#muted.has(one.kind))) {
      track.enabled = false;
    }
  }
}

function checkKind(kind) {
  if (!KINDS.includes(kind)) {
    throw new RoomCallError('invalid-argument', 'The kind must be \'audio\' or \'video\'.');
  }
}
