/** The buttons of the call, each there when it has something to do. */
export class Controls {
  #actions;
  #mute = document.getElementById('mute');
  #darken = document.getElementById('darken');
  #hangUp = document.getElementById('hang-up');
  #joinAgain = document.getElementById('join-again');
  #joinWithout = document.getElementById('join-without');
  #newRoom = document.getElementById('new-room');

  constructor(actions) {
    this.#actions = actions;
    this.#mute.addEventListener('click', () => this.#toggle('audio', this.#mute));
    this.#darken.addEventListener('click', () => this.#toggle('video', this.#darken));
    this.#hangUp.addEventListener('click', () => actions.hangUp());
    this.#joinAgain.addEventListener('click', () => actions.join());
    this.#joinWithout.addEventListener('click', () => actions.join(false));
  }

  show(state, localStream) {
    const hasEnded = state.phase === 'ended';
    const code = state.endReason?.code;
    const focused = [this.#hangUp, this.#joinAgain, this.#joinWithout].find(button => button === document.activeElement);
    this.#hangUp.hidden = hasEnded;
    this.#joinAgain.hidden = !hasEnded;
    this.#joinWithout.hidden = !hasEnded || !code?.startsWith('media-');
    this.#newRoom.hidden = !hasEnded || code !== 'room-full';
    this.#showToggle('audio', this.#mute, localStream?.getAudioTracks());
    this.#showToggle('video', this.#darken, localStream?.getVideoTracks());

    // Who pressed a button that is gone now is to go on from the one in its place.
    const next = hasEnded ? this.#joinAgain : this.#hangUp;
    if (focused?.hidden) next.focus();
  }

  #toggle(kind, button) {
    this.#actions.mute(kind, !this.#actions.isMuted(kind));
    button.setAttribute('aria-pressed', String(this.#actions.isMuted(kind)));
  }

  #showToggle(kind, button, tracks) {
    button.disabled = !tracks?.length;
    button.setAttribute('aria-pressed', String(!button.disabled && this.#actions.isMuted(kind)));
  }
}
