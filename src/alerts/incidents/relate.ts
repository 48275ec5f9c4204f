import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import type { Alert } from '../../events/alert.ts';
import type { IncidentLink } from '../../events/incident.ts';
import { severityRank } from '../../events/vocabulary.ts';

/** An alert with what it can share with another, read once. */
export interface Subject {
  readonly alert: Alert;
  readonly firstMs: number;
  readonly lastMs: number;
  /** Things in common, as `kind` and a key that is equal for the same thing. */
  readonly shares: readonly Share[];
}

interface Share {
  readonly kind: IncidentLink['kind'];
  readonly key: string;
  readonly text: string;
  /** Alerts further apart than this do not belong together by this thing. */
  readonly withinMs: number;
  readonly strength: IncidentLink['strength'];
}

/** A process id comes round again; a person's troubles are one story within a day; an address may be rented to the next. */
const PROCESS_WITHIN_MS = DAY_MS;
const PERSON_WITHIN_MS = DAY_MS;
const ADDRESS_WITHIN_MS = 7 * DAY_MS;
const HOST_WITHIN_MS = HOUR_MS / 2;
/** root does everything on a machine: by itself it joins only what happens together. */
const ROOT_WITHIN_MS = HOUR_MS / 2;
const MAIL_PORTS: ReadonlySet<string> = new Set(['25', '465', '587', '2525']);

export function subjectOf(alert: Alert): Subject {
  const shares: Share[] = [];
  const add = (kind: Share['kind'], key: string, text: string, withinMs: number, strength: Share['strength']): void => {
    if (!shares.some(share => share.kind === kind && share.key === key))
      shares.push({ kind, key, text, withinMs, strength });
  };
  for (const { kind, value } of alert.entities) {
    if (value === '') continue;
    if (kind === 'message') {
      // A message id is one in the world, a queue id one on its host.
      const key = value.includes('@') ? value : `${alert.host} ${value}`;
      add('message', key, `message ${value}`, Number.POSITIVE_INFINITY, 'observed');
    } else if (kind === 'process' && / \(pid \d+\)$/.test(value)) {
      add('process', `${alert.host} ${value}`, value, PROCESS_WITHIN_MS, 'observed');
    } else if (kind === 'file' || kind === 'script' || kind === 'job') {
      // A job is told by its script, or by a whole command line.
      if (kind === 'job' && value.includes(' ')) continue;
      if (value.startsWith('/')) add('file', `${alert.host} ${value}`, value, Number.POSITIVE_INFINITY, 'observed');
    } else if (kind === 'user') {
      const person = personShare(alert.host, value);
      add('person', person.key, `user ${value}`, person.withinMs, 'inferred');
      if (person.isName) add('person', `~${person.key}`, `user ${value}`, person.withinMs, 'inferred');
    } else if (kind === 'mailbox') {
      const mailbox = value.toLowerCase();
      add('person', mailbox, `mailbox ${value}`, PERSON_WITHIN_MS, 'inferred');
      // Without an identity map a mailbox is taken for the account of that name; two mailboxes of one name are two.
      if (mailbox.includes('@'))
        add('person', `~${mailbox.slice(0, mailbox.indexOf('@'))}`, `mailbox ${value}`, PERSON_WITHIN_MS, 'inferred');
    } else if (kind === 'address' && alert.analytic !== 'AN1009') {
      const address = remoteOf(value);
      if (address !== '') add('address', address, `address ${address}`, ADDRESS_WITHIN_MS, 'inferred');
    }
  }
  // A mail server's name stands in every alert of its mailboxes: there it says nothing.
  if (alert.analytic !== 'AN1009' && severityRank(alert.severity) >= severityRank('medium'))
    add('host', alert.host, `host ${alert.host}`, HOST_WITHIN_MS, 'inferred');
  return { alert, firstMs: Date.parse(alert.firstSeen), lastMs: Date.parse(alert.lastSeen), shares };
}

function personShare(host: string, value: string): { key: string; withinMs: number; isName: boolean } {
  if (value === 'root' || value === 'uid 0') return { key: `${host} root`, withinMs: ROOT_WITHIN_MS, isName: false };
  // A number is a person on one host only.
  if (/^uid \d+$/.test(value)) return { key: `${host} ${value}`, withinMs: PERSON_WITHIN_MS, isName: false };
  return { key: value.toLowerCase(), withinMs: PERSON_WITHIN_MS, isName: true };
}

/** The address of `address:port`, '' for the machine itself, for mail ports (relays are shared by all), and for names. */
function remoteOf(value: string): string {
  const colon = value.lastIndexOf(':');
  const port = colon > 0 && /^\d+$/.test(value.slice(colon + 1)) ? value.slice(colon + 1) : '';
  const address = (port === '' ? value : value.slice(0, colon)).replace(/^\[|\]$/g, '');
  if (MAIL_PORTS.has(port) || /^127\.|^::1$|^0\.0\.0\.0$|^::$/.test(address)) return '';
  return /^[\d.]+$|^[\da-f:.]*:[\da-f:.]*$/i.test(address) ? address : '';
}

const STRENGTH_ORDER = ['observed', 'inferred', 'unavailable'];
const KIND_ORDER = ['message', 'process', 'file', 'person', 'address', 'host'];

/** The surest reason why two alerts belong together, null when there is none. */
export function relationOf(a: Subject, b: Subject): IncidentLink | null {
  const [early, late] = a.firstMs < b.firstMs || (a.firstMs === b.firstMs && a.alert.id < b.alert.id) ? [a, b] : [b, a];
  const apart = Math.max(0, late.firstMs - early.lastMs);
  let best: Share | null = null;
  let there = '';
  for (const share of early.shares) {
    if (apart > share.withinMs) continue;
    const other = late.shares.find(each => each.kind === share.kind && each.key === share.key);
    if (other === undefined || apart > other.withinMs) continue;
    if (share.key.startsWith('~') && share.text.startsWith('mailbox') === other.text.startsWith('mailbox')) continue;
    if (best !== null && orderOf(share) >= orderOf(best)) continue;
    best = share;
    there = other.text;
  }
  if (best === null) return null;
  const common = best.text === there ? `both concern ${best.text}` : `${best.text} and ${there} are one`;
  const why = `${common}${apart > 0 ? `, ${durationText(apart)} apart` : ''}`;
  return { from: early.alert.id, to: late.alert.id, kind: best.kind, strength: best.strength, why };
}

const orderOf = (share: Share): number =>
  STRENGTH_ORDER.indexOf(share.strength) * KIND_ORDER.length + KIND_ORDER.indexOf(share.kind);

export function durationText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1000)} s`;
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
