import type { Actor, FileId, HostEvent } from '../../src/events/host-events.ts';
import type { ExportedFile, Form } from './form.ts';
import { hostEventsOf, isNameless, Lineage, nanoStamp, nanosText } from './lineage.ts';

type Seen = HostEvent & { readonly actor: Actor };
type Value = readonly [name: string, kind: string, value: unknown];

/**
 * Tracee's JSON output with sched_process_exec, sched_process_exit, security_file_open, magic_write, security_inode_rename,
 * security_inode_unlink, chmod_common and security_socket_connect, a conversion: in the form of trace.Event, or with `v1beta1` in that of
 * the present releases, which name no host. As the real one: arguments as a list, real user only, no terminal, no login; of a script
 * `pathname` is the interpreter that runs; that an open made its file is not told.
 *
 * Source: aquasecurity/tracee types/trace/trace.go, api/v1beta1/event.proto, event_data.proto, docs/events/builtin/man.
 */
export const traceeForm: Form = {
  id: 'tracee',
  options: { v1beta1: 'the form of present releases' },
  write(events, on): ExportedFile[] {
    const lineage = new Lineage();
    const lines: string[] = [];
    for (const event of hostEventsOf(events)) {
      if (isNameless(event)) continue;
      const process = lineage.of(event);
      const parent = lineage.parentOf(event);
      const entity = entityOf(event.actor.pid, process.startMs);
      const parentEntity = parent === null ? 0 : entityOf(parent.pid, parent.startMs);
      for (const [name, values] of callsOf(event)) {
        const about = { event, name, values, start: process.startMs, exe: process.exe, entity, parentEntity };
        lines.push(on.has('v1beta1') ? second(about) : first(about));
      }
    }
    return [{ name: 'tracee.json', lines }];
  },
};

interface About {
  readonly event: Seen;
  readonly name: string;
  readonly values: readonly Value[];
  readonly start: number;
  readonly exe: string;
  readonly entity: number;
  readonly parentEntity: number;
}

function entityOf(pid: number, startMs: number): number {
  return (Math.imul(pid, 2_654_435_761) ^ Math.floor(startMs)) >>> 0;
}

function first({ event, name, values, start, exe, entity, parentEntity }: About): string {
  const { actor } = event;
  const text = JSON.stringify({
    timestamp: 'TIMESTAMP',
    threadStartTime: 'STARTTIME',
    processorId: 0,
    processId: actor.pid,
    cgroupId: 1,
    threadId: actor.pid,
    parentProcessId: actor.ppid,
    hostProcessId: actor.pid,
    hostThreadId: actor.pid,
    hostParentProcessId: actor.ppid,
    userId: actor.uid,
    mountNamespace: 4026531841,
    pidNamespace: 4026531836,
    processName: actor.comm,
    executable: { path: exe },
    hostName: event.host,
    containerId: '',
    eventId: '0',
    eventName: name,
    argsNum: values.length,
    returnValue: 0,
    syscall: '',
    stackAddresses: [0],
    contextFlags: { containerStarted: false, isCompat: false },
    threadEntityId: entity,
    processEntityId: entity,
    parentEntityId: parentEntity,
    args: values.map(([label, type, value]) => ({ name: label, type, value })),
  });
  return text.replace('"TIMESTAMP"', nanosText(event.time)).replace('"STARTTIME"', nanosText(start));
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'str',
  uint32: 'u_int32',
  uint64: 'u_int64',
  uint16: 'u_int32',
  int32: 'int32',
  bool: 'bool',
};

function second({ event, name, values, start, exe, entity, parentEntity }: About): string {
  const { actor } = event;
  return JSON.stringify({
    timestamp: nanoStamp(event.time),
    id: name,
    name,
    policies: { matched: ['recorded'] },
    workload: {
      process: {
        executable: { path: exe },
        unique_id: entity,
        host_pid: actor.pid,
        pid: actor.pid,
        real_user: { id: actor.uid },
        thread: {
          start_time: nanoStamp(start),
          name: actor.comm,
          unique_id: entity,
          host_tid: actor.pid,
          tid: actor.pid,
        },
        ancestors: [{ unique_id: parentEntity, host_pid: actor.ppid, pid: actor.ppid }],
      },
    },
    data: values.map(([label, type, value]) => {
      if (type === '[]string') return { name: label, str_array: { value } };
      if (type === 'trace.SockAddr') return { name: label, sockaddr: value };
      return { name: label, [KINDS[type] ?? 'str']: value };
    }),
  });
}

function callsOf(event: Seen): readonly (readonly [string, readonly Value[]])[] {
  switch (event.kind) {
    case 'process.started': {
      const script = event.interpreter !== '';
      return [
        [
          'sched_process_exec',
          [
            ['cmdpath', 'string', event.file.path],
            ['pathname', 'string', event.actor.exe],
            ...(script ? [] : placeOf(event.file)),
            ...(event.file.mode < 0 ? [] : [['inode_mode', 'uint16', event.file.mode] as const]),
            ['interp', 'string', script ? event.interpreter : event.file.path],
            ['argv', '[]string', event.argv],
          ],
        ],
      ];
    }
    case 'process.exited':
      return [
        [
          'sched_process_exit',
          [
            ['exit_code', 'int32', 0],
            ['process_group_exit', 'bool', true],
          ],
        ],
      ];
    case 'file.opened': {
      const flags =
        (event.access === 'read' ? 0 : event.access === 'write' ? 1 : 2) +
        (event.truncated ? 0o1000 : 0) +
        (event.created ? 0o100 : 0);
      const path: Value = ['pathname', 'string', event.file.path];
      return [
        [
          'security_file_open',
          [path, ['flags', 'int32', flags], ...placeOf(event.file), ['syscall_pathname', 'string', event.file.path]],
        ],
      ];
    }
    case 'file.renamed':
      return [
        [
          'security_inode_rename',
          [
            ['old_path', 'string', event.from.path],
            ['new_path', 'string', event.to.path],
          ],
        ],
      ];
    case 'file.deleted':
      return [['security_inode_unlink', [['pathname', 'string', event.file.path], ...placeOf(event.file)]]];
    case 'file.mode-changed':
      return [
        [
          'chmod_common',
          [
            ['pathname', 'string', event.file.path],
            ['mode', 'uint16', event.mode],
          ],
        ],
      ];
    case 'network.connected': {
      const address =
        event.family === 'unix'
          ? { sa_family: 'AF_UNIX', sun_path: event.address }
          : event.family === 'ipv4'
            ? { sa_family: 'AF_INET', sin_addr: event.address, sin_port: event.port }
            : { sa_family: 'AF_INET6', sin6_addr: event.address, sin6_port: event.port };
      return [
        [
          'security_socket_connect',
          [
            ['sockfd', 'int32', 3],
            ['type', 'string', 'SOCK_STREAM'],
            ['remote_addr', 'trace.SockAddr', address],
          ],
        ],
      ];
    }
    default:
      return [];
  }
}

const INODE_SPAN = 2 ** 40;

/** Device and inode as the kernel numbers them, out of the one number of the event. */
function placeOf(file: FileId): readonly Value[] {
  if (file.node < 0) return [];
  const device = Math.floor(file.node / INODE_SPAN);
  return [
    ['dev', 'uint32', Math.floor(device / 256) * 2 ** 20 + (device % 256)],
    ['inode', 'uint64', file.node % INODE_SPAN],
  ];
}
