import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signalRTransport } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall-signalr.js';
import { joinRoom } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/signaling/resuming-room.js';
import { FakeClock, settled } from './fake-clock.js';
import { CREATED } from './signaling/bench.js';
import { FakeHubConnection } from './signaling/fake-hub-connection.js';

function bench(options) {
  const clock = new FakeClock();
  const connection = new FakeHubConnection();
  const transport = signalRTransport(connection, { clock, ...options });
  const told = [];
  const handlers = {
    onFrame: (text) => told.push(['frame', text]),
    onClose: (detail) => told.push(['close', detail]),
    onRefused: (detail) => told.push(['refused', detail]),
  };
  return { clock, connection, transport, told, handlers, signal: new AbortController() };
}

async function connected(options) {
  const the = bench(options);
  the.link = await the.transport.connect(the.signal.signal, the.handlers);
  the.call = the.connection.calls[0];
  return the;
}

test('what is no connection is refused at once', () => {
  assert.throws(() => signalRTransport({}), TypeError);
  assert.throws(() => signalRTransport(undefined), /HubConnection/);
});

test('the connection is started where it is not, and frames go both ways as the items of one call', async () => {
  const { connection, link, call, told } = await connected();

  link.send('{"type":"ping"}');
  call.observer.next('{"type":"pong"}');
  await settled();

  assert.equal(connection.starts, 1);
  assert.equal(call.method, 'roomcall.v1');
  assert.deepEqual(call.sent, ['{"type":"ping"}']);
  assert.deepEqual(told, [['frame', '{"type":"pong"}']]);
});

test('a connection that is connected is used as it is, for several links at a time', async () => {
  const { connection, transport, handlers, signal } = await connected();

  await transport.connect(signal.signal, handlers);

  assert.equal(connection.starts, 1);
  assert.equal(connection.calls.length, 2);
});

test('two who want it at once start it once', async () => {
  const { connection, transport, handlers, signal } = bench();

  await Promise.all([transport.connect(signal.signal, handlers), transport.connect(signal.signal, handlers)]);

  assert.equal(connection.starts, 1);
});

test('an item that is no text is a frame that is none', async () => {
  const { call, told } = await connected();

  call.observer.next({ type: 'created' });

  assert.deepEqual(told, [['frame', '']]);
});

test('closing ends the stream of the client in order', async () => {
  const { link, call } = await connected();

  link.send('{}');
  link.close();
  link.close();
  await settled();

  assert.deepEqual(call.sent, ['{}']);
  assert.equal(call.completions, 1);
  assert.throws(() => link.send('{}'), /ended/);
});

test('dropping cancels the call, says nothing and hears nothing', async () => {
  const { connection, link, call, told } = await connected();

  link.send('{}');
  link.drop();
  link.drop();
  link.close();
  await settled();
  call.observer.next('{"type":"pong"}');
  connection.lose();
  await settled();

  assert.equal(call.isDisposed, true);
  assert.deepEqual([call.sent, call.completions, told], [[], 0, []]);
  assert.throws(() => link.send('{}'), /ended/);
});

test('a link that has ended is not dropped any more', async () => {
  const { link, call } = await connected();

  call.observer.complete();
  link.drop();

  assert.equal(call.isDisposed, false);
});

test('a connection that is stopped in the same breath, or being stopped, is given nothing', async () => {
  const { connection, link, call } = await connected();

  link.send('{}');
  link.close();
  connection.state = 'Disconnecting';
  await settled();

  assert.deepEqual(call.sent, []);
  assert.equal(call.completions, 0);
});

test('the end of the connection is a loss, told once, and nothing is sent after it', async () => {
  const { connection, link, call, told } = await connected();

  connection.lose('Reconnecting');
  await settled();

  assert.equal(told.length, 1);
  assert.equal(told[0][0], 'close');
  assert.throws(() => link.send('{}'), /ended/);
  assert.deepEqual(call.sent, []);
});

test('the end of the stream is a loss', async () => {
  const { call, told } = await connected();

  call.observer.complete();

  assert.equal(told[0][0], 'close');
});

test('a hub that does not know the method, or refuses the call, is told as a refusal', async () => {
  const { call, told } = await connected();

  call.observer.error(new Error('Unknown hub method \'roomcall.v1\''));
  await settled();

  assert.equal(told[0][0], 'refused');
  assert.match(told[0][1], /Unknown hub method.*MapRoomCallHub/);
});

