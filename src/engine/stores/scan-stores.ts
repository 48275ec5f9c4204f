import type { WatchEvent } from '../../events/event.ts';
import type { InputProblem } from '../../sources/problem.ts';
import type { MailIdentity } from '../../state/mail/contract.ts';
import { type InventoryRequest, readInventory } from './inventory.ts';
import { InventoryStream } from './inventory-stream.ts';
import type { StoreFile } from './plan-stores.ts';
import type { StoredRecord } from './record.ts';
import { eventsOf } from './store-events.ts';
import { type StoreReport, StoreTallies } from './store-report.ts';

export interface ScannedStores {
  /** Null when there is no mail in the evidence. */
  readonly stream: InventoryStream | null;
  readonly reports: readonly StoreReport[];
}

/** Attachments and messages of which a scan keeps track; about 300 bytes each. */
const EVENTS_MAX = 500_000;

/** Reads all stores of the evidence before the logs, and makes one more stream of events out of them. */
export async function scanStores(
  stores: readonly StoreFile[],
  identity: MailIdentity,
  request: Pick<InventoryRequest, 'limits' | 'zoneOffsetMinutes' | 'onProgress'>,
  problems: InputProblem[],
): Promise<ScannedStores> {
  if (stores.length === 0) return { stream: null, reports: [] };
  const events: WatchEvent[] = [];
  const tallies = new StoreTallies();
  let left = 0;
  const onRecord = (record: StoredRecord): void => {
    tallies.add(record);
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
  return { stream: new InventoryStream(events), reports: tallies.reports() };
}
