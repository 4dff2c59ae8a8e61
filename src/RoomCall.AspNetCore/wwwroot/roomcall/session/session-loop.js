import { initialState, step, toCallState } from '../flow/call-flow.js';
import { RoomCallError } from '../room-call-error.js';
import { SessionChannels } from './channels.js';
import { SessionEngine } from './engine.js';
import { SessionMedia } from './media.js';
import { flowRules } from './options.js';
import { SessionSignaling } from './signaling.js';
import { SessionTimers } from './timers.js';

/**
 * The one owner of a session: takes inputs in order, lets the call flow step, shows the new state, and does the effects. What an observer
 * does, also throwing, reaches neither the loop nor the next observer: it is told by events.
 */
export class SessionLoop {
  #rules;
  #options;
  #environment;
  #observer;
  #timers;
  #signaling;
  #inputs = [];
  #isRunning = false;
  #isEnded = false;
  #flow = initialState;
  #recommendedServers = [];
  #complete;

  /**
   * @param {string} room
   * @param {object} options Checked.
   * @param {object} environment What the browser has: see environment.js.
   * @param {{ onState(state: object): void, onEvent(event: object): void }} observer
   */
  constructor(room, options, environment, observer) {
    const post = (input) => this.post(input);
    this.#rules = flowRules(options);
    this.#options = options;
    this.#environment = environment;
    this.#observer = observer;
    this.state = toCallState(this.#flow);
    this.channels = new SessionChannels(options, post);
    this.media = new SessionMedia(options.media, environment.mediaDevices, post);
    this.engine = new SessionEngine(environment, options, this.channels, this.media, post);
    this.#timers = new SessionTimers(options.timeouts, environment.clock, post);
    const { clock, joinRoom } = environment;
    const request = { room, name: options.name, reconnectDelay: options.reconnectDelay, clock };
    this.#signaling = new SessionSignaling(joinRoom, options.transport, request, post);

    /** Ends when the session has, with all that it held given back; never fails. */
    this.completion = new Promise((resolve) => {
      this.#complete = resolve;
    });
    this.post({ type: 'join' });
  }

  /** Adds an input, which is taken when the present task has done what it is at; after the end nothing is. */
  post(input) {
    if (this.#isEnded) {
      refuseLateChannel(input);
      return;
    }

    this.#inputs.push(input);
    if (!this.#isRunning) {
      this.#isRunning = true;
      queueMicrotask(() => this.#run());
    }
  }

  #run() {
    try {
      while (this.#inputs.length > 0) {
        const reason = this.#take(this.#inputs.shift());
        if (reason !== null) {
          void this.#giveBack(reason);
          return;
        }
      }

      this.#isRunning = false;
    } catch (error) {
      void this.#giveBack(this.#fail(error));
    }
  }

  // A fault of ours: the session still ends, with a reason, and the user is told like of any end.
  #fail(error) {
    console.error('RoomCall: a session failed by a fault in the library; please report it.', error);
    const reason = { code: 'internal-error', detail: 'A fault in the library ended the session; the console has it.' };
    this.#show(Object.freeze({ ...this.state, phase: 'ended', endReason: reason }));
    this.#observer.onEvent({ type: 'sessionEnded', reason });
    return reason;
  }

  /** Takes one input; returns the reason when the session is over by it, else null. */
  #take(input) {
    if (input.type === 'room') {
      this.#recommendedServers = input.event.iceServers ?? this.#recommendedServers;
    }

    const { state, effects } = step(this.#rules, this.#flow, input);
    this.#flow = state;
    const shown = toCallState(state);
    if (!isSame(shown, this.state)) {
      this.#show(shown);
    }

    let reason = null;
    for (const effect of effects) {
      reason ??= this.#do(effect);
    }

    return reason;
  }

  #show(state) {
    this.state = state;
    this.#observer.onState(state);
  }

  #do(effect) {
    const { engine, channels, media } = this;
    switch (effect.type) {
      case 'joinRoom': this.#signaling.join(); break;
      case 'send': this.#signaling.send(effect.to, effect.message); break;
      case 'park': this.#signaling.park(effect.generation, effect.message); break;
      case 'leaveRoom': void this.#signaling.leave(); break;
      case 'openMedia': void media.open(); break;
      case 'closeMedia': media.close(); break;
      case 'clearLobby': break; // channels of the other side are told by an event here, and wait nowhere
      case 'createPeerConnection':
        engine.createPeerConnection(effect.connection, effect.withDataChannel, this.#recommendedServers);
        break;
      case 'createOffer': engine.createOffer(effect.connection, effect.iceRestart); break;
      case 'createAnswer': engine.createAnswer(effect.connection); break;
      case 'setLocalDescription': engine.setLocalDescription(effect.connection, effect.description); break;
      case 'setRemoteDescription': engine.setRemoteDescription(effect.connection, effect.description); break;
      case 'addIceCandidate': engine.addIceCandidate(effect.connection, effect.candidate); break;
      case 'closePeerConnection': engine.close(effect.connection, effect.deliver, cutOffBy(effect.fault)); break;
      case 'acceptDataChannel': this.#acceptDataChannel(effect); break;
      case 'refuseDataChannel': effect.transport.channel.close(); break;
      case 'closeDataChannel': channels.closeAfter(effect.connection, effect.channel, effect.messages); break;
      case 'renewDataChannel': channels.renew(cutOffBy(effect.fault), effect.keepUnopened); break;
      case 'announceDataChannel': this.#observer.onEvent({ type: 'dataChannelOpened', channel: channels.own }); break;
      case 'startTimer': this.#timers.start(effect.timer, effect.number); break;
      case 'stopTimer': this.#timers.stop(effect.slot); break;
      case 'raise': this.#observer.onEvent(effect.event); break;
      case 'complete': return effect.reason;
      default: throw new Error(`The flow has an effect that the session does not know: ${effect.type}.`);
    }

    return null;
  }

  #acceptDataChannel({ connection, transport }) {
    const further = this.channels.accept(connection, transport);
    if (further !== null) {
      this.#observer.onEvent({ type: 'dataChannelReceived', channel: further });
    }
  }

  // All that the session holds: timers, connections, media, the stay in the room. Bounded, since a session always completes.
  async #giveBack(reason) {
    const { clock } = this.#environment;
    let timer;
    this.#isEnded = true;
    this.#inputs.splice(0).forEach(refuseLateChannel);
    try {
      this.#timers.stopAll();
      const failure = ['hung-up', 'remote-hung-up'].includes(reason.code) ? null : cutOffBy(reason.detail);
      this.channels.close(failure);
      this.media.close();
      this.#signaling.close();
      const late = new Promise((resolve) => {
        timer = clock.setTimeout(resolve, this.#options.timeouts.operation);
      });
      await Promise.race([this.engine.closeAll(failure), late]);
    } catch (error) {
      console.error('RoomCall: something that a session held could not be given back.', error);
    } finally {
      clock.clearTimeout(timer);
      this.#complete(reason);
    }
  }
}

// A channel that still comes is somebody's open resource.
function refuseLateChannel(input) {
  if (input.type === 'dataChannelReceived') {
    input.transport.channel.close();
  }
}

function cutOffBy(fault) {
  return fault == null ? null : new RoomCallError('data-channel-closed', fault);
}

function isSame(one, other) {
  return Object.keys(one).every((key) => key === 'endReason' || one[key] === other[key])
    && one.endReason?.code === other.endReason?.code
    && one.endReason?.detail === other.endReason?.detail;
}