// As SignalR fails where its WebSocket or its connection has begun to end and it still counts as connected, and where it sends by HTTP.
for (const failure of ['WebSocket is not in the OPEN state', new TypeError('Failed to fetch'), Object.assign(new Error('Not Found'), { statusCode: 404 })]) {
  test(`a call that could not be sent is a loss, and no refusal: ${failure.message ?? failure}`, async () => {
    const { call, told } = await connected();

    call.observer.error(failure);
    await settled();

    assert.equal(told.length, 1);
    assert.equal(told[0][0], 'close');
    assert.ok(told[0][1].includes(failure.message ?? failure));
  });
}

test('a connection that is lost just before the first call of a stay is connected again', async () => {
  const { clock, connection, transport } = bench();
  const events = [];
  const { stream } = connection;
  connection.stream = () => {
    connection.stream = stream;
    connection.lose();
    throw new Error('Cannot send data if the connection is not in the \'Connected\' State.');
  };
  const stay = joinRoom(transport, { room: 'lobby', clock, reconnectDelay: () => 100 }, ({ type, detail }) => events.push(detail ?? type));
  await clock.advance(100);
  connection.calls[0]?.observer.next(JSON.stringify(CREATED));

  assert.deepEqual(events, ['created']);
  stay.close();
});

test('SignalR\'s automatic reconnect is waited for', async () => {
  const { clock, connection, transport, handlers, signal } = await connected();
  connection.lose('Reconnecting');

  const next = transport.connect(signal.signal, handlers);
  await clock.advance(3000);
  connection.connect();
  await clock.advance(100);
  await next;

  assert.equal(connection.starts, 1);
});

test('a connection that does not get connected is given up after a while', async () => {
  const { clock, connection, transport, handlers, signal } = bench();
  connection.state = 'Reconnecting';

  const attempt = assert.rejects(transport.connect(signal.signal, handlers), { code: 'signaling-unavailable', message: /within 10 s.*Reconnecting/ });
  await clock.advance(10_000);
  await attempt;
  await clock.advance(1000);

  assert.equal(clock.pending, 0, 'nothing looks at it any more');
});

test('a start that fails says what to look at', async () => {
  const { connection, transport, handlers, signal } = bench();
  connection.onStart = async () => { throw new Error('Not Found'); };

  await assert.rejects(transport.connect(signal.signal, handlers), { code: 'signaling-unavailable', message: /Not Found.*MapRoomCallHub/ });
});

test('a connection that is the page\'s to start is not started', async () => {
  const { connection, transport, handlers, signal } = bench({ startConnection: false });

  await assert.rejects(transport.connect(signal.signal, handlers), { code: 'signaling-unavailable', message: /call its start\(\)/ });

  assert.equal(connection.starts, 0);
});

test('a join over a connection that is the page\'s and not started fails at once, and a stay that has begun waits for it', async () => {
  const { clock, connection, transport } = bench({ startConnection: false });
  const events = [];
  const join = () => joinRoom(transport, { room: 'lobby', clock, reconnectDelay: () => 1000 }, ({ type }) => events.push(type));
  join();
  await settled();
  assert.deepEqual(events.splice(0), ['ended']);

  await connection.start();
  const stay = join();
  await settled();
  connection.calls[0].observer.next(JSON.stringify(CREATED));
  connection.lose();
  await clock.advance(5000);
  await connection.start();
  await clock.advance(1000);
  connection.calls[0].observer.next('{"type":"resumed","received":0,"token":"second-token"}');

  assert.deepEqual(events, ['created', 'interrupted', 'resumed']);
  stay.close();
});

test('an attempt that is ended ends, and leaves no timer', async () => {
  const { clock, connection, transport, handlers, signal } = bench();
  connection.state = 'Connecting';

  const attempt = transport.connect(signal.signal, handlers);
  signal.abort(new Error('enough'));

  await assert.rejects(attempt, /enough/);
  await clock.advance(100);
  assert.equal(clock.pending, 0);
});

test('a connection on which the server has fallen silent is started anew', async () => {
  const { clock, connection, transport, handlers, signal } = await connected();
  await clock.advance(7000);

  await transport.connect(signal.signal, handlers);

  assert.equal(connection.stops, 1);
  assert.equal(connection.starts, 2);
});

