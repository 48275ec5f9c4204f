import { statSync } from 'node:fs';
import { MAIL_LIMITS, type MailLimits } from '../../decoders/mail-store/contract.ts';
import type { SourceLimits } from '../../sources/limits.ts';
import type { InputProblem } from '../../sources/problem.ts';
import type { MailIdentity } from '../../state/mail/contract.ts';
import { type CursorPlan, planCursor, type StoreCursors } from './cursor.ts';
import type { StoreMemory } from './memory.ts';
import type { StoreFile } from './plan-stores.ts';
import { readStoreFile } from './read-store.ts';
import { recordAgain, recordOf, type StoredRecord } from './record.ts';

export interface InventoryRequest {
  readonly stores: readonly StoreFile[];
  readonly identity: MailIdentity;
  readonly limits: SourceLimits & { readonly mailBytesMax: number };
  readonly mail?: MailLimits;
  readonly zoneOffsetMinutes: number;
  /** What an earlier run had read; what is unchanged since then is not read again. */
  readonly since?: StoreCursors;
  /** What earlier runs read is told again out of it, and what this one reads goes into it. */
  readonly memory?: StoreMemory | undefined;
  readonly onRecord: (record: StoredRecord) => void;
  readonly onProblem: (problem: InputProblem) => void;
  readonly onProgress?: (bytesRead: number) => void;
}

export interface InventoryOutcome {
  /** How far each file was read, for a later run. */
  readonly cursors: StoreCursors;
  readonly files: number;
  /** Files that had not changed since the earlier run. */
  readonly unchanged: number;
  readonly messages: number;
  readonly bytesRead: number;
}

/** Reads mail stores, file by file in the order given, and tells each message. Opens for reading only; nothing is written, locked or marked as read. */
export async function readInventory(request: InventoryRequest): Promise<InventoryOutcome> {
  const cursors: Record<string, StoreCursors[string]> = {};
  const budget = { bytesLeft: request.limits.mailBytesMax };
  const setting = { limits: request.limits, mail: request.mail ?? MAIL_LIMITS, budget, onProblem: request.onProblem };
  const { memory } = request;
  const since = memory?.cursors ?? request.since ?? {};
  let unchanged = 0;
  let messages = 0;
  for (const store of request.stores) {
    const plan: CursorPlan = await planCursor(store, since);
    const about = {
      identity: request.identity,
      zoneOffsetMinutes: request.zoneOffsetMinutes,
      fileUid: uidOf(store.file.path),
    };
    const known = plan.from === 0 ? [] : (memory?.recordsOf(plan.key) ?? []);
    const records = known.map(record => recordAgain(record, store, about));
    messages += records.length;
    for (const record of records) request.onRecord(record);
    if (plan.from < 0) {
      unchanged += 1;
      memory?.remember({ key: plan.key, cursor: plan.before as StoreCursors[string], records });
      cursors[plan.key] = plan.before as StoreCursors[string];
      continue;
    }
    for await (const item of readStoreFile(store, plan.from, setting)) {
      messages += 1;
      const record = recordOf(store, item, about);
      request.onRecord(record);
      if (memory !== undefined) records.push(record);
    }
    const cursor = await plan.after();
    cursors[plan.key] = cursor;
    // What was cut off by a bound is read in full some other time.
    if (budget.bytesLeft > 0) memory?.remember({ key: plan.key, cursor, records });
    request.onProgress?.(request.limits.mailBytesMax - budget.bytesLeft);
  }
  return {
    cursors,
    files: request.stores.length,
    unchanged,
    messages,
    bytesRead: request.limits.mailBytesMax - budget.bytesLeft,
  };
}

function uidOf(path: string): number {
  try {
    return statSync(path).uid;
  } catch {
    return -1;
  }
}
