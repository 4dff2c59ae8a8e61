import type { SignalingTransport } from './roomcall.js';

/** What is used of the `HubConnection` of `@microsoft/signalr`. */
export interface HubConnectionLike {
  readonly state: string;
  readonly connectionId?: string | null;
  start(): Promise<void>;
  stop(): Promise<void>;
  stream(methodName: string, ...args: unknown[]): {
    subscribe(observer: { next(item: unknown): void; error(error: unknown): void; complete(): void }): { dispose(): void };
  };
}

export interface SignalRTransportOptions {
  /** Whether RoomCall starts the connection where it is not started or has closed, and starts it anew where the server does not answer on it
   * any more. Set it to false for a connection that the page starts and stops itself: then joining fails at once where it is not
   * started, and a call that has begun waits for it, as long as `reconnectDelay` allows. A start that is under way and SignalR's own automatic
   * reconnect are waited for either way. Default: true. */
  startConnection?: boolean;
}

/** The way to a signaling server over a connection to a hub that was mapped with `MapRoomCallHub`. The connection may have other uses, and
 * carry several calls; the page stops it when it has no more use for it, after `await call.hangUp()`: else the server hears of no hang-up.
 * Over a transport of SignalR's other than WebSockets, `@microsoft/signalr` leaves an `unhandledrejection` to the page where the network fails
 * while it sends; a call goes on all the same. */
export function signalRTransport(connection: HubConnectionLike, options?: SignalRTransportOptions): SignalingTransport;
