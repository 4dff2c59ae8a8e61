import { systemClock } from '../signaling/clock.js';
import { joinRoom } from '../signaling/resuming-room.js';

/** What a session takes from the browser, in one place: tests give it another. */
export function browserEnvironment() {
  return {
    RTCPeerConnection: globalThis.RTCPeerConnection,
    MediaStream: globalThis.MediaStream,
    mediaDevices: globalThis.navigator?.mediaDevices,
    joinRoom,
    clock: systemClock,
  };
}
