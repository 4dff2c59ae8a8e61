/**
 * RoomCall over a SignalR connection: a second way to the same server, for pages that have `@microsoft/signalr` already.
 *
 *     import { joinCall } from './_content/RoomCall.AspNetCore/roomcall.js';
 *     import { signalRTransport } from './_content/RoomCall.AspNetCore/roomcall-signalr.js';
 *
 *     const connection = new signalR.HubConnectionBuilder().withUrl('/hub').build();
 *     const call = joinCall('lobby', { transport: signalRTransport(connection) });
 *
 * The types are in roomcall-signalr.d.ts.
 */
import { SignalRTransport } from './roomcall/signaling/signalr-transport.js';

/**
 * The way to a signaling server over a connection to a hub that was mapped with `MapRoomCallHub`. The connection may have other uses, and
 * carry several calls.
 *
 * @param {import('./roomcall-signalr.d.ts').HubConnectionLike} connection
 * @param {import('./roomcall-signalr.d.ts').SignalRTransportOptions} [options]
 * @returns {import('./roomcall.d.ts').SignalingTransport}
 * @throws {TypeError} What is given is no connection.
 */
export function signalRTransport(connection, options = {}) {
  if (typeof connection?.stream !== 'function' || typeof connection.start !== 'function') {
    throw new TypeError('The connection must be a HubConnection of @microsoft/signalr.');
  }

  return new SignalRTransport(connection, options);
}
