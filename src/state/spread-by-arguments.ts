import { dirName } from '../core/paths.ts';
import { fileNamed, type HostEvent } from '../events/host-events.ts';
import { onlyStarts } from './elevation.ts';
import { noteOnFile, taintFile } from './files.ts';
import type { HostState } from './host.ts';
import { partsTaken } from './parts-by-words.ts';
import { MARK } from './path-marks.ts';
import { type Carry, type ProcessState, tellOnce } from './processes.ts';
import { CLASS, isSystemPath, programName } from './programs.ts';
import { redirectedTo } from './shell-outputs.ts';
import { stepOf } from './step-of.ts';
import { extendTaint, PUTS, type TaintStep } from './taint.ts';
import { tellStaged } from './tell.ts';
import { argumentPaths, onlyGives, packs } from './tool-words.ts';
import { writtenByWords } from './written-by-words.ts';

/**
 * Where nothing records file creation: the file that the words of a holder of content tell it to write; where they do not say so,
 * what they name, and the directory it works in, may hold that content now. Inferred, and only on such hosts.
 */
export function spreadByArguments(host: HostState, process: ProcessState, carry: Carry, event: HostEvent): void {
  if (!process.execSeen || process.classBits & CLASS.shell || onlyGives(process)) return;
  if (onlyStarts(process) || (process.trusted && WRITES_NOTHING.has(programName(process.exe)))) return;
  const redirected = redirectedTo(host, process);
  if (redirected.length === 0 && process.classBits & SHOWS) return;
  const marks = {
    archived: (process.classBits & CLASS.archiver) !== 0,
    curated: process.trusted && (process.classBits & (CLASS.versionControl | CLASS.compiler)) !== 0,
    assumes: 'file:written',
  };
  const written = writtenByWords(process);
  const told = redirected.length > 0 ? [...redirected, ...(written ?? [])] : written;
  const named = 'named in the arguments or in the working directory of a process that held the content';
  const verb = 'may have written it; file creation is not recorded here';
  const guess = stepOf(event, 'file.written', process, verb, '', 'inferred', named);
  for (const path of told ?? argumentPaths(process)) {
    // A program does not write the script that it is.
    if (!path.startsWith('/') || path === process.script || isSystemPath(path) || host.place(path).box !== '') continue;
    if ((host.place(path).marks & MARK.silent) !== 0) continue;
    const why = redirected.includes(path) ? BY_SHELL : BY_WORDS;
    const step = told === null ? guess : putStep(process, path, event, why);
    const onward = extendTaint(carry.taint, step, marks);
    if (onward === null) return;
    const state = host.files.remember(fileNamed(path), event.time);
    if (taintFile(state, onward)) noteOnFile(state, step);
    host.directories.set(path, { taint: onward, time: event.time, uid: process.uid });
    // Once for each program and box; a record of the same, should any come, is told all the same.
    const { id, kind } = onward.origin;
    if (told !== null && kind === 'mailstore' && tellOnce(process, `stage by words ${id}`))
      tellStaged(host, process, path, onward, event);
  }
  // Unpackers write where they stand; others say in their arguments where they write.
  const stands = process.cwd === '' ? folderOf(carry.taint.step) : process.cwd;
  if (
    ((process.classBits & CLASS.archiver) !== 0 || putsPartsHere(process)) &&
    stands.startsWith('/') &&
    !isSystemPath(stands) &&
    !namesFolder(process) &&
    !packs(process)
  ) {
    const onward = extendTaint(carry.taint, guess, marks);
    if (onward !== null) host.directories.set(stands, { taint: onward, time: event.time, uid: process.uid });
  }
}

/** unzip(1) told of another folder to unpack into: that one is a word of its own, and found by it. */
const namesFolder = ({ exe, argv }: ProcessState): boolean => programName(exe) === 'unzip' && argv.includes('-d');

const putsPartsHere = (process: ProcessState): boolean => (partsTaken(process)?.folder ?? '') !== '';

/** Where no record tells working directories: mostly one unpacks beside the archive. */
const folderOf = ({ object }: TaintStep): string => (object.startsWith('/') ? dirName(object) : '');

/** coreutils(1): what they are told to do with a file leaves what it holds as it is, and puts it nowhere else. */
const WRITES_NOTHING = new Set([
  'chown',
  'chgrp',
  'chmod',
  'rm',
  'rmdir',
  'unlink',
  'shred',
  'ls',
  'stat',
  'du',
  'touch',
]);

/** What they are given they show to somebody. */
const SHOWS = CLASS.mailClient | CLASS.browser | CLASS.messenger | CLASS.viewer;

const BY_WORDS = 'its words name this target; file creation is not recorded here';
const BY_SHELL = 'the line of its shell names this file for its output; file creation is not recorded here';

const putStep = (process: ProcessState, path: string, event: HostEvent, why: string): TaintStep =>
  stepOf(event, 'file.written', process, PUTS, path, 'inferred', why);
