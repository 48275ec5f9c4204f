import type {
  FileDeleted,
  FileModeChanged,
  FileMoved,
  FileOpened,
  HostEvent,
  NetworkConnected,
} from '../events/host-events.ts';
import { onAsked } from './asked-names.ts';
import { judgeAtWork } from './at-work.ts';
import type { HostState } from './host.ts';
import { onFileDeleted, onFileModeChanged, onFileMoved } from './host-files.ts';
import { onListed } from './host-lists.ts';
import { DNS, onConnected } from './host-network.ts';
import { onOpened } from './host-opens.ts';
import { onStarted } from './host-starts.ts';
import { joinParent } from './late-parent.ts';
import { onOrdered } from './ordered-unrecorded.ts';
import { onListened } from './serving.ts';
import { onSessionStarted } from './sessions.ts';
import { withWholePath } from './told-target.ts';
import { isNobody, onAppeared } from './unattributed.ts';

/** Takes one event of a host into its state; what it means is told through the host's `notify`. */
export function applyHostEvent(host: HostState, told: HostEvent): void {
  const event = withWholePath(host, told);
  host.mark(event.kind);
  if (event.kind === 'process.started' || event.kind === 'file.opened') host.areas.begin(event.time);
  switch (event.kind) {
    case 'process.started':
      if (event.file.content !== undefined) host.contents.set(event.file.path, event.file.content);
      onStarted(host, event);
      return;
    case 'file.opened':
      atWork(host, event);
      if (event.file.content !== undefined) host.contents.set(event.file.path, event.file.content);
      if (!isNobody(event.actor)) onOpened(host, event);
      else if (event.access !== 'read' || event.created) onAppeared(host, event, event.file, event.created);
      return;
    case 'process.listed':
      onListed(host, event);
      return;
    case 'account.listed':
      host.learnName(event.uid, event.user, '');
      return;
    case 'process.forked': {
      const parent = host.process(event.actor, event.time);
      const known = host.processes.get(event.childPid);
      if (known === undefined || known.ended) {
        // Told now whose child it is: the parent may be gone, and pid 1 have adopted it, before it is seen to do anything.
        const { startTime: _began, parentStartTime: _parentBegan, ...like } = event.actor;
        host.processes.ensure({ ...like, pid: event.childPid, ppid: parent.pid }, event.time);
      } else if (known.ppid === -1) {
        joinParent(known, parent, false);
        known.ppid = parent.pid;
      }
      return;
    }
    case 'process.exited': {
      const process = host.processes.get(event.actor.pid);
      if (process !== undefined) {
        process.ended = true;
        process.lastSeen = event.time;
      }
      return;
    }
    case 'file.renamed':
    case 'file.linked':
    case 'file.symlinked':
      atWork(host, event);
      moveContent(host, event);
      onFileMoved(host, event);
      host.own.moved(event, host.process(event.actor, event.time));
      return;
    case 'file.mode-changed':
      atWork(host, event);
      onFileModeChanged(host, event);
      return;
    case 'file.deleted':
      atWork(host, event);
      onFileDeleted(host, event);
      host.own.deleted(event, host.process(event.actor, event.time));
      return;
    case 'network.connected':
      atWork(host, event);
      onConnected(host, event);
      if (event.port === DNS) onAsked(host, host.process(event.actor, event.time), event);
      return;
    case 'session.started':
      onSessionStarted(host, event);
      return;
    case 'network.listened':
      onListened(host, event);
      return;
    case 'job.started':
      onOrdered(host, event);
      return;
    case 'file.attributed':
      return;
    case 'sensor.health':
      if (event.what === 'lost' || event.what === 'rate-limited') host.mark(`health:${event.what}`);
      return;
  }
}

/** What a file was found to hold goes with its name; that it lay under the old one stays true of what was done there. */
function moveContent(host: HostState, event: FileMoved): void {
  const known = event.to.content ?? (host.contents.size === 0 ? undefined : host.contents.peek(event.from.path));
  if (known !== undefined) host.contents.set(event.to.path, known);
}

/** Whoever does something runs: told of before what it does is judged. */
function atWork(
  host: HostState,
  event: FileOpened | FileMoved | FileModeChanged | FileDeleted | NetworkConnected,
): void {
  if (event.actor.pid >= 0) judgeAtWork(host, host.process(event.actor, event.time), event);
}
