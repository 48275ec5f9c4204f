import { POINTS, REASONS } from '../../analytics/factors.ts';
import {
  destinationsOf,
  type ExceptionEntry,
  type HostEntry,
  INVENTORY_KINDS,
  type InventoryEntry,
} from '../../config/config.ts';
import type { Change, Factor, Finding } from '../../events/finding.ts';
import { SEVERITIES, type Severity, severityRank } from '../../events/vocabulary.ts';
import { covers, isDestination, isInForce, lastOf } from './scope.ts';

/** What one inventory entry did in this run. */
export interface ApprovedCount {
  readonly entry: InventoryEntry;
  readonly findings: number;
}

/** What one exception hid in this run. */
export interface ExceptedCount {
  readonly entry: ExceptionEntry;
  readonly findings: readonly Finding[];
  /** Epoch ms of the last thing that it hid. */
  readonly lastTime: number;
}

export interface Approved {
  readonly findings: Finding[];
  readonly counts: ApprovedCount[];
}

/**
 * Applies the inventory. Approved work stays visible: the finding is kept, lowered to informational, and says who approved
 * it, what for and until when. Relays, enterprise services and critical mailboxes lower nothing by their name alone: they
 * add what they know. `hosts` gives the addresses of relays that are named. An entry counts when all that it names fits, up to the end of its last day by the time of the evidence.
 */
export function approve(
  findings: readonly Finding[],
  inventory: readonly InventoryEntry[],
  hosts: readonly HostEntry[] = [],
): Approved {
  const counts = new Map<InventoryEntry, number>();
  const count = (entry: InventoryEntry): void => void counts.set(entry, (counts.get(entry) ?? 0) + 1);
  const judged = findings.map(finding => {
    const entries = inventory.filter(entry => isInForce(entry, lastOf(finding)));
    const marked = mark(byRelays(byServices(finding, entries, count), entries, hosts, count), entries, count);
    const entry = entries.find(each => effectOf(each) === 'lowers' && speaksTo(each, marked) && covers(each, marked));
    if (entry === undefined) return marked;
    count(entry);
    const evidence = `${entry.purpose}; owner ${entry.owner}, until ${entry.expires}; would be ${marked.severity} without`;
    return {
      ...marked,
      severity: 'informational' as const,
      factors: [...marked.factors, factorFor(finding, `approved: ${entry.id}`, POINTS.approved, evidence, APPROVED)],
      wouldChange: marked.wouldChange.filter(change => change.setting !== 'inventory'),
    };
  });
  return { findings: judged, counts: [...counts].map(([entry, found]) => ({ entry, findings: found })) };
}

/** Takes out what exceptions hide; what they hid is kept, by exception. The first that covers a finding counts. */
export function except(
  findings: readonly Finding[],
  exceptions: readonly ExceptionEntry[],
): { findings: Finding[]; excepted: ExceptedCount[] } {
  const hidden = new Map<ExceptionEntry, Finding[]>();
  const shown = findings.filter(finding => {
    const entry = exceptions.find(each => isInForce(each, lastOf(finding)) && covers(each, finding));
    if (entry === undefined) return true;
    const list = hidden.get(entry);
    if (list === undefined) hidden.set(entry, [finding]);
    else list.push(finding);
    return false;
  });
  const excepted = [...hidden].map(([entry, found]) => ({
    entry,
    findings: found,
    lastTime: Math.max(...found.map(lastOf)),
  }));
  return { findings: shown, excepted };
}

const effectOf = (entry: InventoryEntry): string => INVENTORY_KINDS[entry.kind ?? 'automation'].effect;

function speaksTo(entry: InventoryEntry, finding: Finding): boolean {
  const { analytic } = INVENTORY_KINDS[entry.kind ?? 'automation'];
  return analytic === null || analytic === finding.analytic;
}

type Count = (entry: InventoryEntry) => void;

/** A mailbox on which work depends: nothing is lowered or raised, but a response must not cut it off. */
function mark(finding: Finding, entries: readonly InventoryEntry[], count: Count): Finding {
  const entry = entries.find(
    each => each.kind === 'critical-mailbox' && speaksTo(each, finding) && covers(each, finding),
  );
  if (entry === undefined) return finding;
  count(entry);
  const evidence = `${entry.purpose}; owner ${entry.owner}, until ${entry.expires}`;
  return {
    ...finding,
    factors: [
      ...finding.factors,
      factorFor(finding, `critical mailbox: ${entry.id}`, 0, evidence, REASONS['critical-mailbox']),
    ],
    next: [
      `Work depends on this mailbox (${entry.purpose}): talk to ${entry.owner} before its mail is held or refused.`,
      ...finding.next,
    ],
  };
}

const MAIL_PORT = /:(?:25|465|587|2525)$/;

/**
 * Mail that does not go through a governed relay, where relays are named at all, is called out. What is known of where mail went is
 * an address: a relay that is named by its host is known by the addresses that the configuration gives the host, and while it gives
 * none nothing is said to have gone past it.
 */
