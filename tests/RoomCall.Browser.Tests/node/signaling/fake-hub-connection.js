/** A HubConnection of @microsoft/signalr, as far as RoomCall uses it; the test plays the server. */
export class FakeHubConnection {
  state = 'Disconnected';
  starts = 0;
  stops = 0;
  calls = [];
  onStart = async () => {};

  async start() {
    this.starts++;
    this.state = 'Connecting';
    try {
      await this.onStart();
      this.state = 'Connected';
    } catch (error) {
      this.state = 'Disconnected';
      throw error;
    }
  }

  async stop() {
    this.stops++;
    this.lose();
  }

  stream(method, upload) {
    const call = { method, sent: [], completions: 0, observer: null, isDisposed: false };
    upload.subscribe({
      next: (item) => call.sent.push(item),
      complete: () => { call.completions++; },
      error: () => {},
    });
    this.calls.push(call);
    return { subscribe: (observer) => Object.assign(call, { observer }) };
  }

  /** As SignalR does: what is under way fails first, and then the connection has another state. */
  lose(state = 'Disconnected') {
    for (const call of this.calls.splice(0)) {
      call.observer.error(new Error('Invocation canceled due to the underlying connection being closed.'));
    }

    this.state = state;
  }
}
