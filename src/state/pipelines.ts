import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';

/** Stages of one pipeline start together: siblings whose starts lie within this. */
const PIPELINE_MS = 300;
/** And their pids lie close: the parent forks them one after the other. */
const PIPELINE_PIDS = 64;

/**
 * Other members of the pipelines in which this process or one of its near ancestors stands: children of one parent that
 * started together. Inferred: pipe(2) is rarely recorded.
 */
export const pipelineOf = (process: ProcessState): readonly ProcessState[] => stagesBeside(process, false);

/** Those of `pipelineOf` that hold content. */
export const holdersBeside = (process: ProcessState): readonly ProcessState[] => stagesBeside(process, true);

function stagesBeside(process: ProcessState, onlyHolders: boolean): readonly ProcessState[] {
  // Asked for most events, and mostly there is none: nothing is made for that.
  let found: ProcessState[] | null = null;
  let level: ProcessState | null = process;
  for (let depth = 0; depth < 3 && level !== null; depth++) {
    const parent: ProcessState | null = level.parent;
    if (
      parent === null ||
      parent.pid === 1 ||
      // Whose children these are is not known: it may be a scheduler's, which reads what they print and passes nothing on.
      (depth > 0 && parent.exe === '') ||
      parent.classBits & CLASS.scheduler ||
      level.classBits & (CLASS.mailClient | CLASS.browser | CLASS.messenger | CLASS.desktop)
    )
      break;
    const siblings: readonly ProcessState[] = parent.recentChildren;
    for (let i = 0; i < siblings.length; i++) {
      const sibling = siblings[i] as ProcessState;
      if (onlyHolders && sibling.carries.length === 0) continue;
      if (sibling === level || !startedTogether(sibling, level)) continue;
      found ??= [];
      found.push(sibling);
    }
    level = parent;
  }
  return found ?? NONE;
}

function startedTogether(a: ProcessState, b: ProcessState): boolean {
  if (Math.abs(a.start - b.start) > PIPELINE_MS || Math.abs(a.pid - b.pid) > PIPELINE_PIDS) return false;
  const first = a.start <= b.start ? a : b;
  return !(first.ended && first.lastSeen < (first === a ? b : a).start);
}

const NONE: readonly never[] = [];