function byRelays(
  finding: Finding,
  entries: readonly InventoryEntry[],
  hosts: readonly HostEntry[],
  count: Count,
): Finding {
  if (finding.analytic !== 'AN0380') return finding;
  const relays = entries
    .filter(each => each.kind === 'relay' && (each.host === undefined || each.host === finding.host))
    .map(entry => ({ entry, places: destinationsOf(entry).flatMap(each => placesOf(each, hosts)) }));
  const sent = finding.entities.filter(({ kind, value }) => kind === 'address' && MAIL_PORT.test(value));
  if (relays.length === 0 || sent.length === 0) return finding;
  const isThrough = (value: string, places: readonly string[]) => places.some(place => isDestination(value, place));
  const past = sent.filter(({ value }) => !relays.some(({ places }) => isThrough(value, places)));
  for (const { entry, places } of relays) if (sent.some(({ value }) => isThrough(value, places))) count(entry);
  if (past.length === 0) return finding;
  const named = past.map(({ value }) => value).join(', ');
  const unknown = relays
    .flatMap(({ entry }) => destinationsOf(entry).map(destination => ({ id: entry.id, destination })))
    .find(({ destination }) => isName(destination) && placesOf(destination, hosts).length === 1);
  if (unknown !== undefined) {
    const { id, destination } = unknown;
    const text = `Whether ${named} is the relay ${destination} (inventory ${id}): the configuration's hosts do not give its addresses.`;
    return { ...finding, missing: [...finding.missing, text] };
  }
  return {
    ...finding,
    story: `${finding.story} It does not go through a governed relay.`,
    factors: [
      ...finding.factors,
      factorFor(finding, 'bypasses the governed relays', 1, `${named} is in no relay entry`, BYPASSED),
    ],
    severity: step(finding.severity, 1, 'medium'),
  };
}

const isName = (destination: string): boolean => !/^[\d.]+(?::\d+)?$/.test(destination) && !/:.*:/.test(destination);

/** A relay as it is named, and by the addresses of the host of that name, with the port where one was named. */
function placesOf(destination: string, hosts: readonly HostEntry[]): string[] {
  if (!isName(destination)) return [destination];
  const [name = '', port] = destination.toLowerCase().split(':');
  const known = hosts.filter(host => host.name.toLowerCase() === name).flatMap(host => host.addresses);
  return [destination, ...known.map(address => (port === undefined ? address : `${address}:${port}`))];
}

/** A download from a mail or messaging service that is the enterprise's own is one step less, from another one is told so. */
function byServices(finding: Finding, entries: readonly InventoryEntry[], count: Count): Finding {
  if (finding.analytic !== 'AN0321') return finding;
  const services = entries.filter(each => each.kind === 'enterprise-service');
  const used = finding.entities.filter(({ kind }) => kind === 'service').map(({ value }) => value);
  if (services.length === 0 || used.length === 0) return finding;
  const isOf = (entry: InventoryEntry, value: string) => destinationsOf(entry).some(each => isDestination(value, each));
  const own = services.find(entry => used.every(value => isOf(entry, value)));
  if (own === undefined) {
    const evidence = `${used.join(', ')} is in no enterprise-service entry`;
    const told = factorFor(finding, 'not a service of the enterprise', POINTS.otherService, evidence, FOREIGN_SERVICE);
    return {
      ...finding,
      factors: [...finding.factors, told],
      wouldChange: unlessService(finding, POINTS.otherService),
    };
  }
  count(own);
  const evidence = `${own.purpose}; owner ${own.owner}, until ${own.expires}`;
  return {
    ...finding,
    factors: [
      ...finding.factors,
      factorFor(finding, `enterprise service: ${own.id}`, POINTS.enterpriseService, evidence, OWN_SERVICE),
    ],
    wouldChange: unlessService(finding, POINTS.enterpriseService),
    severity: step(finding.severity, -1, 'critical'),
  };
}

const APPROVED = 'An owner answers for this work until the day that the entry names.';
const BYPASSED = 'Mail of the site goes through its relays, where it is filtered and logged.';
const FOREIGN_SERVICE = 'What comes by another service passed none of the filters of the enterprise.';
const OWN_SERVICE = "The service is the enterprise's own and filters what it brings.";

/** What the policy adds is about the whole story: its first step stands for it. */
function factorFor(finding: Finding, name: string, weight: number, evidence: string, reason: string): Factor {
  return { name, weight, evidence, reason, steps: finding.steps.slice(0, 1).map(step => step.id), tunable: null };
}

/** The service is judged: what would have come of that is not to be said any more. */
const unlessService = (finding: Finding, weight: number): readonly Change[] =>
  finding.wouldChange.filter(change => change.setting !== 'inventory' || change.weight !== weight);

/** So many steps up or down, up to `top` at most, but never lower than it was on the way up. */
function step(severity: Severity, by: number, top: Severity): Severity {
  const rank = severityRank(severity);
  const wanted = Math.max(0, Math.min(rank + by, SEVERITIES.length - 1));
  return SEVERITIES[by > 0 ? Math.max(rank, Math.min(wanted, severityRank(top))) : wanted] as Severity;
}
