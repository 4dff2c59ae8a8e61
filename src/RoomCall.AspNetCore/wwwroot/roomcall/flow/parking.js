// The offer that a waiting initiator makes ahead and leaves with the server: who comes next has it with `joined`, a round trip sooner.

import { candidateMessage, sendPendingCandidates } from './candidates.js';
import { forgetConnection } from './ending.js';
import { none } from './flow-state.js';
import { openConnection } from './gate.js';
import { makeOffer } from './negotiation.js';

// The gate stays closed (S10): there is a connection, and it is not started.
export function makeAhead(turn) {
  const { state } = turn;
  if (turn.rules.parkOffer && state.phase === 'waiting' && state.isInitiator && state.connection === 0) {
    openConnection(turn);
    makeOffer(turn, false);
  }
}

// All of it is kept: the server may have forgotten it, or find it too old, when somebody comes.
export function park(turn, offer) {
  turn.state.parkedOffer = offer;
  turn.park(offer);
  for (const candidate of turn.state.pendingLocalCandidates) {
    turn.park(candidateMessage(turn, candidate));
  }
}

/** The one who came was handed what was parked: if it is the offer in hand, that counts as sent. */
export function onHandedOut(turn, generation) {
  const { state } = turn;
  if (state.parkedOffer !== null && generation === state.generation) {
    state.sentDescription = state.parkedOffer.sdp;
    state.parkedOffer = null;
    state.pendingLocalCandidates = none;
  }
}

// The gate has opened, and the one who came was not handed the offer: it is sent, or will be when it is made.
export function tellAhead(turn) {
  const offer = turn.state.parkedOffer;
  if (offer !== null) {
    turn.state.parkedOffer = null;
    turn.tell(offer);
    sendPendingCandidates(turn, offer.sdp);
  }
}

// What was made ahead is of no use; what its user has sent on the data channel goes over the next connection.
export function dropAhead(turn, fault) {
  const { state } = turn;
  if (!state.isStarted && state.connection !== 0) {
    turn.emit({ type: 'closePeerConnection', connection: state.connection, deliver: false, fault });
    turn.emit({ type: 'renewDataChannel', fault, keepUnopened: true });
    forgetConnection(state);
  }
}
