import { joinCall } from '/_content/RoomCall.AspNetCore/roomcall.js';

/** RoomCall with its default options. */
export function enter({ room, signaling, isFirst, constraints, onWaiting, onOpen }) {
  const call = joinCall(room, { endpoint: `${signaling}/room`, media: constraints });
  if (isFirst) call.when((state) => state.phase === 'waiting').then(onWaiting);
  call.whenDataChannelOpen().then(onOpen);
}
