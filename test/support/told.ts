import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { getTestContext } from 'node:test';
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

/** Where the words of a test file's made-up stories are kept: a section a test. */
export const storiesPath = (testFile: string): string =>
  join(dirname(testFile), 'told', `${basename(testFile, '.test.ts')}.stories.txt`);

const accepted = new Map<string, ReadonlyMap<string, string>>();
const counts = new WeakMap<object, number>();

/** Environment variable: a folder, into which what is told is written instead of being compared. */
export const TOLD_INTO = 'WATCHPOST_TOLD';

/**
 * Compares what a made-up story of an analytic's test comes to, and why, with what was accepted under the name of the test, the
 * first, second... story of it. A story that is new is not judged; `npm run lab:told` takes it in.
 */
export function checkStory(found: readonly (Finding | Alert)[]): void {
  const context = getTestContext();
  const file = context?.filePath;
  if (context === undefined || file === undefined || !file.includes('/src/analytics/')) return;
  const count = (counts.get(context) ?? 0) + 1;
  counts.set(context, count);
  const title = `# ${context.name}${count === 1 ? '' : ` (${count})`}`;
  const told = found.length === 0 ? 'Nothing.' : found.map(verdictOf).join('\n\n');
  const into = process.env[TOLD_INTO] ?? '';
  if (into !== '') {
    const path = join(into, relative(ROOT, storiesPath(file)));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${title}\n${told}\n\n`, { flag: 'a' });
    return;
  }
  const before = sectionsOf(storiesPath(file)).get(title);
  if (before !== undefined)
    assert.equal(told, before, 'this story is told otherwise than before; on purpose? `npm run lab:told`, and read');
}

/** What it comes to, and why: of a story that a test makes up, the rest is the test's own to assert. */
const verdictOf = ({ analytic, severity, title, factors }: Finding | Alert): string =>
  [
    `${analytic} ${severity}: ${title}`,
    ...factors.map(({ name, weight, evidence }) => `factor ${weight} ${name}: ${evidence.slice(0, 160)}`),
  ].join('\n');

function sectionsOf(path: string): ReadonlyMap<string, string> {
  const known = accepted.get(path);
  if (known !== undefined) return known;
  const sections = new Map<string, string>();
  for (const section of existsSync(path) ? `\n${readFileSync(path, 'utf8')}`.split('\n# ').slice(1) : []) {
    const end = section.indexOf('\n');
    sections.set(`# ${section.slice(0, end)}`, section.slice(end + 1).replace(/\n+$/, ''));
  }
  accepted.set(path, sections);
  return sections;
}
