import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { filesUnder, foldersIn, ROOT } from '../../scripts/lib/tree.ts';

/** What really happened in a recorded case, and what is expected of the analytics. */
export interface Truth {
  readonly analytic: string;
  readonly verdict: 'attack' | 'lookalike';
  readonly title: string;
  readonly expect: { readonly severityMin?: string; readonly severityMax?: string };
}

export interface RecordedCase {
  /** Such as `an0656-phishing-attachment-executed/fires.archive-child`. */
  readonly name: string;
  /** `fires`, `quiet`, `hostile` or `misses`. */
  readonly sort: string;
  readonly folder: string;
  readonly truth: Truth;
}

/** Every recorded case of every analytic: a folder of evidence with `truth.json` in it. */
export function recordedCases(root: string = ROOT): RecordedCase[] {
  const cases: RecordedCase[] = [];
  for (const analytic of foldersIn('src/analytics', root)) {
    const base = `src/analytics/${analytic}/cases`;
    for (const name of foldersIn(base, root)) {
      const folder = join(root, base, name);
      const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth;
      cases.push({ name: `${analytic}/${name}`, sort: name.split('.')[0] as string, folder, truth });
    }
  }
  return cases;
}

/** The bytes of a file, unpacked when its name ends in `.gz`. */
export function contentOf(path: string): Buffer {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/**
 * All recorded logs, unpacked: at most one of each name a case, and what lies under `src/decoders/<program>/recordings`
 * (recorded with the real program) or `…/converted` (our own recordings, written in the form of a program that cannot be
 * run where the recordings are made; its README says by what).
 */
export function recordedLogs(): { readonly name: string; readonly content: Buffer }[] {
  const cases = filesUnder('src/analytics').filter(
    file => /\/cases\/[^/]+\/[^/]+\.(log|gz)$/.test(file) || /\/cases\/[^/]+\/(syslog|maillog)$/.test(file),
  );
  const programs = filesUnder('src/decoders').filter(
    file => /\/(?:recordings|converted)\//.test(file) && !/(?:README\.md|truth\.json|\.expected\.json)$/.test(file),
  );
  return [...cases, ...programs].map(file => ({ name: file, content: contentOf(join(ROOT, file)) }));
}

/** Lines without their ends. */
export function linesOf(content: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  while (start < content.length) {
    let end = content.indexOf(10, start);
    if (end < 0) end = content.length;
    lines.push(content.subarray(start, end));
    start = end + 1;
  }
  return lines;
}
