// Notes down what a page does on the way to its data channel, whoever does it: frames, descriptions, candidates, states.

/** What happened so far: a moment on the clock of both pages, and a few words. */
const events = globalThis.traced = [];

function note(what) {
  events.push({ at: performance.timeOrigin + performance.now(), what });
}

globalThis.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    note('WebSocket: connects');
    this.addEventListener('open', () => note('WebSocket: is open'));
    this.addEventListener('message', ({ data }) => note(`< ${shown(data)}`));
  }

  send(data) {
    note(`> ${shown(data)}`);
    super.send(data);
  }
};

const { fetch: fetchOfBrowser } = globalThis;
globalThis.fetch = async (...given) => {
  note('fetch: asks');
  const response = await fetchOfBrowser(...given);
  note('fetch: is answered');
  return response;
};

globalThis.XMLHttpRequest = class extends XMLHttpRequest {
  send(body) {
    note(`HTTP > ${shown(body)}`);
    this.addEventListener('load', () => note(`HTTP < ${shown(this.responseText)}`));
    super.send(body);
  }
};

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...given) {
    super(...given);
    note('RTCPeerConnection: is made');
    this.addEventListener('icecandidate', ({ candidate }) => note(`candidate found: ${candidate?.candidate || 'no more'}`));
    this.addEventListener('iceconnectionstatechange', () => note(`ICE: ${this.iceConnectionState}`));
    this.addEventListener('connectionstatechange', () => note(`connection: ${this.connectionState}`));
    this.addEventListener('datachannel', ({ channel }) => watch(channel));
  }

  createDataChannel(...given) {
    const channel = super.createDataChannel(...given);
    watch(channel);
    return channel;
  }
};

for (const method of ['createOffer', 'createAnswer', 'setLocalDescription', 'setRemoteDescription', 'addIceCandidate']) {
  const own = RTCPeerConnection.prototype[method];
  RTCPeerConnection.prototype[method] = async function (...given) {
    note(`${method}: begins`);
    try {
      return await own.apply(this, given);
    } finally {
      note(`${method}: ends`);
    }
  };
}

if (navigator.mediaDevices) {
  const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    note('getUserMedia: begins');
    const stream = await own(constraints);
    note('getUserMedia: ends');
    return stream;
  };
}

function watch(channel) {
  note(`data channel ${channel.label}: ${channel.readyState}`);
  channel.addEventListener('open', () => note(`data channel ${channel.label}: open`));
}

function shown(data) {
  return typeof data === 'string' ? data.slice(0, 100) : data ? `${data.byteLength ?? data.size} bytes` : 'nothing';
}
