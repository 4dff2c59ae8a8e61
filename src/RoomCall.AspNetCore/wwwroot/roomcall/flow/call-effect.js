/**
 * What is to be done: what the flow gives out, and the session does in this order.
 *
 * The server:
 * @typedef {{ type: 'joinRoom' }} JoinRoom
 * @typedef {{ type: 'send', to: string, message: PeerMessage }} Send
 * @typedef {{ type: 'park', generation: number, message: PeerMessage }} Park Leaves a message with the server for the next peer to come.
 * @typedef {{ type: 'leaveRoom' }} LeaveRoom Leaves after all that was sent; ends with the input `roomLeft`.
 *
 * Local media:
 * @typedef {{ type: 'openMedia' }} OpenMedia
 * @typedef {{ type: 'closeMedia' }} CloseMedia
 *
 * The engine:
 * @typedef {{ type: 'clearLobby' }} ClearLobby A call begins, or its connection is replaced: what others left to be taken is not mistaken
 *   for its own (D7).
 * @typedef {{ type: 'createPeerConnection', connection: number, withDataChannel: boolean }} CreatePeerConnection Makes a peer connection,
 *   adds the local stream to it and, for the initiator, the data channel (S17, S18).
 * @typedef {{ type: 'createOffer', connection: number, iceRestart: boolean }} CreateOffer
 * @typedef {{ type: 'createAnswer', connection: number }} CreateAnswer
 * @typedef {{ type: 'setLocalDescription', connection: number, description: RTCSessionDescriptionInit }} SetLocalDescription
 * @typedef {{ type: 'setRemoteDescription', connection: number, description: RTCSessionDescriptionInit }} SetRemoteDescription
 * @typedef {{ type: 'addIceCandidate', connection: number, candidate: RTCIceCandidateInit }} AddIceCandidate
 * @typedef {{ type: 'closePeerConnection', connection: number, deliver: boolean, fault: string | null }} ClosePeerConnection Closes the
 *   connection and the further channels on it (S26); ends with the input `peerConnectionClosed`. With `deliver`, what was sent on its data
 *   channels is delivered first. `fault` is what readers of its channels are told; null: they see a normal end.
 * @typedef {{ type: 'acceptDataChannel', connection: number, transport: unknown }} AcceptDataChannel
 * @typedef {{ type: 'refuseDataChannel', transport: unknown }} RefuseDataChannel A channel of a connection that is closed already.
 * @typedef {{ type: 'closeDataChannel', connection: number, channel: number, messages: number }} CloseDataChannel The other side has
 *   closed a data channel: this side does when so many messages have come on it.
 * @typedef {{ type: 'renewDataChannel', fault: string | null, keepUnopened: boolean }} RenewDataChannel The connection is gone: the call's
 *   own data channel ends, and the next connection gets a new one. `fault` is what those who use the channel are told; null: it ends
 *   normally. With `keepUnopened` the call goes on: a channel that never opened keeps what waits on it, for the next connection.
 * @typedef {{ type: 'announceDataChannel' }} AnnounceDataChannel The user is told that the call's own data channel is open.
 *
 * Time:
 * @typedef {{ type: 'startTimer', timer: import('./flow-timer.js').FlowTimer, number: number }} StartTimer
 * @typedef {{ type: 'stopTimer', slot: import('./flow-timer.js').FlowTimerSlot }} StopTimer
 *
 * The user:
 * @typedef {{ type: 'raise', event: import('../../roomcall.js').CallEventDetail }} Raise
 * @typedef {{ type: 'complete', reason: import('../../roomcall.js').CallEndReason }} Complete The session is over; the last effect.
 *
 * @typedef {JoinRoom | Send | Park | LeaveRoom | OpenMedia | CloseMedia | ClearLobby | CreatePeerConnection | CreateOffer | CreateAnswer
 *   | SetLocalDescription | SetRemoteDescription | AddIceCandidate | ClosePeerConnection | AcceptDataChannel | RefuseDataChannel
 *   | CloseDataChannel | RenewDataChannel | AnnounceDataChannel | StartTimer | StopTimer | Raise | Complete} CallEffect
 */

/** @typedef {import('../messages/peer-message.js').PeerMessage} PeerMessage */

export {};
