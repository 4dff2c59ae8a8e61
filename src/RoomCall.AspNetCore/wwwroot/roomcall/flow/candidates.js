// ICE candidates of both sides (S14, S16, S19, D2, D7; RFC 8838).

import { none } from './flow-state.js';

// S14.
export function onCandidate(turn, candidate) {
  const { state } = turn;
  // The generation that this side is at: of an offer that waits, or of the one in hand.
  const reached = state.isInitiator ? state.generation : state.remoteGeneration;
  const generation = candidate.generation ?? null;
  if (generation !== null) {
    if (generation < reached) {
      turn.drop('stale', `A candidate of generation ${generation} came in generation ${reached}.`); // D7
      return;
    }

    if (generation > reached && state.isInitiator) {
      turn.drop('unexpected', `A candidate of generation ${generation} came before its offer was made.`); // D8
      return;
    }
  }

  const isOfThisGeneration = generation === null || generation === state.generation;
  if (state.isRemoteDescriptionApplied && isOfThisGeneration) {
    turn.emit({ type: 'addIceCandidate', connection: state.connection, candidate: candidate.ice });
  } else if (state.pendingRemoteCandidates.length < turn.rules.pendingCandidateLimit) {
    state.pendingRemoteCandidates = [...state.pendingRemoteCandidates, candidate]; // D2
  } else {
    turn.drop('tooMany', `More than ${turn.rules.pendingCandidateLimit} candidates came before their description.`);
  }
}

export function applyPendingCandidates(turn) {
  const { state } = turn;
  state.isRemoteDescriptionApplied = true;
  for (const candidate of state.pendingRemoteCandidates) {
    const generation = candidate.generation ?? null;
    if (generation === null || generation === state.generation) {
      turn.emit({ type: 'addIceCandidate', connection: state.connection, candidate: candidate.ice });
    }
  }

  const reached = state.generation;
  state.pendingRemoteCandidates = state.pendingRemoteCandidates.filter((candidate) => (candidate.generation ?? 0) > reached);
}

// S19. The engine may find candidates before their description was sent: they wait, so that they cannot overtake it.
export function onCandidateFound(turn, found) {
  const { state } = turn;
  if (found.connection !== state.connection) {
    return;
  }

  const { candidate } = found;
  if (candidate.candidate !== '' && (candidate.sdpMid ?? null) === null && (candidate.sdpMLineIndex ?? null) === null) {
    turn.drop('malformed', 'The engine found a candidate without an m-line.');
  } else if (state.sentDescription !== null) {
    tellCandidate(turn, candidate, state.sentDescription);
  } else if (state.pendingLocalCandidates.length < turn.rules.pendingCandidateLimit) {
    state.pendingLocalCandidates = [...state.pendingLocalCandidates, candidate];
    if (state.parkedOffer !== null) {
      turn.park(candidateMessage(turn, candidate));
    }
  } else {
    turn.drop('tooMany', `The engine found more than ${turn.rules.pendingCandidateLimit} candidates before its description was sent.`);
  }
}

export const candidateMessage = (turn, ice) => ({ type: 'candidate', ice, generation: turn.state.generation });

export function sendPendingCandidates(turn, description) {
  turn.state.sentDescription = description;
  for (const candidate of turn.state.pendingLocalCandidates) {
    tellCandidate(turn, candidate, description);
  }

  turn.state.pendingLocalCandidates = none;
}

// An engine may tell of a candidate only when the offer that restarts ICE is being made already: it is of the generation before, and
// under the new one's number it would reach the other side as one of those. Its fragment tells; one that has none is taken at its word.
function tellCandidate(turn, candidate, description) {
  if (candidate.usernameFragment && !hasFragment(description, candidate.usernameFragment)) {
    turn.drop('stale', 'The engine found a candidate of a description that has been replaced.'); // D7
    return;
  }

  turn.tell(candidateMessage(turn, candidate));
}

const attribute = 'a=ice-ufrag:';

// RFC 8839, section 5.4: a=ice-ufrag, for the whole session or for each m-line.
function hasFragment(description, fragment) {
  const told = description.split(/[\r\n\f\u0085\u2028\u2029]/).filter((line) => line.startsWith(attribute));
  // A description without any says nothing against it.
  return told.length === 0 || told.some((line) => line.slice(attribute.length).trimEnd() === fragment);
}
