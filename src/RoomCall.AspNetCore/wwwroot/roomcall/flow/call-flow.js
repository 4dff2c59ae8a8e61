// The call flow: a pure function from a state and an input to the next state and what is to be done. It reads no clock, starts nothing,
// and throws nothing on what a peer or a server sent. Its rows are told in docs/call-flow.md. It is the CallFlow of the .NET library,
// file by file and name by name; tests/vectors/call-flow.json holds what both do.

import { onCandidate, onCandidateFound } from './candidates.js';
import { onChannelClosed, onCloseChannel } from './closing.js';
import { onConnectionChanged, onDataChannelChanged, onDataChannelReceived, onRestart, refuseLateChannel } from './connection.js';
import { end, onHangUp, onInputWhileEnding } from './ending.js';
import { FlowTurn } from './flow-turn.js';
import { onGotUserMedia, onMediaFailed, onMediaReady } from './gate.js';
import { nameOf } from './name-of.js';
import {
  onAnswer, onAnswerCreated, onLocalDescriptionApplied, onOffer, onOfferCreated, onOperationFailed, onRemoteDescriptionApplied,
} from './negotiation.js';
import { onBye, onJoin, onRoomEvent, onSignalingEnded } from './room.js';
import { onTimerElapsed } from './timers.js';

export { defaultRules } from './flow-rules.js';
export { initialState, toCallState } from './flow-state.js';
export { slotOf } from './flow-timer.js';

/**
 * Takes one step. The state that is given stays as it is; the one that comes back is a new one, frozen.
 * @param {import('./flow-rules.js').FlowRules} rules
 * @param {import('./flow-state.js').FlowState} state
 * @param {import('./call-input.js').CallInput} input
 * @returns {{ state: import('./flow-state.js').FlowState, effects: readonly import('./call-effect.js').CallEffect[] }}
 */
export function step(rules, state, input) {
  const turn = new FlowTurn(rules, state);
  switch (state.phase) {
    case 'ended':
      // Nothing follows; but a channel that still comes is somebody's open resource.
      refuseLateChannel(turn, input);
      break;
    case 'ending':
      onInputWhileEnding(turn, input);
      break;
    default:
      onInput(turn, input);
      break;
  }

  return { state: turn.takeState(), effects: turn.takeEffects() };
}

function onInput(turn, input) {
  switch (input.type) {
    case 'join': onJoin(turn); break;
    case 'hangUp': onHangUp(turn); break;
    case 'room': onRoomEvent(turn, input.event); break;
    case 'peerSaid': onPeerSaid(turn, input); break;
    case 'peerSaidNonsense': turn.drop('malformed', input.error); break;
    case 'signalingEnded': onSignalingEnded(turn, input); break;
    case 'messageNotSendable': end(turn, 'negotiation-failed', input.detail); break;
    case 'mediaReady': onMediaReady(turn, input); break;
    case 'mediaFailed': onMediaFailed(turn, input.code, input.detail); break;
    case 'offerCreated': onOfferCreated(turn, input); break;
    case 'answerCreated': onAnswerCreated(turn, input); break;
    case 'localDescriptionApplied': onLocalDescriptionApplied(turn, input); break;
    case 'remoteDescriptionApplied': onRemoteDescriptionApplied(turn, input); break;
    case 'operationFailed': onOperationFailed(turn, input); break;
    case 'candidateFound': onCandidateFound(turn, input); break;
    case 'connectionChanged': onConnectionChanged(turn, input); break;
    case 'dataChannelChanged': onDataChannelChanged(turn, input); break;
    case 'dataChannelReceived': onDataChannelReceived(turn, input); break;
    case 'channelClosed': onChannelClosed(turn, input); break;
    case 'notice': onNotice(turn, input); break;
    case 'timerElapsed': onTimerElapsed(turn, input); break;
    default: break; // 'roomLeft' and 'peerConnectionClosed': of a leave or a connection that the flow has left behind
  }
}

function onPeerSaid(turn, said) {
  const { message } = said;
  if (said.from !== turn.state.remote) {
    // D7: of a peer whose call is over.
    turn.drop('stale', `A message (${nameOf(message.type)}) came from a peer that is not in this call.`);
    return;
  }

  turn.raise({ type: 'signalReceived', kind: message.type, generation: message.generation ?? null });
  switch (message.type) {
    case 'gotUserMedia': onGotUserMedia(turn); break;
    case 'offer': onOffer(turn, message); break;
    case 'answer': onAnswer(turn, message); break;
    case 'candidate': onCandidate(turn, message); break;
    case 'restart': onRestart(turn, message); break;
    case 'closeChannel': onCloseChannel(turn, message); break;
    case 'bye': onBye(turn, message); break;
  }
}

function onNotice(turn, notice) {
  if (notice.connection === turn.state.connection) {
    turn.raise(notice.event);
  }
}
