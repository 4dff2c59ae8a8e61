/**
 * RoomCall in the browser: two pages meet in a named room and get a call, media and a data channel.
 *
 *     import { joinCall } from './_content/RoomCall.AspNetCore/roomcall.js';
 *
 *     const call = joinCall('lobby', { media: { audio: true, video: true } });
 *     call.addEventListener('statechange', ({ detail }) => console.log(detail.phase));
 *     const channel = await call.whenDataChannelOpen();
 *     await channel.send('hello');
 *
 * The types are in roomcall.d.ts.
 */
import { RoomCallError } from './roomcall/room-call-error.js';
import { CallSession } from './roomcall/session/call-session.js';
import { browserEnvironment } from './roomcall/session/environment.js';
import { checkOptions } from './roomcall/session/options.js';
import { createWebSocketTransport } from './roomcall/signaling/web-socket-transport.js';

export { RoomCallError };

/**
 * Joins a room over WebSocket, or over `options.transport`. The session is there at once, joining; what it tells begins after the present
 * task, so listeners that are added at once miss nothing.
 *
 * @param {string} room
 * @param {import('./roomcall.d.ts').CallOptions & import('./roomcall.d.ts').SignalerOptions
 *   & { transport?: import('./roomcall.d.ts').SignalingTransport }} [options]
 * @returns {import('./roomcall.d.ts').CallSession}
 * @throws {RoomCallError} `invalid-argument`
 */
export function joinCall(room, options = {}) {
  const checked = checkOptions(room, options);
  return new CallSession(room, { ...checked, transport: checked.transport ?? webSocketTransport(checked) }, browserEnvironment());
}

function webSocketTransport({ endpoint = '/room', accessToken }) {
  try {
    return createWebSocketTransport({ endpoint, accessToken });
  } catch (error) {
    throw new RoomCallError('invalid-argument', `endpoint is no address of a server: ${error.message}`, { cause: error });
  }
}
