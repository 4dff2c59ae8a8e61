import '/npm/peerjs/dist/peerjs.min.js';

/**
 * PeerJS as its README shows it: the room's name is the id of the one who waits; the one who joins has an id of its own too, which saves
 * asking the server for one, and connects when its peer is open. No ICE servers, as for all.
 */
export function enter({ room, signaling, isFirst, constraints, onWaiting, onOpen }) {
  const { hostname: host, port } = new URL(signaling);
  const peer = new Peer(isFirst ? room : crypto.randomUUID(), { host, port: Number(port), config: { iceServers: [] } });
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
