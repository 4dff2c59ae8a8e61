/** What the user is told, in plain words. */

/** Where the call stands. */
export function standing(state) {
  const other = state.remoteName ?? 'The other side';
  switch (state.phase) {
    case 'joining': return 'Asking for a place in the room …';
    case 'waiting':
      return state.localMedia === 'requested'
        ? 'You are alone here. Allow camera and microphone, and send the link to whom you want to talk to.'
        : 'You are alone here. Send the link to whom you want to talk to.';
    case 'preparing':
      return state.localMedia === 'requested'
        ? `${other} is here. Allow camera and microphone to begin.`
        : `${other} is here. The call begins …`;
    case 'negotiating': return `${other} is here. The call begins as soon as both sides are ready …`;
    case 'connecting': return `Connecting to ${inSentence(other)} …`;
    case 'connected': return `You are connected to ${inSentence(other)}.`;
    case 'recovering': return `The connection to ${inSentence(other)} was lost. It is being repaired …`;
    case 'ending': return 'Hanging up …';
    default: return endOfSession(state.endReason);
  }
}

/** What is not as it should be while the call goes on; empty where all is well. */
export function trouble(state) {
  if (state.phase === 'ended' || state.phase === 'ending') return '';
  if (state.isSignalingInterrupted) {
    return state.phase === 'connected'
      ? 'The server cannot be reached at the moment. The call goes on, and the page keeps trying.'
      : 'The server cannot be reached at the moment. The page keeps trying.';
  }

  return state.isRemoteAway ? 'The other side cannot reach the server at the moment.' : '';
}

/** Why a call ended while this side stays in the room. */
export function endOfCall(reason) {
  switch (reason.code) {
    case 'remote-hung-up': return 'The other side hung up.';
    case 'remote-left': return 'The other side left.';
    case 'remote-vanished': return 'The other side is gone: its page was closed, or it lost the network.';
    case 'remote-media-failed': return 'The other side got no camera or microphone.';
    case 'remote-failed': return `The call failed on the other side. ${reason.detail}`;
    default: return reason.detail;
  }
}

/** Why the session ended. */
export function endOfSession(reason) {
  switch (reason?.code) {
    case undefined: return 'The call has ended.';
    case 'hung-up': return 'You hung up.';
    case 'room-full': return 'This room is full: two are talking already. Try again later, or open a new room.';
    case 'join-rejected': return `The server does not let you in. ${reason.detail}`;
    case 'join-timed-out': return 'The server did not answer. Try again in a moment.';
    case 'signaling-unavailable': return 'The server cannot be reached. Check your network and try again.';
    case 'signaling-lost': return 'The server was lost and did not come back in time. Try again in a moment.';
    case 'nobody-came': return 'Nobody came.';
    case 'media-refused':
      return isSecureContext
        ? 'Camera and microphone were refused. Allow them in your browser and join again, or join without them.'
        : 'The browser gives no camera to this address, since it is not secure: open it over https or as localhost, or join without camera.';
    case 'media-failed': return 'Camera or microphone could not be used: is one there, and does another program have it? You can join without them.';
    case 'media-timed-out': return 'Camera and microphone were not allowed in time. Join again and allow them, or join without them.';
    case 'negotiation-timed-out': return 'The other side did not answer in time.';
    case 'connection-timed-out': return 'No way to the other side was found: one of the two networks blocks direct connections.';
    case 'data-channel-timed-out': return 'The connection came about, but texts could not be sent on it.';
    case 'connection-lost': return 'The connection to the other side was lost and could not be repaired.';
    default: return endOfCall(reason);
  }
}

/** A phase in a word or two, for the timeline. */
export const phaseNames = {
  joining: 'Joining',
  waiting: 'Waiting',
  preparing: 'Preparing',
  negotiating: 'Negotiating',
  connecting: 'Connecting',
  connected: 'Connected',
  recovering: 'Recovering',
  ending: 'Ending',
  ended: 'Ended',
};

/** What happened, for the timeline; undefined for what it does not show. */
export function happening(event) {
  switch (event.type) {
    case 'roomJoined': return event.isInitiator ? 'in the room, as initiator' : 'in the room';
    case 'peerJoined': return `${event.name ?? 'the other side'} is here`;
    case 'localMediaReady': return event.stream ? 'camera and microphone ready' : undefined;
    case 'localMediaAbsent': return 'no camera and microphone';
    case 'callStarted': return 'call started';
    case 'remoteStreamAdded': return 'picture of the other side';
    case 'callConnected': return 'connected';
    case 'dataChannelOpened': return 'data channel open';
    case 'recoveryStarted': return `repair, attempt ${event.attempt}`;
    case 'callEnded': return endOfCall(event.reason);
    case 'serverError': return event.detail;
    case 'sessionEnded': return event.reason.code;
    default: return undefined;
  }
}

// "The other side" stands at the beginning of a sentence, a name anywhere.
function inSentence(other) {
  return other === 'The other side' ? 'the other side' : other;
}
