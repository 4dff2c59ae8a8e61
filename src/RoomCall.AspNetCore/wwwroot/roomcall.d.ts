/**
 * RoomCall in the browser: two pages meet in a named room and get a call, media and a data channel. The same protocol, call flow and words
 * as the .NET library; docs/protocol.md and docs/call-flow.md tell the rules, `S…` and `D…` are their rows.
 */

/** Where a session stands, in the order in which a call goes. */
export type CallPhase =
  | 'joining' | 'waiting' | 'preparing' | 'negotiating' | 'connecting' | 'connected' | 'recovering' | 'ending' | 'ended';

export type LocalMediaState = 'idle' | 'requested' | 'ready' | 'absent' | 'failed';

/** Why a call or a session ended; docs/errors.md says for each what to do. */
export type CallEndCode =
  | 'hung-up' | 'remote-hung-up' | 'remote-left' | 'remote-vanished' | 'remote-media-failed' | 'remote-failed' | 'room-full'
  | 'join-rejected' | 'join-timed-out' | 'signaling-unavailable' | 'signaling-lost' | 'nobody-came' | 'media-refused' | 'media-failed'
  | 'media-timed-out' | 'peer-connection-failed' | 'negotiation-failed' | 'negotiation-timed-out' | 'connection-timed-out'
  | 'data-channel-timed-out' | 'connection-lost' | 'internal-error';

export interface CallEndReason {
  readonly code: CallEndCode;
  /** A sentence for people. */
  readonly detail: string;
}

/** A session at one moment: an immutable snapshot. */
export interface CallState {
  readonly phase: CallPhase;
  readonly self: string | null;
  readonly remote: string | null;
  readonly remoteName: string | null;
  readonly isRemoteAway: boolean;
  /** Whether this peer makes the offer (S9). */
  readonly isInitiator: boolean;
  /** Whether another peer is there to talk to (S9). */
  readonly isChannelReady: boolean;
  /** Whether the gate has opened (S9, S10). */
  readonly isStarted: boolean;
  readonly localMedia: LocalMediaState;
  readonly generation: number;
  readonly signalingState: RTCSignalingState;
  readonly connectionState: RTCPeerConnectionState;
  readonly dataChannelState: RTCDataChannelState;
  readonly isSignalingInterrupted: boolean;
  /** Null until the session has ended. */
  readonly endReason: CallEndReason | null;
}

/** Something that happened in a session: `type` is the name of the .NET record in camel case, its fields beside it. */
export interface CallEventDetail {
  readonly type:
    | 'roomJoined' | 'peerJoined' | 'peerLeft' | 'serverLog' | 'localMediaReady' | 'localMediaAbsent' | 'callStarted' | 'signalSent'
    | 'signalReceived' | 'signalDropped' | 'gatheringCompleted' | 'callConnected' | 'dataChannelOpened' | 'dataChannelReceived'
    | 'remoteStreamAdded' | 'remoteStreamRemoved' | 'recoveryStarted' | 'serverError' | 'callEnded' | 'sessionEnded';
  readonly [field: string]: unknown;
}

/** How long each phase may last, in milliseconds; `Infinity` for no limit. */
export interface CallTimeouts {
  /** Until the server has answered. Default: 15000. */ join?: number;
  /** Alone in the room. Default: Infinity. */ wait?: number;
  /** Until local media is there. Default: 60000. */ media?: number;
  /** Until offer and answer are exchanged. Default: 20000. */ negotiation?: number;
  /** From both descriptions applied to connected. Default: 30000. */ connection?: number;
  /** From connected to the data channel open. Default: 15000. */ dataChannel?: number;
  /** How long a disconnected connection may take to come back by itself. Default: 5000. */ disconnected?: number;
  /** Until a lost connection is repaired. Default: 30000. */ recovery?: number;
  /** Until an interrupted connection to the server is repaired. Default: 30000. */ signaling?: number;
  /** For each operation of the browser's peer connection. Default: 10000. */ operation?: number;
  /** To deliver what was sent, and again to say bye and leave. Default: 5000. */ hangUp?: number;
}

