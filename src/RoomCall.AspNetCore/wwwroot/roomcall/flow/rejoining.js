// A server that was started anew has forgotten the room: the connection asks for it again, and what was under way between the two may be
// lost. A call that is up goes on untouched; one that is not is begun anew (D11).

import { beginRecovery, replaceConnection } from './connection.js';
import { none } from './flow-state.js';
import { checkAndStart, gotUserMedia } from './gate.js';
import { makeOffer, nextGeneration } from './negotiation.js';
import { park } from './parking.js';
import { anotherPeer, losePeer, losePeerAndWait, meetPeer, onSignalingResumed, takeRoleWhileWaiting } from './room.js';

export function onRejoined(turn, joined) {
  const { state } = turn;
  const isInitiator = joined.initiator === joined.self;
  onSignalingResumed(turn);
  state.self = joined.self;
  state.isRemoteAway = false;
  state.restartAskedOf = 0; // it may be lost
  turn.raise({ type: 'roomJoined', self: joined.self, isInitiator });
  const isAlone = joined.peers.length === 0;
  if (state.remote === null) {
    if (isAlone) {
      waitAgain(turn, isInitiator);
    } else {
      meetFirst(turn, joined);
    }
  } else if (joined.peers.includes(state.remote)) {
    meetAgain(turn, isInitiator);
  } else if (state.phase === 'connected' || (isAlone && state.phase !== 'preparing')) {
    state.isRemoteAbsent = true;
    if (!isAlone) {
      turn.drop('unexpected', anotherPeer);
    }
  } else if (isAlone) {
    losePeerAndWait(turn, notBack, isInitiator);
  } else if (losePeer(turn, notBack)) {
    meetFirst(turn, joined);
  }
}

export const notBack = Object.freeze({
  code: 'remote-vanished',
  detail: 'The server had forgotten the room, and the other side did not come back.',
});

export function meetFirst(turn, joined) {
  const [peer] = joined.peers;
  const names = joined.names ?? {};
  meetPeer(turn, peer, Object.hasOwn(names, peer) ? names[peer] : null, joined.initiator === joined.self);
  checkAndStart(turn);
}

function waitAgain(turn, isInitiator) {
  takeRoleWhileWaiting(turn, isInitiator);
  if (turn.state.parkedOffer !== null) {
    park(turn, turn.state.parkedOffer); // what was parked is gone with the room
  }
}

/** The remote peer is in the new room too. */
export function meetAgain(turn, isInitiator) {
  const { state } = turn;
  state.isRemoteAbsent = false;
  state.isInitiator = isInitiator;
  if (state.phase === 'connected') {
    // Only the roles may have changed. Who offers now counts on from what the other has offered, who answers takes nothing below.
    const highest = Math.max(state.generation, state.remoteGeneration);
    if (isInitiator) {
      state.generation = highest;
    } else {
      state.remoteGeneration = highest;
    }
  } else if (state.isStarted) {
    turn.tell(gotUserMedia);
    beginAnew(turn);
  } else {
    // Before the gate it is as if they had just met.
    state.remoteGeneration = 0;
    state.pendingOffer = null;
    state.pendingRemoteCandidates = none;
  }
}

/** The call is not up, and nobody knows what the other side has: a new connection and a new offer, whatever it believes. */
export function beginAnew(turn) {
  const { state } = turn;
  if (state.phase !== 'negotiating') {
    beginRecovery(turn);
  }

  state.pendingOffer = null;
  state.pendingRemoteCandidates = none;
  state.isRestartWanted = false;
  replaceConnection(turn);
  if (state.isInitiator) {
    state.generation = Math.max(state.generation, state.remoteGeneration);
    makeOffer(turn, false);
  } else {
    askForOffer(turn);
  }
}

// By a number that is new to both, the initiator knows that no offer of its own so far is taken, and that it needs a new connection.
export function askForOffer(turn) {
  const { state } = turn;
  state.remoteGeneration = Math.max(state.generation, state.remoteGeneration);
  turn.tell({ type: 'restart', generation: nextGeneration(state.remoteGeneration) });
}
