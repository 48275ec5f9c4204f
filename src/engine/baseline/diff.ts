import type { KnownThing } from '../../state/baseline/known.ts';
import type { MailboxRow } from '../../state/baseline/mailbox-hours.ts';
import type { Baseline } from './baseline.ts';

export interface MailboxChange {
  readonly mailbox: string;
  /** Messages a week, as learned. */
  readonly before: number;
  readonly after: number;
}

export interface BaselineDiff {
  readonly mailboxes: {
    readonly appeared: readonly MailboxChange[];
    readonly gone: readonly MailboxChange[];
    readonly changed: readonly MailboxChange[];
  };
  readonly things: {
    readonly appeared: readonly KnownThing[];
    readonly gone: readonly KnownThing[];
    /** Places that are new for a thing that both know. */
    readonly places: readonly { readonly kind: string; readonly key: string; readonly places: readonly string[] }[];
  };
}

/** Less than this is the ordinary ups and downs of weeks. */
const CHANGED_RATIO = 1.5;
const CHANGED_LEAST = 5;

export const weekOf = (row: MailboxRow): number => row.rates.reduce((sum, rate) => sum + rate, 0);

/** What `after` knows otherwise than `before`; the largest changes first. */
export function diffBaselines(before: Baseline, after: Baseline): BaselineDiff {
  const appeared: MailboxChange[] = [];
  const changed: MailboxChange[] = [];
  const gone: MailboxChange[] = [];
  for (const row of after.mailboxes.rows()) {
    const old = before.mailboxes.get(row.mailbox);
    const change = { mailbox: row.mailbox, before: old === undefined ? 0 : weekOf(old), after: weekOf(row) };
    if (old === undefined) appeared.push(change);
    else if (isChange(change)) changed.push(change);
  }
  for (const row of before.mailboxes.rows())
    if (!after.mailboxes.has(row.mailbox)) gone.push({ mailbox: row.mailbox, before: weekOf(row), after: 0 });
  const largest = (list: MailboxChange[]) =>
    list.sort(
      (a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.mailbox < b.mailbox ? -1 : 1),
    );
  const known = after.things.list();
  return {
    mailboxes: { appeared: largest(appeared), gone: largest(gone), changed: largest(changed) },
    things: {
      appeared: known.filter(thing => before.things.get(thing.kind, thing.key) === undefined),
      gone: before.things.list().filter(thing => after.things.get(thing.kind, thing.key) === undefined),
      places: known.flatMap(thing => {
        const old = before.things.get(thing.kind, thing.key);
        const places =
          old === undefined ? [] : Object.keys(thing.places).filter(place => old.places[place] === undefined);
        return places.length === 0 ? [] : [{ kind: thing.kind, key: thing.key, places: places.sort() }];
      }),
    },
  };
}

const isChange = ({ before, after }: MailboxChange): boolean =>
  Math.abs(after - before) >= CHANGED_LEAST &&
  Math.max(after, before) >= CHANGED_RATIO * Math.max(Math.min(after, before), 0.1);
