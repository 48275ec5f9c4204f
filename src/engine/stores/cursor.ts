import { statSync } from 'node:fs';
import { sha256 } from '../../core/hash.ts';
import { baseName, dirName } from '../../core/paths.ts';
import { maildirName } from '../../decoders/mail-store/maildir-name.ts';
import { readRanges } from '../../sources/read-ranges.ts';
import type { StoreFile } from './plan-stores.ts';

/** How far one file was read, and by what it is known again. */
export interface StoreCursor {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** Device and inode. */
  readonly node: string;
  /** Hash of the last bytes read: an mbox that was written anew is not one that grew. */
  readonly check: string;
}

export type StoreCursors = Readonly<Record<string, StoreCursor>>;

export interface CursorPlan {
  readonly key: string;
  readonly before: StoreCursor | undefined;
  /** Where reading begins; -1 when nothing changed. */
  readonly from: number;
  after(): Promise<StoreCursor>;
}

const CHECK_BYTES = 256;

/** What of a file is new since `cursors` were taken. A message that only got other flags, and with them another name, is not. */
export async function planCursor(store: StoreFile, cursors: StoreCursors): Promise<CursorPlan> {
  const { file } = store;
  const key = keyOf(store);
  const before = Object.hasOwn(cursors, key) ? cursors[key] : undefined;
  const node = nodeOf(file.path);
  const after = async (): Promise<StoreCursor> => ({
    sizeBytes: file.sizeBytes,
    mtimeMs: Math.floor(file.mtimeMs),
    node,
    check: await checkOf(store, file.sizeBytes),
  });
  return { key, before, from: before === undefined ? 0 : await fromWhere(store, before, node), after };
}

async function fromWhere(store: StoreFile, before: StoreCursor, node: string): Promise<number> {
  const { file, form } = store;
  const same = before.node === node && before.sizeBytes === file.sizeBytes;
  if (same && (form === 'maildir' || before.mtimeMs === Math.floor(file.mtimeMs))) return -1;
  if (form !== 'mbox' || file.compression !== 'none' || before.node !== node || file.sizeBytes <= before.sizeBytes)
    return 0;
  if ((await checkOf(store, before.sizeBytes)) !== before.check) return 0;
  const [next] = await readRanges(file, [{ offset: before.sizeBytes, length: 5 }]);
  // It ended between two messages. Else the last one was not whole yet, and all is read once more.
  return next?.toString('latin1') === 'From ' ? before.sizeBytes : 0;
}

/** The file as long as the message lies there: in a Maildir without `cur` or `new`, and without flags. */
function keyOf({ file, form, place }: StoreFile): string {
  if (form !== 'maildir') return file.name;
  const name = baseName(file.name);
  const folder = dirName(dirName(file.name));
  return `${folder}/${place.temporary ? 'tmp/' : ''}${maildirName(name)?.base ?? name}`;
}

/** Renamed into another file system it would be another message; so the inode is part of it. */
function nodeOf(path: string): string {
  try {
    const { dev, ino } = statSync(path);
    return `${dev}:${ino}`;
  } catch {
    return '';
  }
}

async function checkOf(store: StoreFile, end: number): Promise<string> {
  if (store.form !== 'mbox' || store.file.compression !== 'none') return '';
  const length = Math.min(CHECK_BYTES, end);
  const [bytes] = await readRanges(store.file, [{ offset: end - length, length }]);
  return sha256(bytes ?? Buffer.alloc(0)).slice(0, 32);
}
