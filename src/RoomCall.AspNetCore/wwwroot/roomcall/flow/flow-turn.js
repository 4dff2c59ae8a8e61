import { slotOf } from './flow-timer.js';

const timerOf = Object.freeze({
  phase: 'phaseTimer',
  media: 'mediaTimer',
  disconnected: 'disconnectedTimer',
  signaling: 'signalingTimer',
});

/** One step of the flow while it is being taken: the state so far, and the effects so far. */
export class FlowTurn {
  #effects = [];

  constructor(rules, state) {
    this.rules = rules;
    this.state = { ...state };
  }

  emit(effect) {
    this.#effects.push(Object.freeze(effect));
  }

  /** Ends the turn: from here on its state changes no more. */
  takeState() {
    Object.freeze(this.state.pendingRemoteCandidates);
    Object.freeze(this.state.pendingLocalCandidates);
    return Object.freeze(this.state);
  }

  takeEffects() {
    return Object.freeze(this.#effects);
  }

  raise(event) {
    this.emit({ type: 'raise', event: Object.freeze(event) });
  }

  drop(code, detail) {
    this.raise({ type: 'signalDropped', code, detail });
  }

  /** Tells the remote peer, if there is one that can be reached. */
  tell(message) {
    const { remote, isRemoteAbsent } = this.state;
    if (remote !== null && !isRemoteAbsent) {
      // Said first, so that who watches both sides sees the message sent before it is received.
      this.raise({ type: 'signalSent', kind: message.type, generation: message.generation ?? null });
      this.emit({ type: 'send', to: remote, message });
    }
  }

  /** Leaves a message of the present generation with the server, for the next peer to come. */
  park(message) {
    this.raise({ type: 'signalSent', kind: message.type, generation: message.generation });
    this.emit({ type: 'park', generation: this.state.generation, message });
  }

  startTimer(timer) {
    const number = ++this.state.lastTimer;
    this.state[timerOf[slotOf(timer)]] = number;
    this.emit({ type: 'startTimer', timer, number });
  }

  stopTimer(slot) {
    if (this.state[timerOf[slot]] !== 0) {
      this.state[timerOf[slot]] = 0;
      this.emit({ type: 'stopTimer', slot });
    }
  }

  stopAllTimers() {
    this.stopTimer('phase');
    this.stopTimer('media');
    this.stopTimer('disconnected');
    this.stopTimer('signaling');
  }

  /** True when this timer still runs; it then runs no more. */
  tryTakeTimer(elapsed) {
    const field = timerOf[slotOf(elapsed.timer)];
    if (this.state[field] !== elapsed.number) {
      return false;
    }

    this.state[field] = 0;
    return true;
  }
}
