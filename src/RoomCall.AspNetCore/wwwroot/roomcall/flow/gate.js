// Local media and the gate (S9 to S11, S17, S18, D1, D5).

import { end } from './ending.js';
import { isChannelReady, none } from './flow-state.js';
import { makeOffer, takeOffer } from './negotiation.js';
import { makeAhead, tellAhead } from './parking.js';

/** S11: the same for every peer. */
export const gotUserMedia = Object.freeze({ type: 'gotUserMedia' });

// S1, S4: asked for once the room is entered, and kept over all calls of the stay.
export function askForMedia(turn) {
  if (turn.rules.wantsMedia) {
    turn.state.localMedia = 'requested';
    turn.startTimer('media');
    turn.emit({ type: 'openMedia' });
  } else {
    turn.raise({ type: 'localMediaReady', stream: null });
    passMedia(turn, 'ready');
  }
}

export function onMediaReady(turn, ready) {
  if (turn.state.localMedia === 'requested') {
    turn.stopTimer('media');
    turn.raise({ type: 'localMediaReady', stream: ready.stream });
    passMedia(turn, 'ready');
  }
}

// D5: refused media is told to both sides, or gone without.
export function onMediaFailed(turn, code, detail) {
  if (turn.state.localMedia !== 'requested') {
    return;
  }

  turn.stopTimer('media');
  if (turn.rules.continueWithoutMedia) {
    turn.raise({ type: 'localMediaAbsent', reason: { code, detail } });
    passMedia(turn, 'absent');
  } else {
    turn.state.localMedia = 'failed';
    end(turn, code, detail);
  }
}

// S11: the other side is told, and the gate is tried.
function passMedia(turn, media) {
  turn.state.localMedia = media;
  turn.tell(gotUserMedia);
  checkAndStart(turn);
}

export function onGotUserMedia(turn) {
  const isNews = !turn.state.isRemoteMediaReady;
  turn.state.isRemoteMediaReady = true;
  if (isNews && turn.state.phase === 'negotiating') {
    turn.startTimer('negotiation'); // said again, it must not postpone the deadline (D6, D8)
  }

  checkAndStart(turn);
}

/**
 * The book's gate (S10): only when not started, and there is local media, and the channel is ready. It runs after every event that may
 * have made it true.
 */
export function checkAndStart(turn) {
  const { state } = turn;
  const hasLocalMedia = state.localMedia === 'ready' || state.localMedia === 'absent';
  if (state.isStarted || !hasLocalMedia) {
    return;
  }

  if (!isChannelReady(state)) {
    makeAhead(turn); // what can be made before the gate opens
    return;
  }

  state.isStarted = true;
  state.phase = 'negotiating';
  turn.startTimer(state.isRemoteMediaReady ? 'negotiation' : 'remoteMedia');
  turn.raise({ type: 'callStarted', isInitiator: state.isInitiator });
  turn.emit({ type: 'clearLobby' });
  if (state.connection !== 0) {
    tellAhead(turn);
    return;
  }

  openConnection(turn);
  if (state.isInitiator) {
    makeOffer(turn, false);
  } else if (state.pendingOffer !== null) {
    takeOffer(turn, state.pendingOffer); // D1: the offer came before local media
  }
}

// S17, S18.
export function openConnection(turn) {
  const { state } = turn;
  state.connection = ++state.lastConnection;
  state.connectionGeneration = 0;
  state.step = 'awaitingOffer';
  state.signalingState = 'stable';
  state.connectionState = 'new';
  state.dataChannelState = 'connecting';
  state.isRemoteDescriptionApplied = false;
  state.sentDescription = null;
  state.pendingLocalCandidates = none;
  turn.emit({ type: 'createPeerConnection', connection: state.connection, withDataChannel: state.isInitiator });
}
