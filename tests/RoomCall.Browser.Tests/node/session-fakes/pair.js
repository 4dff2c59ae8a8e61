import { checkOptions } from '../../../../src/RoomCall.AspNetCore/wwwroot/roomcall/session/options.js';
import { CallSession } from '../../../../src/RoomCall.AspNetCore/wwwroot/roomcall/session/call-session.js';
import { systemClock } from '../../../../src/RoomCall.AspNetCore/wwwroot/roomcall/signaling/clock.js';
import './data-channel.js';
import { fakeDevices, FakeStream } from './media.js';
import { FakeNetwork } from './peer-connection.js';
import { FakeRoomServer } from './room-server.js';

/** Sessions of one process on one server and one network; all are hung up when the test ends. */
export class World {
  server = new FakeRoomServer();
  network = new FakeNetwork();
  #sessions = [];

  constructor(test) {
    test.after(() => Promise.all(this.#sessions.map((session) => session.hangUp())));
  }

  join(room, options = {}, { clock = systemClock, mediaDevices = fakeDevices, RTCPeerConnection = this.network.RTCPeerConnection } = {}) {
    const { joinRoom } = this.server;
    const checked = { ...checkOptions(room, options), transport: {} };
    const session = new CallSession(room, checked, { RTCPeerConnection, MediaStream: FakeStream, mediaDevices, joinRoom, clock });
    this.#sessions.push(session);
    session.events = [];
    session.states = [];
    session.addEventListener('callevent', ({ detail }) => session.events.push(detail));
    session.addEventListener('statechange', ({ detail }) => session.states.push(detail));
    return session;
  }

  /** Two in a call. */
  async call(options = {}, otherOptions = options) {
    const alice = this.join('lobby', { name: 'Alice', ...options });
    await alice.when(({ phase }) => phase === 'waiting');
    const bob = this.join('lobby', { name: 'Bob', ...otherOptions });
    await Promise.all([alice.whenDataChannelOpen(), bob.whenDataChannelOpen()]);
    return { alice, bob };
  }
}

/** The next event of a type, or one that has come. */
export function eventOf(session, type, count = 1) {
  return new Promise((resolve) => {
    const look = () => {
      const fitting = session.events.filter((event) => event.type === type);
      if (fitting.length >= count) {
        session.removeEventListener('callevent', look);
        resolve(fitting[count - 1]);
      }
    };
    session.addEventListener('callevent', look);
    look();
  });
}

/** The next message of a channel. */
export async function messageOf(channel) {
  const { value } = await channel[Symbol.asyncIterator]().next();
  return value;
}

export const withCode = (code) => (error) => error.name === 'RoomCallError' && error.code === code;
