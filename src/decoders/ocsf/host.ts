import { untrusted } from '../../core/untrusted.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { EmitEvent } from '../contract.ts';
import { actorOf, fileOf } from '../json-lines/actor.ts';
import { introduce, lifeSeen, tellEnded } from '../json-lines/lives.ts';
import { type JsonMeta, type JsonObject, PHASE } from '../json-lines/record.ts';
import { objectAt, textAt } from '../json-lines/values.ts';
import { type Around, actorFrom, argumentsOf, exeOf, fileFrom, idAt, identityOf } from './objects.ts';

const NO_PROCESS = reject('OCSF process event without a process');
const NO_PATH = reject('OCSF file event without a path');
const OTHER = skip('OCSF activity of no use here');

export const LAUNCH = { fork: 2 } as const;
const ACTIVITY = { launch: 1, terminate: 2 } as const;

/**
 * Process Activity (1007). `process` is the one launched or terminated, `actor.process` the one that did it. A launch is a spawn, a fork
 * or an exec (`launch_type_id`).
 * Source: ocsf-schema events/system/process_activity.json, objects/process.json. Emits: process.started, process.forked, process.exited.
 */
export function decodeProcess(record: JsonObject, around: Around, meta: JsonMeta, emit: EmitEvent): Verdict {
  const process = objectAt(record, 'process');
  if (process === undefined) return NO_PROCESS;
  const doer = objectAt(objectAt(record, 'actor') ?? {}, 'process');
  const activity = idAt(record, 'activity_id');
  const identity = identityOf(process, around.host, around.time);
  const user = objectAt(objectAt(record, 'actor') ?? {}, 'user');
  if (activity === ACTIVITY.terminate) {
    const actor = actorFrom(process, user);
    if (actor.pid < 0) return NO_PROCESS;
    if (lifeSeen(meta, identity) === 'past') return EMIT;
    emit({ kind: 'process.exited', ...around, order: meta.arrival(PHASE.exited), actor });
    return EMIT;
  }
  if (activity !== ACTIVITY.launch) return OTHER;
  const parent = idAt(doer, 'pid');
  const isItself = parent >= 0 && parent === idAt(process, 'pid');
  const actor = actorFrom(process, user, isItself ? -1 : parent);
  if (actor.pid < 0 && actor.exe === '') return NO_PROCESS;
  tellDoer(doer, around, meta, emit);
  const seen = lifeSeen(meta, identity);
  // An exec by the process itself goes on under its pid.
  if (seen === 'next' && !isItself) tellEnded(meta, identity, around.time, 1, emit);
  if (idAt(record, 'launch_type_id') === LAUNCH.fork) {
    if (parent < 0) return NO_PROCESS;
    const by = actorOf({ ...actorFrom(doer, user) });
    emit({ kind: 'process.forked', ...around, order: meta.arrival(PHASE.forked), actor: by, childPid: actor.pid });
    return EMIT;
  }
  emit({
    kind: 'process.started',
    ...around,
    order: meta.arrival(PHASE.started),
    actor,
    file: fileFrom(objectAt(process, 'file')).path === '' ? fileOf(actor.exe) : fileFrom(objectAt(process, 'file')),
    interpreter: untrusted(''),
    ...argumentsOf(process),
    argvCut: false,
    cwd: textAt(process, 'working_directory'),
    userName: textAt(objectAt(process, 'user') ?? {}, 'name'),
  });
  return EMIT;
}

/** The process that acts, as its record describes it, when nothing was heard of it before. */
export function tellDoer(process: JsonObject | undefined, around: Around, meta: JsonMeta, emit: EmitEvent): void {
  if (process === undefined || exeOf(process) === '') return;
  const identity = identityOf(process, around.host, around.time);
  const cwd = textAt(process, 'working_directory');
  introduce(
    meta,
    { identity, actor: actorFrom(process, undefined), cwd, ...argumentsOf(process) },
    around.time,
    0,
    emit,
  );
}

const O_ACCMODE = 3;

/**
 * File System Activity (1001). Of a rename `file` is what it was and `file_result` what it became. What an open asked for is told by
 * `access_mask`, the flags of open(2) on Linux, where it is there.
 * Source: ocsf-schema events/system/file_activity.json. Emits: file.opened, file.renamed, file.mode-changed, file.deleted.
 */
export function decodeFile(record: JsonObject, around: Around, meta: JsonMeta, emit: EmitEvent): Verdict {
  const file = fileFrom(objectAt(record, 'file'));
  if (file.path === '') return NO_PATH;
  const doer = objectAt(record, 'actor') ?? {};
  tellDoer(objectAt(doer, 'process'), around, meta, emit);
  const base = { ...around, actor: actorFrom(objectAt(doer, 'process'), objectAt(doer, 'user')) };
  const open = (access: 'read' | 'write' | 'readwrite', created: boolean): Verdict => {
    const order = meta.arrival(access === 'read' ? PHASE.read : PHASE.written);
    emit({ kind: 'file.opened', ...base, order, file, access, created, truncated: false, fd: -1 });
    return EMIT;
  };
  switch (idAt(record, 'activity_id')) {
    case 1:
      return open('write', true);
    case 2:
      return open('read', false);
    case 3:
      return open('write', false);
    case 4:
      emit({ kind: 'file.deleted', ...base, order: meta.arrival(PHASE.ended), file });
      return EMIT;
    case 5: {
      const to = fileFrom(objectAt(record, 'file_result'));
      if (to.path === '') return NO_PATH;
      emit({ kind: 'file.renamed', ...base, order: meta.arrival(PHASE.moved), from: file, to });
      return EMIT;
    }
    case 6:
    case 7:
      emit({ kind: 'file.mode-changed', ...base, order: meta.arrival(PHASE.modeChanged), file, mode: -1 });
      return EMIT;
    case 14: {
      const mask = idAt(record, 'access_mask');
      const mode = mask < 0 ? 0 : mask & O_ACCMODE;
      return open(mode === 0 ? 'read' : mode === 1 ? 'write' : 'readwrite', false);
    }
    default:
      return OTHER;
  }
}
