// What a `bye` says: why this side ended, and what the other side's reason means here.

const hungUp = Object.freeze({ type: 'bye', reason: null });

const ofRemote = new Set(['remote-hung-up', 'remote-left', 'remote-vanished', 'remote-media-failed', 'remote-failed']);

/** S15: a hang-up is the book's text; only a fault has more to say. */
export const writeBye = (code) => (code === 'hung-up' ? hungUp : Object.freeze({ type: 'bye', reason: code }));

/** The other side ended the call, so it need not be told. */
export const isOfRemote = (code) => ofRemote.has(code);

/** @returns {import('../../roomcall.js').CallEndReason} */
export function readBye(bye) {
  switch (bye.reason ?? null) {
    case null:
    case 'hung-up':
      return { code: 'remote-hung-up', detail: 'The other side hung up.' };
    case 'media-refused':
    case 'media-failed':
    case 'media-timed-out':
      return { code: 'remote-media-failed', detail: `The other side has no local media (${bye.reason}).` };
    default:
      return { code: 'remote-failed', detail: `The other side ended the call because of a fault (${bye.reason}).` };
  }
}
