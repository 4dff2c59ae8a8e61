/** A MediaStreamTrack without media. */
export class FakeTrack extends EventTarget {
  enabled = true;
  readyState = 'live';

  constructor(kind, id = kind) {
    super();
    this.kind = kind;
    this.id = id;
  }

  stop() {
    this.readyState = 'ended';
  }
}

/** A MediaStream. */
export class FakeStream extends EventTarget {
  #tracks;

  constructor(tracks = []) {
    super();
    this.#tracks = [...tracks];
  }

  getTracks() {
    return [...this.#tracks];
  }

  addTrack(track) {
    if (!this.#tracks.includes(track)) {
      this.#tracks.push(track);
    }
  }

  removeTrack(track) {
    this.#tracks = this.#tracks.filter((other) => other !== track);
  }
}

/** `navigator.mediaDevices` that gives what is asked for. */
export const fakeDevices = {
  getUserMedia: async ({ audio, video }) =>
    new FakeStream([...(audio ? [new FakeTrack('audio')] : []), ...(video ? [new FakeTrack('video')] : [])]),
  getDisplayMedia: async () => new FakeStream([new FakeTrack('video', 'screen')]),
};

/** `navigator.mediaDevices` whose user says no. */
export const refusingDevices = {
  getUserMedia: async () => {
    throw new DOMException('Permission denied', 'NotAllowedError');
  },
};
