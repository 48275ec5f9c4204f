import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Group } from './groups.ts';
import type { Mutant } from './mutants.ts';
import { fieldOf } from './parse.ts';
import type { Answer, Outcome } from './protocol.ts';

export interface Tried {
  readonly mutant: Mutant;
  readonly outcome: Outcome;
  /** The test that noticed. */
  readonly by: string;
}

export interface RunSetting {
  readonly parallel: number;
  /** No mutant is begun after this. */
  readonly untilMs: number;
  /** Mutants that an earlier run saw noticed are taken as noticed. */
  readonly isNoticed: (mutant: Mutant) => boolean;
  readonly onProgress: (done: number, total: number, survived: number) => void;
}

/** A mutant that has not come to an end by then runs in a circle. The slowest group's tests take six seconds. */
const HANGS_MS = 60_000;

/** Tries every mutant of a group on several workers. Rejects when a test fails with nothing broken. */
export async function tryGroup(group: Group, setting: RunSetting): Promise<Tried[]> {
  const { mutants, code } = fieldOf(group.files);
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-mutate-'));
  try {
    const common = { group, code: Object.fromEntries(code) };
    const tried: Tried[] = [];
    const waiting = [...mutants];
    const pool = join(folder, 'pool.json');
    writeFileSync(pool, JSON.stringify({ ...common, active: 0 }));
    const note = (mutant: Mutant, { outcome, by }: Pick<Answer, 'outcome' | 'by'>): void => {
      if (outcome === 'ready') throw new Error('a worker answers out of turn');
      tried.push({ mutant, outcome, by });
      setting.onProgress(tried.length, mutants.length, tried.filter(each => each.outcome === 'survived').length);
    };
    const lane = async (): Promise<void> => {
      let worker: Worker | null = null;
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        if (setting.isNoticed(mutant)) {
          note(mutant, { outcome: 'killed', by: 'an earlier run' });
        } else if (Date.now() > setting.untilMs) {
          note(mutant, { outcome: 'untried', by: '' });
        } else if (mutant.atLoad) {
          const path = join(folder, `${mutant.id}.json`);
          writeFileSync(path, JSON.stringify({ ...common, active: mutant.id }));
          const alone = new Worker(path);
          note(mutant, await alone.answer());
          alone.stop();
        } else {
          if (worker === null) {
            worker = new Worker(pool);
            const first = await worker.answer();
            if (first.outcome !== 'ready')
              throw new Error(`${group.id}: a test fails with nothing broken:\n${worker.said}`);
          }
          const answer = await worker.ask(mutant.id);
          note(mutant, answer);
          if (answer.outcome === 'hung') {
            worker.stop();
            worker = null;
          }
        }
      }
      worker?.stop();
    };
    await Promise.all(Array.from({ length: setting.parallel }, lane));
    return tried.sort((a, b) => a.mutant.id - b.mutant.id);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One child process; it answers once for each question, and once when it begins. */
class Worker {
  said = '';
  readonly #child: ChildProcess;
  #resolve: ((answer: Answer) => void) | null = null;
  #early: Answer | null = null;

  constructor(setting: string) {
    this.#child = fork(join(import.meta.dirname, 'worker.ts'), [setting], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (data: Buffer) => {
      this.said = (this.said + data.toString()).slice(-4000);
    });
    this.#child.on('message', answer => this.#take(answer as Answer));
    this.#child.on('exit', () => this.#take({ id: -1, outcome: 'killed', by: 'the process ended' }));
  }

  async ask(id: number): Promise<Answer> {
    this.#child.send({ id });
    return await this.answer();
  }

  async answer(): Promise<Answer> {
    if (this.#early !== null) {
      const early = this.#early;
      this.#early = null;
      return early;
    }
    return await new Promise(resolve => {
      const timer = setTimeout(() => this.#take({ id: -1, outcome: 'hung', by: '' }), HANGS_MS);
      this.#resolve = answer => {
        clearTimeout(timer);
        resolve(answer);
      };
    });
  }

  stop(): void {
    this.#child.removeAllListeners();
    this.#child.kill('SIGKILL');
  }

  #take(answer: Answer): void {
    const resolve = this.#resolve;
    this.#resolve = null;
    if (resolve === null) this.#early = answer;
    else resolve(answer);
  }
}
