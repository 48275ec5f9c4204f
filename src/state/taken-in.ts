import { isLoopback } from '../core/loopback.ts';
import type { EpochMs } from '../core/time.ts';
import type { NetworkConnected } from '../events/host-events.ts';
import { describe, stepOf } from './carry.ts';
import type { HostState } from './host.ts';
import { fetchTaint, isFetch, keepsFile } from './judge-contents.ts';
import { isTypedAt, type ProcessState } from './processes.ts';
import { CLASS } from './programs.ts';
import { extendTaint } from './taint.ts';
import { tellExecuted } from './tell.ts';

/** The fetched text is there moments after the connection: nobody types the next command as soon. */
const AT_ONCE_MS = 500;
/** Stages of one pipeline start together, before any of them has connected. */
const TOGETHER_MS = 300;

/**
 * `source <(curl …)`, `eval "$(curl …)"`, `. /dev/stdin <<< "$(wget -qO- …)"`: a shell at which somebody types runs what was
 * fetched, and starts no program for it. It tells by what that shell does itself: it connects to another host, which it never does
 * but by its lines (`/dev/tcp` of bash(1), ztcp of zsh(1)), at once after a child of it connected that fetches to a pipe.
 */
export function judgeTakenIn(host: HostState, shell: ProcessState, event: NetworkConnected): void {
  if (shell.controlled !== null || event.port <= 0 || isLoopback(event.address) || !isTypedAt(shell)) return;
  const fetcher = fetchersOf(shell).findLast(each => hasJustFetched(each, shell, event.time));
  if (fetcher === undefined) return;
  const why = 'it connects by itself, sooner after the fetch than anybody types';
  const step = stepOf(event, 'process.input', shell, 'takes its lines from', describe(fetcher), 'inferred', why);
  const taint = extendTaint(fetchTaint(host, fetcher, event), step);
  if (taint === null) return;
  const since = fetcher.execTime;
  host.sourced.set({ shell, taint, path: '', isStart: false, since, last: event.time, worked: true, started: null });
  shell.controlled = taint;
  tellExecuted(host, shell, taint, '', 'sourced', 'inferred', event);
}

/** What it started, be it in a group of its own, `$(curl … | gunzip)`. */
const fetchersOf = ({ recentChildren }: ProcessState): ProcessState[] =>
  recentChildren
    .flatMap(child => (child.execSeen ? [child] : child.recentChildren))
    .filter(child => (child.classBits & CLASS.transfer) !== 0 && isFetch(child));

function hasJustFetched(fetcher: ProcessState, shell: ProcessState, time: EpochMs): boolean {
  const connected = fetcher.connections.at(-1)?.time;
  if (connected === undefined || time < connected || time - connected > AT_ONCE_MS) return false;
  if (keepsFile(fetcher)) return false;
  // Fed to another shell, it is told of that one.
  return !shell.recentChildren.some(
    stage =>
      stage !== fetcher &&
      stage.readsProgramFromInput &&
      Math.abs(stage.start - fetcher.start) <= TOGETHER_MS &&
      stage.start < connected,
  );
}
