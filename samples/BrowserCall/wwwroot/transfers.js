import { sizeInWords } from './file-format.js';

const kept = 50;

/** The list of files that come and go. */
export class Transfers {
  #list = document.getElementById('transfers');
  #news = document.getElementById('file-news');

  add(verb, name, size) {
    const transfer = new Transfer(verb, name, size, text => {
      this.#news.textContent = text;
    });
    this.#list.prepend(transfer.row);
    while (this.#list.childElementCount > kept) this.#dropOldest();
    return transfer;
  }

  #dropOldest() {
    const row = this.#list.lastElementChild;
    const link = row.querySelector('a');
    if (link) URL.revokeObjectURL(link.href); // or the page would keep the file
    row.remove();
  }
}

/** One file that comes or goes. */
class Transfer {
  row = document.createElement('li');
  #name;
  #size;
  #tell;
  #bar = document.createElement('progress');
  #note = document.createElement('span');

  constructor(verb, name, size, tell) {
    this.#name = name;
    this.#size = size;
    this.#tell = tell;
    this.row.dataset.transfer = verb.toLowerCase();
    this.#bar.max = size || 1;
    this.#bar.value = 0;
    this.#bar.setAttribute('aria-label', `${verb} ${name}`);
    this.#note.className = 'hint';
    this.#note.textContent = `${verb} ${sizeInWords(size)}`;
    const title = document.createElement('strong');
    title.textContent = name;
    this.row.append(title, ' ', this.#note, this.#bar);
  }

  progress(bytes) {
    this.#bar.value = bytes;
    this.#note.textContent = `${sizeInWords(bytes)} of ${sizeInWords(this.#size)}`;
  }

  /** It is whole; a file that came can be downloaded. */
  complete(hash, file = null) {
    this.#bar.remove();
    this.row.dataset.transfer = file ? 'received' : 'sent';
    this.#note.textContent = `${sizeInWords(this.#size)}, ${file ? 'received' : 'sent'}`;
    const digits = document.createElement('code');
    digits.textContent = hash;
    digits.title = 'SHA-256';
    digits.setAttribute('aria-label', `SHA-256 ${hash}`);
    if (file) this.row.append(' ', this.#link(file));
    this.row.append(digits);
    this.#tell(file ? `${this.#name} has arrived.` : `${this.#name} was sent.`);
  }

  fail(why) {
    this.#bar.remove();
    this.row.dataset.transfer = 'failed';
    this.#note.textContent = `Failed. ${why}`;
    this.#tell(`${this.#name}: failed. ${why}`);
  }

  #link(file) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = this.#name;
    link.textContent = 'Download';
    link.setAttribute('aria-label', `Download ${this.#name}`);
    return link;
  }
}
