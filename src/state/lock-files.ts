import type { HostEvent } from '../events/host-events.ts';
import type { ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import type { TaintStep } from './taint.ts';
import { argumentPaths } from './tool-words.ts';

/** By its ending, or as gpg(1) and its like name it: `.#lk`, a number in hex, the host and the process. */
const LOCK = /[^/]\.(?:new)?lock$|\/\.#lk0x[0-9a-f]+\.[^/]+$/;
export const isLockName = (path: string): boolean => LOCK.test(path);

/** They put what they are given wherever they are told to. */
const TAKES_ORDERS = CLASS.shell | CLASS.interpreter | CLASS.archiver | CLASS.transfer;

/**
 * A lock, made by an installed program beside the file that it is about to change (lockfile(1), git's lockfile.h): what comes to
 * stand in it is an index, a name or a number of its own. What a shell opened for it as its output, what its words name, and
 * what only gets such a name is none. `step` tells of the write.
 */
export const isOwnLock = (process: ProcessState, path: string, step: TaintStep, event: HostEvent): boolean =>
  isLockName(path) &&
  process.trusted &&
  (process.classBits & TAKES_ORDERS) === 0 &&
  step.time >= process.execTime &&
  event.kind !== 'file.renamed' &&
  event.kind !== 'file.linked' &&
  !argumentPaths(process).includes(path);
