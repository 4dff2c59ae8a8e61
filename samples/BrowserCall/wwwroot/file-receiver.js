import { fileLabel, largestFile, readHeader, readJson, sha256, sizeInWords } from './file-format.js';

const mostAtOnce = 8;

/** Takes the files of the other side and offers them for download. */
export class FileReceiver {
  #transfers;
  #atOnce = 0;

  constructor(transfers) {
    this.#transfers = transfers;
  }

  async receive(channel) {
    if (channel.label !== fileLabel || this.#atOnce === mostAtOnce) {
      channel.close().catch(() => {});
      return;
    }

    this.#atOnce += 1;
    const file = new IncomingFile(channel, this.#transfers);
    try {
      for await (const message of channel) {
        if (await file.take(message)) break;
      }

      file.end();
    } catch (error) {
      file.fail(error.message);
    } finally {
      this.#atOnce -= 1;
    }
  }
}

/** One file on its way. */
class IncomingFile {
  #channel;
  #transfers;
  #transfer = null;
  #header = null;
  #pieces = [];
  #received = 0;
  #isDone = false;

  constructor(channel, transfers) {
    this.#channel = channel;
    this.#transfers = transfers;
  }

  /** Takes the next message; true when the file is whole, or refused. */
  async take(message) {
    if (!this.#header) return this.#begin(message);
    if (typeof message === 'string') return this.#finish(readJson(message).sha256);

    this.#received += message.byteLength;
    if (this.#received > this.#header.size) return this.#refuse('More came than was announced.');
    this.#pieces.push(message);
    this.#transfer.progress(this.#received);
    return false;
  }

  /** The channel has ended. */
  end() {
    if (!this.#isDone) this.fail('The connection ended before it had arrived.');
  }

  fail(why) {
    this.#isDone = true;
    this.#pieces = [];
    this.#transfer?.fail(why);
  }

  #begin(message) {
    this.#header = typeof message === 'string' ? readHeader(message) : null;
    if (!this.#header) return this.#refuse('It is no file that this page knows.');

    this.#transfer = this.#transfers.add('Receiving', this.#header.name, this.#header.size);
    return this.#header.size > largestFile ? this.#refuse(`It is larger than ${sizeInWords(largestFile)}.`) : false;
  }

  async #finish(expected) {
    const file = new Blob(this.#pieces);
    const hash = await sha256(await file.arrayBuffer());
    if (this.#received !== this.#header.size || hash !== expected) return this.#refuse('It did not arrive whole.');

    this.#isDone = true;
    this.#pieces = [];
    this.#transfer.complete(hash, file);
    await this.#answer({ received: hash });
    return true;
  }

  async #refuse(why) {
    this.fail(why);
    await this.#answer({ refused: why });
    return true;
  }

  // Who sent it closes the channel when it has read the answer.
  async #answer(answer) {
    await this.#channel.send(JSON.stringify(answer)).catch(() => {});
  }
}
