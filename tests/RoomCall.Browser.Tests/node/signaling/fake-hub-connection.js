const SILENT = { next() {}, error() {}, complete() {} };

/** A HubConnection of @microsoft/signalr, as far as RoomCall uses it; the test plays the server. */
export class FakeHubConnection {
  state = 'Disconnected';
  connectionId = null;
  starts = 0;
  stops = 0;
  calls = [];
  #connections = 0;
  onStart = async () => {};
  onStop = async () => {};

  async start() {
    this.starts++;
    this.state = 'Connecting';
    try {
      await this.onStart();
      this.connect();
    } catch (error) {
      this.state = 'Disconnected';
      throw error;
    }
  }

  async stop() {
    this.stops++;
    this.state = 'Disconnecting';
    await this.onStop();
    this.lose();
  }

  /** A connection that was started, or SignalR's automatic reconnect, comes to its end; each is another one to the server. */
  connect() {
    this.state = 'Connected';
    this.connectionId = `connection-${++this.#connections}`;
  }

  stream(method, upload) {
    const call = { method, sent: [], completions: 0, observer: null, isDisposed: false };
    upload.subscribe({
      next: (item) => call.sent.push(item),
      complete: () => { call.completions++; },
      error: () => {},
    });
    this.calls.push(call);
    return {
      subscribe: (observer) => {
        call.observer = observer;
        return { dispose: () => this.#cancel(call) };
      },
    };
  }

  /** As SignalR does: nothing comes of the call any more, not even that its connection is lost. */
  #cancel(call) {
    call.isDisposed = true;
    call.observer = SILENT;
    this.calls = this.calls.filter((other) => other !== call);
  }

  /** As SignalR does: what is under way fails first, and then the connection has another state. */
  lose(state = 'Disconnected') {
    for (const call of this.calls.splice(0)) {
      call.observer.error(new Error('Invocation canceled due to the underlying connection being closed.'));
    }

    this.state = state;
    this.connectionId = null;
  }
}
