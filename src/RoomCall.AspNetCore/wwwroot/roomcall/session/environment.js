import { joinRoom } from '../signaling/resuming-room.js';

/** What a session takes from the browser, in one place: tests give it another. */
export function browserEnvironment() {
  return {
    RTCPeerConnection: globalThis.RTCPeerConnection,
    MediaStream: globalThis.MediaStream,
    mediaDevices: globalThis.navigator?.mediaDevices,
    joinRoom,
    clock: {
      now: () => performance.now(),
      setTimeout: (callback, delay) => globalThis.setTimeout(callback, delay),
      clearTimeout: (timer) => globalThis.clearTimeout(timer),
    },
  };
}
