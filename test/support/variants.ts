import { cpSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { seeded } from './random.ts';
import { contentOf, linesOf } from './recordings.ts';

/**
 * Copies a case's evidence to `target` with the lines of every log changed by `change`. File names, folders and times of
 * change stay, for they are evidence too.
 */
export function copyWith(folder: string, target: string, change: (lines: Buffer[], name: string) => Buffer[]): void {
  mkdirSync(target, { recursive: true });
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const from = join(folder, entry.name);
    const to = join(target, entry.name);
    if (isLog(entry.name) && entry.isFile()) {
      const lines = change(linesOf(contentOf(from)), entry.name);
      const content = Buffer.concat(lines.flatMap(line => [line, Buffer.from('\n')]));
      writeFileSync(to, entry.name.endsWith('.gz') ? gzipSync(content, { level: 1 }) : content);
      const { atime, mtime } = statSync(from);
      utimesSync(to, atime, mtime);
    } else cpSync(from, to, { recursive: true, preserveTimestamps: true });
  }
  rmSync(join(target, 'truth.json'), { force: true });
}

/** Copies a case's evidence with each log cut at a line into an older, plain `NAME.1` and a newer, packed `NAME.gz`. */
export function copyRotated(folder: string, target: string, cutOf: (name: string) => number): void {
  copyWith(folder, target, (lines, name) => lines.slice(Math.floor(cutOf(name) * lines.length)));
  for (const entry of readdirSync(folder).filter(isLog)) {
    const lines = linesOf(contentOf(join(folder, entry)));
    const older = lines.slice(0, Math.floor(cutOf(entry) * lines.length));
    const path = join(target, `${entry.replace(/\.gz$/, '')}.1`);
    writeFileSync(path, Buffer.concat(older.flatMap(line => [line, Buffer.from('\n')])));
    const { atime, mtime } = statSync(join(folder, entry));
    utimesSync(path, atime, mtime);
  }
}

const isLog = (name: string): boolean => /^(audit\.log|mail\.log|maillog|syslog|messages)(\.\d+)?(\.gz)?$/.test(name);

export const twice = (lines: Buffer[]): Buffer[] => lines.flatMap(line => [line, line]);

/**
 * Moves lines about so that none comes more than `boundMs` late in event time: each gets a sort key of its time and a
 * seeded delay below the bound. Lines without a time stay behind the one they followed.
 */
export function shuffled(lines: Buffer[], boundMs: number, seed: number): Buffer[] {
  const random = seeded(seed);
  let last = 0;
  const keyed = lines.map((line, index) => {
    const time = timeOf(line);
    if (!Number.isNaN(time)) last = time + random() * boundMs;
    return { line, key: last, index };
  });
  keyed.sort((a, b) => a.key - b.key || a.index - b.index);
  return keyed.map(each => each.line);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Milliseconds on some scale that is the same for all lines of one file; NaN when the line has no stamp. */
export function timeOf(line: Buffer): number {
  const text = line.toString('latin1', 0, 200);
  const audit = /msg=audit\((\d+)\.(\d+):\d+\)/.exec(text);
  if (audit) return Number(audit[1]) * 1000 + Number((audit[2] as string).slice(0, 3));
  const iso = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))/.exec(text);
  if (iso) return Date.parse(iso[1] as string);
  const old = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) /.exec(text);
  if (!old) return Number.NaN;
  const [, month, day, hour, minute, second] = old;
  return Date.UTC(2024, MONTHS.indexOf(month as string), Number(day), Number(hour), Number(minute), Number(second));
}
