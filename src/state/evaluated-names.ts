import { baseName, dirName } from '../core/paths.ts';
import { DAY_MS } from '../core/time.ts';
import type { ProcessStarted } from '../events/host-events.ts';
import { findElder } from './ancestry.ts';
import { isVoid, stepOf } from './carry.ts';
import type { FileState } from './files.ts';
import type { HostState } from './host.ts';
import { pipelineOf } from './pipelines.ts';
import type { ProcessState } from './processes.ts';
import { extendTaint, type Taint } from './taint.ts';
import { tellExecuted } from './tell.ts';
import { argumentPaths } from './tool-words.ts';

const EVALUATED_MS = 14 * DAY_MS;
const ELDERS_MAX = 6;

/**
 * The name of a file that came from outside holds commands of a shell (`` x.pdf`{base64,-d}|sh` ``), and just these start where that file
 * lies, or below a program that was given its folder: a script that takes names for words has run the name. What is written in a
 * name is seldom typed by hand as well; a program without arguments is believed only beside another one of the same name.
 */
export function judgeEvaluated(host: HostState, process: ProcessState, event: ProcessStarted): void {
  for (const state of host.files.commands.values()) {
    if (!standsIn(process, state) || event.time - state.time > EVALUATED_MS) continue;
    if (host.files.byName(state.path) !== state) continue;
    const taint = state.taints.find(each => each.origin.kind !== 'mailstore' && !isVoid(host, each));
    if (taint === undefined || !mayRun(process, taint) || !isNear(process, dirName(state.path))) continue;
    const all = [process, ...pipelineOf(process).filter(stage => standsIn(stage, state) && mayRun(stage, taint))];
    if (all.every(({ argv }) => argv.length === 1)) continue;
    for (const each of all) evaluated(host, each, state.path, taint, event);
    return;
  }
}

/** Nothing else runs it yet. */
const mayRun = ({ controlled }: ProcessState, { origin }: Taint): boolean =>
  controlled === null || controlled.origin.id === origin.id;

function evaluated(host: HostState, process: ProcessState, path: string, taint: Taint, event: ProcessStarted): void {
  const time = process.execTime;
  const at = { time, order: event.order, ref: process.execRef ?? event.ref };
  const why = 'its words stand as a command in the name of that file, and it starts where the file lies';
  const step = stepOf(at, 'process.started', process, 'is started as a command in the name of', path, 'inferred', why);
  const onward = extendTaint(taint, step);
  if (onward === null) return;
  tellExecuted(host, process, onward, path, 'evaluated', 'inferred', event);
  // `$( … )` is a fork that starts no program itself: all of it is of the name.
  const fork = process.parent;
  if (fork !== null && !fork.execSeen && fork.exe === '') fork.controlled ??= process.controlled;
}

/** It stands in that folder, or was started by what does or was given it. */
const isNear = (process: ProcessState, folder: string): boolean =>
  process.cwd === folder || findElder(process, ELDERS_MAX, elder => isGiven(elder, folder)) !== undefined;

const isGiven = (elder: ProcessState, folder: string): boolean =>
  elder.execSeen && argumentPaths(elder).some(path => path === folder || dirName(path) === folder);

/** Its program is a command in the name, and each of its words is a word of the name. */
function standsIn({ argv }: ProcessState, { path }: FileState): boolean {
  const called = argv[0] ?? '';
  if (called === '' || !path.includes(called, path.lastIndexOf('/'))) return false;
  const name = baseName(path);
  if (![...name.matchAll(AT_COMMAND)].some(found => found[1] === called)) return false;
  const words = name.split(BETWEEN_WORDS);
  return argv.every((word, i) => i === 0 || words.includes(word));
}

/** What a shell takes for the end of a word, braces and what stands for a blank among them. */
const BETWEEN_WORDS = /[\s`|;&(){},'"$<>]+/;
/** Where a shell looks for a command. */
const AT_COMMAND = /(?:[`|;&]|\$\()[\s{]*([A-Za-z_][\w.+-]*)/g;
