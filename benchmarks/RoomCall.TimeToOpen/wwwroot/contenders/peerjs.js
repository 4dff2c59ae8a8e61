import '/npm/peerjs/dist/peerjs.min.js';

/**
 * PeerJS as its documentation shows it: the room's name is the id of the one who waits; the one who joins connects when its peer is open. Its
 * README lets the page choose an id, which saves a request; its guide has the server choose one. No ICE servers, as for all.
 */
export function enter({ room, signaling, asksId, isFirst, constraints, onWaiting, onOpen }) {
  const { hostname: host, port } = new URL(signaling);
  const options = { host, port: Number(port), config: { iceServers: [] } };
  const peer = !isFirst && asksId ? new Peer(options) : new Peer(isFirst ? room : crypto.randomUUID(), options);
  peer.on('error', (error) => reportError(error));
  if (isFirst) {
    peer.on('open', onWaiting);
    peer.on('connection', (connection) => connection.on('open', onOpen));
    if (constraints) peer.on('call', async (call) => call.answer(await userMedia(constraints)));
  } else {
    peer.on('open', async () => {
      peer.connect(room).on('open', onOpen);

      // Media has a peer connection of its own here, beside the one of the data channel.
      if (constraints) peer.call(room, await userMedia(constraints));
    });
  }
}

function userMedia(constraints) {
  return navigator.mediaDevices.getUserMedia(constraints);
}
