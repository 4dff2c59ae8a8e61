// The connection, its loss and its repair, and its data channels (S18, S23, D6, D10).

import { end } from './ending.js';
import { openConnection } from './gate.js';
import { makeOffer } from './negotiation.js';
import { dropAhead } from './parking.js';
import { beginAnew } from './rejoining.js';

export function onConnectionChanged(turn, changed) {
  const { state } = turn;
  if (changed.connection !== state.connection) {
    return;
  }

  state.connectionState = changed.state;
  switch (changed.state) {
    case 'connected':
      turn.stopTimer('disconnected');
      if (state.step === 'done') {
        beConnected(turn);
      }

      break;

    case 'disconnected':
    case 'closed':
      // It may come back by itself, or a bye may be on its way. Said again, it gets no more time.
      if ((state.phase === 'connected' || state.phase === 'connecting') && state.disconnectedTimer === 0) {
        turn.startTimer('disconnected');
      }

      break;

    case 'failed':
      turn.stopTimer('disconnected');
      recover(turn);
      break;
  }
}

export function beConnected(turn) {
  const { state } = turn;
  if (state.phase === 'connected') {
    return;
  }

  state.phase = 'connected';
  state.recoveryAttempts = 0;
  turn.stopTimer('disconnected');
  turn.raise({ type: 'callConnected', generation: state.generation });
  if (state.dataChannelState === 'connecting') {
    turn.startTimer('dataChannel');
  } else {
    turn.stopTimer('phase');
  }
}

/**
 * D10: the initiator makes a new offer, on the same connection where both engines can restart ICE, else on a new one; the other side
 * asks it to. While a negotiation is under way, its end or the recovery's deadline decides.
 */
export function recover(turn) {
  const { state, rules } = turn;
  if (state.step !== 'done') {
    return;
  }

  if (state.isRemoteAbsent) {
    beginRecovery(turn); // nobody can be told: it begins when the other side is back, or ends by its deadline
    return;
  }

  if (state.restartAskedOf === state.generation) {
    // The new offer is on its way: one loss, told twice, is one attempt. Its deadline begins where it came back in between.
    beginRecovery(turn);
    return;
  }

  if (state.recoveryAttempts >= rules.maxRecoveryAttempts) {
    end(turn, 'connection-lost', 'The connection was lost and could not be repaired.');
    return;
  }

  beginRecovery(turn);
  turn.raise({ type: 'recoveryStarted', attempt: ++state.recoveryAttempts });
  if (!state.isInitiator) {
    state.restartAskedOf = state.generation;
    turn.tell({ type: 'restart', generation: state.generation });
  } else if (rules.canRestartIce && state.canRemoteRestartIce && state.connectionState !== 'closed') {
    makeOffer(turn, true);
  } else {
    replaceConnection(turn);
    makeOffer(turn, false);
  }
}

export function beginRecovery(turn) {
  if (turn.state.phase !== 'recovering') {
    turn.state.phase = 'recovering';
    turn.stopTimer('disconnected');
    turn.startTimer('recovery');
  }
}

export function replaceConnection(turn) {
  const fault = 'The connection was lost, and a new one takes its place.';
  turn.emit({ type: 'closePeerConnection', connection: turn.state.connection, deliver: false, fault });
  turn.emit({ type: 'renewDataChannel', fault, keepUnopened: true }); // else what was in flight is lost: its users must see it
  turn.emit({ type: 'clearLobby' });
  openConnection(turn);
}

export function onRestart(turn, restart) {
  const { state } = turn;
  const generation = restart.generation ?? null;
  if (!state.isInitiator) {
    turn.drop('unexpected', 'The initiator asked for an offer.'); // D8
  } else if (generation !== null && generation > state.generation) {
    // The other side has begun anew, and takes no number up to its own highest any more.
    state.generation = generation - 1;
    if (state.isStarted) {
      beginAnew(turn);
    }
  } else if (generation !== null && generation !== state.generation) {
    turn.drop('stale', 'A new offer was asked for that is under way already.'); // D7
  } else if (state.step === 'done') {
    recover(turn);
  } else if (state.step === 'applyingAnswer') {
    state.isRestartWanted = true; // the other side is through with this negotiation, and this side nearly is
  } else {
    turn.drop('stale', 'A new offer was asked for while one waits for its answer.'); // D7
  }
}

const channelStates = ['connecting', 'open', 'closing', 'closed'];

// S23.
export function onDataChannelChanged(turn, changed) {
  const { state } = turn;
  // A channel only moves on: what is no step forward is a repetition, and neither announced again nor a reason to wait less.
  const isForward = channelStates.indexOf(changed.state) > channelStates.indexOf(state.dataChannelState);
  if (changed.connection !== state.connection || !isForward) {
    return;
  }

  if (!state.isStarted) {
    dropAhead(turn, null); // its user has closed it: the next call gets another
    return;
  }

  state.dataChannelState = changed.state;
  if (changed.state === 'open') {
    turn.emit({ type: 'announceDataChannel' });
  }

  if (state.phase === 'connected') {
    turn.stopTimer('phase');
  }
}

export function onDataChannelReceived(turn, received) {
  if (received.connection === turn.state.connection) {
    turn.emit({ type: 'acceptDataChannel', connection: received.connection, transport: received.transport });
  } else {
    refuseLateChannel(turn, received);
  }
}

export function refuseLateChannel(turn, input) {
  if (input.type === 'dataChannelReceived') {
    turn.emit({ type: 'refuseDataChannel', transport: input.transport });
  }
}
