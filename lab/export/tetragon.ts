import type { Actor, HostEvent } from '../../src/events/host-events.ts';
import type { ExportedFile, Form } from './form.ts';
import { hostEventsOf, isNameless, type KnownProcess, Lineage, nanoStamp } from './lineage.ts';

type Seen = HostEvent & { readonly actor: Actor };

/**
 * Tetragon's JSON export, a conversion: process_exec and process_exit as they are by default; file and connection events as its
 * file monitoring policy (security_file_permission), LSM-like path hooks and the egress policy (tcp_connect, security_socket_connect)
 * would show them. As the real one: `binary` is the file handed to execve, the arguments are joined without the first, quoted where
 * they hold blanks; only the effective user; no terminal, no session.
 *
 * Source: cilium/tetragon api/v1/tetragon/tetragon.proto, pkg/process/args.go, examples/quickstart, docs use cases.
 */
export const tetragonForm: Form = {
  id: 'tetragon',
  options: { alone: 'without policies: executions and ends only' },
  write(events, on): ExportedFile[] {
    const lineage = new Lineage();
    const lines: string[] = [];
    for (const event of hostEventsOf(events)) {
      if (isNameless(event)) continue;
      const body = bodyOf(event, lineage, on.has('alone'));
      if (body !== null) lines.push(JSON.stringify({ ...body, node_name: event.host, time: nanoStamp(event.time) }));
    }
    return [{ name: 'tetragon.log', lines }];
  },
};

function bodyOf(event: Seen, lineage: Lineage, alone: boolean): object | null {
  const process = lineage.of(event);
  const parent = lineage.parentOf(event);
  const both = {
    process: processOf(process, event, parent),
    parent: parent === null ? { pid: event.actor.ppid, flags: 'unknown' } : processOf(parent, event, parent.parent),
  };
  if (event.kind === 'process.started') return { process_exec: both };
  if (event.kind === 'process.exited') return { process_exit: { ...both, time: nanoStamp(event.time) } };
  if (alone) return null;
  const call = callOf(event);
  return call === null
    ? null
    : { process_kprobe: { ...both, ...call, action: 'KPROBE_ACTION_POST', policy_name: 'recorded' } };
}

const execId = (process: KnownProcess, host: string): string =>
  Buffer.from(`${host}:${Math.round(process.startMs * 1000)}${process.execution}:${process.pid}`).toString('base64');

function processOf(process: KnownProcess, event: Seen, parent: KnownProcess | null): object {
  const words = process.argv.slice(1).map(word => (word.includes(' ') ? `"${word}"` : word));
  const { actor } = process;
  const started = event.kind === 'process.started' && event.actor.pid === process.pid ? event : null;
  return {
    exec_id: execId(process, event.host),
    pid: process.pid,
    ...(actor.euid < 0 ? {} : { uid: actor.euid }),
    cwd: process.cwd,
    binary: started === null ? process.exe : started.file.path,
    ...(words.length === 0 ? {} : { arguments: words.join(' ') }),
    flags: process.execution === 1 ? 'execve clone' : process.execution === 0 ? 'procFS' : 'execve',
    start_time: nanoStamp(process.startMs),
    ...(actor.auid < 0 ? {} : { auid: actor.auid }),
    ...(parent === null ? {} : { parent_exec_id: execId(parent, event.host) }),
    tid: process.pid,
  };
}

function callOf(event: Seen): object | null {
  const path = (text: string) => ({ path_arg: { path: text } });
  switch (event.kind) {
    case 'file.opened': {
      const mask = event.access === 'read' ? 4 : 2;
      return {
        function_name: 'security_file_permission',
        args: [{ file_arg: { path: event.file.path, permission: permissionOf(event.file.mode) } }, { int_arg: mask }],
        return: { int_arg: 0 },
      };
    }
    case 'file.renamed':
      return { function_name: 'security_path_rename', args: [path(event.from.path), path(event.to.path)] };
    case 'file.deleted':
      return { function_name: 'security_path_unlink', args: [path(event.file.path)] };
    case 'file.mode-changed':
      return { function_name: 'security_path_chmod', args: [path(event.file.path), { uint_arg: event.mode }] };
    case 'network.connected':
      if (event.family === 'unix')
        return {
          function_name: 'security_socket_connect',
          args: [{ sockaddrun_arg: { family: 'AF_UNIX', path: event.address } }],
        };
      return {
        function_name: 'tcp_connect',
        args: [
          {
            sock_arg: {
              family: event.family === 'ipv4' ? 'AF_INET' : 'AF_INET6',
              type: 'SOCK_STREAM',
              protocol: 'IPPROTO_TCP',
              daddr: event.address,
              dport: event.port,
            },
          },
        ],
      };
    default:
      return null;
  }
}

function permissionOf(mode: number): string {
  if (mode < 0) return '';
  const bits = Array.from('rwxrwxrwx', (letter, index) => ((mode >> (8 - index)) & 1 ? letter : '-'));
  return `-${bits.join('')}`;
}
