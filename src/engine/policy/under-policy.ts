import type { Config } from '../../config/config.ts';
import { isoUtc } from '../../core/time.ts';
import type { Finding } from '../../events/finding.ts';
import type { InputProblem } from '../../sources/problem.ts';
import { approve, type ExceptedCount, except } from './approve.ts';
import { isInForce } from './scope.ts';

export interface UnderPolicy {
  readonly findings: readonly Finding[];
  readonly excepted: readonly ExceptedCount[];
  /** What each entry did, and entries that had ended before the evidence did. */
  readonly problems: readonly InputProblem[];
}

/** Findings as the inventory and the exceptions leave them. `evidenceEnd` is epoch ms, NaN when nothing bears a time. */
export function underPolicy(findings: readonly Finding[], config: Config, evidenceEnd: number): UnderPolicy {
  const problems: InputProblem[] = [];
  const notice = (code: string, source: string, message: string): void => {
    problems.push({ code, source, level: 'notice', message });
  };
  const { findings: approved, counts } = approve(findings, config.inventory, config.hosts);
  for (const { entry, findings: lowered } of counts) {
    const effect = ['relay', 'enterprise-service', 'critical-mailbox'].includes(entry.kind ?? '')
      ? 'spoke to'
      : 'lowered';
    const message = `the inventory entry of ${entry.owner} ${effect} ${lowered} finding(s); it ends on ${entry.expires}`;
    notice('N_APPROVED', `inventory ${entry.id}`, message);
  }
  const { findings: shown, excepted } = except(approved, config.exceptions);
  for (const { entry, findings: hidden, lastTime } of excepted) {
    const message = `the exception of ${entry.owner} (${entry.reason}) hid ${hidden.length} finding(s), last on ${isoUtc(lastTime)}; it ends on ${entry.expires}; --show-excepted shows them`;
    notice('N_EXCEPTED', `exception ${entry.id}`, message);
  }
  for (const [name, list] of [
    ['inventory', config.inventory],
    ['exception', config.exceptions],
  ] as const) {
    for (const entry of list) {
      if (!Number.isFinite(evidenceEnd) || isInForce(entry, evidenceEnd)) continue;
      const message = `ended on ${entry.expires}, before this evidence does: it does nothing after that day; ${entry.owner} may renew or remove it`;
      notice('N_EXPIRED', `${name} ${entry.id}`, message);
    }
  }
  return { findings: shown, excepted, problems };
}
