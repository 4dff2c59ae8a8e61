import { BYTES_PER_ACK, FRAMES_PER_ACK, encodeClientFrame } from './frames.js';
import { newSecret } from './secret.js';
import * as loss from './signaling-loss.js';
import { askAgain, goOn, lost, over } from './verdict.js';

// What ends a link and not the stay. Who is replaced on a link that is up was so by an attempt of its own that it had given up.
const COMES_BACK = new Set(['restarting', 'failed', 'replaced']);

// More than any server says before it answers.
const MAX_EARLY_LOGS = 100;

/**
 * One stay in a room, as it goes on from link to link: what the client says first on each, and what the server's frames mean. Whoever reads
 * the present link is its only caller.
 */
export class Stay {
  #room;
  #name;
  #window;
  #outbox;
  #events;
  #secret = newSecret();
  #self = null;
  #token = null;
  #isResuming = false;
  #isInterrupted = false;
  #hasBegun = false;
  #hasAsked = false;
  #hasAskedAhead = false;
  #isUp = false;
  #hasProgressed = false;

  // How many counted frames of the server have come, and how much of that since the last acknowledgement.
  #received = 0;
  #unacknowledgedFrames = 0;
  #unacknowledgedBytes = 0;

  // Log lines come before the answer. A link that ended between them and it is followed by one that brings them again.
  #logsTold = 0;
  #logsToSkip = 0;

  constructor({ room, name, window, outbox, events }) {
    this.#room = room;
    this.#name = name;
    this.#window = window;
    this.#outbox = outbox;
    this.#events = events;
  }

  /** Whether a link has begun. */
  get hasBegun() {
    return this.#hasBegun;
  }

  /** Whether the server has answered on the present link. */
  get isUp() {
    return this.#isUp;
  }

  /** Whether the present link has brought the stay on: a frame has come that had not, or was acknowledged. */
  get hasProgressed() {
    return this.#hasProgressed;
  }

  /** What is said first on the next link. */
  get first() {
    return encodeClientFrame(this.#token !== null
      ? { type: 'resume', room: this.#room, self: this.#self, token: this.#token, received: this.#received }
      : { type: 'create or join', room: this.#room, name: this.#name, secret: this.#secret });
  }

  /** A new link begins, which takes frames by `send`, and on which `first` has gone out or not. */
  beginLink(send, hasSentFirst) {
    this.#hasBegun = true;
    this.#isUp = this.#hasProgressed = false;
    this.#hasAskedAhead = hasSentFirst;
    this.#isResuming = this.#token !== null;
    if (!this.#isResuming) {
      this.#received = 0;
      this.#logsToSkip = this.#logsTold;
    }

    this.#unacknowledgedFrames = this.#unacknowledgedBytes = 0;
    this.#outbox.begin(send);
    if (!hasSentFirst) {
      send(this.first);
    }
  }

  /** The present link is lost. Whether there is anything to connect again for. */
  tryInterrupt() {
    this.#hasAsked = true;

    // The next link may end before it begins.
    this.#isUp = this.#hasProgressed = false;
    if (this.#self === null) {
      // Before the first answer there is nothing that could be interrupted.
      return true;
    }

    if (this.#token === null && this.#window.isClosed) {
      // The server kept no seat, so that it was left.
      return false;
    }

    if (!this.#isInterrupted) {
      this.#isInterrupted = true;
      this.#events.post({ type: 'interrupted' });
    }

    return true;
  }

  /** The transport says that the server does not let this client in, and tells what becomes of the stay. */
  refuse(detail) {
    // One who has been let in may be so again: the server may hold too much for a moment, or not know the user for a while.
    return this.#self === null ? over(detail) : lost(detail);
  }

  /** Takes a frame of the server, which came in so many bytes, and tells what becomes of the link. */
  take(frame, bytes) {
    switch (frame.type) {
      case 'ping':
        this.#outbox.pong();
        return goOn;

      case 'pong':
        return goOn;

      case 'end':
        return this.#onEnd(frame);

      case 'ack':
        return this.#isUp ? this.#onAcknowledged(this.#window.acknowledge(frame.received)) : outOfTurn('ack');

      case 'resumed':
        return this.#isUp || !this.#isResuming ? outOfTurn('resumed') : this.#onResumed(frame);

      default:
        return this.#isUp || !this.#isResuming ? this.#onCounted(frame, bytes) : this.#onRefusal(frame.event);
    }
  }

  #onEnd({ code, detail }) {
    if (code === 'left' && this.#window.isClosed) {
      return over();
    }

    const sentence = loss.ended(code, detail);
    return COMES_BACK.has(code) ? lost(sentence) : over(sentence);
  }

  #onAcknowledged({ canBe, hasProgressed }) {
    this.#hasProgressed ||= hasProgressed;
    return canBe ? goOn : malformed('It says that it has had more frames than were sent, or fewer than it had before.');
  }

  #onResumed({ received, token }) {
    const verdict = this.#onAcknowledged(this.#window.resume(received));
    if (verdict === goOn) {
      this.#token = token;
      this.#comeUp({ type: 'resumed' });
    }

    return verdict;
  }