/**
 * Where local media comes from: constraints for `getUserMedia`; `'screen'` for `getDisplayMedia`; a stream of the page's own, which the
 * page stops itself; a function that makes one; or null for none. What this side does not send is asked for all the same, so one who has no
 * camera sees the other.
 */
export type MediaSource =
  | MediaStreamConstraints | 'screen' | MediaStream | ((signal: AbortSignal) => Promise<MediaStream>) | null;

export interface CallOptions {
  /** The name that the other side is told, 1 to 64 characters. */ name?: string;
  /** Default: null, no media of one's own. */ media?: MediaSource;
  /** Whether the call goes on without local media when it is refused or fails. Default: false. */ continueWithoutMedia?: boolean;
  /** What happens when the other peer is gone. Default: 'stay', waiting for the next. */ whenRemoteLeaves?: 'stay' | 'end';
  /** Whether the offer is made ahead and left with the server. Default: true. */ parkOffer?: boolean;
  /** Added to those that the server recommends. */ iceServers?: RTCIceServer[];
  iceTransportPolicy?: RTCIceTransportPolicy;
  /** Default: 'sendDataChannel' (S18). */ dataChannelLabel?: string;
  dataChannel?: RTCDataChannelInit;
  /** Bytes that may wait for a channel to open. Default: 1 MiB. */ sendQueueLimit?: number;
  /** Bytes that an open channel buffers before sending waits, at most 8 MiB: browsers take no more than 16. Default: 1 MiB. */
  sendBufferLimit?: number;
  /** Candidates of either side that may wait. Default: 256. */ pendingCandidateLimit?: number;
  /** How often a lost connection is repaired. Default: 3. */ maxRecoveryAttempts?: number;
  timeouts?: CallTimeouts;
  /** Ends the session as `hangUp` does. */ signal?: AbortSignal;
}

/** What a method of this library throws or rejects with. */
export class RoomCallError extends Error {
  /** Where a session ended first, `cause` is its `CallEndReason`. */
  readonly code:
    | 'session-ended' | 'not-connected' | 'data-channel-closed' | 'message-too-large' | 'send-queue-full' | 'invalid-argument';
}