test('a connection that takes long to stop is waited for, stopped once and started when it has', async () => {
  const { clock, connection, transport, handlers, signal } = await connected();
  let stopped;
  connection.onStop = () => new Promise((resolve) => { stopped = resolve; });
  await clock.advance(7000);
  const first = assert.rejects(transport.connect(signal.signal, handlers), { code: 'signaling-unavailable', message: /within 10 s.*Disconnecting/ });
  const beside = assert.rejects(transport.connect(signal.signal, handlers), /within 10 s/);
  await clock.advance(10_000);
  await Promise.all([first, beside]);

  const next = transport.connect(signal.signal, handlers);
  await clock.advance(1000);
  assert.deepEqual([connection.stops, connection.starts], [1, 1]);
  stopped();
  await clock.advance(100);
  await next;

  assert.deepEqual([connection.stops, connection.starts], [1, 2]);
  assert.equal(clock.pending, 0, 'nothing looks at it any more');
});

test('a connection on which a link was dropped for silence is started anew', async () => {
  const { clock, connection, transport, link, handlers, signal } = await connected();
  await clock.advance(7000);
  link.drop();
  await clock.advance(5000);

  await transport.connect(signal.signal, handlers);

  assert.deepEqual([connection.stops, connection.starts], [1, 2]);
  await clock.advance(7000);
  connection.calls[0].observer.complete();
  await transport.connect(signal.signal, handlers);
  assert.equal(connection.stops, 1, 'the doubt was that of the former connection');
});

test('a connection on which a link was dropped is left alone where the server is heard, or another one has taken its place', async () => {
  const talking = await connected();
  talking.link.drop();
  await talking.transport.connect(talking.signal.signal, talking.handlers);
  await talking.clock.advance(3000);
  talking.connection.calls[0].observer.next('{"type":"ping"}');
  await talking.clock.advance(3000);
  await talking.transport.connect(talking.signal.signal, talking.handlers);
  assert.equal(talking.connection.stops, 0);

  const another = await connected();
  await another.clock.advance(7000);
  another.link.drop();
  another.connection.lose('Reconnecting');
  another.connection.connect();
  await another.transport.connect(another.signal.signal, another.handlers);
  assert.equal(another.connection.stops, 0);
});

test('a stay whose server falls silent drops its link, and goes on over the connection that is started anew', async () => {
  const { clock, connection, transport } = bench();
  const events = [];
  const stay = joinRoom(transport, { room: 'lobby', clock, reconnectDelay: () => 100 }, ({ type }) => events.push(type));
  await settled();
  const [first] = connection.calls;
  first.observer.next(JSON.stringify(CREATED));

  await clock.advance(7100);

  assert.deepEqual([first.isDisposed, first.completions], [true, 0]);
  assert.deepEqual([connection.stops, connection.starts], [1, 2]);
  const [second] = connection.calls;
  second.observer.next('{"type":"resumed","received":0,"token":"second-token"}');
  assert.equal(JSON.parse(second.sent[0]).type, 'resume');
  assert.deepEqual(events, ['created', 'interrupted', 'resumed']);
  stay.close();
});

test('a stay on a server that is restarted leaves no call open there', async () => {
  const { clock, connection, transport } = bench();
  const stay = joinRoom(transport, { room: 'lobby', clock, reconnectDelay: () => 100 }, () => {});
  await settled();
  const [first] = connection.calls;
  first.observer.next(JSON.stringify(CREATED));
  first.observer.next('{"type":"end","code":"restarting"}');

  await clock.advance(100);

  assert.deepEqual([first.isDisposed, first.completions], [true, 0]);
  assert.deepEqual([connection.stops, connection.calls.length], [0, 1]);
  stay.close();
});

test('a silent connection that is the page\'s to start is left alone, and so is one with nothing on it', async () => {
  const the = await connected({ startConnection: true });
  the.call.observer.complete();
  await the.clock.advance(60_000);
  await the.transport.connect(the.signal.signal, the.handlers);
  assert.equal(the.connection.stops, 0);

  const own = bench({ startConnection: false });
  own.connection.state = 'Connected';
  await own.transport.connect(own.signal.signal, own.handlers);
  await own.clock.advance(7000);
  await own.transport.connect(own.signal.signal, own.handlers);
  assert.equal(own.connection.stops, 0);
});
