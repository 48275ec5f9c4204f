import type { MessageRange } from './contract.ts';

/**
 * Where the messages of a dbox file lie: `u.N` of sdbox holds one, `m.N` of mdbox many.
 *
 *   file     := "2 M" hex " C" hex... LF  message...
 *   message  := 0x01 0x02 "N" " " ... " " size(16 hex) ... LF  bytes  LF 0x01 0x03 LF  metadata... LF
 *   metadata := key value LF       R: when it was received (hex seconds), B: mailbox it was saved to, X: content kept in other files
 *
 * M is the length of a message's header. Source: Dovecot 2.3, src/lib-storage/index/dbox-common/dbox-file.h.
 * Trust: Dovecot wrote all but the bytes of the message. `envelope` of a range is the mailbox of B, '' when there is none.
 */
export class DboxIndex {
  readonly #emit: (range: MessageRange) => void;
  /** Why reading stopped, '' while it goes on. */
  broken: '' | 'not a dbox file' | 'a message header is damaged' | 'the metadata is damaged' = '';
  #state: 'file-header' | 'message-header' | 'message' | 'metadata' = 'file-header';
  #held: Buffer = EMPTY;
  /** Where the held bytes begin in the file. */
  #at = 0;
  #headerBytes = 0;
  #message = { offset: 0, length: 0 };
  #left = 0;

  constructor(emit: (range: MessageRange) => void) {
    this.#emit = emit;
  }

  push(block: Buffer): void {
    if (this.broken !== '') return;
    let rest = block;
    while (rest.length > 0 && this.broken === '') {
      if (this.#state === 'message') {
        const taken = Math.min(this.#left, rest.length);
        this.#left -= taken;
        this.#at += taken;
        rest = rest.subarray(taken);
        if (this.#left === 0) this.#state = 'metadata';
        continue;
      }
      this.#held = this.#held.length === 0 ? rest : Buffer.concat([this.#held, rest]);
      const used = this.#take();
      if (used < 0) {
        // Not enough yet. What is waited for is small.
        if (this.#held.length > HELD_MAX) this.broken = 'the metadata is damaged';
        this.#held = Buffer.from(this.#held);
        return;
      }
      rest = this.#held.subarray(used);
      this.#at += used;
      this.#held = EMPTY;
    }
  }

  /** The file is at its end. A message that is not there in full is told as far as it goes. */
  end(): void {
    if (this.#state === 'message' || (this.#state === 'metadata' && this.broken === ''))
      this.#tell(new Map(), this.#state === 'message');
    this.#state = 'message-header';
    this.#held = EMPTY;
  }

  /** Bytes of the held ones that were understood, -1 when more are needed. */
  #take(): number {
    switch (this.#state) {
      case 'file-header':
        return this.#fileHeader();
      case 'message-header':
        return this.#messageHeader();
      case 'metadata':
        return this.#metadata();
      default:
        return -1;
    }
  }

  #fileHeader(): number {
    const end = this.#held.indexOf(10);
    if (end < 0) return -1;
    const match = /^2 M([0-9a-f]{1,8})(?: |$)/.exec(this.#held.toString('latin1', 0, Math.min(end, 256)));
    this.#headerBytes = match === null ? 0 : Number.parseInt(match[1] as string, 16);
    if (this.#headerBytes < 30 || this.#headerBytes > 4096) this.broken = 'not a dbox file';
    this.#state = 'message-header';
    return end + 1;
  }

  #messageHeader(): number {
    if (this.#held.length < this.#headerBytes) return -1;
    const size = this.#held.toString('latin1', 13, 29);
    const known = this.#held[0] === 1 && this.#held[1] === 2 && /^[0-9A-Fa-f]{16}$/.test(size);
    const length = known ? Number.parseInt(size, 16) : -1;
    if (!Number.isSafeInteger(length) || length < 0) {
      this.broken = 'a message header is damaged';
      return this.#held.length;
    }
    this.#message = { offset: this.#at + this.#headerBytes, length };
    this.#left = length;
    this.#state = length === 0 ? 'metadata' : 'message';
    return this.#headerBytes;
  }

  #metadata(): number {
    if (this.#held.length < 4) return -1;
    if (!this.#held.subarray(0, 4).equals(MAGIC_POST)) {
      this.broken = 'the metadata is damaged';
      this.#tell(new Map(), false);
      return this.#held.length;
    }
    const values = new Map<string, string>();
    for (let at = 4; ; ) {
      const end = this.#held.indexOf(10, at);
      if (end < 0) return -1;
      if (end === at) {
        this.#tell(values, false);
        this.#state = 'message-header';
        return end + 1;
      }
      const key = String.fromCharCode(this.#held[at] as number);
      if (!values.has(key)) values.set(key, this.#held.toString('utf8', at + 1, Math.min(end, at + 1024)));
      at = end + 1;
    }
  }

  #tell(values: ReadonlyMap<string, string>, isCut: boolean): void {
    const received = values.get('R') ?? '';
    const { offset, length } = this.#message;
    this.#emit({
      offset,
      length: isCut ? length - this.#left : length,
      envelope: values.get('B') ?? '',
      time: /^[0-9a-f]{1,12}$/.test(received) ? Number.parseInt(received, 16) * 1000 : -1,
      zoned: true,
      trouble: [...(isCut ? (['cut-short'] as const) : []), ...(values.has('X') ? (['external'] as const) : [])],
    });
  }
}

const EMPTY = Buffer.alloc(0);
const MAGIC_POST = Buffer.from([10, 1, 3, 10]);
const HELD_MAX = 64 * 1024;

export const isDbox = (sample: Buffer): boolean =>
  /^2 M[0-9a-f]{1,8} C[0-9a-f]{1,16}[ \n]/.test(sample.toString('latin1', 0, 64));
