import { defaultRules } from '../flow/call-flow.js';
import { RoomCallError } from '../room-call-error.js';
import { utf8Length } from '../text.js';

const ONE_DAY = 24 * 60 * 60 * 1000;
const ONE_GIBIBYTE = 2 ** 30;

/** Browsers refuse to buffer more than 16 MiB on a channel, and one message may take a part of that. */
const LARGEST_SEND_BUFFER = 8 * 2 ** 20;

const TIMEOUTS = Object.freeze({
  join: 15_000,
  wait: Infinity,
  media: 60_000,
  negotiation: 20_000,
  connection: 30_000,
  dataChannel: 15_000,
  disconnected: 5_000,
  recovery: 30_000,
  signaling: 30_000,
  operation: 10_000,
  hangUp: 5_000,
});

/** A session always completes, so what its completion waits for has a limit always. */
const ALWAYS_LIMITED = ['operation', 'hangUp'];

const DEFAULTS = Object.freeze({
  name: undefined,
  media: null,
  continueWithoutMedia: false,
  whenRemoteLeaves: 'stay',
  parkOffer: true,
  iceServers: [],
  iceTransportPolicy: 'all',
  dataChannelLabel: 'sendDataChannel', // S18
  dataChannel: {},
  sendQueueLimit: 2 ** 20,
  sendBufferLimit: 2 ** 20,
  pendingCandidateLimit: 256,
  maxRecoveryAttempts: 3,
});

/**
 * Checks the options of a call and fills in the defaults. The copy is the session's own: what the page changes later does not reach it.
 *
 * @throws {RoomCallError} `invalid-argument`, naming what is wrong and what is right.
 */
export function checkOptions(room, options) {
  checkText('room', room, 128);
  const checked = { ...DEFAULTS, ...given(options) };
  if (checked.name !== undefined) {
    checkText('name', checked.name, 64);
  }

  checkMedia(checked.media);
  check(['stay', 'end'].includes(checked.whenRemoteLeaves), 'whenRemoteLeaves', 'must be \'stay\' or \'end\'');
  check(['all', 'relay'].includes(checked.iceTransportPolicy), 'iceTransportPolicy', 'must be \'all\' or \'relay\'');
  check(Array.isArray(checked.iceServers), 'iceServers', 'must be an array');
  checkLabel('dataChannelLabel', checked.dataChannelLabel);
  checkChannel('dataChannel', checked.dataChannel);
  checkRange('sendQueueLimit', checked.sendQueueLimit, 0, ONE_GIBIBYTE);
  checkRange('sendBufferLimit', checked.sendBufferLimit, 1, LARGEST_SEND_BUFFER);
  checkRange('pendingCandidateLimit', checked.pendingCandidateLimit, 1, 10_000);
  checkRange('maxRecoveryAttempts', checked.maxRecoveryAttempts, 0, 100);
  return Object.freeze({
    ...checked,
    iceServers: [...checked.iceServers],
    dataChannel: { ...checked.dataChannel },
    timeouts: checkTimeouts(checked.timeouts),
  });
}

/** What a session's options fix for the whole of its flow. Browsers can restart ICE. */
export function flowRules(options) {
  return Object.freeze({
    ...defaultRules,
    wantsMedia: options.media !== null,
    continueWithoutMedia: options.continueWithoutMedia,
    endWhenRemoteLeaves: options.whenRemoteLeaves === 'end',
    canRestartIce: true,
    parkOffer: options.parkOffer,
    maxRecoveryAttempts: options.maxRecoveryAttempts,
    pendingCandidateLimit: options.pendingCandidateLimit,
  });
}

/** @throws {RoomCallError} `invalid-argument` */
export function checkLabel(name, label) {
  check(typeof label === 'string' && utf8Length(label) <= 65_535, name, 'must be a text of at most 65,535 bytes in UTF-8');
}

/** @throws {RoomCallError} `invalid-argument` */
export function checkChannel(name, channel) {
  check(typeof channel === 'object' && channel !== null, name, 'must be an object, an RTCDataChannelInit');
  check(!channel.negotiated, name, 'must not be negotiated: both sides learn of the channel by its label');
  check(channel.maxRetransmits == null || channel.maxPacketLifeTime == null, name, 'has maxRetransmits and maxPacketLifeTime, which exclude each other');
}

function checkTimeouts(timeouts) {
  const checked = { ...TIMEOUTS, ...given(timeouts) };
  for (const name of Object.keys(TIMEOUTS)) {
    const value = checked[name];
    const isLimited = ALWAYS_LIMITED.includes(name);
    check(
      typeof value === 'number' && value > 0 && (value <= ONE_DAY || (value === Infinity && !isLimited)),
      `timeouts.${name}`,
      `must be milliseconds, more than 0 and at most one day${isLimited ? '' : ', or Infinity'}`);
  }

  return Object.freeze(checked);
}

function checkMedia(media) {
  const isSource = media === null
    || media === 'screen'
    || typeof media === 'function'
    || (typeof media === 'object' && (typeof media.getTracks === 'function' || 'audio' in media || 'video' in media));
  check(isSource, 'media', 'must be constraints with audio or video, \'screen\', a MediaStream, a function, or null');
}

function checkText(name, text, most) {
  check(typeof text === 'string' && text.trim() !== '' && text.length <= most, name, `must be a text of 1 to ${most} characters`);
}

function checkRange(name, value, least, most) {
  check(Number.isInteger(value) && value >= least && value <= most, name, `must be a whole number, ${least} to ${most}`);
}

function check(isRight, name, rule) {
  if (!isRight) {
    throw new RoomCallError('invalid-argument', `${name} ${rule}.`);
  }
}

/** An option that is undefined counts as not given. */
function given(options) {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined));
}
