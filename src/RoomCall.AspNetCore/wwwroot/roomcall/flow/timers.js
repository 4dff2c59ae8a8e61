// What follows when time is up: every phase has its deadline (D6).

import { recover } from './connection.js';
import { end } from './ending.js';
import { onMediaFailed } from './gate.js';
import { notBack } from './rejoining.js';
import { losePeerAndWait } from './room.js';

export function onTimerElapsed(turn, elapsed) {
  if (!turn.tryTakeTimer(elapsed)) {
    return; // it was stopped while it elapsed
  }

  switch (elapsed.timer) {
    case 'join':
      end(turn, 'join-timed-out', 'The signaling server did not answer in time.');
      break;
    case 'wait':
      end(turn, 'nobody-came', 'Nobody came into the room in time.');
      break;
    case 'media':
      turn.emit({ type: 'closeMedia' });
      onMediaFailed(turn, 'media-timed-out', 'Local media was not there in time.');
      break;
    case 'remoteMedia':
    case 'negotiation':
      if (!isAbsenceOver(turn)) {
        const missing = turn.state.isInitiator ? 'answer' : 'offer';
        end(turn, 'negotiation-timed-out', `No ${missing} of the other side was applied in time.`);
      }

      break;
    case 'connection':
      if (!isAbsenceOver(turn)) {
        end(turn, 'connection-timed-out', 'No connection came about in time: a TURN server may be needed.');
      }

      break;
    case 'dataChannel':
      end(turn, 'data-channel-timed-out', 'The data channel did not open in time: its label must be equal on both sides.');
      break;
    case 'recovery':
      if (!isAbsenceOver(turn)) {
        end(turn, 'connection-lost', 'The connection was lost and could not be repaired in time.');
      }

      break;
    case 'signaling':
      end(turn, 'signaling-lost', 'The connection to the signaling server was not repaired in time.');
      break;
    case 'disconnected':
      recover(turn); // it did not come back: that would have stopped the timer
      break;
  }
}

/** The other side is not back at a server that forgot the room: then the call ends, and not the session. */
function isAbsenceOver(turn) {
  if (turn.state.isRemoteAbsent) {
    losePeerAndWait(turn, notBack, true);
    return true;
  }

  return false;
}
