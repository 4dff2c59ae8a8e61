import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { joinRoom } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/signaling/resuming-room.js';
import { createWebSocketTransport } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/signaling/web-socket-transport.js';

// Against a real server, such as samples/SignalingServer: ROOMCALL_TEST_SERVER=ws://localhost:5000/room. Node before 22 needs
// --experimental-websocket.
const endpoint = process.env.ROOMCALL_TEST_SERVER;
const skip = !endpoint ? 'ROOMCALL_TEST_SERVER is not set' : !globalThis.WebSocket && 'this Node has no WebSocket';

describe('With a real server', { skip, timeout: 30000 }, () => {
  it('two meet, talk, resume after a loss and leave', async () => {
    const room = `test-${randomUUID()}`;
    const alice = new Member(room, 'Alice');
    const created = await alice.next('created');
    alice.connection.park(1, '{"type":"offer","sdp":"v=0\\r\\n","generation":1}');
    alice.connection.park(1, '"candidate"');

    const bob = new Member(room, 'Bob');
    const joined = await bob.next('joined');
    assert.deepEqual([joined.peers, joined.initiator, joined.names[created.self]], [[created.self], created.self, 'Alice']);
    assert.deepEqual(await bob.next('message'), { type: 'message', from: created.self, payload: '{"type":"offer","sdp":"v=0\\r\\n","generation":1}' });
    assert.equal((await bob.next('message')).payload, '"candidate"');
    const join = await alice.next('join');
    assert.deepEqual(join, { type: 'join', peer: joined.self, initiator: created.self, name: 'Bob', parked: 1 });

    // Alice's link breaks without her server's noticing: she takes her seat on a new one, and nothing that was said meanwhile is lost.
    const numbers = Array.from({ length: 100 }, (_, index) => index);
    for (const number of numbers) {
      if (number === 50) {
        alice.break();
      }

      alice.connection.send(joined.self, `${number}`);
      bob.connection.send(null, `[${number}, "é"]`);
    }

    for (const number of numbers) {
      assert.equal((await bob.next('message')).payload, `${number}`);
      assert.equal((await alice.next('message', ['interrupted', 'resumed', 'away', 'back'])).payload, `[${number}, "é"]`);
    }

    assert.deepEqual(alice.passedOver, ['interrupted', 'resumed']);
    await alice.connection.leave();
    assert.equal((await alice.next('ended')).detail, 'The connection to the signaling server ended.');
    assert.deepEqual(await bob.next('left', ['away', 'back']), { type: 'left', peer: created.self, reason: 'left', initiator: joined.self });
    await bob.connection.leave();
    await bob.next('ended');
  });

  it('a third finds the room full, and one who closes has vanished at once', async () => {
    const room = `test-${randomUUID()}`;
    const alice = new Member(room, 'Alice');
    await alice.next('created');
    const bob = new Member(room, 'Bob');
    const { self } = await bob.next('joined');
    await alice.next('join');

    const eve = new Member(room, 'Eve');
    assert.deepEqual(await eve.next('full'), { type: 'full', room });
    await eve.next('ended');

    bob.connection.close();
    const { peer, reason } = await alice.next('left');
    assert.deepEqual([peer, reason], [self, 'vanished']);
    await alice.connection.leave();
  });

  it('what is not there is told with a typed error', async () => {
    const address = new URL(endpoint);
    address.pathname += '/nobody';
    const transport = createWebSocketTransport({ endpoint: address });
    await assert.rejects(transport.connect(new AbortController().signal, {}, '{"type":"ping"}'), { code: 'signaling-unavailable' });
  });
});

/** One who is in a room, and what it has heard there. */
class Member {
  passedOver = [];
  #events = [];
  #waiting = null;
  #handlers = null;

  constructor(room, name) {
    const transport = createWebSocketTransport({ endpoint });
    const watched = {
      connect: (signal, handlers, first) => {
        // A link that broke is heard no more.
        this.#handlers = { ...handlers };
        const heard = this.#handlers;
        return transport.connect(signal, {
          onFrame: (text) => heard.onFrame(text),
          onClose: (detail) => heard.onClose(detail),
        }, first);
      },
    };
    this.connection = joinRoom(watched, { room, name }, (event) => {
      if (event.type !== 'log') {
        this.#events.push(event);
        this.#waiting?.();
      }
    });
  }

  break() {
    const { onClose } = this.#handlers;
    this.#handlers.onFrame = this.#handlers.onClose = () => {};
    onClose('The network is gone.');
  }

  /** The next event but for some, which is of this type. */
  async next(type, others = []) {
    while (true) {
      if (this.#events.length === 0) {
        await new Promise((resolve) => {
          this.#waiting = resolve;
        });
      }

      const event = this.#events.shift();
      if (others.includes(event.type)) {
        this.passedOver.push(event.type);
      } else {
        assert.equal(event.type, type, JSON.stringify(event));
        return event;
      }
    }
  }
}
