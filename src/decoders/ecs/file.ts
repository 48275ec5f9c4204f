import type { EpochMs } from '../../core/time.ts';
import { EMIT, reject, skip, type Verdict } from '../../core/verdict.ts';
import type { EmitEvent } from '../contract.ts';
import { fileOf, withContent } from '../json-lines/actor.ts';
import { type JsonMeta, type JsonObject, PHASE } from '../json-lines/record.ts';
import { textAt } from '../json-lines/values.ts';
import { actorOfDocument, cwdOf, hashAt, idAt, modeAt, wordsAt } from './document.ts';

const NO_PATH = reject('ECS file event without a path');
const SCANNED = skip('ECS file event: found by a first scan');
const NOT_FILE = skip('ECS file event of a directory');
const FAILED = skip('ECS file event: it failed');
const OTHER = skip('ECS file event of another kind');

/**
 * A file event of the Elastic endpoint (logs-endpoint.events.file: creation, open, rename, modification, deletion), of auditbeat's
 * file_integrity, or of whoever keeps to ECS (`event.type` creation, change, access, deletion). file_integrity gives a list of
 * actions and no process unless it was told to look with eBPF; `file.uid` and `file.mode` are the file's, looked up afterwards.
 * The inode is left out: no usable device comes with it.
 *
 * Source: ECS file fields; endpoint-package, custom_documentation/doc/endpoint/file/linux; beats,
 * auditbeat/module/file_integrity/event.go and action.go. Emits: file.opened, file.renamed, file.symlinked, file.mode-changed,
 * file.deleted.
 */
export function decodeFile(record: JsonObject, meta: JsonMeta, host: string, time: EpochMs, emit: EmitEvent): Verdict {
  const path = textAt(record, 'file', 'path');
  if (path === '') return NO_PATH;
  if (textAt(record, 'event', 'outcome') === 'failure') return FAILED;
  const kind: string = textAt(record, 'file', 'type');
  if (kind === 'dir' || kind === 'directory') return NOT_FILE;
  const actions = wordsAt(record, 'event', 'action');
  const types = wordsAt(record, 'event', 'type');
  const any = (...names: readonly string[]) => names.some(name => actions.has(name));
  if (any('initial_scan', 'config_change')) return SCANNED;
  const named = fileOf(path, cwdOf(record), modeAt(record, 'file', 'mode'), idAt(record, 'file', 'uid'));
  const file = withContent(named, hashAt(record, 'file'), idAt(record, 'file', 'size'));
  const base = { time, host, ref: meta.ref, actor: actorOfDocument(record) };
  const before = textAt(record, 'file', 'Ext', 'original', 'path');
  const fd = -1;

  if (any('rename', 'renamed') && before !== '') {
    const order = meta.arrival(PHASE.moved);
    emit({ kind: 'file.renamed', ...base, order, from: { ...file, path: fileOf(before).path }, to: file });
    return EMIT;
  }
  const target = textAt(record, 'file', 'target_path');
  if (kind === 'symlink' && target !== '' && any('created', 'creation')) {
    const order = meta.arrival(PHASE.moved);
    emit({ kind: 'file.symlinked', ...base, order, from: fileOf(target), to: file });
    return EMIT;
  }
  const created = any('created', 'creation', 'create') || (actions.size === 0 && types.has('creation'));
  const written = any('updated', 'modification', 'overwrite', 'write', 'modified');
  if (created || written) {
    const order = meta.arrival(PHASE.written);
    emit({ kind: 'file.opened', ...base, order, file, access: 'write', created, truncated: any('overwrite'), fd });
    return EMIT;
  }
  if (any('deleted', 'deletion', 'moved', 'delete') || types.has('deletion')) {
    emit({ kind: 'file.deleted', ...base, order: meta.arrival(PHASE.ended), file });
    return EMIT;
  }
  if (any('attributes_modified', 'chmod', 'permissions_change')) {
    emit({
      kind: 'file.mode-changed',
      ...base,
      order: meta.arrival(PHASE.modeChanged),
      file,
      mode: file.mode < 0 ? -1 : file.mode % 0o10000,
    });
    return EMIT;
  }
  if (any('open', 'opened-file', 'access', 'read') || types.has('access')) {
    const order = meta.arrival(PHASE.read);
    emit({ kind: 'file.opened', ...base, order, file, access: accessOf(record), created: false, truncated: false, fd });
    return EMIT;
  }
  if (types.has('creation') || types.has('change')) {
    const order = meta.arrival(PHASE.written);
    emit({
      kind: 'file.opened',
      ...base,
      order,
      file,
      access: 'write',
      created: types.has('creation'),
      truncated: false,
      fd,
    });
    return EMIT;
  }
  return OTHER;
}

/** The endpoint's `file.Ext.access.mode` of an open, as far as it says; an open is to read otherwise. */
function accessOf(record: JsonObject): 'read' | 'write' | 'readwrite' {
  const mode = textAt(record, 'file', 'Ext', 'access', 'mode').toLowerCase();
  if (mode.includes('rdwr') || (mode.includes('read') && mode.includes('write'))) return 'readwrite';
  return mode.includes('write') || mode.includes('wronly') ? 'write' : 'read';
}
