const kept = 500;

/** The texts that were sent and received, oldest first. */
export class Texts {
  #list = document.getElementById('texts');
  #input = document.getElementById('text');
  #send = document.getElementById('send');
  #channel = null;

  constructor() {
    document.getElementById('text-form').addEventListener('submit', event => {
      event.preventDefault();
      this.#submit();
    });
  }

  /** Sending is possible only while the channel is open (S23). */
  setOpen(isOpen) {
    this.#send.disabled = !isOpen;
  }

  /** Sends and receives on the channel of a call. */
  attach(channel, name) {
    this.#channel = channel;
    channel.addEventListener('message', ({ detail }) => {
      if (typeof detail === 'string') this.#add('theirs', name ?? 'The other side', detail);
    });
  }

  async #submit() {
    const text = this.#input.value.trim();
    if (!text || this.#send.disabled) return;

    this.#input.value = '';
    const line = this.#add('mine', 'You', text);
    try {
      await this.#channel.send(text);
    } catch (error) {
      line.classList.add('unsent');
      line.append(` (not sent: ${error.message})`);
    }
  }

  #add(whose, name, text) {
    const line = document.createElement('li');
    line.className = whose;
    const who = document.createElement('strong');
    who.textContent = name;
    const what = document.createElement('span');
    what.textContent = text; // what others write is text, never markup
    line.append(who, ' ', what);
    const isAtEnd = this.#list.scrollHeight - this.#list.scrollTop - this.#list.clientHeight < 40;
    this.#list.append(line);
    while (this.#list.childElementCount > kept) this.#list.firstElementChild.remove();
    if (isAtEnd || whose === 'mine') this.#list.scrollTop = this.#list.scrollHeight;
    return line;
  }
}
