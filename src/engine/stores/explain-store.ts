import type { SourceLimits } from '../../sources/limits.ts';
import type { InputProblem } from '../../sources/problem.ts';
import { loadIdentity } from '../../state/identity/identity.ts';
import { LearnedDomains } from '../../state/mail/domains.ts';
import { readInventory } from './inventory.ts';
import type { StoreFile } from './plan-stores.ts';
import type { StoredRecord } from './record.ts';

export interface ExplainStoreRequest {
  readonly stores: readonly StoreFile[];
  readonly limits: SourceLimits & { readonly mailBytesMax: number };
  readonly zoneOffsetMinutes: number;
  readonly onRecord: (record: StoredRecord) => void;
}

/** Message by message what a scan understands of a file of a mail store, by itself: no other file tells whose it is. */
export async function explainStore(request: ExplainStoreRequest): Promise<readonly InputProblem[]> {
  const problems: InputProblem[] = [];
  await readInventory({
    ...request,
    identity: loadIdentity({ domains: new LearnedDomains() }),
    onProblem: problem => problems.push(problem),
  });
  return problems;
}
