import type { InventoryEntry } from '../config/config.ts';
import { isWithin } from '../core/paths.ts';
import { DAY_MS } from '../core/time.ts';
import type { Finding } from '../events/finding.ts';

/** What one inventory entry did in this run. */
export interface ApprovedCount {
  readonly entry: InventoryEntry;
  readonly findings: number;
}

/**
 * Approved work stays visible: the finding is kept, lowered to informational, and says who approved it, what for and until
 * when. An entry counts when all that it names fits, up to the end of its last day by the time of the evidence; one that
 * names no user, executable, path or destination fits nothing.
 */
export function approve(
  findings: readonly Finding[],
  inventory: readonly InventoryEntry[],
): { findings: Finding[]; counts: ApprovedCount[] } {
  const counts = new Map<InventoryEntry, number>();
  const judged = findings.map(finding => {
    const entry = inventory.find(each => fits(each, finding));
    if (entry === undefined) return finding;
    counts.set(entry, (counts.get(entry) ?? 0) + 1);
    const evidence = `${entry.purpose}; owner ${entry.owner}, until ${entry.expires}; would be ${finding.severity} without`;
    return {
      ...finding,
      severity: 'informational' as const,
      factors: [...finding.factors, { name: `approved: ${entry.id}`, weight: -10, evidence }],
    };
  });
  return { findings: judged, counts: [...counts].map(([entry, count]) => ({ entry, findings: count })) };
}

function fits(entry: InventoryEntry, finding: Finding): boolean {
  if (entry.analytic !== undefined && entry.analytic !== finding.analytic) return false;
  if (entry.host !== undefined && entry.host !== finding.host) return false;
  const scopes = [entry.user, entry.executable, entry.path, entry.destination];
  if (scopes.every(scope => scope === undefined)) return false;
  const last = Math.max(...finding.steps.map(step => step.time));
  if (!(last < Date.parse(entry.expires) + DAY_MS)) return false;
  const values = (...kinds: readonly string[]) =>
    finding.entities.filter(each => kinds.includes(each.kind)).map(each => each.value);
  if (entry.user !== undefined && !values('user').includes(entry.user)) return false;
  const { executable, path, destination } = entry;
  // Whatever else rides in the same job or session is not approved: all that acted and all that it reached must be named.
  const all = (found: readonly string[], fit: (value: string) => boolean) => found.length > 0 && found.every(fit);
  const isProgram = (value: string) => value === executable || value.startsWith(`${executable} (pid `);
  const isThere = (value: string) => value === destination || value.startsWith(`${destination}:`);
  if (executable !== undefined && !all(values('process'), isProgram)) return false;
  if (path !== undefined && !values('file', 'script').some(value => isWithin(value, path))) return false;
  return destination === undefined || all(values('address', 'recipient'), isThere);
}
