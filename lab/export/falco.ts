import type { Actor, HostEvent } from '../../src/events/host-events.ts';
import type { ExportedFile, Form } from './form.ts';
import { hostEventsOf, isNameless, Lineage, nanoStamp } from './lineage.ts';

type Seen = HostEvent & { readonly actor: Actor };

/**
 * Falco's JSON output (json_output: true), a conversion. Falco writes what its rules match: three rules of an operator who wants
 * everything are taken, one for executions, one for files in homes, temporary places and mail stores, one for outbound connections,
 * with the fields of the default rules and, by `append_output`, the ids. As the real one: arguments joined by blanks without quotes,
 * one user id, the terminal's device number. Without `ids` the output has the default rules' fields alone.
 *
 * Source: falcosecurity/falco userspace/engine/formats.cpp; falco.org supported fields; falcosecurity/rules rules/falco_rules.yaml.
 */
export const falcoForm: Form = {
  id: 'falco',
  options: { plain: 'the default rules’ fields alone: no process ids' },
  write(events, on): ExportedFile[] {
    const lineage = new Lineage();
    const lines: string[] = [];
    for (const event of hostEventsOf(events)) {
      if (isNameless(event)) continue;
      const process = lineage.of(event);
      const parent = lineage.parentOf(event);
      const call = callOf(event);
      if (call === null) continue;
      const { actor } = event;
      const fields: Record<string, unknown> = {
        'evt.time': Number(`${Math.floor(event.time)}000000`),
        'evt.type': call.type,
        'evt.res': 'SUCCESS',
        'user.name': event.kind === 'process.started' ? event.userName : '',
        'user.uid': actor.uid,
        'user.loginuid': actor.auid === 4294967295 ? -1 : actor.auid,
        'proc.name': actor.comm,
        'proc.exepath': actor.exe,
        'proc.pname': parent === null ? null : parent.actor.comm,
        'proc.pcmdline': parent === null ? null : parent.argv.join(' '),
        'proc.cmdline': process.argv.join(' '),
        'proc.cwd': process.cwd,
        'proc.tty': ttyOf(actor.tty),
        ...call.fields,
      };
      if (!on.has('plain')) {
        fields['proc.pid'] = actor.pid;
        fields['proc.ppid'] = actor.ppid;
        fields['proc.pid.ts'] = Number(`${Math.floor(process.startMs)}000000`);
      }
      lines.push(
        JSON.stringify({
          hostname: event.host,
          output: `${nanoStamp(event.time)}: Notice ${call.rule} | evt_type=${call.type}`,
          output_fields: fields,
          priority: 'Notice',
          rule: call.rule,
          source: 'syscall',
          tags: ['recorded'],
          time: nanoStamp(event.time),
        }),
      );
    }
    return [{ name: 'falco.json', lines }];
  },
};

function ttyOf(tty: string): number {
  if (tty === '') return 0;
  const pts = /^pts(\d+)$/.exec(tty);
  return pts === null ? 4 * 256 + 1 : 136 * 256 + Number(pts[1]);
}

const WATCHED = ['/home/', '/root/', '/tmp/', '/var/tmp/', '/var/mail/', '/var/spool/', '/etc/'];
const FLAGS = { read: 'O_RDONLY', write: 'O_WRONLY', readwrite: 'O_RDWR' } as const;

function callOf(event: Seen): { type: string; rule: string; fields: object } | null {
  const rule = 'Recorded file access';
  const watched = (path: string) => WATCHED.some(place => path.startsWith(place));
  switch (event.kind) {
    case 'process.started':
      return { type: 'execve', rule: 'Recorded execution', fields: { 'evt.arg.flags': 'EXE_WRITABLE' } };
    case 'file.opened': {
      if (!watched(event.file.path)) return null;
      const flags = [FLAGS[event.access], event.truncated ? 'O_TRUNC' : '', event.created ? 'O_CREAT|O_F_CREATED' : ''];
      return {
        type: 'openat',
        rule,
        fields: { 'fd.name': event.file.path, 'evt.arg.flags': flags.filter(each => each !== '').join('|') },
      };
    }
    case 'file.renamed':
      if (!watched(event.to.path)) return null;
      return { type: 'rename', rule, fields: { 'fs.path.source': event.from.path, 'fs.path.target': event.to.path } };
    case 'file.deleted':
      return watched(event.file.path) ? { type: 'unlink', rule, fields: { 'fs.path.name': event.file.path } } : null;
    case 'file.mode-changed':
      if (!watched(event.file.path)) return null;
      return {
        type: 'chmod',
        rule,
        fields: { 'fs.path.name': event.file.path, 'evt.arg.mode': `0${event.mode.toString(8)}` },
      };
    case 'network.connected':
      if (event.family === 'unix') return null;
      return {
        type: 'connect',
        rule: 'Recorded outbound connection',
        fields: {
          'fd.name': `192.0.2.10:40000->${event.address}:${event.port}`,
          'fd.sip': event.address,
          'fd.sport': event.port,
          'fd.type': event.family,
          'evt.res':
            event.outcome === 'in-progress' ? 'EINPROGRESS' : event.outcome === 'failed' ? 'ECONNREFUSED' : 'SUCCESS',
        },
      };
    default:
      return null;
  }
}
