import { destinationsOf, type Scope } from '../../config/config.ts';
import { isWithin } from '../../core/paths.ts';
import { DAY_MS } from '../../core/time.ts';
import type { Entity, Finding } from '../../events/finding.ts';

/** Last moment at which a finding did something, epoch ms; the smallest number when it has no step. */
export const lastOf = (finding: Finding): number =>
  finding.steps.reduce((last, step) => Math.max(last, step.time), Number.NEGATIVE_INFINITY);

/** True up to the end of the entry's last day, in UTC. */
export const isInForce = (entry: { readonly expires: string }, at: number): boolean =>
  at < Date.parse(entry.expires) + DAY_MS;

const valuesOf = (finding: Finding, ...kinds: readonly Entity['kind'][]): string[] =>
  finding.entities.filter(each => kinds.includes(each.kind)).map(each => each.value);

/** Paths and addresses are compared whole; whatever else rides in the same job or session is not covered: all that acted and all that it reached must be named. */
const all = (found: readonly string[], fit: (value: string) => boolean): boolean =>
  found.length > 0 && found.every(fit);

const NARROWING = ['user', 'executable', 'path', 'destination', 'mailbox', 'sender'] as const;

/** Whether all that the scope names fits the finding. A scope that names nothing but a host or an analytic fits nothing. */
export function covers(scope: Scope, finding: Finding): boolean {
  if (scope.analytic !== undefined && scope.analytic !== finding.analytic) return false;
  if (scope.host !== undefined && scope.host !== finding.host) return false;
  if (NARROWING.every(name => scope[name] === undefined)) return false;
  const { user, executable, path, mailbox, sender } = scope;
  const destinations = destinationsOf(scope);
  if (user !== undefined && !valuesOf(finding, 'user').includes(user)) return false;
  const isProgram = (value: string) => value === executable || value.startsWith(`${executable} (pid `);
  if (executable !== undefined && !all(valuesOf(finding, 'process'), isProgram)) return false;
  if (path !== undefined && !valuesOf(finding, 'file', 'script').some(value => isWithin(value, path))) return false;
  if (mailbox !== undefined && !all(valuesOf(finding, 'mailbox'), value => same(value, mailbox))) return false;
  if (sender !== undefined && !all(valuesOf(finding, 'sender'), value => same(value, sender))) return false;
  if (destinations.length === 0) return true;
  return all(valuesOf(finding, 'address', 'recipient'), value => destinations.some(each => isDestination(value, each)));
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** `192.0.2.9` covers `192.0.2.9:25`; `example.org` covers `clerk@example.org`, `mx.example.org` and `mx.example.org:25`. */
export function isDestination(value: string, destination: string): boolean {
  const wanted = destination.toLowerCase();
  const found = value.toLowerCase();
  if (found === wanted || found.startsWith(`${wanted}:`) || found === `[${wanted}]`) return true;
  if (/^[\d.]+$/.test(wanted) || wanted.includes(':') || wanted.includes('@')) return false;
  const bare = found.replace(/:\d+$/, '');
  return bare.endsWith(`@${wanted}`) || bare.endsWith(`.${wanted}`) || bare === wanted;
}
