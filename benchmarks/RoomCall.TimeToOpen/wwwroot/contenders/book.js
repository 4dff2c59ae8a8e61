import { io } from '/npm/socket.io-client/dist/socket.io.esm.min.js';

/** The book's flow over socket.io; `S…` are the rows of its description in docs/call-flow.md. */
export function enter({ signaling, transports, ...setting }) {
  // Over the WebSocket alone, or as socket.io does it where nothing is said: HTTP requests first, and the WebSocket later.
  const socket = io(signaling, transports ? { transports: transports.split(',') } : {});
  new BookCall(socket, setting).begin();
}

class BookCall {
  #socket;
  #setting;

  // S9: the gate's four facts.
  #isInitiator = false;
  #isChannelReady = false;
  #isStarted = false;
  #localStream = null;

  #connection = null;
  #channel = null;

  constructor(socket, setting) {
    this.#socket = socket;
    this.#setting = setting;
  }

  begin() {
    const socket = this.#socket;
    socket.on('created', () => this.#onCreated());
    socket.on('full', (room) => reportError(new Error(`Room ${room} is full.`)));
    socket.on('join', () => this.#onJoin());
    socket.on('joined', () => this.#onJoined());
    socket.on('log', (lines) => console.log(...lines));
    socket.on('message', (message) => this.#onMessage(message));
    socket.emit('create or join', this.#setting.room);
  }

  // S1
  async #onCreated() {
    this.#isInitiator = true;
    await this.#getUserMedia();
    this.#setting.onWaiting();
  }

  // S3
  #onJoin() {
    this.#isChannelReady = true;
    this.#checkAndStart();
  }

  // S4
  #onJoined() {
    this.#isChannelReady = true;
    this.#getUserMedia();
  }

  // The gate wants a local stream. Where no media is measured it is an empty one, which costs no time.
  async #getUserMedia() {
    const { constraints } = this.#setting;
    this.#localStream = constraints ? await navigator.mediaDevices.getUserMedia(constraints) : new MediaStream();
    this.#send('got user media');
    this.#checkAndStart();
  }

  // S10
  #checkAndStart() {
    if (this.#isStarted || !this.#localStream || !this.#isChannelReady) return;
    this.#createConnection();
    this.#isStarted = true;
    if (this.#isInitiator) this.#offer();
  }

  // S17 to S19
  #createConnection() {
    const connection = new RTCPeerConnection();
    for (const track of this.#localStream.getTracks()) connection.addTrack(track, this.#localStream);
    connection.onicecandidate = ({ candidate }) => {
      if (!candidate) return; // S16
      this.#send({ type: 'candidate', label: candidate.sdpMLineIndex, id: candidate.sdpMid, candidate: candidate.candidate });
    };
    if (this.#isInitiator) {
      this.#use(connection.createDataChannel('sendDataChannel'));
    } else {
      connection.ondatachannel = ({ channel }) => this.#use(channel);
    }

    this.#connection = connection;
  }

  // S23. The one who receives a channel may be given it open.
  #use(channel) {
    this.#channel = channel;
    channel.onopen = this.#setting.onOpen;
    if (channel.readyState === 'open') this.#setting.onOpen();
  }

  #onMessage(message) {
    switch (message.type ?? message) {
      case 'got user media': // S11
        this.#checkAndStart();
        break;
      case 'offer': // S12
        if (!this.#isInitiator && !this.#isStarted) this.#checkAndStart();
        this.#answer(message);
        break;
      case 'answer': // S13
        if (this.#isStarted) this.#connection.setRemoteDescription(message);
        break;
      case 'candidate': // S14
        if (this.#isStarted) this.#addCandidate(message);
        break;
      case 'bye': // S15, S25, S26
        if (this.#isStarted) this.#stop();
        break;
    }
  }

  // S20
  async #offer() {
    const connection = this.#connection;
    await connection.setLocalDescription(await connection.createOffer());
    this.#send(connection.localDescription);
  }

  // S20. With no connection yet, since media is not there yet, this throws and the call is dead (D1).
  async #answer(offer) {
    const connection = this.#connection;
    await connection.setRemoteDescription(offer);
    await connection.setLocalDescription(await connection.createAnswer());
    this.#send(connection.localDescription);
  }

  #addCandidate({ label, id, candidate }) {
    return this.#connection.addIceCandidate({ sdpMLineIndex: label, sdpMid: id, candidate });
  }

  #stop() {
    this.#isStarted = this.#isInitiator = false;
    this.#channel?.close();
    this.#connection.close();
  }

  #send(message) {
    this.#socket.emit('message', message);
  }
}
