/** The sentences that a stay ends with: what happened, and what to do. */

const ENDS = {
  left: 'The signaling server says that this client has left, which it has not: join again.',
  refused: 'The signaling server did not let this client in.',
  restarting: 'The signaling server is being restarted.',
  replaced: 'A newer connection has taken this client\'s seat.',
  'too-slow': 'The signaling server let this client go, which took its events too slowly: read them faster, and join again.',
  'too-many-messages': 'The signaling server let this client go, which sent too much at once: send less, and join again.',
  malformed: 'The signaling server let this client go, whose frames it could not read: check that both speak the same version.',
  'too-large':
    'The signaling server let this client go, which sent a message larger than the server takes: send smaller ones, or raise the server\'s '
    + 'limit.',
  'timed-out': 'The signaling server waited too long for this client to ask for a room: join again.',
  failed: 'The signaling server failed.',
  unknown: 'The signaling server ended the connection for a reason that this version does not know.',
};

/** A normal end: this side has left, or was not let in and has been told so. */
export const ENDED = 'The connection to the signaling server ended.';

export const PAGE_LEFT = 'The page was left, and its connection to the signaling server was closed: join again.';

export function unreachable(error) {
  return error?.code === 'signaling-unavailable'
    ? error.message
    : `The signaling server could not be reached: ${messageOf(error)}`;
}

export function malformed(what) {
  return `The signaling server does not follow the protocol: ${what} Check that the address is that of a RoomCall server of this version.`;
}

export function noAnswer(milliseconds) {
  return `The signaling server did not answer within ${milliseconds / 1000} s.`;
}

export function closed(code, reason) {
  return `The signaling server closed the connection (${reason ? `code ${code}, ${reason}` : `code ${code}`}).`;
}

export const CUT = 'The connection to the signaling server ended without a word.';

export function gaveUp(attempts, elapsed, detail) {
  const seconds = (elapsed / 1000).toFixed(1);
  return `The connection to the signaling server was lost and could not be repaired (${attempts} attempts in ${seconds} s): `
    + `join again when the server can be reached. ${detail}`;
}

export function notRepairable(error) {
  return `The connection to the signaling server cannot be repaired: ${messageOf(error)}`;
}

export function tooMuchWaits(frames, bytes) {
  return `More waits for the signaling server than is kept (${frames} messages or ${bytes} bytes): `
    + 'send less while the connection is interrupted, and join again.';
}

export function refused(error) {
  return `The signaling server did not let this client go on (${error.code}): ${error.detail} Join again.`;
}

/** What the server's `end` means. */
export function ended(code, detail) {
  return detail?.trim() ? `${ENDS[code]} The server says: ${detail}` : ENDS[code];
}

export function hubRefused(error) {
  return `The hub does not let this client in: ${messageOf(error)} `
    + 'Check that it was mapped with MapRoomCallHub, and what its filters and its authorization ask for.';
}

/** What a transport's attempt rejects with. */
export function unavailable(detail) {
  return Object.assign(new Error(detail), { code: 'signaling-unavailable' });
}

/** What may be thrown may be anything. */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
