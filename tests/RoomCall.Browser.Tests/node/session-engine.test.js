import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from './fake-clock.js';
import './session-fakes/data-channel.js';
import { FakeStream } from './session-fakes/media.js';
import { FakeNetwork } from './session-fakes/peer-connection.js';
import { withCode } from './session-fakes/pair.js';
import { SessionChannels } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/session/channels.js';
import { SessionEngine } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/session/engine.js';
import { SessionMedia } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/session/media.js';
import { checkOptions } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/session/options.js';

function engineOf() {
  const inputs = [];
  const post = (input) => inputs.push(input);
  const network = new FakeNetwork();
  const clock = new FakeClock();
  const options = checkOptions('lobby', { timeouts: { operation: 1000 } });
  const channels = new SessionChannels(options, post);
  const environment = { RTCPeerConnection: network.RTCPeerConnection, MediaStream: FakeStream, clock };
  const engine = new SessionEngine(environment, options, channels, new SessionMedia(null, undefined, post), post);
  return { engine, inputs, network, clock, channels };
}

const nextTurn = () => new Promise((resolve) => { setImmediate(resolve); });

async function untilIdle() {
  await nextTurn();
  await nextTurn();
}

test('operations run in order, and what comes of them becomes inputs', async () => {
  const { engine, inputs } = engineOf();
  engine.createPeerConnection(1, true, []);
  engine.createOffer(1, false);
  await untilIdle();
  const { description } = inputs[0];
  engine.setLocalDescription(1, description);
  await untilIdle();

  assert.deepEqual(inputs.map(({ type }) => type), ['offerCreated', 'localDescriptionApplied', 'candidateFound', 'notice']);
  assert.equal(inputs.every(({ connection }) => connection === 1), true);
  assert.deepEqual(inputs[3].event, { type: 'gatheringCompleted' });
});

test('an operation that fails is told with the browser\'s words', async () => {
  const { engine, inputs, network } = engineOf();
  network.failing.set('setRemoteDescription', 'No codec is shared.');
  engine.createPeerConnection(1, false, []);
  engine.setRemoteDescription(1, { type: 'offer', sdp: 'v=0' });
  await untilIdle();

  assert.deepEqual(inputs, [
    { type: 'operationFailed', connection: 1, operation: 'setRemoteDescription', detail: 'No codec is shared.' },
  ]);
});

test('where the connection could not be made what was meant for it is skipped', async () => {
  const { engine, inputs, network } = engineOf();
  network.failing.set('createPeerConnection', 'A bad server.');
  engine.createPeerConnection(1, true, []);
  engine.createOffer(1, false);
  await untilIdle();

  assert.deepEqual(inputs.map(({ operation }) => operation), ['createPeerConnection']);
});

test('closing ends the operation under way, and nothing of it is told', async () => {
  const { engine, inputs, network, clock } = engineOf();
  network.hanging.add('createOffer');
  engine.createPeerConnection(1, true, []);
  engine.createOffer(1, false);
  await untilIdle();

  engine.close(1, false, null);
  await untilIdle();

  assert.deepEqual(inputs, [{ type: 'peerConnectionClosed', connection: 1 }]);
  assert.equal(network.open.length, 0);
  assert.deepEqual(clock.running, []);
});

test('what is meant for a connection that is closed or replaced is passed over', async () => {
  const { engine, inputs, network } = engineOf();
  engine.createPeerConnection(1, false, []);
  engine.close(1, false, null);
  engine.createPeerConnection(2, false, []);
  engine.createOffer(1, false);
  engine.close(1, false, null);
  await untilIdle();

  assert.deepEqual(inputs, [{ type: 'peerConnectionClosed', connection: 1 }]);
  assert.equal(network.open.length, 1);
});

test('an operation that hangs does not hold up the next for longer than its time', async () => {
  const { engine, inputs, network, clock } = engineOf();
  network.hanging.add('createOffer');
  engine.createPeerConnection(1, true, []);
  engine.createOffer(1, false);
  engine.createAnswer(1);
  await untilIdle();
  await clock.advance(1000);
  await untilIdle();

  assert.deepEqual(inputs.map(({ type, operation }) => operation ?? type), ['createOffer', 'answerCreated']);
});

test('an empty candidate of the other side is not given to the browser', async () => {
  const { engine, inputs, network } = engineOf();
  engine.createPeerConnection(1, false, []);
  engine.addIceCandidate(1, { candidate: '', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null });
  await untilIdle();

  assert.deepEqual([inputs, network.connections[0].candidates], [[], []]);
});

test('one who makes the offer asks for what it does not send', async () => {
  const { engine, network } = engineOf();
  engine.createPeerConnection(1, true, []);
  await untilIdle();

  assert.deepEqual(network.connections[0].transceivers, [
    { kind: 'audio', direction: 'recvonly' },
    { kind: 'video', direction: 'recvonly' },
  ]);
  assert.deepEqual(network.connections[0].channels.map(({ label, binaryType }) => [label, binaryType]), [['sendDataChannel', 'arraybuffer']]);
});

test('options are checked, and the sentence says what is right', () => {
  const wrong = [
    ['', {}], [' ', {}], [7, {}], ['x'.repeat(129), {}],
    ['lobby', { name: '' }], ['lobby', { name: 'x'.repeat(65) }],
    ['lobby', { media: 'camera' }], ['lobby', { media: {} }], ['lobby', { media: 7 }],
    ['lobby', { whenRemoteLeaves: 'leave' }], ['lobby', { iceTransportPolicy: 'none' }], ['lobby', { iceServers: {} }],
    ['lobby', { sendQueueLimit: -1 }], ['lobby', { sendBufferLimit: 0 }], ['lobby', { sendBufferLimit: 2 ** 30 }],
    ['lobby', { pendingCandidateLimit: 0 }], ['lobby', { maxRecoveryAttempts: 1.5 }],
    ['lobby', { dataChannelLabel: null }], ['lobby', { dataChannel: null }],
    ['lobby', { dataChannel: { negotiated: true, id: 1 } }], ['lobby', { dataChannel: { maxRetransmits: 1, maxPacketLifeTime: 1 } }],
    ['lobby', { timeouts: { join: 0 } }], ['lobby', { timeouts: { operation: Infinity } }], ['lobby', { timeouts: { wait: '1' } }],
  ];
  for (const [room, options] of wrong) {
    assert.throws(() => checkOptions(room, options), withCode('invalid-argument'), JSON.stringify([room, options]));
  }

  const checked = checkOptions('lobby', { timeouts: { join: 1, wait: Infinity }, name: undefined });
  assert.deepEqual([checked.timeouts.join, checked.timeouts.wait, checked.timeouts.operation], [1, Infinity, 10_000]);
});
