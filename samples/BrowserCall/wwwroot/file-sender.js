import { fileLabel, largestFile, readJson, sha256, sizeInWords } from './file-format.js';

const largestPiece = 64 * 1024;
const mostWaiting = 20;

/** Sends the files that are dropped on the page or chosen, one after another. */
export class FileSender {
  #transfers;
  #openChannel;
  #isOpen = false;
  #waiting = [];
  #isSending = false;
  #input = document.getElementById('file');
  #drop = document.getElementById('drop');

  constructor(transfers, openChannel) {
    this.#transfers = transfers;
    this.#openChannel = openChannel;
    this.#input.addEventListener('change', () => {
      this.#take([...this.#input.files]);
      this.#input.value = '';
    });
    addEventListener('dragover', event => this.#over(event));
    addEventListener('dragleave', event => {
      if (!event.relatedTarget) this.#drop.hidden = true;
    });
    addEventListener('drop', event => this.#dropped(event));
  }

  setOpen(isOpen) {
    this.#isOpen = isOpen;
    this.#input.disabled = !isOpen;
    if (!isOpen) this.#drop.hidden = true;
  }

  #over(event) {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = this.#isOpen ? 'copy' : 'none';
    this.#drop.hidden = !this.#isOpen;
  }

  #dropped(event) {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault(); // the browser would open the file in place of the page
    this.#drop.hidden = true;
    if (this.#isOpen) this.#take([...event.dataTransfer.files]);
  }

  async #take(files) {
    for (const file of files.slice(0, mostWaiting - this.#waiting.length)) {
      this.#waiting.push({ file, transfer: this.#transfers.add('Sending', file.name, file.size) });
    }

    if (this.#isSending) return;
    this.#isSending = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      try {
        await this.#send(next.file, next.transfer);
      } catch (error) {
        next.transfer.fail(error.message);
      }
    }

    this.#isSending = false;
  }

  async #send(file, transfer) {
    if (file.size > largestFile) throw new Error(`It is larger than ${sizeInWords(largestFile)}.`);

    const bytes = await file.arrayBuffer().catch(() => {
      throw new Error('It cannot be read: is it a folder, or has it changed?');
    });
    const hash = await sha256(bytes);
    const channel = await this.#openChannel(fileLabel);
    try {
      const answer = firstAnswer(channel);
      answer.catch(() => {}); // looked at below, unless sending fails first
      await channel.send(JSON.stringify({ name: file.name, size: file.size }));
      const piece = Math.min(channel.maxMessageSize || largestPiece, largestPiece);
      for (let at = 0; at < bytes.byteLength; at += piece) {
        await channel.send(bytes.slice(at, at + piece));
        transfer.progress(Math.max(0, Math.min(at + piece, bytes.byteLength) - channel.bufferedAmount));
      }

      await channel.send(JSON.stringify({ sha256: hash }));
      if (await answer !== hash) throw new Error('It did not arrive whole.');
      transfer.complete(hash);
    } finally {
      channel.close().catch(() => {});
    }
  }
}

/** What the receiver says of the file. */
function firstAnswer(channel) {
  return new Promise((resolve, reject) => {
    channel.addEventListener('message', ({ detail }) => {
      const { received, refused } = readJson(detail);
      if (refused) reject(new Error(String(refused).slice(0, 200)));
      else resolve(received);
    });
    channel.addEventListener('statechange', ({ detail }) => {
      if (detail === 'closed') reject(new Error('The connection ended before it had arrived.'));
    });
  });
}
