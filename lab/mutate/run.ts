import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Group } from './groups.ts';
import type { Mutant } from './mutants.ts';
import { fieldOf } from './parse.ts';
import type { Answer, Message, Outcome, Place, Task } from './protocol.ts';

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
  /** One that no test noticed, as soon as that is known. */
  readonly onLeft: (mutant: Mutant, outcome: 'survived' | 'unreached') => void;
}

/** A worker that says nothing for so many ticks runs in a circle. The slowest group's tests take six seconds. */
const HANGS_TICKS = 24;
/** Ticks are counted, not the clock: while the machine or this process is paused, none comes, and nobody hangs. */
const TICK_MS = 5000;

/** Mutants beside each other over one replay; of a batch that never ends each is tried by itself. */
const BATCH = 200;

/** Tries every mutant of a group on several workers. Rejects when a test fails with nothing broken. */
export async function tryGroup(group: Group, setting: RunSetting): Promise<Tried[]> {
  const { mutants, code, constants } = fieldOf(group.files);
  const folder = mkdtempSync(join(tmpdir(), 'watchpost-mutate-'));
  const answers = new Map<number, Answer>();
  const take = (answer: Answer): void => {
    answers.set(answer.id, answer);
    const { outcome } = answer;
    const mutant = mutants[answer.id - 1];
    if (mutant !== undefined && (outcome === 'survived' || outcome === 'unreached')) setting.onLeft(mutant, outcome);
    const survived = [...answers.values()].filter(each => each.outcome === 'survived').length;
    setting.onProgress(answers.size, mutants.length, survived);
  };
  const { untilMs } = setting;
  const alone = new Map<number, readonly Place[]>();
  const { dependents } = constants;
  const own = dependents.map((_, key) => mutants.filter(each => each.constant === key).map(({ id }) => id));
  const inTests = own.flatMap((ids, key) => (constants.inTests.has(key) ? ids : []));
  const size = mutants.length;
  const common = { group, code: Object.fromEntries(code), size, untilMs, dependents, constants: own, inTests };
  const isAtLoad = (id: number): boolean => mutants[id - 1]?.atLoad === true;
  const open = (ids: readonly number[]): number[] => ids.filter(id => !answers.has(id));
  let tasks = 0;
  const begin = async (ids: readonly number[], batch: number, isAlone: boolean): Promise<readonly number[]> => {
    const checks = alone.get(ids[0] ?? 0) ?? [];
    const task: Task = { ...common, ids, atLoad: ids.filter(isAtLoad), checks, batch };
    tasks += 1;
    const path = join(folder, `${tasks}.json`);
    writeFileSync(path, JSON.stringify(task));
    return await workerOn(path, isAlone, { take, alone });
  };
  const lane = async (mine: readonly number[]): Promise<void> => {
    // One of these never comes to its end: each is tried by itself, the others go on beside each other.
    const suspects = new Set<number>();
    const waiting = (): number[] => open(mine).filter(id => !alone.has(id));
    for (let ids = waiting(); ids.length > 0 && Date.now() < untilMs; ids = waiting()) {
      const calm = ids.filter(id => !suspects.has(id));
      const hung = calm.length > 0 ? await begin(calm, BATCH, false) : await begin(ids, 1, false);
      const [only] = hung;
      if (hung.length === 1 && only !== undefined) take({ id: only, outcome: 'hung', by: 'the time limit' });
      for (const id of hung) suspects.add(id);
      if (hung.length === 0 && suspects.size === 0) break;
    }
    for (const id of open(mine).filter(each => alone.has(each))) {
      if (Date.now() > untilMs) break;
      const [hung] = await begin([id], 1, true);
      if (hung !== undefined) take({ id, outcome: 'hung', by: 'the time limit' });
    }
  };
  try {
    for (const mutant of mutants)
      if (setting.isNoticed(mutant)) take({ id: mutant.id, outcome: 'killed', by: 'an earlier run' });
    const waiting = open(mutants.map(each => each.id));
    const lanes = Array.from({ length: setting.parallel }, (_, at) =>
      waiting.filter((__, index) => index % setting.parallel === at),
    );
    await Promise.all(lanes.map(lane));
    return mutants.map(mutant => {
      const untried = { mutant, outcome: 'untried' as const, by: '' };
      return { ...untried, ...answers.get(mutant.id) };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Somebody stopped it (SIGSTOP), to have the machine for something else: proc_pid_stat(5), field 3, behind the name. */
function isPaused(pid: number | undefined): boolean {
  try {
    return /\) [Tt] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

/** One child process until its end. Returns the mutants that were on when it stood still, none when it came to its end. */
async function workerOn(
  path: string,
  isAlone: boolean,
  {
    take,
    alone,
  }: {
    readonly take: (answer: Answer) => void;
    readonly alone: Map<number, readonly Place[]>;
  },
): Promise<readonly number[]> {
  const child = fork(join(import.meta.dirname, 'worker.ts'), isAlone ? [path, 'alone'] : [path], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  let ended = (): void => {};
  child.stderr?.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-4000);
  });
  try {
    return await new Promise((resolve, reject) => {
      let on: readonly number[] = [];
      let ticks = 0;
      const timer = setInterval(() => {
        if (isPaused(child.pid)) return;
        ticks += 1;
        if (ticks >= HANGS_TICKS) resolve(on);
      }, TICK_MS);
      ended = () => clearInterval(timer);
      child.on('message', (message: Message) => {
        ticks = 0;
        if (message.kind === 'alive') return;
        if (message.kind === 'trying') on = message.ids;
        else if (message.kind === 'answer') take(message);
        else if (message.kind === 'alone') alone.set(message.id, message.checks);
        else if (message.kind === 'broken') reject(new Error(message.why));
        else resolve([]);
      });
      child.on('exit', () => {
        if (on.length === 0) reject(new Error(`a worker ended by itself:\n${said}`));
        else resolve(on);
      });
    });
  } finally {
    ended();
    child.removeAllListeners();
    child.kill('SIGKILL');
  }
}
