// The room: being let in, meeting another peer, losing it (S1 to S5, S7, D3, D4).

import { readBye } from './bye-reason.js';
import { endFor, end, stopCall } from './ending.js';
import { isChannelReady } from './flow-state.js';
import { askForMedia, checkAndStart } from './gate.js';
import { nameOf } from './name-of.js';
import { dropAhead, onHandedOut } from './parking.js';
import { meetAgain, meetFirst, notBack, onRejoined } from './rejoining.js';

// S7: one request.
export function onJoin(turn) {
  turn.startTimer('join');
  turn.emit({ type: 'joinRoom' });
}

export function onRoomEvent(turn, event) {
  switch (event.type) {
    case 'log': turn.raise({ type: 'serverLog', lines: event.lines }); break; // S5
    case 'interrupted': onSignalingInterrupted(turn); break;
    case 'resumed': onSignalingResumed(turn); break;
    default:
      if (turn.state.phase === 'joining') {
        onAnswerToJoin(turn, event);
      } else {
        onChangeOfRoom(turn, event);
      }

      break;
  }
}

function onAnswerToJoin(turn, event) {
  switch (event.type) {
    case 'created': // S1
      enterRoom(turn, event.self, true);
      beginWaiting(turn, true);
      askForMedia(turn);
      break;

    case 'joined': // S4
      enterRoom(turn, event.self, event.initiator === event.self);
      if (event.peers.length > 0) {
        meetFirst(turn, event);
      } else {
        beginWaiting(turn, turn.state.isInitiator);
      }

      askForMedia(turn);
      break;

    case 'full': // S2
      end(turn, 'room-full', `The room '${event.room}' is full: try again later, or choose another room.`);
      break;

    case 'error':
      end(turn, 'join-rejected', `The server refused the room (${nameOf(event.code)}): ${event.detail}`);
      break;

    default:
      turn.drop('unexpected', `The server sent ${nameOf(event.type)} before it had let this peer in.`);
      break;
  }
}

function enterRoom(turn, self, isInitiator) {
  onSignalingResumed(turn); // it may have been interrupted before it had an answer
  turn.state.self = self;
  turn.state.isInitiator = isInitiator;
  turn.raise({ type: 'roomJoined', self, isInitiator });
}

function onChangeOfRoom(turn, event) {
  const { state } = turn;
  // A server that forgot answers to joining again; without an interruption it says so out of turn.
  const isAnswer = state.isSignalingInterrupted;
  switch (event.type) {
    case 'join': onPeerJoin(turn, event); return;
    case 'left': onPeerLeft(turn, event); return;
    case 'away':
    case 'back':
      if (event.peer === state.remote) { // else of one that is in the room and not in this call
        state.isRemoteAway = event.type === 'away';
      }

      return;
    case 'created':
      if (isAnswer) {
        onRejoined(turn, { ...event, type: 'joined', peers: [], initiator: event.self });
        return;
      }

      break;
    case 'joined':
      if (isAnswer) {
        onRejoined(turn, event);
        return;
      }

      break;
    case 'full':
      if (isAnswer) {
        end(turn, 'room-full', `The server had forgotten the room '${event.room}', and it is full now.`);
        return;
      }

      break;
    case 'error':
      if (event.code === 'unknown-peer') {
        return; // it crossed with the other's leaving: what was meant for it is no longer wanted
      }

      if (isAnswer) {
        end(turn, 'join-rejected', `The server had forgotten the room, and refuses it now (${nameOf(event.code)}): ${event.detail}`);
      } else {
        onServerError(turn, event);
      }

      return;
    default: break;
  }

  turn.drop('unexpected', `The server sent ${nameOf(event.type)} to a peer that is in the room.`);
}

