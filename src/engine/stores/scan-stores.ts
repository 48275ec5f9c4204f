import { baseName } from '../../core/paths.ts';
import type { WatchEvent } from '../../events/event.ts';
import type { InputProblem } from '../../sources/problem.ts';
import type { MailIdentity } from '../../state/mail/contract.ts';
import { type InventoryRequest, readInventory } from './inventory.ts';
import { InventoryStream } from './inventory-stream.ts';
import type { StoreFile } from './plan-stores.ts';
import type { StoredRecord } from './record.ts';
import { eventsOf } from './store-events.ts';
import { type StoreReport, StoreTallies } from './store-report.ts';

/** By what a file of the evidence may be known as an attachment: lengths in bytes, and names in lower case without folders. */
export interface AttachmentMarks {
  readonly sizes: ReadonlySet<number>;
  readonly names: ReadonlySet<string>;
}

export interface ScannedStores {
  /** Null when there is no mail in the evidence. */
  readonly stream: InventoryStream | null;
  readonly reports: readonly StoreReport[];
  readonly attachments: AttachmentMarks;
}

/** Attachments and messages of which a scan keeps track; about 300 bytes each. */
const EVENTS_MAX = 500_000;

/** Reads all stores of the evidence before the logs, and makes one more stream of events out of them. */
export async function scanStores(
  stores: readonly StoreFile[],
  identity: MailIdentity,
  request: Pick<InventoryRequest, 'limits' | 'zoneOffsetMinutes' | 'onProgress' | 'memory'>,
  problems: InputProblem[],
): Promise<ScannedStores> {
  if (stores.length === 0) return { stream: null, reports: [], attachments: { sizes: new Set(), names: new Set() } };
  const events: WatchEvent[] = [];
  const tallies = new StoreTallies();
  const sizes = new Set<number>();
  const names = new Set<string>();
  let left = 0;
  const onRecord = (record: StoredRecord): void => {
    tallies.add(record);
    for (const attachment of record.attachments)
      for (const { name, sizeBytes } of [attachment, ...attachment.members]) {
        if (sizeBytes > 0) sizes.add(sizeBytes);
        names.add(baseName(name).toLowerCase());
      }
    const own = eventsOf(record, 'localhost');
    if (events.length + own.length > EVENTS_MAX) left += 1;
    else events.push(...own);
  };
  await readInventory({ ...request, stores, identity, onRecord, onProblem: problem => problems.push(problem) });
  if (left > 0)
    problems.push({
      code: 'N_MAIL_BOUND',
      source: 'mail stores',
      level: 'notice',
      message: `${left} messages are over what a scan keeps of mail stores (${EVENTS_MAX} messages and attachments); they were left out; scan in parts`,
    });
  problems.push(...tallies.problems());
  return { stream: new InventoryStream(events), reports: tallies.reports(), attachments: { sizes, names } };
}
