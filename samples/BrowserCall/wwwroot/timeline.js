const kept = 200;

/** The phases of a session with their milliseconds, and what happened in each; the last phase counts on. */
export class Timeline {
  #list;
  #start = 0;
  #phase = null;
  #entered = 0;
  #took = null;
  #ticking = 0;

  constructor(list) {
    this.#list = list;
  }

  /** A new session begins, at zero. */
  begin() {
    clearInterval(this.#ticking);
    this.#list.replaceChildren();
    this.#start = performance.now();
    this.#phase = null;
    this.#took = null;
  }

  /** The session is in this phase, perhaps since before. */
  enter(phase, name) {
    if (phase === this.#phase) return;

    const now = performance.now();
    this.#count(now);
    clearInterval(this.#ticking);
    this.#phase = phase;
    this.#entered = now;
    const row = this.#add('phase', now, name);
    row.dataset.phase = phase;
    this.#took = phase === 'ended' ? null : row.appendChild(cell('took', ''));
    if (this.#took) this.#ticking = setInterval(() => this.#count(performance.now()), 100);
  }

  /** Something happened within the phase. */
  mark(text) {
    this.#add('mark', performance.now(), text);
  }

  #count(now) {
    if (this.#took) this.#took.textContent = `${milliseconds(now - this.#entered)} ms`;
  }

  #add(kind, at, text) {
    const row = document.createElement('li');
    row.className = kind;
    row.append(cell('at', milliseconds(at - this.#start)), ' ', cell('what', text), ' ');
    this.#list.append(row);
    while (this.#list.childElementCount > kept) this.#list.firstElementChild.remove();
    return row;
  }
}

function cell(kind, text) {
  const part = document.createElement('span');
  part.className = kind;
  part.textContent = text;
  return part;
}

function milliseconds(time) {
  return Math.round(time).toLocaleString('en', { useGrouping: true }).replaceAll(',', '\u202f');
}
