import { appendFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { OwnRun } from '../../state/own-runs.ts';
import { makeFolder } from '../make-folder.ts';
import { type MemorySetting, type RememberedFile, StoreMemory } from './memory.ts';

const SCHEMA = 'watchpost.stores/1';
const RUNS_KEPT = 1000;
/** When the journal is longer than this it is cut to the last RUNS_KEPT. */
const RUNS_BYTES_MAX = 512 * 1024;
const FILE_BYTES_MAX = 1024 ** 3;
/** A run that was ended by force has no end: so long it may have gone on. */
const UNENDED_MS = 3_600_000;

/**
 * What Watchpost keeps between runs, in a folder that only its owner reads: `stores.gz`, what was read of mail stores, a line a
 * file; `runs.ndjson`, when it itself ran. Something broken there is as if it were not there.
 */
export class StateDirectory {
  readonly path: string;
  /** What could not be used, '' when all could. */
  problem = '';

  constructor(path: string) {
    this.path = path;
    makeFolder(resolve(path));
  }

  memory(setting: MemorySetting): StoreMemory {
    const path = join(this.path, 'stores.gz');
    try {
      if (statSync(path).size > FILE_BYTES_MAX) throw new Error('size');
      const [head = '', ...lines] = gunzipSync(readFileSync(path), { maxOutputLength: 4 * FILE_BYTES_MAX })
        .toString('utf8')
        .split('\n');
      const { schema, setting: before } = JSON.parse(head) as { schema: string; setting: string };
      if (schema !== SCHEMA || before !== StoreMemory.settingText(setting)) return new StoreMemory();
      return new StoreMemory(lines.filter(line => line !== '').map(line => JSON.parse(line) as RememberedFile));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.problem = `${path} could not be used; all mail stores are read anew`;
      return new StoreMemory();
    }
  }

  save(memory: StoreMemory, setting: MemorySetting): void {
    const head = JSON.stringify({ schema: SCHEMA, setting: StoreMemory.settingText(setting) });
    const text = [head, ...memory.files.map(file => JSON.stringify(file))].join('\n');
    replace(join(this.path, 'stores.gz'), gzipSync(text, { level: 1 }));
  }

  /** Runs before this one, oldest first. */
  runs(): OwnRun[] {
    const found = new Map<string, OwnRun>();
    for (const run of this.#lines()) found.set(`${run.host} ${run.pid} ${run.startTime}`, run);
    return [...found.values()];
  }

  /** Written before the first byte is read, so that a run that is killed is known too. */
  begun(run: Omit<OwnRun, 'endTime'>): void {
    const line: OwnRun = { ...run, endTime: run.startTime + UNENDED_MS };
    appendFileSync(join(this.path, 'runs.ndjson'), `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }

  ended(run: OwnRun): void {
    appendFileSync(join(this.path, 'runs.ndjson'), `${JSON.stringify(run)}\n`, { mode: 0o600 });
    if (statSync(join(this.path, 'runs.ndjson')).size <= RUNS_BYTES_MAX) return;
    const runs = this.runs();
    replace(
      join(this.path, 'runs.ndjson'),
      Buffer.from(
        `${runs
          .slice(-RUNS_KEPT)
          .map(each => JSON.stringify(each))
          .join('\n')}\n`,
      ),
    );
  }

  #lines(): OwnRun[] {
    let text = '';
    try {
      text = readFileSync(join(this.path, 'runs.ndjson'), 'utf8');
    } catch {
      return [];
    }
    return text.split('\n').flatMap(line => {
      try {
        const run = JSON.parse(line) as OwnRun;
        const isRun =
          typeof run.host === 'string' &&
          typeof run.exe === 'string' &&
          [run.pid, run.startTime, run.endTime].every(Number.isFinite) &&
          Array.isArray(run.roots) &&
          run.roots.every(root => typeof root === 'string');
        return isRun ? [run] : [];
      } catch {
        return [];
      }
    });
  }
}

/** The old file or the new one, never half of it. */
function replace(path: string, bytes: Buffer): void {
  writeFileSync(`${path}.new`, bytes, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
