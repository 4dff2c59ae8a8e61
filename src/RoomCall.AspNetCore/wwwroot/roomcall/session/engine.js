import { RoomCallError } from '../room-call-error.js';
import { EngineConnection } from './engine-connection.js';

/**
 * A session's side of the browser's peer connections: runs the flow's operations one at a time, in order, each within
 * `timeouts.operation`; what comes of them becomes inputs. An operation begins after the effects of the step that asked for it, so a
 * connection is closed only after its data channel was renewed.
 */
export class SessionEngine {
  #environment;
  #options;
  #channels;
  #media;
  #post;
  #current = null;
  #operations = Promise.resolve();

  /**
   * @param {{ RTCPeerConnection: typeof RTCPeerConnection, MediaStream: typeof MediaStream, clock: object }} environment
   * @param {object} options Checked.
   * @param {import('./channels.js').SessionChannels} channels
   * @param {import('./media.js').SessionMedia} media
   * @param {(input: object) => void} post
   */
  constructor(environment, options, channels, media, post) {
    this.#environment = environment;
    this.#options = options;
    this.#channels = channels;
    this.#media = media;
    this.#post = post;
  }

  get remoteStream() {
    return this.#current?.remoteStream ?? null;
  }

  /** Makes a peer connection, adds the local stream to it and, for the initiator, the data channel (S17, S18). */
  createPeerConnection(number, withDataChannel, recommendedServers) {
    const connection = new EngineConnection(number, this.#post);
    this.#current = connection;
    this.#run(connection, 'createPeerConnection', async () => {
      const { RTCPeerConnection, MediaStream } = this.#environment;
      if (!RTCPeerConnection) {
        throw new Error('This browser has no WebRTC.');
      }

      const peer = new RTCPeerConnection({
        iceServers: [...this.#options.iceServers, ...recommendedServers.map(toIceServer)],
        iceTransportPolicy: this.#options.iceTransportPolicy,

        // One transport for all, which every peer of WebRTC can do (RFC 9429, section 4.1.1): a third of the candidates to pass on and to try.
        bundlePolicy: 'max-bundle',
      });
      connection.keep(peer, MediaStream);
      connection.senders = this.#media.addTo(peer);
      if (withDataChannel) {
        this.#askForMedia(peer);
        const channel = peer.createDataChannel(this.#options.dataChannelLabel, this.#options.dataChannel);
        this.#channels.attachOwn(number, connection.toTransport(channel));
      }

      await this.#media.applyReplacements(connection.senders);
    });
  }

  createOffer(number, iceRestart) {
    this.#runOn(number, 'createOffer', async (peer) =>
      ({ type: 'offerCreated', connection: number, description: toPlain(await peer.createOffer({ iceRestart })) }));
  }

  createAnswer(number) {
    this.#runOn(number, 'createAnswer', async (peer) =>
      ({ type: 'answerCreated', connection: number, description: toPlain(await peer.createAnswer()) }));
  }

  setLocalDescription(number, description) {
    this.#runOn(number, 'setLocalDescription', async (peer) => {
      await peer.setLocalDescription(description);
      return { type: 'localDescriptionApplied', connection: number, description };
    });
  }

  setRemoteDescription(number, description) {
    this.#runOn(number, 'setRemoteDescription', async (peer) => {
      await peer.setRemoteDescription(description);
      return { type: 'remoteDescriptionApplied', connection: number };
    });
  }

  // An empty candidate says that there are no more. Browsers do without it, and do not agree on how to take it.
  addIceCandidate(number, candidate) {
    this.#runOn(number, 'addIceCandidate', async (peer) => {
      if (candidate.candidate !== '') {
        await peer.addIceCandidate(candidate);
      }
    });
  }

  /**
   * Closes a connection: operations under way end and its further channels close; with `deliver`, all of its channels do after what was
   * sent on them has arrived. Ends with the input `peerConnectionClosed`.
   */
  close(number, deliver, failure) {
    const connection = this.#current;
    if (connection?.number !== number) {
      return;
    }

    this.#current = null;
    connection.close();
    if (!deliver) {
      this.#channels.abortFurther(failure);
    }

    this.#enqueue(async () => {
      try {
        if (deliver) {
          await this.#channels.deliver();
        }
      } finally {
        connection.peer?.close();
        this.#post({ type: 'peerConnectionClosed', connection: number });
      }
    });
  }

  /** Closes the connection in hand, if there is one; ends when all is closed. */
  closeAll(failure) {
    if (this.#current !== null) {
      this.close(this.#current.number, false, failure);
    }

    return this.#operations;
  }

  /** Opens a further data channel on the connection in hand; null when there is none. */
  createDataChannel(label, init) {
    return new Promise((resolve, reject) => {
      this.#enqueue(() => {
        try {
          const peer = this.#current?.peer ?? null;
          resolve(peer === null ? null : this.#channels.add(this.#current.number, this.#current.toTransport(peer.createDataChannel(label, init))));
        } catch (error) {
          reject(new RoomCallError('invalid-argument', `The browser cannot open this data channel: ${error.message}`, { cause: error }));
        }
      });
    });
  }

  /** On the connection in hand; a later one takes it from the media. */
  async replaceTrack(kind, track) {
    await this.#current?.senders.get(kind)?.replaceTrack(track);
  }

  async getStatistics() {
    return (await this.#current?.peer?.getStats()) ?? new Map();
  }

  // Only the initiator makes m-lines: what the other side may send, and this side does not, must be asked for, or it would be heard and
  // seen by the one who came second alone.
  #askForMedia(peer) {
    for (const kind of this.#media.missingKinds) {
      peer.addTransceiver(kind, { direction: 'recvonly' });
    }
  }

  #runOn(number, operation, work) {
    const connection = this.#current;
    if (connection?.number === number) {
      // Where the connection could not be made, the flow has been told that, and what was meant for it is skipped.
      this.#run(connection, operation, async () => (connection.peer === null ? undefined : work(connection.peer)));
    }
  }

  #run(connection, operation, work) {
    this.#enqueue(async () => {
      if (connection.isClosed) {
        return;
      }

      try {
        const input = await this.#withinTime(work(), connection);
        if (input !== undefined && !connection.isClosed) {
          this.#post(input);
        }
      } catch (error) {
        // Whatever a browser throws is the flow's to judge.
        if (!connection.isClosed) {
          this.#post({ type: 'operationFailed', connection: connection.number, operation, detail: error?.message || String(error) });
        }
      }
    });
  }

  // A closed connection never ends its operations, and one that hangs is waited for no longer than its time.
  async #withinTime(running, connection) {
    const { clock } = this.#environment;
    const limit = this.#options.timeouts.operation;
    let timer;
    try {
      return await new Promise((resolve, reject) => {
        connection.onClose = resolve;
        timer = clock.setTimeout(() => reject(new Error(`The browser did not end it in ${limit / 1000} s.`)), limit);
        running.then(resolve, reject);
      });
    } finally {
      connection.onClose = null;
      clock.clearTimeout(timer);
    }
  }

  // Whatever a piece of work throws, what comes after it still runs.
  #enqueue(work) {
    this.#operations = this.#operations.then(work).catch(() => {});
  }
}

/** As the server writes it; a field that it left out must not become the text "null". */
function toIceServer({ urls, username, credential }) {
  return { urls: [...urls], ...(username == null ? {} : { username }), ...(credential == null ? {} : { credential }) };
}

function toPlain({ type, sdp }) {
  return { type, sdp };
}
