import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

import { defaultRules, initialState, slotOf, step, toCallState } from '../../../src/RoomCall.AspNetCore/wwwroot/roomcall/flow/call-flow.js';

const { rules, state: first, vectors } = JSON.parse(readFileSync(new URL('../../vectors/call-flow.json', import.meta.url), 'utf8'));

function deepFreeze(value) {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }

  return value;
}

test('the flow begins as the vectors do', () => {
  assert.deepEqual(defaultRules, rules);
  assert.deepEqual(initialState, first);
});

describe('the vectors of the flow', () => {
  for (const vector of vectors) {
    test(vector.name, () => {
      const rulesOfVector = deepFreeze({ ...rules, ...vector.rules });
      let state = initialState;
      vector.steps.forEach((told, i) => {
        const next = step(rulesOfVector, state, deepFreeze(told.input));
        const where = `in step ${i + 1} of ${vector.steps.length}: ${JSON.stringify(told.input)} in ${state.phase}, ${state.step}`;
        if (told.state) {
          assert.deepEqual(next.effects, told.effects, `other effects ${where}`);
          assert.deepEqual(next.state, { ...state, ...told.state }, `another state ${where}`);
        }

        assert.notEqual(next.state, state);
        assert.ok(Object.isFrozen(next.state) && Object.isFrozen(next.effects));
        state = next.state;
      });
    });
  }
});

test('an input that the flow does not know moves nothing', () => {
  const { state, effects } = step(defaultRules, initialState, { type: 'later' });
  assert.deepEqual(state, initialState);
  assert.deepEqual(effects, []);
});

test('a peer is named only by what the server told of it', () => {
  const rulesOfTest = { ...defaultRules, wantsMedia: true };
  for (const names of [undefined, {}, { other: 'Carol' }]) {
    const event = { type: 'joined', room: 'lobby', self: 'me', peers: ['constructor'], initiator: 'me', iceServers: [], names };
    assert.equal(step(rulesOfTest, initialState, { type: 'room', event }).state.remoteName, null);
  }
});

test('a timer is in its slot', () => {
  assert.deepEqual(['media', 'disconnected', 'signaling'].map(slotOf), ['media', 'disconnected', 'signaling']);
  const ofPhase = ['join', 'wait', 'remoteMedia', 'negotiation', 'connection', 'dataChannel', 'recovery', 'hangUp'];
  assert.ok(ofPhase.every((timer) => slotOf(timer) === 'phase'));
});

describe('what a user sees', () => {
  const reason = { code: 'hung-up', detail: 'This side hung up.' };

  test('is a part of the state, frozen', () => {
    const shown = toCallState(initialState);
    assert.ok(Object.isFrozen(shown));
    assert.deepEqual(shown, {
      phase: 'joining',
      self: null,
      remote: null,
      remoteName: null,
      isRemoteAway: false,
      isInitiator: false,
      isChannelReady: false,
      isStarted: false,
      localMedia: 'idle',
      generation: 0,
      signalingState: 'stable',
      connectionState: 'new',
      dataChannelState: 'connecting',
      isSignalingInterrupted: false,
      endReason: null,
    });
  });

  test('says why it ended only when it has', () => {
    assert.equal(toCallState({ ...initialState, phase: 'ending', endReason: reason }).endReason, null);
    assert.equal(toCallState({ ...initialState, phase: 'ended', endReason: reason }).endReason, reason);
  });

  test('says of one who is not back that it is away', () => {
    assert.ok(toCallState({ ...initialState, remote: 'you', isRemoteAbsent: true }).isRemoteAway);
    assert.ok(toCallState({ ...initialState, remote: 'you', isRemoteAway: true }).isRemoteAway);
    assert.ok(toCallState({ ...initialState, remote: 'you' }).isChannelReady);
  });
});
