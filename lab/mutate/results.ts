import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/lib/tree.ts';
import { type Group, groups } from './groups.ts';
import { BREAKS, type Break } from './mutants.ts';
import { REASONS } from './reasons.ts';
import type { Tried } from './run.ts';

/** What a run left, by group: kept beside the code, so that one group can be tried again by itself. */
export interface GroupResult {
  /** Digest of the sources that were broken: a result for other sources says nothing of these. */
  readonly sources: string;
  readonly mutants: number;
  readonly killed: number;
  readonly hung: number;
  readonly untried: number;
  readonly byKind: Readonly<Partial<Record<Break, { readonly mutants: number; readonly left: number }>>>;
  /** What no test noticed, and what was not tried. */
  readonly left: readonly Left[];
}

export interface Left {
  readonly file: string;
  readonly line: number;
  readonly kind: Break;
  readonly text: string;
  /** Which number of the text, where one was made larger. */
  readonly number?: string;
  readonly outcome: 'survived' | 'unreached' | 'untried';
}

export type Results = Readonly<Partial<Record<Group['id'], GroupResult>>>;

const RESULTS = join(ROOT, 'lab/mutate/results.json');
const PAGE = join(ROOT, 'docs/lab-mutate.md');

export const readResults = (): Results =>
  existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Results) : {};

export function writeResults(results: Results): void {
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  const changed = groups().filter(group => (results[group.id]?.sources ?? digestOf(group)) !== digestOf(group));
  writeFileSync(PAGE, pageOf(results, new Set(changed.map(({ id }) => id))));
}

export function digestOf(group: Group): string {
  const hash = createHash('sha256');
  for (const file of group.files) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex').slice(0, 16);
}

export function resultOf(group: Group, tried: readonly Tried[]): GroupResult {
  const count = (outcome: Tried['outcome']): number => tried.filter(each => each.outcome === outcome).length;
  const unnoticed = (one: Tried): boolean => one.outcome === 'survived' || one.outcome === 'unreached';
  const byKind: Partial<Record<Break, { mutants: number; left: number }>> = {};
  for (const kind of Object.keys(BREAKS) as Break[]) {
    const those = tried.filter(each => each.mutant.kind === kind);
    if (those.length > 0) byKind[kind] = { mutants: those.length, left: those.filter(unnoticed).length };
  }
  const left = tried.flatMap(({ mutant: { file, line, kind, text, number }, outcome }): Left[] => {
    if (outcome === 'killed' || outcome === 'hung') return [];
    return [{ file, line, kind, text, ...(number === '' ? {} : { number }), outcome }];
  });
  return {
    sources: digestOf(group),
    mutants: tried.length,
    killed: count('killed'),
    hung: count('hung'),
    untried: count('untried'),
    byKind,
    left,
  };
}

/** Why it stays, or '' when nobody has said. */
export const reasonOf = (left: Left): string =>
  REASONS.find(
    each =>
      left.file.includes(each.file) &&
      (each.kind === '' || each.kind === left.kind) &&
      left.text.includes(each.text) &&
      (each.unless === undefined || each.unless !== left.number),
  )?.why ?? '';

/** `changed`: whose sources are others than those that were broken. */
export function pageOf(results: Results, changed: ReadonlySet<string>): string {
  const tried = Object.entries(results) as [Group['id'], GroupResult][];
  const rows = tried.map(([id, { mutants, killed, hung, untried, left: all }]) => {
    const left = all.filter(each => each.outcome !== 'untried');
    const explained = left.filter(each => reasonOf(each) !== '').length;
    const noticed = killed + hung;
    // The cheap tests are tried with all first, so of what was not tried to the end less would be noticed.
    const share = `${untried > 0 ? 'at least ' : ''}${Math.round((100 * noticed) / Math.max(1, mutants))} %`;
    const name = changed.has(id) ? `${id} (before its sources changed)` : id;
    return `| ${name} | ${mutants} | ${noticed} | ${share} | ${left.length - explained} | ${explained} | ${untried} |`;
  });
  const kinds = (Object.keys(BREAKS) as Break[]).map(kind => {
    const all = tried.map(([, { byKind }]) => byKind[kind] ?? { mutants: 0, left: 0 });
    const sum = (of: (one: { mutants: number; left: number }) => number): number =>
      all.reduce((total, one) => total + of(one), 0);
    return `| ${kind} | ${BREAKS[kind]} | ${sum(one => one.mutants)} | ${sum(one => one.left)} |`;
  });
  return `# Which conditions the tests notice

Made by \`npm run lab:mutate -- --write\`. Every condition of the analytics is broken, one at a time, and the analytic's own tests
run: its recordings, as they are and cut in the middle, the test files beside it, and those that tell of several analytics. What
no test notices is listed: either a test is missing, or the condition does nothing. Numbers of lines are those of the run. *Not tried*: the time was over before
all recordings were replayed and the test files run.

| analytic | broken | noticed | share | not noticed | not noticed, with a reason | not tried |
|---|---|---|---|---|---|---|
${rows.join('\n')}

| way of breaking | what it does | broken | not noticed |
|---|---|---|---|
${kinds.join('\n')}

${tried.map(([id, { left }]) => section(id, left)).join('\n')}`;
}

function section(id: string, all: readonly Left[]): string {
  const left = all.filter(each => each.outcome !== 'untried');
  const open = left.filter(each => reasonOf(each) === '');
  const explained = left.filter(each => reasonOf(each) !== '');
  const line = (each: Left): string =>
    `- \`${each.file.replace('src/analytics/', '')}:${each.line}\` ${each.kind}${each.outcome === 'survived' ? '' : ' (no test comes here)'}: \`\` ${each.text.replaceAll('`', "'")} \`\``;
  return [
    `## ${id}\n`,
    open.length === 0 ? 'Every one is noticed, or has a reason.\n' : `${open.map(line).join('\n')}\n`,
    ...(explained.length > 0
      ? [`Stay, with a reason:\n\n${explained.map(each => `${line(each)}: ${reasonOf(each)}`).join('\n')}\n`]
      : []),
  ].join('\n');
}
