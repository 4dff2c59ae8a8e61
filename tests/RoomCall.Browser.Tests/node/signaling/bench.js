import assert from 'node:assert/strict';
import { joinRoom } from '../../../../src/RoomCall.AspNetCore/wwwroot/roomcall/signaling/resuming-room.js';
import { FakeClock, settled } from '../fake-clock.js';
import { ScriptedTransport } from './scripted-transport.js';

export const CREATED = { type: 'created', room: 'lobby', self: 'me', resume: { token: 'first-token', seconds: 15 } };
export const JOINED = { ...CREATED, type: 'joined', peers: ['you'], initiator: 'you' };
export const CREATED_EVENT = { type: 'created', room: 'lobby', self: 'me', iceServers: [] };
export const UNKNOWN_STAY = { type: 'error', code: 'unknown-stay', detail: 'never heard of' };

export function message(payload, from = 'you') {
  return { type: 'message', from, payload };
}

/** A connection on a scripted transport and a fake clock, and the events that it has told. */
export class Bench {
  clock = new FakeClock();
  transport = new ScriptedTransport();
  page = new EventTarget();
  events = [];
  onEvent = () => {};
  connection;
  #options;

  constructor(options = {}) {
    this.#options = options;
    this.page.document = new EventTarget();
  }

  /** Connects: the first link and the first frame on it. */
  async connect() {
    this.connection = joinRoom(
      this.transport,
      { room: 'lobby', clock: this.clock, page: this.page, ...this.#options },
      (event) => {
        this.events.push(event);
        this.onEvent(event);
      },
    );
    await settled();
    const link = this.transport.links.at(-1);
    return [link, link?.next()];
  }

  /** Connects, and is let in. */
  async enter(answer = CREATED) {
    const [link] = await this.connect();
    await this.say(link, answer);
    this.next('created');
    return link;
  }

  async say(link, ...frames) {
    for (const frame of frames) {
      link.say(frame);
    }

    await settled();
  }

  /** The link that the client makes after a loss, and the frame that it says first. */
  async again() {
    const before = this.transport.links.length;
    for (let waited = 0; this.transport.links.length === before && waited < 20000; waited += 100) {
      await this.clock.advance(100);
    }

    const link = this.transport.links[before];
    assert.ok(link, 'The client connects again.');
    return [link, link.next()];
  }

  /** The link is cut, and the client resumes on a new one. */
  async cut(link) {
    link.cut();
    await settled();
    this.next('interrupted');
    const [next, first] = await this.again();
    assert.equal(first.type, 'resume');
    return [next, first];
  }

  /** The link is cut, and the server has forgotten the stay: the link on which the client asks for the room again. */
  async forget(link) {
    const [next] = await this.cut(link);
    await this.say(next, UNKNOWN_STAY);
    const asking = this.transport.links.at(-1);
    assert.notEqual(asking, next);
    asking.next('create or join');
    return asking;
  }

  /** The next event, which is of this type. */
  next(type) {
    const event = this.events.shift();
    assert.equal(event?.type, type);
    return event;
  }

  /** The events end next, and have ended. */
  end() {
    const { detail } = this.next('ended');
    assert.deepEqual(this.events, []);
    assert.equal(this.clock.pending, 0, 'no timer is left');
    return detail;
  }
}
