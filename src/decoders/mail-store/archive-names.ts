import type { ArchiveMember } from './contract.ts';

/** Names inside an archive, as far as they can be told without unpacking it. */
export interface ArchiveNames {
  readonly members: readonly ArchiveMember[];
  readonly known: 'all' | 'some' | 'none';
  /** Any of them needs a password. */
  readonly encrypted: boolean;
  /** Its own index is missing or contradicts itself. */
  readonly damaged: boolean;
}

export const NO_NAMES: ArchiveNames = { members: [], known: 'none', encrypted: false, damaged: false };
const NAME_MAX = 1024;
const END_BYTES = 22;
const ENTRY_BYTES = 46;

/**
 * Names in a zip file, by its central directory, which is not compressed. `tail` is the end of the content, of `size` bytes
 * in all. When the directory begins before `tail`, the entries in it are told from the first whole one that can be found.
 *
 * Source: PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16. Sizes are what the directory claims.
 */
export function zipNames(tail: Buffer, size: number, membersMax: number): ArchiveNames {
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + END_BYTES > tail.length) return { ...NO_NAMES, damaged: true };
  const count = tail.readUInt16LE(end + 10);
  const bytes = tail.readUInt32LE(end + 12);
  const from = end - bytes;
  if (bytes > size || from < 0) return { ...NO_NAMES, known: 'none', damaged: bytes > size };
  const members: ArchiveMember[] = [];
  let at = from;
  let seen = 0;
  let damaged = false;
  let encrypted = false;
  while (at < end) {
    if (at + ENTRY_BYTES > end || tail.readUInt32LE(at) !== 0x02014b50) {
      damaged = true;
      break;
    }
    const flags = tail.readUInt16LE(at + 8);
    const nameBytes = tail.readUInt16LE(at + 28);
    const next = at + ENTRY_BYTES + nameBytes + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32);
    const name = tail.subarray(
      at + ENTRY_BYTES,
      Math.min(at + ENTRY_BYTES + nameBytes, end, at + ENTRY_BYTES + NAME_MAX),
    );
    const isEncrypted = (flags & 1) !== 0;
    encrypted ||= isEncrypted;
    const sizeBytes = tail.readUInt32LE(at + 24);
    if (members.length < membersMax)
      members.push({
        name: name.toString('utf8'),
        sizeBytes: sizeBytes === 0xffffffff ? -1 : sizeBytes,
        encrypted: isEncrypted,
      });
    seen += 1;
    at = next;
  }
  if (seen !== count && count !== 0xffff) damaged = true;
  return { members, known: seen > members.length ? 'some' : 'all', encrypted, damaged };
}

const BLOCK = 512;

/**
 * Names in a tar archive, by its headers, as the content goes by. Contents are passed over.
 *
 * Source: POSIX ustar interchange format (name 0-99, size 124-135 octal, typeflag 156, prefix 345-499), GNU long names (type L).
 */
export class TarNames {
  readonly #membersMax: number;
  readonly #members: ArchiveMember[] = [];
  #header = Buffer.alloc(0);
  #skip = 0;
  #longName = '';
  #longLeft = 0;
  #state: 'open' | 'ended' | 'damaged' | 'full' = 'open';

  constructor(membersMax: number) {
    this.#membersMax = membersMax;
  }

  push(bytes: Buffer): void {
    let rest = bytes;
    while (rest.length > 0 && this.#state === 'open') {
      if (this.#skip > 0) {
        const taken = Math.min(this.#skip, rest.length);
        if (this.#longLeft > 0) {
          const part = rest.subarray(0, Math.min(taken, this.#longLeft));
          if (this.#longName.length < NAME_MAX) this.#longName += part.toString('latin1');
          this.#longLeft -= part.length;
        }
        this.#skip -= taken;
        rest = rest.subarray(taken);
        continue;
      }
      const wanted = BLOCK - this.#header.length;
      this.#header = Buffer.concat([this.#header, rest.subarray(0, wanted)]);
      rest = rest.subarray(wanted);
      if (this.#header.length < BLOCK) return;
      this.#take(this.#header);
      this.#header = Buffer.alloc(0);
    }
  }

  /** `isWhole`: the content went by to its end. */
  end(isWhole: boolean): ArchiveNames {
    const cut = isWhole && this.#state === 'open' && (this.#skip > 0 || this.#header.length > 0);
    const known = this.#state === 'full' || !isWhole ? 'some' : 'all';
    return { members: this.#members, known, encrypted: false, damaged: cut || this.#state === 'damaged' };
  }

  #take(header: Buffer): void {
    if (header.every(byte => byte === 0)) {
      this.#state = 'ended';
      return;
    }
    const size = octal(header.subarray(124, 136));
    if (!checksumFits(header) || size < 0) {
      this.#state = 'damaged';
      return;
    }
    const type = String.fromCharCode(header[156] as number);
    this.#skip = Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'L') {
      this.#longName = '';
      this.#longLeft = size;
      return;
    }
    if (type === 'x' || type === 'g' || type === 'K') return;
    const prefix = header.toString('latin1', 257, 262) === 'ustar' ? textOf(header.subarray(345, 500)) : '';
    const short = textOf(header.subarray(0, 100));
    const latin1 =
      this.#longName === ''
        ? prefix === ''
          ? short
          : `${prefix}/${short}`
        : textOf(Buffer.from(this.#longName, 'latin1'));
    this.#longName = '';
    if (type === '5') return;
    if (this.#members.length >= this.#membersMax) this.#state = 'full';
    else this.#members.push({ name: latin1.slice(0, NAME_MAX), sizeBytes: size, encrypted: false });
  }
}

function textOf(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

function octal(bytes: Buffer): number {
  const match = /^ *([0-7]{1,12})[ \0]*$/.exec(bytes.toString('latin1'));
  return match === null ? -1 : Number.parseInt(match[1] as string, 8);
}

/** A whole header block whose checksum is right and whose size is a number. */
export const isTarHeader = (start: Buffer): boolean =>
  checksumFits(start.subarray(0, BLOCK)) && start[0] !== 0 && octal(start.subarray(124, 136)) >= 0;

function checksumFits(header: Buffer): boolean {
  const said = octal(header.subarray(148, 156));
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : (header[i] as number);
  return said === sum;
}
