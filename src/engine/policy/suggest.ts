import type { InventoryEntry, InventoryKind } from '../../config/config.ts';
import { contentId } from '../../core/hash.ts';
import { dirName } from '../../core/paths.ts';
import { DAY_MS, isoUtc } from '../../core/time.ts';
import type { Alert } from '../../events/alert.ts';
import { SEVERITIES, type Severity, severityRank } from '../../events/vocabulary.ts';

/** A drafted entry and what it was drafted from. Its owner and purpose are for a person to fill in. */
export interface Suggestion {
  readonly entry: InventoryEntry;
  readonly alerts: readonly { readonly id: string; readonly severity: string; readonly title: string }[];
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly severity: Severity;
}

const KIND: Readonly<Record<string, InventoryKind>> = {
  AN0380: 'sender',
  AN1310: 'store-reader',
  AN1009: 'noisy-mailbox',
};
const VALID_DAYS = 180;
/** A list that a person can review; work that reaches more is told by what does it. */
const DESTINATIONS_MAX = 16;

/**
 * Entries that would cover what was observed, one for each kind, host, user, program, place and destination. Only what is
 * at or below `upTo`: above it, an alert wants an answer first.
 */
export function suggestInventory(alerts: readonly Alert[], upTo: Severity): Suggestion[] {
  const drafts = new Map<string, { scope: Partial<InventoryEntry>; kind: InventoryKind; alerts: Alert[] }>();
  for (const alert of alerts) {
    const kind = KIND[alert.analytic];
    if (kind === undefined || severityRank(alert.severity) > severityRank(upTo)) continue;
    if (alert.factors.some(factor => factor.name.startsWith('approved: '))) continue;
    const scope = kind === 'noisy-mailbox' ? mailboxScope(alert) : workScope(alert);
    if (scope === null) continue;
    const key = JSON.stringify([kind, scope]);
    const draft = drafts.get(key);
    if (draft === undefined) drafts.set(key, { scope, kind, alerts: [alert] });
    else draft.alerts.push(alert);
  }
  return [...drafts].map(([key, draft]) => suggestionOf(key, draft)).sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
}

function suggestionOf(
  key: string,
  { scope, kind, alerts }: { scope: Partial<InventoryEntry>; kind: InventoryKind; alerts: readonly Alert[] },
): Suggestion {
  const firstSeen = alerts.reduce((first, alert) => (alert.firstSeen < first ? alert.firstSeen : first), '~');
  const lastSeen = alerts.reduce((last, alert) => (alert.lastSeen > last ? alert.lastSeen : last), '');
  const highest = Math.max(...alerts.map(alert => severityRank(alert.severity)));
  const end = Date.parse(lastSeen) + VALID_DAYS * DAY_MS;
  return {
    entry: {
      id: contentId(kind, [key]).slice(0, kind.length + 9),
      kind,
      ...scope,
      owner: '',
      purpose: '',
      expires: isoUtc(end).slice(0, 10),
    },
    alerts: alerts.map(({ id, severity, title }) => ({ id, severity, title })),
    firstSeen,
    lastSeen,
    severity: SEVERITIES[highest] as Severity,
  };
}

const valuesOf = (alert: Alert, ...kinds: string[]): string[] => [
  ...new Set(alert.entities.filter(each => kinds.includes(each.kind)).map(each => each.value)),
];

const only = (values: readonly string[]): string | undefined => (values.length === 1 ? values[0] : undefined);

function mailboxScope(alert: Alert): Partial<InventoryEntry> | null {
  const mailbox = only(valuesOf(alert, 'mailbox'));
  return mailbox === undefined ? null : { mailbox };
}

/** As narrow as the finding allows; null when nothing tells this work from any other of the host. */
function workScope(alert: Alert): Partial<InventoryEntry> | null {
  const executable = only([...new Set(valuesOf(alert, 'process').map(value => value.replace(/ \(pid \d+\)$/, '')))]);
  const user = only(valuesOf(alert, 'user'));
  const script = only(valuesOf(alert, 'script'));
  const places = [...new Set(valuesOf(alert, 'file').map(dirName))];
  const path = script ?? only(places);
  const hosts = [...new Set(valuesOf(alert, 'address', 'recipient').map(value => value.replace(/:\d+$/, '')))];
  const destination = hosts.length > DESTINATIONS_MAX ? undefined : (only(hosts) ?? hosts.sort());
  const scope: Partial<InventoryEntry> = {
    host: alert.host,
    ...(user === undefined ? {} : { user }),
    ...(executable?.startsWith('/') ? { executable } : {}),
    ...(path?.startsWith('/') ? { path } : {}),
    ...(destination === undefined || hosts.length === 0 ? {} : { destination }),
  };
  return Object.keys(scope).length >= 3 ? scope : null;
}
