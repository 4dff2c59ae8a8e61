/**
 * One peer connection of a session under its number. What the browser tells becomes inputs that carry the number, so those of a
 * connection that is closed can be told apart; here nothing else happens.
 */
export class EngineConnection {
  #post;
  #remoteStream = null;

  constructor(number, post) {
    this.number = number;
    this.#post = post;

    /** Null before it was made, and where it could not be. */
    this.peer = null;
    this.isClosed = false;

    /** The senders of the local tracks, by kind. */
    this.senders = new Map();

    /** Ends the operation under way, when the connection is closed. */
    this.onClose = null;
  }

  /** The other side's media; null where there is none. */
  get remoteStream() {
    return this.#remoteStream !== null && this.#remoteStream.getTracks().length > 0 ? this.#remoteStream : null;
  }

  /**
   * @param {RTCPeerConnection} peer
   * @param {typeof MediaStream} MediaStream
   */
  keep(peer, MediaStream) {
    this.peer = peer;
    peer.addEventListener('icecandidate', ({ candidate }) => this.#onCandidate(candidate));
    peer.addEventListener('connectionstatechange', () => this.#tell('connectionChanged', { state: peer.connectionState }));
    peer.addEventListener('datachannel', ({ channel }) => this.#tell('dataChannelReceived', { transport: this.toTransport(channel) }));
    peer.addEventListener('track', (event) => this.#onTrack(event, MediaStream));
  }

  close() {
    this.isClosed = true;
    this.onClose?.();
  }

  /** A browser's channel with what only its connection knows. */
  toTransport(channel) {
    const { peer } = this;
    channel.binaryType = 'arraybuffer';
    return {
      channel,
      get maxMessageSize() {
        return peer.sctp?.maxMessageSize ?? 0;
      },
    };
  }

  #tell(type, fields) {
    this.#post({ type, connection: this.number, ...fields });
  }

  #notice(event) {
    this.#tell('notice', { event });
  }

  // S19, S16: an empty candidate is the end of one m-line's, which is not sent.
  #onCandidate(candidate) {
    if (candidate === null) {
      this.#notice({ type: 'gatheringCompleted' });
    } else if (candidate.candidate !== '') {
      const { candidate: text, sdpMid, sdpMLineIndex, usernameFragment } = candidate;
      this.#tell('candidateFound', {
        candidate: { candidate: text, sdpMid, sdpMLineIndex, usernameFragment: usernameFragment ?? null },
      });
    }
  }

  // S21: all tracks of a connection are one stream, whatever streams the other side has put them in, or none.
  #onTrack({ track, streams }, MediaStream) {
    const isFirst = this.remoteStream === null;
    this.#remoteStream ??= new MediaStream();
    this.#remoteStream.addTrack(track);
    track.addEventListener('ended', () => this.#removeTrack(track));
    for (const stream of streams) {
      stream.addEventListener('removetrack', (event) => {
        if (event.track === track) {
          this.#removeTrack(track);
        }
      });
    }

    if (isFirst) {
      this.#notice({ type: 'remoteStreamAdded', stream: this.#remoteStream });
    }
  }

  #removeTrack(track) {
    const wasThere = this.remoteStream !== null;
    this.#remoteStream.removeTrack(track);
    if (wasThere && this.remoteStream === null) {
      this.#notice({ type: 'remoteStreamRemoved', stream: this.#remoteStream });
    }
  }
}
