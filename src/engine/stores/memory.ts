import type { StoreCursor, StoreCursors } from './cursor.ts';
import type { StoredRecord } from './record.ts';

/** What an earlier run read of one file. */
export interface RememberedFile {
  readonly key: string;
  readonly cursor: StoreCursor;
  readonly records: readonly StoredRecord[];
}

/** What was read under which setting: under another one everything is read anew. */
export interface MemorySetting {
  readonly zoneOffsetMinutes: number;
}

/** Changes whenever messages are understood otherwise than before. */
const READER = 1;
const RECORDS_MAX = 500_000;

/**
 * What earlier runs read of mail stores, and what this one did: files that are the same are not read again, and a run says the
 * same with it as without. Messages' names, sizes, types and hashes; never their text.
 */
export class StoreMemory {
  readonly #before = new Map<string, RememberedFile>();
  readonly #now: RememberedFile[] = [];
  #records = 0;
  /** Files whose records were too many to be kept. */
  left = 0;

  static readonly settingText = ({ zoneOffsetMinutes }: MemorySetting): string => `${READER} ${zoneOffsetMinutes}`;

  constructor(files: readonly RememberedFile[] = []) {
    for (const file of files) this.#before.set(file.key, file);
  }

  get cursors(): StoreCursors {
    return Object.fromEntries([...this.#before].map(([key, { cursor }]) => [key, cursor]));
  }

  recordsOf(key: string): readonly StoredRecord[] | undefined {
    return this.#before.get(key)?.records;
  }

  remember(file: RememberedFile): void {
    if (this.#records + file.records.length > RECORDS_MAX) {
      this.left += 1;
      return;
    }
    this.#records += file.records.length;
    this.#now.push(file);
  }

  /** What the next run may start from. */
  get files(): readonly RememberedFile[] {
    return this.#now;
  }
}