/** A data channel of a call, the same for both sides (S22). */
export interface CallDataChannel extends EventTarget, AsyncIterable<string | ArrayBuffer> {
  readonly label: string;
  readonly state: RTCDataChannelState;
  readonly bufferedAmount: number;
  /** In bytes; 0 while it is not known. */ readonly maxMessageSize: number;
  /**
   * Sends a text or bytes. Before the channel is open it waits in a queue of bounded size; while too much is buffered the promise waits.
   * @throws RoomCallError `data-channel-closed`, `message-too-large` or `send-queue-full`.
   */
  send(data: string | ArrayBuffer | ArrayBufferView): Promise<void>;
  /** Closes it; what was sent arrives first. */ close(): Promise<void>;
  addEventListener(type: 'statechange', listener: (event: CustomEvent<RTCDataChannelState>) => void, options?: boolean | AddEventListenerOptions): void;
  /**
   * `detail` is the message. What comes while nobody listens waits for the first who does, or for `for await`. A browser cannot slow the
   * sender: where more than 16 MiB wait, the channel is closed, and its readers get `data-channel-closed`.
   */
  addEventListener(type: 'message', listener: (event: CustomEvent<string | ArrayBuffer>) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener(type: 'statechange', listener: (event: CustomEvent<RTCDataChannelState>) => void, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: 'message', listener: (event: CustomEvent<string | ArrayBuffer>) => void, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}

/** One stay in one room, from joining to leaving, and the calls within it. */
export interface CallSession extends EventTarget {
  readonly room: string;
  readonly state: CallState;
  /** The channel of the present call or, between calls, of the next one: what is sent early waits for it to open. */
  readonly dataChannel: CallDataChannel;
  /** Null until it is there, and where the call wants none. */ readonly localStream: MediaStream | null;
  /** The other side's media; null between calls. */ readonly remoteStream: MediaStream | null;
  /** Ends when the session has; never rejects. */ readonly completion: Promise<CallEndReason>;
  /** The first state that fits. @throws RoomCallError `session-ended`. */
  when(predicate: (state: CallState) => boolean): Promise<CallState>;
  whenConnected(): Promise<void>;
  whenDataChannelOpen(): Promise<CallDataChannel>;
  /** Opens a further channel; the other side gets `dataChannelReceived`. */
  openDataChannel(label: string, options?: RTCDataChannelInit): Promise<CallDataChannel>;
  /** Silences or darkens local tracks without negotiating: they stay in the call. */
  mute(kind: 'audio' | 'video', isMuted: boolean): void;
  isMuted(kind: 'audio' | 'video'): boolean;
  /** Sends another track in place of the present one of its kind, without negotiating; the next calls use it too. Null sends none. */
  replaceTrack(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void>;
  /** Of the present peer connection; empty while there is none. */ getStatistics(): Promise<RTCStatsReport | Map<string, never>>;
  /** Hangs up and leaves the room. Safe to call twice. */ hangUp(): Promise<void>;
  addEventListener(type: 'statechange', listener: (event: CustomEvent<CallState>) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: 'callevent', listener: (event: CustomEvent<CallEventDetail>) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  removeEventListener(type: 'statechange', listener: (event: CustomEvent<CallState>) => void, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: 'callevent', listener: (event: CustomEvent<CallEventDetail>) => void, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions): void;
}

export interface SignalerOptions {
  /** The server's address, relative to the page or absolute; http and https are taken as ws and wss. Default: '/room'. */
  endpoint?: string | URL;
  /** A bearer token, sent as the query parameter `access_token`, since a browser sends no header with a WebSocket; asked for at each
   * connection. */
  accessToken?: () => string | Promise<string>;
  /** Milliseconds to wait before attempt 1, 2, …, asked `elapsed` milliseconds after the loss; null gives up. Default: 200, twice as much
   * each time up to 5000, each with a random part, for 60 seconds. */
  reconnectDelay?: (attempt: number, elapsed: number) => number | null;
}

/** How a session reaches its server: one attempt to connect gives one link. A transport other than WebSocket implements this;
 * `roomcall-signalr.js` has one. */
export interface SignalingTransport {
  /** `firstFrame` is what will be said first on the link. A transport that can takes it along with its request, to save a round trip, and
   * says so by `hasSentFirst`; any other leaves it alone. When `signal` is aborted, a server that may have been asked already is told that nobody
   * comes. */
  connect(signal: AbortSignal, handlers: SignalingLinkHandlers, firstFrame: string): Promise<SignalingLink>;
}
export interface SignalingLinkHandlers {
  onFrame(text: string): void;
  /** The link has ended; it may be made again. */
  onClose(detail: string): void;
  /** The server does not let this client in, on a link that is up already. Where it has never let this client in, the session ends; else the
   * link is lost, and made again as after `onClose`. */
  onRefused(detail: string): void;
}
export interface SignalingLink {
  /** Whether the first frame has gone out with the request for the connection, so that it is not sent again. */
  hasSentFirst?: boolean;
  send(text: string): void;
  /** Tells the server that this client does not come back. A link that is lost and cannot be dropped is closed only when a newer one has the
   * seat. */
  close(): void;
  /** Drops the link without a word, so that the server keeps the seat: a link that is lost is given up so. Nothing is asked of it afterwards.
   * A transport that cannot do that has no such method; a page can end a WebSocket only by a close frame, which gives up the seat. */
  drop?(): void;
}

/** Joins a room over WebSocket, or over `options.transport`. The session is there at once, joining. */
export function joinCall(room: string, options?: CallOptions & SignalerOptions & { transport?: SignalingTransport }): CallSession;
