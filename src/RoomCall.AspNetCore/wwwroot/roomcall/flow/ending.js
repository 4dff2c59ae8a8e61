// Stopping a call and ending a session (S24 to S26, D3 to D6).

import { isOfRemote, writeBye } from './bye-reason.js';
import { onChannelClosed, onCloseChannel } from './closing.js';
import { refuseLateChannel } from './connection.js';
import { isChannelReady, none } from './flow-state.js';

// The other side is gone, and this one stays: the call ends, the session goes on.
export function stopCall(turn, reason) {
  closeCall(turn, reason, false);
  forgetCall(turn.state);
  turn.stopTimer('phase');
  turn.stopTimer('disconnected');
}

// S24. Where no connection is up, nothing that was sent can still arrive.
export function onHangUp(turn) {
  end(turn, 'hung-up', 'This side hung up.', turn.state.connectionState === 'connected');
}

/**
 * Ends the session: stop, tell the other side, leave (S24). `deliver` keeps that order over what was sent: first it arrives, then the
 * other side is told.
 */
export function end(turn, code, detail, deliver = false) {
  endFor(turn, { code, detail }, deliver);
}

export function endFor(turn, reason, deliver) {
  const isClosing = deliver && turn.state.connection !== 0;
  closeCall(turn, reason, deliver);
  turn.state.phase = 'ending';
  turn.state.endReason = Object.freeze(reason);
  turn.stopAllTimers();
  turn.startTimer('hangUp');
  if (!isClosing) {
    tellAndLeave(turn);
  }
}

export function onInputWhileEnding(turn, input) {
  const { state, rules } = turn;
  const isDelivering = !state.isLeaving;

  // What was sent is delivered when the other side has closed its end too, which its engine does not show.
  const isToldOfDelivery = isDelivering && state.isRemoteClosingByMessage && !rules.closeByMessage;
  if (input.type === 'peerConnectionClosed' && input.connection === state.connection && isDelivering) {
    tellAndLeave(turn);
  } else if (input.type === 'connectionChanged' && input.state === 'failed' && input.connection === state.connection && isDelivering) {
    tellAndLeave(turn); // the connection is lost first: nothing can arrive any more
  } else if (input.type === 'room' && input.event.type === 'left' && input.event.peer === state.remote && isDelivering) {
    state.remote = null; // the other side is gone first: nothing is left to deliver
    tellAndLeave(turn);
  } else if (input.type === 'room' && input.event.type === 'join' && input.event.peer === state.remote) {
    state.isRemoteAbsent = false; // it has come back to a server that had forgotten it, and can be told
  } else if (input.type === 'channelClosed' && isToldOfDelivery) {
    onChannelClosed(turn, input);
  } else if (input.type === 'peerSaid' && input.message.type === 'closeChannel' && input.from === state.remote && isToldOfDelivery) {
    onCloseChannel(turn, input.message);
  } else if (input.type === 'roomLeft' && state.isLeaving) {
    finish(turn);
  } else if (input.type === 'timerElapsed' && turn.tryTakeTimer(input)) {
    if (state.isLeaving) {
      finish(turn);
    } else {
      turn.startTimer('hangUp'); // telling and leaving get a time of their own
      tellAndLeave(turn);
    }
  } else {
    refuseLateChannel(turn, input);
  }
}

function tellAndLeave(turn) {
  turn.state.isLeaving = true;
  const { code } = turn.state.endReason;
  if (!isOfRemote(code)) {
    turn.tell(writeBye(code));
  }

  turn.emit({ type: 'leaveRoom' });
}

function finish(turn) {
  const reason = turn.state.endReason;
  forgetCall(turn.state);
  turn.stopAllTimers();
  turn.state.phase = 'ended';
  turn.raise({ type: 'sessionEnded', reason });
  turn.emit({ type: 'complete', reason });
}

// S26: the data channel and the peer connection are closed.
function closeCall(turn, reason, deliver) {
  const { state } = turn;
  if (state.connection !== 0) {
    turn.emit({ type: 'closePeerConnection', connection: state.connection, deliver, fault: faultOf(reason) });
    state.isStarted = false;
  }

  if (!deliver) {
    turn.emit({ type: 'renewDataChannel', fault: faultOf(reason), keepUnopened: false });
  }

  if (isChannelReady(state)) {
    turn.raise({ type: 'callEnded', generation: state.connection === 0 ? 0 : state.generation, reason });
  }
}

// What readers of a channel are told: after a hang-up everything has been delivered, so they see a normal end.
const faultOf = (reason) => (reason.code === 'hung-up' || reason.code === 'remote-hung-up' ? null : reason.detail);

function forgetCall(state) {
  state.remote = null;
  state.remoteName = null;
  state.isRemoteAway = false;
  state.isRemoteAbsent = false;
  state.isStarted = false;
  state.isRemoteMediaReady = false;
  state.remoteGeneration = 0;
  state.pendingOffer = null;
  state.isRestartWanted = false;
  state.restartAskedOf = 0;
  state.pendingRemoteCandidates = none;
  state.canRemoteRestartIce = false;
  state.isRemoteClosingByMessage = false;
  state.recoveryAttempts = 0;
  forgetConnection(state);
}

export function forgetConnection(state) {
  state.connection = 0;
  state.connectionGeneration = 0;
  state.step = 'none';
  state.signalingState = 'stable';
  state.connectionState = 'new';
  state.dataChannelState = 'connecting';
  state.isRemoteDescriptionApplied = false;
  state.sentDescription = null;
  state.isIceRestart = false;
  state.parkedOffer = null;
  state.pendingLocalCandidates = none;
}
