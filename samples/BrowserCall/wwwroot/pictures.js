/** The two pictures: one's own, silent, and the other side's. */
export class Pictures {
  #own = document.getElementById('own-video');
  #other = document.getElementById('other-video');
  #soundOn = document.getElementById('sound-on');

  constructor() {
    this.#soundOn.addEventListener('click', () => {
      this.#other.muted = false;
      this.#soundOn.hidden = true;
      this.#play();
    });
  }

  /** Shows what there is; null is nothing. */
  show({ localStream, remoteStream, state }) {
    document.getElementById('own').dataset.picture = hasPicture(localStream);
    document.getElementById('other').dataset.picture = hasPicture(remoteStream);
    document.getElementById('nobody').textContent = emptiness(state);
    document.getElementById('other-caption').textContent = state.remoteName ?? 'The other side';
    if (this.#own.srcObject !== localStream) this.#own.srcObject = localStream;
    if (this.#other.srcObject === remoteStream) return;

    this.#other.srcObject = remoteStream;
    this.#soundOn.hidden = true;
    if (remoteStream) this.#play();
  }

  // A page on which nobody has clicked yet, and that has no camera, may show a picture but must not make a sound.
  async #play() {
    try {
      await this.#other.play();
    } catch (error) {
      if (error.name !== 'NotAllowedError') return; // another picture has taken its place
      this.#other.muted = true;
      this.#soundOn.hidden = false;
      this.#other.play().catch(() => {});
    }
  }
}

function hasPicture(stream) {
  return stream?.getVideoTracks().length ? 'there' : 'none';
}

/** What stands where the other side's picture is not. */
function emptiness(state) {
  if (state.phase === 'ended') return '';
  return state.remote ? 'No picture of the other side' : 'Nobody is here yet';
}
