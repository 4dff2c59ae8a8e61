import { decodePeerMessage, encodePeerMessage } from '../messages/peer-message.js';

/** A session's connection to the signaling server: events become inputs, messages are sent in order. */
export class SessionSignaling {
  #joinRoom;
  #transport;
  #request;
  #post;
  #stop = new AbortController();
  #connection = null;

  /**
   * @param {Function} joinRoom See signaling/resuming-room.js.
   * @param {import('../../roomcall.d.ts').SignalingTransport} transport
   * @param {{ room: string, name?: string, reconnectDelay?: Function, clock: object }} request
   * @param {(input: object) => void} post
   */
  constructor(joinRoom, transport, request, post) {
    this.#joinRoom = joinRoom;
    this.#transport = transport;
    this.#request = request;
    this.#post = post;
  }

  join() {
    try {
      const request = { ...this.#request, signal: this.#stop.signal };
      this.#connection = this.#joinRoom(this.#transport, request, (event) => this.#onEvent(event));
    } catch (error) {
      this.#post({ type: 'signalingEnded', detail: error.message });
    }
  }

  send(to, message) {
    this.#say(message, (payload) => this.#connection.send(to, payload));
  }

  /** Leaves a message with the server for the next peer to come. */
  park(generation, message) {
    this.#say(message, (payload) => this.#connection.park(generation, payload));
  }

  /** Leaves after all that was sent; ends with the input `roomLeft`. */
  async leave() {
    try {
      await this.#connection?.leave();
    } catch {
      // The connection has ended, and the room was left by that.
    }

    this.#post({ type: 'roomLeft' });
  }

  close() {
    this.#connection?.close();
    this.#stop.abort();
  }

  #onEvent(event) {
    if (event.type === 'ended') {
      this.#post({ type: 'signalingEnded', detail: event.detail });
    } else if (event.type === 'message') {
      const { message, error } = decodePeerMessage(event.payload);
      this.#post(message === undefined
        ? { type: 'peerSaidNonsense', from: event.from, error }
        : { type: 'peerSaid', from: event.from, message });
    } else {
      this.#post({ type: 'room', event });
    }
  }

  #say(message, send) {
    if (this.#connection === null) {
      return;
    }

    let payload;
    try {
      payload = encodePeerMessage(message);
    } catch (error) {
      this.#post({ type: 'messageNotSendable', detail: `A message (${message.type}) cannot be sent: ${error.message}` });
      return;
    }

    try {
      send(payload);
    } catch (error) {
      // D11: a message that is lost is never lost silently. The other side would wait for it, so the session ends.
      this.#post({ type: 'signalingEnded', detail: `A message (${message.type}) could not be sent: ${error.message}` });
    }
  }
}
