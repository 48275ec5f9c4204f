import assert from 'node:assert/strict';
import type { Finding } from '../../events/finding.ts';
import { log, type Mail, many, ordinaryMonth, type ReplayOptions, replay, T0 } from './flood.test-support.ts';

export const CLERK = 'clerk@example.org';
export const month = ordinaryMonth(CLERK, T0, 6);
export const neighbours = many(12, T0, 30_000, i => ({
  to: `${['ops', 'dev', 'buyer'][i % 3]}@example.org`,
  from: `friend${i % 3}@example.net`,
}));

/** A word without digits, different for each number: senders that have nothing in common. */
export function word(n: number): string {
  let rest = Math.imul(n + 1, 2654435761) >>> 0;
  let out = '';
  for (let i = 0; i < 6; i++) {
    out += String.fromCharCode(97 + (rest % 26));
    rest = Math.floor(rest / 26);
  }
  return out;
}
export const stranger = (i: number): string => `${word(i * 7 + 1)}@${word(i * 13 + 2)}.example`;
export const address = (i: number): string => `203.0.113.${i % 250}`;

export const told = (mails: readonly Mail[], options?: ReplayOptions): Finding[] =>
  replay(log([...mails, ...neighbours]), options);
export function alarm(mails: readonly Mail[], options?: ReplayOptions): Finding {
  const found = told(mails, options).filter(each => each.severity !== 'informational');
  assert.equal(found.length, 1, JSON.stringify(found.map(each => each.title)));
  return found[0] as Finding;
}
export const names = (finding: Finding): string[] => finding.factors.map(factor => factor.name);
export const quiet = (mails: readonly Mail[], options?: ReplayOptions): void =>
  assert.deepEqual(
    told(mails, options).map(each => each.title),
    [],
  );
export const hushed = (mails: readonly Mail[], options?: ReplayOptions): void =>
  assert.deepEqual(
    told(mails, options)
      .filter(each => each.severity !== 'informational')
      .map(each => each.title),
    [],
  );
