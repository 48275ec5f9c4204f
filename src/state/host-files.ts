import { baseName, dirName } from '../core/paths.ts';
import type { FileDeleted, FileId, FileModeChanged, FileMoved } from '../events/host-events.ts';
import { isFresh, stepOf, writeTaint } from './carry.ts';
import { savedByClient } from './client-saves.ts';
import { onlyStarts } from './elevation.ts';
import { noteOnFile, taintFile } from './files.ts';
import { forgetBox } from './forget-box.ts';
import type { HostState } from './host.ts';
import { onWritten } from './host-opens.ts';
import { moveFolder } from './moved-folders.ts';
import { isMailSoftware, type ProcessState } from './processes.ts';
import { CLASS, isSystemPath } from './programs.ts';
import { noteTaken } from './spooled-jobs.ts';
import { onStoreRead } from './store-reads.ts';
import { extendTaint } from './taint.ts';
import { isNobody, onAppeared } from './unattributed.ts';

/** A name changes or is added; what is known of the content follows it. */
export function onFileMoved(host: HostState, event: FileMoved): void {
  host.mark('file:moved');
  const process = host.process(event.actor, event.time);
  if (event.kind !== 'file.symlinked') host.copies.named(event.from.path, event.to.path);
  if (event.kind === 'file.renamed') forgetFinished(process, event);
  const stays = event.kind === 'file.renamed' || (event.kind === 'file.linked' && isMailSoftware(process));
  if (stays && host.place(event.to.path).box !== '') host.delivered.rename(event.to.node, event.to.path);
  const known = host.files.find(event.from) ?? (event.from.node < 0 ? undefined : host.files.find(event.to));
  const movesAlong = event.kind === 'file.renamed' && moveFolder(host, process, event);
  if (known === undefined) {
    // The name it had was never seen written: the mover put it there, which for a client is a save.
    if (isNobody(event.actor)) onAppeared(host, event, event.to, true);
    else if (leavesStore(host, event)) {
      onStoreRead(host, process, event, event.from, host.place(event.from.path), 'observed');
      onWritten(host, process, event.to, event, true);
    } else if (event.kind === 'file.renamed' && !movesAlong) onWritten(host, process, event.to, event, true);
    return;
  }
  const verb =
    event.kind === 'file.renamed' ? 'renames' : event.kind === 'file.linked' ? 'links' : 'points a symbolic link at';
  const step = stepOf(
    event,
    event.kind,
    process,
    verb,
    `${event.from.path || 'it'} to ${event.to.path}`,
    'observed',
    'same file under another name',
  );
  if (event.kind === 'file.symlinked') {
    const alias = host.files.remember({ ...event.to, node: -1 }, event.time);
    for (const taint of known.taints) {
      const onward = extendTaint(taint, step);
      if (onward !== null) taintFile(alias, onward);
    }
    return;
  }
  const replaced = host.files.byName(event.to.path);
  if (replaced !== undefined && replaced !== known) host.files.forget({ ...event.to, node: replaced.node });
  known.taints = known.taints.map(taint => extendTaint(taint, step) ?? taint);
  noteOnFile(known, step);
  noteTaken(host, process, known, event);
  host.files.rename(known, event.to, event.kind === 'file.linked');
  const place = host.place(event.to.path);
  if (isNobody(event.actor)) onAppeared(host, event, event.to, false);
  else if (place.box !== '' || place.startsLater) onWritten(host, process, event.to, event, false);
}

/**
 * Written beside its place under a longer name and then put there at one stroke: it was whole by then, and what the writer
 * reads later does not get into it. Python keeps its compiled modules so, editors and browsers their files. An installed program,
 * which nobody told what to call the file before, may do so under any name: crontab(1).
 */
function forgetFinished(process: ProcessState, event: FileMoved): void {
  const { from, to } = event;
  if (process.writes.length === 0 || dirName(from.path) !== dirName(to.path)) return;
  const isLonger =
    baseName(from.path).length > baseName(to.path).length && baseName(from.path).includes(baseName(to.path));
  const isItsOwn = process.trusted && (process.classBits & (CLASS.shell | CLASS.interpreter)) === 0;
  if (!isLonger && !isItsOwn) return;
  process.writes = process.writes.filter(write =>
    from.node >= 0 && write.file.node >= 0 ? write.file.node !== from.node : write.file.path !== from.path,
  );
}

