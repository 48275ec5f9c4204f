import type { MailLimits, MessageRange, ReadMessage } from '../../decoders/mail-store/contract.ts';
import { DboxIndex } from '../../decoders/mail-store/dbox-index.ts';
import { MboxIndex } from '../../decoders/mail-store/mbox-index.ts';
import type { BlockReader, EvidenceFile } from '../../sources/contract.ts';
import type { SourceLimits } from '../../sources/limits.ts';
import { BLOCK_BYTES, openBlocks } from '../../sources/open-blocks.ts';
import { PlainReader } from '../../sources/plain-reader.ts';
import type { InputProblem } from '../../sources/problem.ts';
import type { StoreFile } from './plan-stores.ts';

/** One message of a store, read. */
export interface StoreItem {
  readonly range: MessageRange;
  readonly message: ReadMessage;
}

export interface ReadStoreSetting {
  readonly limits: SourceLimits;
  readonly mail: MailLimits;
  /** Bytes of mail that may still be read in this run; counted down. */
  readonly budget: { bytesLeft: number };
  readonly onProblem: (problem: InputProblem) => void;
}

/**
 * The messages of one file of a store, in the order in which they lie, from byte `from` on (0, or where an mbox's message
 * begins). A file with several is gone through twice: for where they begin, and for what they hold. Memory is that of one
 * block, one header block and the index.
 */
export async function* readStoreFile(
  store: StoreFile,
  from: number,
  setting: ReadStoreSetting,
): AsyncGenerator<StoreItem> {
  // What takes MIME apart is only loaded when there is mail.
  const { readMessage } = await import('../../decoders/mail-store/message-reader.ts');
  const { file } = store;
  const ranges = await rangesOf(store, from, setting);
  const reader = new RangeReader(open(file, from, setting), from);
  try {
    for (const range of ranges) {
      const { budget } = setting;
      if (budget.bytesLeft <= 0) {
        setting.onProblem(
          problemOf(
            file,
            'N_MAIL_BOUND',
            'more mail than limits.mailBytesMax; the rest was not read; raise it, or scan in parts',
          ),
        );
        return;
      }
      const length = Math.min(range.length, budget.bytesLeft);
      const message = await readMessage(
        reader.pieces(range),
        range.offset,
        setting.mail,
        range.trouble.includes('cut-short'),
      );
      // The length of a packed file is only known when it has gone by.
      const whole = Number.isFinite(range.length) ? range : { ...range, length: reader.at - range.offset };
      budget.bytesLeft -= Number.isFinite(length) ? length : whole.length;
      yield { range: whole, message };
    }
    const { problem } = reader;
    if (problem !== null) setting.onProblem(problem);
  } finally {
    reader.close();
  }
}

function open(file: EvidenceFile, from: number, setting: ReadStoreSetting): BlockReader {
  return from > 0 && file.compression === 'none'
    ? new PlainReader(file, BLOCK_BYTES, from)
    : openBlocks(file, setting.limits);
}

async function rangesOf(store: StoreFile, from: number, setting: ReadStoreSetting): Promise<MessageRange[]> {
  const { file, form } = store;
  if (form === 'maildir' || form === 'eml') {
    const length = file.compression === 'none' ? file.sizeBytes : Number.POSITIVE_INFINITY;
    return [{ offset: 0, length, envelope: '', time: -1, zoned: false, trouble: [] }];
  }
  const ranges: MessageRange[] = [];
  const mbox = form === 'mbox' ? new MboxIndex(range => ranges.push(range)) : null;
  const dbox = form === 'dbox' ? new DboxIndex(range => ranges.push(range)) : null;
  const reader = open(file, from, setting);
  let at = from;
  try {
    for (let block = await reader.read(); block !== null; block = await reader.read()) {
      mbox?.push(block, at);
      dbox?.push(block);
      at += block.length;
    }
  } finally {
    reader.close();
  }
  mbox?.end();
  dbox?.end();
  if (dbox !== null && dbox.broken !== '')
    setting.onProblem(
      problemOf(file, 'E_DBOX_DAMAGED', `${dbox.broken}; what came before stands; doveadm force-resync mends it`),
    );
  return ranges;
}

function problemOf(file: EvidenceFile, code: string, message: string): InputProblem {
  return { code, source: file.name, level: code.startsWith('E_') ? 'unreadable' : 'notice', message };
}

/** Hands out the pieces of one range after another, from front to back. Ranges come in order. */
class RangeReader {
  at: number;
  readonly #reader: BlockReader;
  #block: Buffer | null = null;
  #done = false;

  constructor(reader: BlockReader, at: number) {
    this.#reader = reader;
    this.at = at;
  }

  get problem(): InputProblem | null {
    return this.#reader.problem;
  }

  async *pieces(range: MessageRange): AsyncGenerator<Buffer> {
    const end = range.offset + range.length;
    while (this.at < end) {
      if (this.#block === null || this.#block.length === 0) {
        this.#block = this.#done ? null : await this.#reader.read();
        if (this.#block === null) {
          this.#done = true;
          return;
        }
      }
      const block: Buffer = this.#block;
      const skip = Math.min(block.length, Math.max(0, range.offset - this.at));
      const piece = block.subarray(skip, Math.min(block.length, end - this.at));
      this.at += skip + piece.length;
      this.#block = block.subarray(skip + piece.length);
      if (piece.length > 0) yield piece;
    }
  }

  close(): void {
    this.#reader.close();
  }
}
