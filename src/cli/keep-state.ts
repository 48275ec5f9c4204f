import { realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import type { StoreMemory } from '../engine/stores/memory.ts';
import { StateDirectory } from '../engine/stores/state-dir.ts';
import { complain } from './talk.ts';
import { UsageError } from './usage-error.ts';

export interface KeptState {
  readonly memory: StoreMemory;
  readonly runs: ReturnType<StateDirectory['runs']>;
  /** To be called when all is read. */
  save(): void;
}

/** Opens the state folder and writes down that this run begins, and what it is going to read. */
export function keepState(folder: string, evidence: readonly string[], zoneOffsetMinutes: number): KeptState {
  let state: StateDirectory;
  try {
    state = new StateDirectory(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--state ${JSON.stringify(folder)} cannot be used (${code}); expected a folder to write to`);
  }
  const setting = { zoneOffsetMinutes };
  const run = {
    host: hostname(),
    pid: process.pid,
    exe: realpathSync(process.execPath),
    startTime: Math.floor(performance.timeOrigin),
    roots: [...new Set(evidence.flatMap(rootsOf))],
  };
  const runs = state.runs();
  const memory = state.memory(setting);
  if (state.problem !== '') complain(state.problem);
  state.begun(run);
  return {
    memory,
    runs,
    save() {
      state.save(memory, setting);
      state.ended({ ...run, endTime: Date.now() });
    },
  };
}

/** As named and with links resolved; of a pattern the folder before its first sign. */
function rootsOf(argument: string): string[] {
  if (argument === '-') return [];
  const sign = argument.search(/[*?[{]/);
  const path = resolve(sign < 0 ? argument : dirname(`${argument.slice(0, sign)}x`));
  try {
    return [path, realpathSync(path)];
  } catch {
    return [path];
  }
}
