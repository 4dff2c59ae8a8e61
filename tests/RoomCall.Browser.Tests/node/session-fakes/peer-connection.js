import { FakeDataChannel } from './data-channel.js';
import { FakeTrack } from './media.js';

/**
 * RTCPeerConnections in one process. Two are a pair when each has the other's description; they are connected when each has a candidate of
 * the other's for it. As in a browser, what happens is told in a task of its own.
 */
export class FakeNetwork {
  connections = [];

  /** One of the two engines cannot close a channel: neither its closing is seen nor its answer to the other's. */
  hidesClosing = false;
  #lastChannel = 0;

  /** Operations by name that never end. */
  hanging = new Set();

  /** Operations by name that fail, with the message. */
  failing = new Map();

  /** What an environment has as `RTCPeerConnection`. */
  get RTCPeerConnection() {
    const network = this;
    return class extends FakePeerConnection {
      constructor(configuration) {
        super(network, configuration);
      }
    };
  }

  nextChannel() {
    this.#lastChannel += 2;
    return this.#lastChannel;
  }

  get open() {
    return this.connections.filter((one) => one.connectionState !== 'closed');
  }

  /** The way between all pairs is lost. */
  fail() {
    this.open.forEach((one) => one.lose());
  }
}

class FakePeerConnection extends EventTarget {
  connectionState = 'new';
  localDescription = null;
  remoteDescription = null;
  sctp = null;
  senders = [];
  transceivers = [];
  channels = [];
  candidates = [];
  #network;
  #restarts = 0;

  constructor(network, configuration) {
    super();
    network.failIfTold('createPeerConnection');
    this.#network = network;
    this.configuration = configuration;
    this.id = network.connections.push(this);
  }

  addTrack(track, stream) {
    const sender = { track, stream, replaceTrack: async (by) => { sender.track = by; } };
    this.senders.push(sender);
    return sender;
  }

  addTransceiver(kind, { direction }) {
    this.transceivers.push({ kind, direction });
  }

  createDataChannel(label, init) {
    const channel = new FakeDataChannel(label, init);
    this.channels.push(channel);
    if (this.connectionState === 'connected') {
      soon(() => this.#announce(channel));
    }

    return channel;
  }

  async createOffer({ iceRestart } = {}) {
    await this.#network.operation('createOffer');
    this.#restarts += iceRestart ? 1 : 0;
    const asked = [...this.senders.map(({ track }) => track.kind), ...this.transceivers.map(({ kind }) => kind)];
    return { type: 'offer', sdp: this.#toSdp(asked) };
  }

  async createAnswer() {
    await this.#network.operation('createAnswer');
    return { type: 'answer', sdp: this.#toSdp([]) };
  }

  async setLocalDescription(description) {
    await this.#network.operation('setLocalDescription');
    this.localDescription = description;
    soon(() => {
      this.#tellCandidate({ candidate: `candidate:${this.ufrag}`, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: this.ufrag });
      this.#tellCandidate({ candidate: '', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: this.ufrag });
      this.#tellCandidate(null);
    });
  }

  async setRemoteDescription(description) {
    await this.#network.operation('setRemoteDescription');
    this.remoteDescription = description;
    this.candidates = [];
    const { id, kinds } = fromSdp(description.sdp);
    this.remote = this.#network.connections[id - 1];
    if (description.type === 'offer') {
      this.asked = kinds;
    }

    soon(() => this.#tellTracks());
  }

  async addIceCandidate(candidate) {
    await this.#network.operation('addIceCandidate');
    if (this.remoteDescription === null) {
      throw new DOMException('There is no remote description.', 'InvalidStateError');
    }

    this.candidates.push(candidate.candidate);
    soon(() => this.#tryConnect());
  }

  async getStats() {
    return new Map([['connection', { id: this.id }]]);
  }

  close() {
    if (this.connectionState === 'closed') {
      return;
    }

    this.connectionState = 'closed';
    this.channels.forEach((channel) => { channel.readyState = 'closed'; });
    const remote = this.remote;
    soon(() => remote?.channels.filter((channel) => channel.readyState !== 'closed').forEach((channel) => channel.cutOff()));
  }

  lose() {
    this.candidates = [];
    this.#moveTo('failed');
  }

  get ufrag() {
    return `${this.id}.${this.#restarts}`;
  }

  #toSdp(kinds) {
    return `a=ice-ufrag:${this.ufrag}\r\na=fake:${JSON.stringify({ id: this.id, kinds })}`;
  }

  #tellCandidate(candidate) {
    if (this.connectionState !== 'closed') {
      this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate }));
    }
  }

  // A side sends what it has tracks for, and what was offered or asked for.
  #tellTracks() {
    const asked = this.asked ?? this.remote.asked ?? [];
    const isOfferer = this.remoteDescription.type === 'answer';
    for (const { track } of this.remote.senders) {
      if (track !== null && !this.toldTracks?.has(track) && (isOfferer ? fromSdp(this.localDescription.sdp).kinds : asked).includes(track.kind)) {
        (this.toldTracks ??= new Set()).add(track);
        this.dispatchEvent(Object.assign(new Event('track'), { track: new FakeTrack(track.kind, `remote ${track.id}`), streams: [] }));
      }
    }
  }

  #isReady() {
    return this.localDescription !== null && this.remoteDescription !== null && this.candidates.includes(`candidate:${this.remote.ufrag}`);
  }

  #tryConnect() {
    if (this.connectionState !== 'closed' && this.connectionState !== 'connected' && this.#isReady() && this.remote.#isReady()) {
      this.#moveTo('connected');
      this.remote.#moveTo('connected');
      for (const one of [this, this.remote]) {
        one.sctp ??= { maxMessageSize: 262_144 };
        one.channels.filter((channel) => channel.readyState === 'connecting').forEach((channel) => one.#announce(channel));
      }
    }
  }

  #announce(channel) {
    if (channel.isAnnounced) {
      return;
    }

    const other = new FakeDataChannel(channel.label, channel.init);
    channel.isAnnounced = other.isAnnounced = true;
    channel.id = other.id = this.#network.nextChannel();
    this.remote.channels.push(other);
    join(channel, other, this.#network);
    join(other, channel, this.#network);
    other.readyState = 'open';
    soon(() => {
      this.remote.dispatchEvent(Object.assign(new Event('datachannel'), { channel: other }));
      channel.open();
    });
  }

  #moveTo(state) {
    if (this.connectionState !== 'closed' && this.connectionState !== state) {
      this.connectionState = state;
      soon(() => this.dispatchEvent(new Event('connectionstatechange')));
    }
  }
}

FakeNetwork.prototype.failIfTold = function failIfTold(operation) {
  if (this.failing.has(operation)) {
    throw new DOMException(this.failing.get(operation), 'OperationError');
  }
};

FakeNetwork.prototype.operation = async function operation(name) {
  this.failIfTold(name);
  if (this.hanging.has(name)) {
    await new Promise(() => {});
  }
};

function join(channel, other, network) {
  channel.onSent = () => {
    const message = channel.sent.at(-1);
    soon(() => {
      other.receive(message);
      channel.flush();
    });
  };
  channel.onCloseCalled = () => soon(() => {
    if (network.hidesClosing) {
      return;
    }

    if (other.readyState === 'open') {
      other.beginClosing();
      other.endClosing();
    }

    channel.endClosing();
  });
}

function fromSdp(sdp) {
  return JSON.parse(sdp.split('a=fake:')[1]);
}

function soon(action) {
  setImmediate(action);
}
