import { type RunningHash, startSha256 } from '../../core/hash.ts';
import { type ArchiveNames, isTarHeader, NO_NAMES, TarNames, zipNames } from './archive-names.ts';
import type { ContentState, MailLimits } from './contract.ts';
import { gunzipHead } from './gzip-head.ts';
import { HEAD_BYTES, realTypeOf } from './real-type.ts';
import type { TransferDecoder } from './transfer.ts';

/** What an attachment's content shows. */
export interface ContentFacts {
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly realType: string;
  readonly state: ContentState;
  readonly names: ArchiveNames;
}

type Kind = 'zip' | 'pdf' | 'ole' | 'tar' | 'gzip' | 'other';

const KIND_BYTES = 512;
const TAIL_BYTES = 128 * 1024;
const GZIP_HEAD_BYTES = 256 * 1024;
const GZIP_OUT_MAX = 1024 * 1024;
const EMPTY = Buffer.alloc(0);

/**
 * Looks at an attachment's decoded content as it goes by: size, hash, what its beginning shows, names inside. Keeps its
 * first 64 KiB (256 KiB of gzip) and, of a zip or PDF file, its last 128 KiB; nothing of it leaves this class.
 */
export class ContentGauge {
  readonly #limits: MailLimits;
  readonly #decoder: TransferDecoder;
  readonly #hash: RunningHash = startSha256();
  #kind: Kind | null = null;
  /** The beginning, until there is enough of it to tell the kind; then as much as is looked at. */
  #head = EMPTY;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #tar: TarNames | null = null;
  #sizeBytes = 0;
  #isOver = false;

  constructor(decoder: TransferDecoder, limits: MailLimits) {
    this.#decoder = decoder;
    this.#limits = limits;
  }

  /** Takes encoded bytes; gives what they decode to. */
  push(encoded: Buffer): Buffer {
    const content = this.#decoder.push(encoded);
    this.#take(content);
    return content;
  }

  /** The last of the content, held back by the decoder. */
  flush(): Buffer {
    const last = this.#decoder.end();
    this.#take(last);
    return last;
  }

  /** Called once, after `flush`. `isCut`: the message ended before the part did. */
  async facts(isCut: boolean): Promise<ContentFacts> {
    if (this.#kind === null) this.#begin(this.#head);
    const head = this.#head.subarray(0, HEAD_BYTES);
    const tail = Buffer.concat(this.#tail);
    const realType = await realTypeOf(head);
    const names = this.#isOver ? NO_NAMES : await this.#names(tail, isCut);
    const isEncrypted = names.encrypted || needsKey(this.#kind, head, tail, realType);
    const isDamaged = isCut || this.#decoder.damaged || names.damaged;
    const state = this.#isOver ? 'over-bound' : isEncrypted ? 'encrypted' : isDamaged ? 'damaged' : 'whole';
    const sha256 = this.#isOver || isCut ? '' : this.#hash.digest();
    return { sizeBytes: this.#sizeBytes, sha256, realType, state, names };
  }

  #take(content: Buffer): void {
    if (content.length === 0) return;
    this.#sizeBytes += content.length;
    if (this.#sizeBytes > this.#limits.attachmentBytesMax) {
      this.#isOver = true;
      return;
    }
    this.#hash.update(content);
    if (this.#kind !== null) this.#feed(content);
    else {
      this.#head = Buffer.concat([this.#head, content]);
      if (this.#head.length >= KIND_BYTES) this.#begin(this.#head);
    }
  }

  #begin(start: Buffer): void {
    this.#kind = kindOf(start);
    this.#head = EMPTY;
    if (this.#kind === 'tar') this.#tar = new TarNames(this.#limits.membersMax);
    this.#feed(start);
  }

  #feed(content: Buffer): void {
    const room = (this.#kind === 'gzip' ? GZIP_HEAD_BYTES : HEAD_BYTES) - this.#head.length;
    if (room > 0) this.#head = Buffer.concat([this.#head, content.subarray(0, room)]);
    this.#tar?.push(content);
    if (this.#kind !== 'zip' && this.#kind !== 'pdf') return;
    this.#tail.push(Buffer.from(content));
    this.#tailBytes += content.length;
    while (this.#tail.length > 1 && this.#tailBytes - (this.#tail[0] as Buffer).length >= TAIL_BYTES)
      this.#tailBytes -= (this.#tail.shift() as Buffer).length;
  }

  async #names(tail: Buffer, isCut: boolean): Promise<ArchiveNames> {
    if (this.#kind === 'zip') return isCut ? NO_NAMES : zipNames(tail, this.#sizeBytes, this.#limits.membersMax);
    if (this.#tar !== null) return this.#tar.end(!isCut);
    if (this.#kind !== 'gzip') return NO_NAMES;
    const inside = await gunzipHead(this.#head, GZIP_OUT_MAX);
    if (inside.length < KIND_BYTES || !isTarHeader(inside)) return NO_NAMES;
    const tar = new TarNames(this.#limits.membersMax);
    tar.push(inside);
    // The archive's end may lie behind what was unpacked: unless it was reached, these are the first names.
    return tar.end(false);
  }
}

function kindOf(start: Buffer): Kind {
  const first = start.toString('latin1', 0, 8);
  if (first.startsWith('PK\x03\x04') || first.startsWith('PK\x05\x06')) return 'zip';
  if (first.startsWith('\x1f\x8b')) return 'gzip';
  if (first.startsWith('%PDF-')) return 'pdf';
  if (first === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return 'ole';
  return start.length >= KIND_BYTES && isTarHeader(start) ? 'tar' : 'other';
}

/** `EncryptedPackage`, the stream that holds a password-protected Office document ([MS-OFFCRYPTO] section 2.3.4.4), in UTF-16. */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');
/** A PDF's trailer names its encryption dictionary (ISO 32000-1 section 7.6.1). */
const PDF_ENCRYPT = Buffer.from('/Encrypt');

function needsKey(kind: Kind | null, head: Buffer, tail: Buffer, realType: string): boolean {
  if (kind === 'pdf') return tail.includes(PDF_ENCRYPT);
  if (kind === 'ole') return head.includes(ENCRYPTED_PACKAGE);
  return realType === 'application/pgp-encrypted';
}
