import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { joinRoom } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/signaling/resuming-room.js';
import { ModelServer } from './signaling/model-server.js';

const FROM_EACH = 8;

// More than any link carries of a conversation with so many messages: the first frame or answer, log, acknowledgements, the end.
const FRAMES = FROM_EACH + 6;
const places = Array.from({ length: FRAMES + 1 }, (_, index) => index);

// Waits of no length end soon, all others never.
const CLOCK = {
  now: () => 0,
  setTimeout: (callback, delay) => (delay === 0 ? setImmediate(callback) : null),
  clearTimeout: clearImmediate,
};

describe('Whatever is cut, all arrives in order and once', { timeout: 60000 }, () => {
  for (const isHeld of [false, true]) {
    const noticed = isHeld ? 'and the server does not notice' : 'and both notice';
    it(`where one frame is lost, each in turn, ${noticed}`, async () => {
      for (const place of places) {
        await converse([cut({ fromClient: place, isHeld })]);
        await converse([cut({ fromServer: place, isHeld })]);
      }
    });

    it(`where a frame of each of two links is lost, each pair in turn, ${noticed}`, async () => {
      for (const first of places) {
        for (const second of places) {
          await converse([cut({ fromServer: first, isHeld }), cut({ fromServer: second, isHeld })]);
          await converse([cut({ fromServer: first, isHeld }), cut({ fromClient: second, isHeld })]);
          await converse([cut({ fromClient: first, isHeld }), cut({ fromServer: second, isHeld })]);
          await converse([cut({ fromClient: first, isHeld }), cut({ fromClient: second, isHeld })]);
        }
      }
    });
  }

  it('where the answer to the first frame is lost again and again', async () => {
    await converse(Array.from({ length: 5 }, (_, index) => cut({ fromServer: index % 2 })));
  });

  it('where `resumed` is lost again and again', async () => {
    await converse([cut({ fromServer: 4 }), ...Array.from({ length: 5 }, () => cut({ fromServer: 0, isHeld: true }))]);
  });

  it('where many links are cut anywhere, whoever acknowledges late', async () => {
    let seed = 7;
    const random = (bound) => {
      seed = (seed * 48271) % 2147483647;
      return seed % bound;
    };
    for (let round = 0; round < 300; round++) {
      const cuts = Array.from({ length: random(12) }, () => cut({ fromClient: random(46), fromServer: random(46), isHeld: random(2) === 0 }));
      await converse(cuts, { fromClient: random(91), fromServer: random(91), acksLate: random(2) === 0 });
    }
  });
});

function cut({ fromClient = Infinity, fromServer = Infinity, isHeld = false }) {
  return { fromClient, fromServer, isHeld };
}

/** Both sides say what they have to say, the client leaves, and all is as if nothing had been cut. */
async function converse(cuts, amounts) {
  await converseOnce(cuts, { takesFirst: false, ...amounts });
  await converseOnce(cuts, { takesFirst: true, ...amounts });
}

async function converseOnce(cuts, { fromClient = FROM_EACH, fromServer = FROM_EACH, acksLate = false, takesFirst }) {
  const server = new ModelServer(cuts, { acksLate, takesFirst });
  const events = [];
  let isAnswered;
  const answered = new Promise((resolve) => {
    isAnswered = resolve;
  });
  const connection = joinRoom(server, { room: 'room', clock: CLOCK, reconnectDelay: () => 0 }, (event) => {
    events.push(event);
    if (event.type === 'created' || event.type === 'ended') {
      isAnswered();
    }
  });
  const says = JSON.stringify({ cuts, takesFirst });

  // Half of it before the client is let in, half of it side by side with what the server says.
  for (let number = 0; number < fromClient / 2; number++) {
    connection.send(null, String(number));
  }

  await answered;
  for (let number = 0; number < Math.max(fromServer, fromClient); number++) {
    if (number < fromServer) {
      server.post({ type: 'message', from: 'you', payload: number });
    }

    if (number < fromClient && number >= fromClient / 2) {
      connection.send(null, String(number));
    }

    await new Promise(setImmediate);
  }

  await connection.leave();
  assert.equal(server.fault, null, `The client broke the protocol: ${server.fault?.message} ${says}`);
  assert.deepEqual(server.received, Array.from({ length: fromClient }, (_, number) => number), says);

  // What the server said after the bye needs not be heard.
  const heard = events.filter(({ type }) => type === 'message').map(({ payload }) => Number(payload));
  assert.deepEqual(heard, heard.map((_, index) => index), says);
  assert.equal(events.filter(({ type }) => type === 'log' || type === 'created').length, 2, says);
  const losses = events.filter(({ type }) => type === 'interrupted' || type === 'resumed').map(({ type }) => type);
  assert.ok(losses.every((type, index) => type === (index % 2 === 0 ? 'interrupted' : 'resumed')), `${losses} ${says}`);
  assert.deepEqual(events.at(-1), { type: 'ended', detail: 'The connection to the signaling server ended.' }, says);
}