function onServerError(turn, error) {
  turn.raise({ type: 'serverError', code: error.code, detail: error.detail });
  dropAhead(turn, null); // a part of what was parked may be missing: the next peer is not handed a half

  // D6, D11: what was refused is lost, and while descriptions are exchanged both sides would wait for it until their deadlines.
  if (turn.state.phase === 'negotiating' || turn.state.phase === 'recovering') {
    end(turn, 'negotiation-failed', `The server refused a message (${nameOf(error.code)}): ${error.detail}`);
  }
}

// S3: the channel is ready.
function onPeerJoin(turn, join) {
  const { state } = turn;
  const isInitiator = join.initiator === state.self;
  if (state.isRemoteAbsent && join.peer === state.remote) {
    meetAgain(turn, isInitiator);
    return;
  }

  if (isChannelReady(state)) {
    // In the place of one that a server which forgot has not let in again, unless its call is up.
    if (!state.isRemoteAbsent || state.phase === 'connected') {
      turn.drop('unexpected', anotherPeer);
      return;
    }

    if (!losePeer(turn, notBack)) {
      return;
    }
  }

  meetPeer(turn, join.peer, join.name ?? null, isInitiator);
  onHandedOut(turn, join.parked ?? null);
  checkAndStart(turn);
}

export const anotherPeer = 'The server announced a peer while another is in the call.';

export function meetPeer(turn, peer, name, isInitiator) {
  const { state } = turn;
  turn.stopTimer('phase');
  state.phase = 'preparing';
  state.remote = peer;
  state.remoteName = name;
  state.remoteGeneration = 0;
  state.isRemoteMediaReady = false;
  state.isInitiator = isInitiator;
  if (!isInitiator) {
    dropAhead(turn, 'The other side makes the offer.');
  }

  turn.raise({ type: 'peerJoined', peer, name });
}

function beginWaiting(turn, isInitiator) {
  turn.state.phase = 'waiting';
  turn.startTimer('wait');
  takeRoleWhileWaiting(turn, isInitiator);
}

export function takeRoleWhileWaiting(turn, isInitiator) {
  turn.state.isInitiator = isInitiator;
  if (!isInitiator) {
    dropAhead(turn, 'The other side makes the offer.');
  }

  checkAndStart(turn);
}

// D4: absent from the book.
function onPeerLeft(turn, left) {
  const isInitiator = left.initiator === turn.state.self;
  if (left.peer === turn.state.remote) {
    losePeerAndWait(turn, reasonOf(left), isInitiator);
  } else if (turn.state.phase === 'waiting') {
    takeRoleWhileWaiting(turn, isInitiator);
  }
}

function reasonOf(left) {
  switch (left.reason) {
    case 'left': return { code: 'remote-left', detail: 'The other side left the room.' };
    case 'too-slow':
      return { code: 'remote-vanished', detail: 'The server let the other side go, which was too slow for its messages.' };
    default: return { code: 'remote-vanished', detail: "The other side's connection to the server was lost." };
  }
}

// S15, S25, D3: the one who stays makes the next offer.
export function onBye(turn, bye) {
  losePeerAndWait(turn, readBye(bye), true);
}

export function losePeerAndWait(turn, reason, isInitiator) {
  if (losePeer(turn, reason)) {
    beginWaiting(turn, isInitiator);
  }
}

/** False: the session ends by it. */
export function losePeer(turn, reason) {
  turn.raise({ type: 'peerLeft', peer: turn.state.remote });
  if (turn.rules.endWhenRemoteLeaves) {
    endFor(turn, reason, false);
    return false;
  }

  stopCall(turn, reason);
  return true;
}

function onSignalingInterrupted(turn) {
  if (!turn.state.isSignalingInterrupted) {
    turn.state.isSignalingInterrupted = true;
    turn.startTimer('signaling');
  }
}

export function onSignalingResumed(turn) {
  turn.state.isSignalingInterrupted = false;
  turn.stopTimer('signaling');
}

export function onSignalingEnded(turn, ended) {
  end(turn, turn.state.phase === 'joining' ? 'signaling-unavailable' : 'signaling-lost', ended.detail);
}
