import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/lib/tree.ts';
import type { ScanReport } from '../../src/engine/report.ts';
import type { Alert } from '../../src/events/alert.ts';
import type { Finding } from '../../src/events/finding.ts';
import type { RecordedCase } from './recordings.ts';

/**
 * All that the alerts of a case say to a person, one line a statement, without where the raw records lie. Kept beside the cases
 * in `told/`, so that a change of wording, weight or link is seen in review. `npm run lab:told` writes the files anew.
 */
export function toldOf({ alerts }: Pick<ScanReport, 'alerts'>): string {
  const lines: string[] = [];
  for (const alert of alerts) {
    if (lines.length > 0) lines.push('');
    lines.push(...wordsOf(alert));
    lines.push(`seen ${alert.firstSeen} to ${alert.lastSeen}, ${alert.techniques.join(' ')}`);
  }
  return lines.length === 0 ? 'No alert.\n' : `${lines.join('\n')}\n`;
}

/** What a finding or an alert says, a line a statement. */
export function wordsOf(one: Finding | Alert): string[] {
  return [
    `${one.analytic} ${one.severity}: ${one.title}`,
    `${one.host}: ${one.story}`,
    ...one.entities.map(({ kind, value }) => `entity ${kind}: ${value}`),
    ...one.steps.map(({ id, time, kind, summary }) => `step ${time} ${kind} [${id}]: ${summary}`),
    ...one.links.map(({ from, to, kind, strength, why }) => `link ${strength} ${kind}: ${why} [${from} -> ${to}]`),
    ...one.factors.map(({ name, weight, evidence }) => `factor ${weight} ${name}: ${evidence}`),
    ...one.missing.map(said => `missing: ${said}`),
    ...one.wouldChange.map(({ weight, what, why }) => `would change ${weight}: if ${what}; ${why}`),
    ...one.next.map(said => `next: ${said}`),
  ];
}

/** Where the words of a case are kept. */
export function toldPath({ name }: RecordedCase): string {
  const [analytic, short] = name.split('/') as [string, string];
  return join(ROOT, 'src/analytics', analytic, 'told', `${short}.txt`);
}

/** '' where nothing was accepted yet: then nothing is compared. */
export function acceptedOf(recorded: RecordedCase): string {
  const path = toldPath(recorded);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

const STORIES = join(ROOT, 'src/analytics/told-stories.json');
let accepted: Readonly<Record<string, string>> | null = null;

/**
 * Compares what the made-up stories of the analytics' tests are told as with what was accepted: a digest a story, found by the
 * digest of its evidence. A story that is new is not judged; `npm run lab:told` takes it in. A digest shows no difference, but
 * says which story to look at, and the test around it says what matters in it.
 */
export function checkStory(evidence: unknown, found: readonly (Finding | Alert)[]): void {
  const key = digest(JSON.stringify(evidence));
  const told = digest(found.map(one => wordsOf(one).join('\n')).join('\n\n'));
  const collect = process.env['WATCHPOST_TOLD'] ?? '';
  if (collect !== '') {
    appendFileSync(collect, `${key} ${told}\n`);
    return;
  }
  accepted ??= existsSync(STORIES) ? (JSON.parse(readFileSync(STORIES, 'utf8')) as Record<string, string>) : {};
  const before = accepted[key];
  if (before !== undefined)
    assert.equal(told, before, 'this story is told in other words than before; on purpose? `npm run lab:told`');
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
