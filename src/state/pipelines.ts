import { packerName } from './packers.ts';
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
    if (parent === null || standsApart(level, parent, depth)) break;
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

/** Nothing that its parent started beside it is of one pipeline with it. */
function standsApart(process: ProcessState, parent: ProcessState, depth: number): boolean {
  return (
    parent.pid === 1 ||
    // Whose fork it is, is a guess.
    isGroup(process) ||
    // Whose children these are is not known: it may be a scheduler's, which reads what they print and passes nothing on.
    (depth > 0 && parent.exe === '') ||
    (parent.classBits & CLASS.scheduler) !== 0 ||
    // A delivery agent gives each command a message of its own; two messages that come at once are no pipeline.
    (parent.trusted && (parent.classBits & CLASS.delivery) !== 0) ||
    isClient(process)
  );
}

/** A desktop starts programs side by side that have nothing to do with each other. mutt reads mail, or mails what it is handed. */
const isClient = ({ classBits }: ProcessState): boolean =>
  (classBits & (CLASS.mailClient | CLASS.browser | CLASS.messenger | CLASS.desktop)) !== 0 &&
  (classBits & CLASS.sender) === 0;

/** A host's processes, by pid. */
interface ByPid {
  get(pid: number): ProcessState | undefined;
}

/**
 * The shell that runs a group, `{ echo; tar c x; } | mail`, is a fork that starts no program itself: where only starts are recorded
 * it is known as the parent of what runs in the group, and nothing says whose child it is. The stage behind it was forked
 * next, so that its number is hardly higher, by a parent whose number is lower.
 */
const GROUP_PIDS = 16;

const isGroup = ({ ppid, execSeen, exe }: ProcessState): boolean => ppid < 0 && !execSeen && exe === '';

const takesFrom = (stage: ProcessState, group: ProcessState): boolean =>
  stage.execSeen && stage.parent !== null && stage.parent.pid < group.pid && startedTogether(stage, group);

const isOfOneLogin = (a: ProcessState, b: ProcessState): boolean => a.uid === b.uid && a.ses === b.ses;

/** What takes the output of `process`, or of the group in which it stands: forked after it, and started together. */
export function readersBehind(process: ProcessState, byPid: ByPid): readonly ProcessState[] {
  const found: ProcessState[] = [];
  let level = process;
  for (let depth = 0; depth < 3; depth++) {
    const { parent } = level;
    if (isGroup(level)) found.push(...stagesBehind(level, byPid).filter(stage => isOfOneLogin(stage, process)));
    if (parent === null) break;
    if (standsApart(level, parent, depth)) break;
    for (const sibling of parent.recentChildren)
      if (sibling.pid > level.pid && startedTogether(sibling, level) && !isClient(sibling)) found.push(sibling);
    // tar's gzip does tar's work.
    if (packerName(parent) !== '') break;
    level = parent;
  }
  return found;
}

function stagesBehind(group: ProcessState, byPid: ByPid): ProcessState[] {
  const found: ProcessState[] = [];
  for (let pid = group.pid + 1; pid <= group.pid + GROUP_PIDS; pid++) {
    const stage = byPid.get(pid);
    if (stage !== undefined && takesFrom(stage, group) && !isClient(stage)) found.push(stage);
  }
  return found;
}

/** Where it runs in a group, `… | while read x; do host "$x"; done`: the stages whose output that group takes. */
export function groupStages({ parent: group }: ProcessState, byPid: ByPid): readonly ProcessState[] {
  if (group === null || !isGroup(group)) return NONE;
  const found: ProcessState[] = [];
  for (let pid = group.pid - GROUP_PIDS; pid < group.pid; pid++) {
    const stage = byPid.get(pid);
    if (
      stage === undefined ||
      stage.parent === null ||
      !stage.execSeen ||
      stage.parent.pid >= group.pid ||
      isClient(stage)
    )
      continue;
    if (startedTogether(stage, group) && group.recentChildren.some(member => isOfOneLogin(member, stage)))
      found.push(stage);
  }
  return found;
}

/** What runs, so far, in the groups whose output `process` takes, or a stage in which it stands. */
export function groupsBefore(process: ProcessState, byPid: ByPid): readonly ProcessState[] {
  const found: ProcessState[] = [];
  let level = process;
  for (let depth = 0; depth < 3; depth++) {
    const { parent } = level;
    if (parent === null || standsApart(level, parent, depth)) break;
    for (let pid = level.pid - GROUP_PIDS; pid < level.pid; pid++) {
      const group = byPid.get(pid);
      if (group === undefined || !isGroup(group) || !takesFrom(level, group)) continue;
      found.push(...group.recentChildren.filter(member => isOfOneLogin(member, process)));
    }
    level = parent;
  }
  return found;
}

function startedTogether(a: ProcessState, b: ProcessState): boolean {
  if (Math.abs(a.start - b.start) > PIPELINE_MS || Math.abs(a.pid - b.pid) > PIPELINE_PIDS) return false;
  const first = a.start <= b.start ? a : b;
  return !(first.ended && first.lastSeen < (first === a ? b : a).start);
}

const NONE: readonly never[] = [];