  /** What comes in the place of `resumed`. */
  #onRefusal(event) {
    if (!event) {
      // A later version's word: not counted, since the count goes on with the answer.
      return goOn;
    }

    if (event.type !== 'error') {
      return outOfTurn(event.type);
    }

    if (event.code !== 'unknown-stay') {
      return over(loss.refused(event));
    }

    this.#token = null;

    // The server has no seat for this client: that is all a leave would come to.
    return this.#window.isClosed ? over() : askAgain;
  }

  #onCounted({ event, resume }, bytes) {
    this.#count(bytes);
    if (!event) {
      return goOn;
    }

    const isAnswer = event.type === 'created' || event.type === 'joined' || event.type === 'full';
    if (this.#isUp) {
      if (isAnswer) {
        return outOfTurn(event.type);
      }

      this.#events.post(event);
      return goOn;
    }

    switch (event.type) {
      case 'created':
      case 'joined': return this.#onLetIn(event, resume);
      case 'full':
      case 'error': return this.#onNotLetIn(event);
      case 'log': return this.#onEarlyLog(event);
      default: return outOfTurn(event.type);
    }
  }

  #count(bytes) {
    this.#hasProgressed ||= this.#isUp;
    this.#received++;
    this.#unacknowledgedFrames++;
    this.#unacknowledgedBytes += bytes;
    if (this.#unacknowledgedFrames >= FRAMES_PER_ACK || this.#unacknowledgedBytes >= BYTES_PER_ACK) {
      this.#acknowledge();
    } else {
      this.#outbox.owe(this.#received);
    }
  }

  #acknowledge() {
    this.#unacknowledgedFrames = this.#unacknowledgedBytes = 0;
    this.#outbox.acknowledge(this.#received);
  }

  #onLetIn(answer, ticket) {
    if (this.#self !== null) {
      if (answer.self !== this.#self) {
        return malformed('It gave this client another id within its stay.');
      }

      this.#window.restart();
    }

    // Only the first time: a server that lets this client in again and again, and loses it each time, is no proof of anything.
    this.#hasProgressed ||= this.#self === null;
    this.#self = answer.self;
    this.#token = ticket?.token ?? null;
    this.#logsTold = 0;
    this.#comeUp(answer);
    return goOn;
  }

  #onNotLetIn(answer) {
    // The server takes an earlier link of this stay for a live one; soon it will not.
    if (this.#hasAsked && answer.type === 'error' && answer.code === 'already-joined') {
      return lost(loss.refused(answer));
    }

    this.#events.post(answer);
    return over();
  }

  #onEarlyLog(log) {
    if (this.#logsToSkip > 0) {
      this.#logsToSkip--;
      return goOn;
    }

    this.#events.post(log);
    return ++this.#logsTold <= MAX_EARLY_LOGS ? goOn : malformed('It sends its log and no answer.');
  }

  #comeUp(answer) {
    this.#isUp = true;
    this.#isInterrupted = false;
    this.#events.post(answer);
    this.#outbox.open();

    // Until it hears from this client, the server may take it for one that has given up connecting.
    if (this.#hasAskedAhead) {
      this.#acknowledge();
    }
  }
}

function malformed(what) {
  return over(loss.malformed(what));
}

function outOfTurn(type) {
  return malformed(`It sent '${type}' out of turn.`);
}
