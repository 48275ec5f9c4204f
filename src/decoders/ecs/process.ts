import type { EpochMs } from '../../core/time.ts';
import { untrusted } from '../../core/untrusted.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { EmitEvent } from '../contract.ts';
import { actorOf, fileOf, withContent } from '../json-lines/actor.ts';
import { lifeSeen, tellEnded } from '../json-lines/lives.ts';
import { type JsonMeta, type JsonObject, PHASE } from '../json-lines/record.ts';
import { textAt } from '../json-lines/values.ts';
import {
  actorOfDocument,
  argumentsOf,
  cwdOf,
  firstId,
  hashAt,
  identityOf,
  modeAt,
  PARENT,
  stampAt,
  wordsAt,
} from './document.ts';

const NO_PROCESS = reject('ECS process event without a process');
const OTHER = skip('ECS process event of another kind');
const FAILED = skip('ECS process event: it failed');

const STARTED = ['exec', 'executed', 'process_started', 'process-started'];
const LISTED = ['already_running', 'existing_process'];
const ENDED = ['exit', 'end', 'process_stopped', 'terminated'];
/** The endpoint tells these of a process that runs on as the same program. */
const ASIDE = [
  'uid_change',
  'gid_change',
  'session_id_change',
  'ptrace',
  'memfd_create',
  'shmget',
  'load_module',
  'text_output',
];
const HOUR_MS = 3_600_000;

/**
 * A process event of the Elastic endpoint (logs-endpoint.events.process), of auditbeat's system/process, or of whoever keeps to
 * ECS: `event.action` says which, else `event.type` (start, end). The endpoint may tell the whole of a short life in one document:
 * then the start lies at `process.start` and the end at `process.end`. auditbeat compares lists of processes: it sees those that
 * live longer than its period, and when one began is `process.start`.
 *
 * Source: ECS 9.4 and 8.17 process and event fields; endpoint-package, custom_documentation/doc/endpoint/process/linux;
 * beats, x-pack/auditbeat/module/system/process, which hashes programs where it is told to (process.hash). Emits: process.started, process.forked, process.exited, process.listed.
 */
export function decodeProcess(
  record: JsonObject,
  meta: JsonMeta,
  host: string,
  time: EpochMs,
  emit: EmitEvent,
): Verdict {
  const actor = actorOfDocument(record);
  if (actor.pid < 0 && actor.exe === '') return NO_PROCESS;
  const actions = wordsAt(record, 'event', 'action');
  const types = wordsAt(record, 'event', 'type');
  const has = (names: readonly string[]) => names.some(name => actions.has(name));
  if (textAt(record, 'event', 'outcome') === 'failure') return FAILED;
  const listed = has(LISTED);
  const forked = actions.has('fork');
  const started = has(STARTED) || (!forked && !listed && !has(ASIDE) && types.has('start'));
  const ended = has(ENDED) || types.has('end');
  if (!listed && !forked && !started && !ended) return OTHER;

  const identity = identityOf(record, host, time);
  const life = lifeSeen(meta, identity);
  const polled = actions.has('process_started');
  const began = polled || (started && ended) ? within(stampAt(record, 'process', 'start'), time) : time;
  const base = { host, ref: meta.ref };
  if (life === 'next' && !ended && textAt(record, 'process', 'previous', 'executable') === '')
    tellEnded(meta, identity, began, 0, emit);
  if (forked && firstId(record, PARENT) > 0) {
    const parent = actorOf({
      pid: actor.ppid,
      uid: actor.uid,
      euid: actor.euid,
      exe: textAt(record, 'process', 'parent', 'executable'),
    });
    emit({
      kind: 'process.forked',
      time: began,
      order: meta.arrival(PHASE.forked),
      ...base,
      actor: parent,
      childPid: actor.pid,
    });
  }
  if (listed) {
    const { argvCut: _, ...words } = argumentsOf(record);
    const order = meta.arrival(PHASE.health);
    emit({
      kind: 'process.listed',
      time,
      order,
      ...base,
      actor,
      startTime: identity.start as EpochMs,
      cwd: cwdOf(record),
      ...words,
    });
  }
  if (started)
    emit({
      kind: 'process.started',
      time: began,
      order: meta.arrival(PHASE.started),
      ...base,
      actor,
      file: withContent(fileOf(actor.exe, '', modeAt(record, 'process', 'mode')), hashAt(record, 'process')),
      interpreter: untrusted(''),
      ...argumentsOf(record),
      cwd: cwdOf(record),
      userName: textAt(record, 'user', 'name'),
    });
  if (ended) {
    const end = stampAt(record, 'process', 'end');
    const over = started && !Number.isNaN(end) && end >= began ? within(end, time) : time;
    emit({ kind: 'process.exited', time: over, order: meta.arrival(PHASE.exited), ...base, actor });
  }
  return EMIT;
}

/** A time that a document gives beside its own, where the two can belong together; else its own. */
function within(at: EpochMs, time: EpochMs): EpochMs {
  return at <= time && time - at < HOUR_MS ? at : time;
}
