import { joinCall } from '/_content/RoomCall.AspNetCore/roomcall.js';
import { Controls } from './controls.js';
import { FileReceiver } from './file-receiver.js';
import { FileSender } from './file-sender.js';
import { Pictures } from './pictures.js';
import { inviteLink, roomOfAddress } from './room.js';
import { Texts } from './texts.js';
import { Timeline } from './timeline.js';
import { Transfers } from './transfers.js';
import { endOfCall, happening, phaseNames, standing, trouble } from './words.js';

const element = id => document.getElementById(id);
const parameters = new URLSearchParams(location.search);
const room = roomOfAddress();

/** The session that is shown; one that is joined again takes its place. */
let session = null;

/** How the last call ended; told until the next one begins. */
let lastEnd = '';

const pictures = new Pictures();
const texts = new Texts();
const timeline = new Timeline(element('timeline'));
const transfers = new Transfers();
const receiver = new FileReceiver(transfers);
const sender = new FileSender(transfers, label => session.openDataChannel(label));
const controls = new Controls({
  mute: (kind, isMuted) => session?.mute(kind, isMuted),
  isMuted: kind => session?.isMuted(kind) ?? false,
  hangUp: () => session?.hangUp(),
  join,
});

function join(withMedia = parameters.get('media') !== 'none') {
  lastEnd = '';
  timeline.begin();
  const joined = joinCall(room, {
    name: parameters.get('name')?.trim().slice(0, 64) || undefined,
    media: withMedia ? { audio: true, video: { width: { ideal: 1280 }, height: { ideal: 720 } } } : null,
  });
  session = joined;
  joined.addEventListener('statechange', () => {
    if (joined === session) show(joined);
  });
  joined.addEventListener('callevent', ({ detail }) => {
    if (joined === session) tell(joined, detail);
  });
  show(joined);
}

/** Shows what is: all of it follows from the state, whatever came before. */
function show({ state, localStream, remoteStream }) {
  const isOpen = state.phase === 'connected' && state.dataChannelState === 'open';
  const isOver = state.phase === 'ending' || state.phase === 'ended'; // the status says why
  timeline.enter(state.phase, phaseNames[state.phase]);
  say('status', standing(state));
  say('notice', [isOver ? '' : lastEnd, trouble(state)].filter(Boolean).join(' '));
  element('status').dataset.phase = state.phase;
  pictures.show({ localStream, remoteStream, state });
  controls.show(state, localStream);
  texts.setOpen(isOpen);
  sender.setOpen(isOpen);
  document.title = state.phase === 'connected' ? `In a call – ${room}` : `RoomCall – ${room}`;
}

/** Tells what has happened. */
function tell(joined, event) {
  const text = happening(event);
  if (text) timeline.mark(text);
  switch (event.type) {
    case 'peerJoined':
      lastEnd = '';
      break;
    case 'callEnded':
      lastEnd = endOfCall(event.reason);
      break;
    case 'dataChannelOpened':
      texts.attach(event.channel, joined.state.remoteName);
      break;
    case 'dataChannelReceived':
      receiver.receive(event.channel);
      break;
  }

  show(joined);
}

/** Sets a text that is read out when it changes, and only then. */
function say(id, text) {
  if (element(id).textContent !== text) element(id).textContent = text;
}

async function copyLink() {
  const link = inviteLink(room);
  try {
    await navigator.clipboard.writeText(link);
    say('copied', 'Copied');
    setTimeout(() => say('copied', ''), 3000);
  } catch {
    prompt('Copy this link:', link); // the browser lets the page write nothing there
  }
}

element('room').textContent = room;
element('copy-link').addEventListener('click', copyLink);
addEventListener('hashchange', () => location.reload());
try {
  join();
} catch (error) {
  say('status', error.message); // a room or a name that breaks the rules
}
