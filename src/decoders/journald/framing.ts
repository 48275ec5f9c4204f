/**
 * The export format's framing, by bytes (systemd's Journal Export Formats):
 *
 *   log   := entry*
 *   entry := field+ LF
 *   field := name '=' text LF                 text holds no control characters but tab
 *          | name LF size data LF             size: 64 bits, little endian; data: so many bytes, whatever they are
 *
 * It is fed lines, and told where they lie: what stood between two of them (LF, or CR LF) belongs to the data when a field is
 * given with its length. Only fields that are wanted are kept, each up to a bound; the rest is passed over by counting.
 */
export interface Framed {
  /** First byte of the entry, and how many bytes it has without the empty line behind it. */
  readonly offset: number;
  readonly length: number;
  /** Wanted fields; null where a value is longer than is kept. The first value of a field counts. */
  readonly fields: ReadonlyMap<string, string | null>;
}

/** `field` and `blank` are of no consequence; `lost` a line of an entry that is broken; `broken` the line that broke it. */
export type FrameResult = 'field' | 'blank' | 'lost' | 'broken' | Framed;

export const VALUE_BYTES_MAX = 256 * 1024;
const NAME_BYTES_MAX = 64;
const SIZE_MAX = 2 ** 40;

interface Binary {
  name: string;
  /** LF behind the name, then the size's eight bytes, then data, then an LF. */
  part: 'name-end' | 'size' | 'data' | 'data-end';
  size: number[];
  left: number;
  kept: Buffer | null;
  keptBytes: number;
}

export interface FramingData {
  offset: number;
  end: number;
  fields: Map<string, string | null> | null;
  binary: Binary | null;
  lost: boolean;
}

export class ExportFraming {
  readonly #wanted: ReadonlySet<string>;
  #offset = 0;
  /** Where the last line ended, without its LF; -1 before the first. */
  #end = -1;
  #fields: Map<string, string | null> | null = null;
  #binary: Binary | null = null;
  /** The entry is broken; everything up to the next empty line is passed over. */
  #lost = false;

  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  push(b: Buffer, start: number, end: number, offset: number): FrameResult {
    const before = this.#end;
    this.#end = offset + end - start;
    if (this.#binary !== null) {
      const gap = offset - before;
      if (gap === 2 && !this.#take(CR, 0, 1)) return this.#break();
      if (gap < 1 || gap > 2 || !this.#take(LF, 0, 1)) return this.#break();
      if (this.#binary !== null) return this.#take(b, start, end) ? 'field' : this.#break();
    }
    if (start === end) return this.#finish(before);
    if (this.#lost) return 'lost';
    return this.#line(b, start, end, offset);
  }

  /** The file ends here; true when an entry was open. */
  abandon(): boolean {
    const open = this.#fields !== null || this.#lost;
    this.#fields = null;
    this.#binary = null;
    this.#lost = false;
    this.#end = -1;
    return open;
  }

  get data(): FramingData {
    return {
      offset: this.#offset,
      end: this.#end,
      fields: this.#fields === null ? null : new Map(this.#fields),
      binary: this.#binary === null ? null : structuredClone(this.#binary),
      lost: this.#lost,
    };
  }

  set data(from: FramingData) {
    this.#offset = from.offset;
    this.#end = from.end;
    this.#fields = from.fields;
    this.#binary = from.binary;
    // A Buffer comes back from a snapshot as plain bytes.
    if (this.#binary?.kept) this.#binary.kept = Buffer.from(this.#binary.kept);
    this.#lost = from.lost;
  }

  #finish(end: number): FrameResult {
    const fields = this.#fields;
    const lost = this.#lost;
    this.#fields = null;
    this.#lost = false;
    if (fields === null) return lost ? 'lost' : 'blank';
    return { offset: this.#offset, length: end - this.#offset, fields };
  }

  #break(): FrameResult {
    this.#binary = null;
    this.#fields = null;
    this.#lost = true;
    return 'broken';
  }

  #line(b: Buffer, start: number, end: number, offset: number): FrameResult {
    let stop = start;
    while (stop < end && stop - start <= NAME_BYTES_MAX && isNameByte(b[stop] as number)) stop += 1;
    if (stop === start || (stop < end && b[stop] !== EQUALS)) return this.#break();
    if (this.#fields === null) {
      this.#fields = new Map();
      this.#offset = offset;
    }
    const name = b.toString('latin1', start, stop);
    if (stop === end) {
      this.#binary = { name, part: 'name-end', size: [], left: 0, kept: null, keptBytes: 0 };
      return 'field';
    }
    const long = end - stop - 1 > VALUE_BYTES_MAX;
    if (this.#wanted.has(name)) this.#keep(name, long ? null : b.toString('utf8', stop + 1, end));
    return 'field';
  }

  #keep(name: string, value: string | null): void {
    if (this.#fields !== null && !this.#fields.has(name)) this.#fields.set(name, value);
  }

  /** Takes bytes into the field that has its length in front; false when they do not fit its form. */
  #take(b: Uint8Array, start: number, end: number): boolean {
    let at = start;
    while (at < end) {
      const binary = this.#binary;
      // Behind the data stands an LF and nothing else.
      if (binary === null) return false;
      const byte = b[at] as number;
      if (binary.part === 'name-end') {
        if (byte !== 0x0a) return false;
        binary.part = 'size';
        at += 1;
      } else if (binary.part === 'size') {
        binary.size.push(byte);
        at += 1;
        if (binary.size.length === 8 && !this.#sized(binary)) return false;
      } else if (binary.part === 'data') {
        const count = Math.min(end - at, binary.left);
        if (binary.kept !== null) {
          binary.kept.set(b.subarray(at, at + count), binary.keptBytes);
          binary.keptBytes += count;
        }
        binary.left -= count;
        at += count;
        if (binary.left === 0) binary.part = 'data-end';
      } else {
        if (byte !== 0x0a) return false;
        if (this.#wanted.has(binary.name)) this.#keep(binary.name, binary.kept?.toString('utf8') ?? null);
        this.#binary = null;
        at += 1;
      }
    }
    return true;
  }

  #sized(binary: Binary): boolean {
    let size = 0;
    for (let i = 7; i >= 0; i--) size = size * 256 + (binary.size[i] as number);
    if (size > SIZE_MAX) return false;
    binary.left = size;
    binary.part = size === 0 ? 'data-end' : 'data';
    if (this.#wanted.has(binary.name) && size <= VALUE_BYTES_MAX) binary.kept = Buffer.alloc(size);
    return true;
  }
}

const EQUALS = 0x3d;
const LF = Uint8Array.of(0x0a);
const CR = Uint8Array.of(0x0d);

/** A-Z, 0-9 and `_`. */
const isNameByte = (byte: number): boolean =>
  (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || (byte >= 0x30 && byte <= 0x39);
