import { STANDALONE } from '../standalone.ts';
import { isAtForm, OP, opOf } from '../syscalls.ts';
import {
  ARCH_BYTES,
  AT_FORM,
  CALLS,
  CALLS_MAX,
  INPUT,
  INPUT_BYTES,
  ROWS,
  TICK_RECORDS,
  TOLD,
  TOLD_COMMANDS_FULL,
  TOLD_ROWS_END,
  TOLD_TEXTS_FULL,
  TYPE_BYTES,
  TYPES,
} from './layout.ts';
import { AUDIT_SCAN } from './module.ts';

/** Audit's numbers of the architectures, the commonest first: include/uapi/linux/audit.h. */
const ARCHES = [0xc000003e, 0xc00000b7, 0x40000003, 0x40000028, 0xc00000f3];

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  init(connect: number, socketcall: number): void;
  scan(length: number, records: number, newestTime: number, newestSerial: number): void;
  forget(): void;
}

/** The part of the engine's interface to compiled code that is used here. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

/**
 * Reads the lines of audit logs in the kernel's own order of fields, many at once: `wasm/audit`, compiled. What it finds are
 * rows of numbers, see layout.ts. It remembers texts, command lines and processes by their bytes, so that each costs one
 * comparison when it comes again; whoever reads the rows keeps what they mean by their numbers.
 */
export class Scanner {
  /** All of the memory as 4-byte numbers; rows begin at `firstRow`. */
  readonly numbers: Int32Array;
  readonly firstRow = ROWS >> 2;
  readonly #bytes: Uint8Array;
  readonly #exports: Exports;

  constructor() {
    const { Module, Instance } = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;
    this.#exports = new Instance(new Module(Buffer.from(AUDIT_SCAN, 'base64'))).exports as Exports;
    const { buffer } = this.#exports.memory;
    this.#bytes = new Uint8Array(buffer);
    this.numbers = new Int32Array(buffer);
    this.#tell(new DataView(buffer));
    this.#exports.init(OP.connect, OP.socketcall);
  }

  /** Where the rows of the last scan end in `numbers`. */
  get rowsEnd(): number {
    return this.firstRow + (this.told(TOLD_ROWS_END) >> 2);
  }

  /** One of the counts of the last scan. */
  told(which: number): number {
    return this.numbers[(TOLD >> 2) + which] as number;
  }

  /** Scans the bytes of `block` from `start` on, at most `INPUT_BYTES` of them. Returns how many there were. */
  scan(block: Buffer, start: number, records: number, newest: readonly [time: number, serial: number]): number {
    const length = Math.min(block.length - start, INPUT_BYTES);
    this.#bytes.set(start === 0 && length === block.length ? block : block.subarray(start, start + length), INPUT);
    this.#exports.scan(length, records % TICK_RECORDS, newest[0], newest[1]);
    return length;
  }

  /** After the rows were read: when a table is full both begin anew, and numbers with them. True when that was so. */
  settle(): boolean {
    const isFull = this.told(TOLD_TEXTS_FULL) !== 0 || this.told(TOLD_COMMANDS_FULL) !== 0;
    if (isFull) this.#exports.forget();
    return isFull;
  }

  #tell(memory: DataView): void {
    for (const [index, arch] of ARCHES.entries()) {
      const table = CALLS + index * ARCH_BYTES;
      memory.setUint32(table, arch, true);
      for (let call = 0; call < CALLS_MAX; call++)
        memory.setUint8(table + 4 + call, opOf(arch, call) | (isAtForm(arch, call) ? AT_FORM : 0));
    }
    for (const [index, name] of [...STANDALONE].entries()) {
      const entry = TYPES + index * TYPE_BYTES;
      memory.setInt32(entry, name.length, true);
      for (let i = 0; i < 8 && i < name.length; i++) memory.setUint8(entry + 8 + i, name.charCodeAt(i));
    }
  }
}
