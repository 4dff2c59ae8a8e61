import { RoomCallError } from '../room-call-error.js';

/** Why a channel ended by neither side's wish. */
export function cutOff(cause) {
  return new RoomCallError('data-channel-closed', 'The data channel was cut off: what either side sent last may be missing.', { cause });
}

/** What a sender is told, with the reason inside. */
export function closedForSender(failure) {
  return new RoomCallError(
    'data-channel-closed',
    'The data channel is closed: nothing can be sent on it any more. Send on the channel of the next call.',
    failure === null ? undefined : { cause: failure });
}

export function tooLarge(size, largest) {
  return new RoomCallError(
    'message-too-large',
    `A message of ${size} bytes is larger than the ${largest} bytes that the data channel takes: send it in parts.`);
}

export function queueFull(size, limit) {
  return new RoomCallError(
    'send-queue-full',
    `A message of ${size} bytes no longer fits into the ${limit} bytes that may wait for the data channel to open: `
      + 'await whenDataChannelOpen first, or raise sendQueueLimit.');
}

export function receiveBufferFull(limit) {
  return new RoomCallError(
    'data-channel-closed',
    `More than ${limit} bytes arrived on the data channel that nobody read, and the rest is lost: read faster.`);
}
