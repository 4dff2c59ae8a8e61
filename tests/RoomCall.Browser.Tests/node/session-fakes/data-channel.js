/** Node 18 has it behind a switch only. */
globalThis.CustomEvent ??= class CustomEvent extends Event {
  constructor(type, { detail = null } = {}) {
    super(type);
    this.detail = detail;
  }
};

/** An RTCDataChannel whose network is the test's: what is sent is buffered until `flush`. */
export class FakeDataChannel extends EventTarget {
  readyState = 'connecting';
  binaryType = 'blob';
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  sent = [];
  failsToSend = false;
  isCloseCalled = false;
  id = null;

  constructor(label = 'sendDataChannel', init = {}) {
    super();
    this.label = label;
    this.init = init;
    this.maxRetransmits = init.maxRetransmits ?? null;
    this.maxPacketLifeTime = init.maxPacketLifeTime ?? null;
  }

  send(data) {
    if (this.readyState !== 'open' || this.failsToSend) {
      throw new DOMException('It cannot be sent.', 'InvalidStateError');
    }

    this.sent.push(typeof data === 'string' ? data : new Uint8Array(ArrayBuffer.isView(data) ? data : new Uint8Array(data)).slice().buffer);
    this.bufferedAmount += lengthOf(data);
    this.onSent?.();
  }

  close() {
    this.isCloseCalled = true;
    if (this.readyState === 'open' || this.readyState === 'connecting') {
      this.readyState = 'closing';
      this.onCloseCalled?.();
    }
  }

  /** The network has taken all that was buffered. */
  flush() {
    const wasAbove = this.bufferedAmount > this.bufferedAmountLowThreshold;
    this.bufferedAmount = 0;
    if (wasAbove) {
      this.dispatchEvent(new Event('bufferedamountlow'));
    }
  }

  open() {
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }

  receive(data) {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  beginClosing() {
    this.readyState = 'closing';
    this.dispatchEvent(new Event('closing'));
  }

  endClosing() {
    this.readyState = 'closed';
    this.dispatchEvent(new Event('close'));
  }

  cutOff(message = 'cut off') {
    this.dispatchEvent(Object.assign(new Event('error'), { error: new Error(message) }));
    this.endClosing();
  }
}

export function lengthOf(data) {
  return typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength;
}