/**
 * A message gets a name outside its store: whoever reads it by that name reads mail. A lock is made under a name of its own that begins like
 * it, `clerk.lock1a2b`, and linked to `clerk.lock`: no mail is in it.
 */
function leavesStore(host: HostState, event: FileMoved): boolean {
  if (event.to.path.endsWith('.lock') && event.from.path.startsWith(event.to.path)) return false;
  if (event.kind === 'file.symlinked' || host.place(event.from.path).box === '') return false;
  return event.to.path.startsWith('/') && host.place(event.to.path).box === '';
}

export function onFileModeChanged(host: HostState, event: FileModeChanged): void {
  const process = host.process(event.actor, event.time);
  const known = host.files.find(event.file);
  if (known === undefined || known.taints.length === 0) {
    if (known === undefined && !savedByMode(host, process, event)) inferWritten(host, process, event);
    return;
  }
  const executable = event.mode >= 0 && (event.mode & 0o111) !== 0;
  const step = stepOf(
    event,
    executable ? 'file.made-executable' : 'file.mode-changed',
    process,
    `sets mode ${event.mode < 0 ? 'unknown' : event.mode.toString(8).padStart(4, '0')} on`,
    known.path || event.file.path,
    'observed',
    'same file',
  );
  noteOnFile(known, step);
  known.taints = known.taints.map(taint => extendTaint(taint, step) ?? taint);
}

const CLIENTS = CLASS.mailClient | CLASS.browser | CLASS.messenger;

/**
 * A client says who may read what it has just saved: Mozilla's do so for each file. Where rules record changed modes and no writes,
 * this is all that tells of it.
 */
function savedByMode(host: HostState, process: ProcessState, event: FileModeChanged): boolean {
  const { file } = event;
  if ((process.classBits & CLIENTS) === 0 || !file.path.startsWith('/') || host.areas.has(file.path)) return false;
  const saved = savedByClient(host, process, file, event, host.place(file.path));
  if (saved === null) return false;
  const state = host.files.remember(file, event.time);
  if (taintFile(state, saved)) noteOnFile(state, saved.step);
  return true;
}

/**
 * Rules that record writes name folders; rules for changed modes need not. Who has read a mail store and then says who may open a
 * file that lies where no rule tells of writes had filled that file, as far as anything tells.
 */
function inferWritten(host: HostState, process: ProcessState, event: FileModeChanged): void {
  const { path } = event.file;
  if (process.carries.length === 0 || !path.startsWith('/')) return;
  if (host.areas.has(path) || isSystemPath(path) || onlyStarts(process)) return;
  for (const carry of process.carries) {
    if (carry.taint.origin.kind !== 'mailstore' || !isFresh(host, process, carry, event.time)) continue;
    const why = 'it had read the content and says who may open this file; no record tells of writes there';
    const mode = event.mode < 0 ? 'a mode' : `mode ${event.mode.toString(8).padStart(4, '0')}`;
    const verb = `sets ${mode} on, and so may have written,`;
    const step = stepOf(event, 'file.mode-changed', process, verb, path, 'inferred', why);
    writeTaint(host, process, event.file, carry.taint, step, event);
  }
}

export function onFileDeleted(host: HostState, event: FileDeleted): void {
  const process = host.process(event.actor, event.time);
  // What an interpreter keeps for itself and takes away before it reads is no copy of that: PHP's lock of its cache, say.
  if (process.writes.length > 0 && process.classBits & CLASS.interpreter)
    process.writes = process.writes.filter(({ file }) => !isSameFile(file, event.file));
  host.files.forget(event.file);
  if (host.delivered.pathOf(event.file.node) === event.file.path) forgetBox(host, event.file);
}

const isSameFile = (a: FileId, b: FileId): boolean =>
  a.path === b.path && (a.node < 0 || b.node < 0 || a.node === b.node);
