/**
 * All that can happen to a call: what the flow takes in. `connection` is the number that the effect `createPeerConnection` gave.
 *
 * The user:
 * @typedef {{ type: 'join' }} Join The first input of a session.
 * @typedef {{ type: 'hangUp' }} HangUp
 *
 * The server:
 * @typedef {{ type: 'room', event: RoomEvent }} Room
 * @typedef {{ type: 'peerSaid', from: string, message: PeerMessage }} PeerSaid
 * @typedef {{ type: 'peerSaidNonsense', from: string, error: string }} PeerSaidNonsense A peer's message that could not be read (D8).
 * @typedef {{ type: 'signalingEnded', detail: string }} SignalingEnded The server could not be reached, or the connection to it ended.
 * @typedef {{ type: 'messageNotSendable', detail: string }} MessageNotSendable A message of this side cannot be put into words: it
 *   breaks a rule of the protocol.
 * @typedef {{ type: 'roomLeft' }} RoomLeft Leaving the room is done.
 *
 * Local media:
 * @typedef {{ type: 'mediaReady', stream: MediaStream }} MediaReady
 * @typedef {{ type: 'mediaFailed', code: CallEndCode, detail: string }} MediaFailed
 *
 * The engine:
 * @typedef {{ type: 'offerCreated', connection: number, description: RTCSessionDescriptionInit }} OfferCreated
 * @typedef {{ type: 'answerCreated', connection: number, description: RTCSessionDescriptionInit }} AnswerCreated
 * @typedef {{ type: 'localDescriptionApplied', connection: number, description: RTCSessionDescriptionInit }} LocalDescriptionApplied
 * @typedef {{ type: 'remoteDescriptionApplied', connection: number }} RemoteDescriptionApplied
 * @typedef {{ type: 'operationFailed', connection: number, operation: EngineOperation, detail: string }} OperationFailed
 * @typedef {{ type: 'candidateFound', connection: number, candidate: RTCIceCandidateInit }} CandidateFound
 * @typedef {{ type: 'connectionChanged', connection: number, state: RTCPeerConnectionState }} ConnectionChanged
 * @typedef {{ type: 'dataChannelChanged', connection: number, state: RTCDataChannelState }} DataChannelChanged
 * @typedef {{ type: 'dataChannelReceived', connection: number, transport: unknown }} DataChannelReceived
 * @typedef {{ type: 'channelClosed', connection: number, channel: number, messages: number, isAnswer: boolean }} ChannelClosed This side
 *   has closed a data channel: of itself, or since the other side said that it has (then it is an answer).
 * @typedef {{ type: 'notice', connection: number, event: CallEventDetail }} Notice Something that the user is told, and that moves
 *   nothing.
 * @typedef {{ type: 'peerConnectionClosed', connection: number }} PeerConnectionClosed
 *
 * Time:
 * @typedef {{ type: 'timerElapsed', timer: import('./flow-timer.js').FlowTimer, number: number }} TimerElapsed
 *
 * @typedef {Join | HangUp | Room | PeerSaid | PeerSaidNonsense | SignalingEnded | MessageNotSendable | RoomLeft | MediaReady | MediaFailed
 *   | OfferCreated | AnswerCreated | LocalDescriptionApplied | RemoteDescriptionApplied | OperationFailed | CandidateFound
 *   | ConnectionChanged | DataChannelChanged | DataChannelReceived | ChannelClosed | Notice | PeerConnectionClosed | TimerElapsed} CallInput
 */

/**
 * What the signaling server tells a member of a room, and what the connection to it tells of itself (S1 to S6).
 * @typedef {{ type: 'created', room: string, self: string, iceServers: RTCIceServer[] }
 *   | { type: 'joined', room: string, self: string, peers: string[], initiator: string, iceServers: RTCIceServer[],
 *       names?: Record<string, string> }
 *   | { type: 'full', room: string }
 *   | { type: 'join', peer: string, initiator: string, name?: string | null, parked?: number | null }
 *   | { type: 'left', peer: string, reason: 'left' | 'vanished' | 'too-slow', initiator: string }
 *   | { type: 'away' | 'back', peer: string }
 *   | { type: 'log', lines: string[] }
 *   | { type: 'message', from: string, payload: string }
 *   | { type: 'error', code: string, detail: string }
 *   | { type: 'interrupted' } | { type: 'resumed' }} RoomEvent
 */

/**
 * An operation of the engine whose failure the flow is told.
 * @typedef {'createPeerConnection' | 'createOffer' | 'createAnswer' | 'setLocalDescription' | 'setRemoteDescription'
 *   | 'addIceCandidate'} EngineOperation
 */

/** @typedef {import('../messages/peer-message.js').PeerMessage} PeerMessage */
/** @typedef {import('../../roomcall.js').CallEndCode} CallEndCode */
/** @typedef {import('../../roomcall.js').CallEventDetail} CallEventDetail */

export {};
