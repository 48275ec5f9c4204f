import type { Actor, HostEvent } from '../../src/events/host-events.ts';
import type { ExportedFile, Form } from './form.ts';
import { hostEventsOf, isNameless, type KnownProcess, Lineage } from './lineage.ts';

type Seen = HostEvent & { readonly actor: Actor };

/**
 * OCSF 1.8 events as an endpoint product of the Linux extension would map what it sees, a conversion: Process Activity, File System
 * Activity, Network Activity. As the schema has it: whole milliseconds (`time`), arguments in one text (`cmd_line`), the terminal in the
 * session, no mode and no place on the disk.
 *
 * Source: ocsf-schema 1.8.0, events/system/process_activity.json, file_activity.json, events/network/network_activity.json,
 * objects/process.json, file.json, extensions/linux.
 */
export const ocsfForm: Form = {
  id: 'ocsf',
  options: {},
  write(events): ExportedFile[] {
    const lineage = new Lineage();
    const lines: string[] = [];
    for (const event of hostEventsOf(events)) {
      if (isNameless(event)) continue;
      const process = lineage.of(event);
      const parent = lineage.parentOf(event);
      const body = bodyOf(event, process, parent);
      if (body === null) continue;
      lines.push(
        JSON.stringify({
          ...body,
          time: Math.floor(event.time),
          severity_id: 1,
          status_id: 1,
          device: { hostname: event.host, type_id: 1, os: { name: 'Linux', type_id: 200 } },
          metadata: {
            version: '1.8.0',
            product: { name: 'Converted recording' },
            profiles: ['host', 'linux/linux_users'],
          },
        }),
      );
    }
    return [{ name: 'ocsf.ndjson', lines }];
  },
};

function classOf(classUid: number, activity: number): object {
  const categoryUid = Math.floor(classUid / 1000);
  return { class_uid: classUid, category_uid: categoryUid, activity_id: activity, type_uid: classUid * 100 + activity };
}

function processOf(process: KnownProcess, actor: Actor): object {
  return {
    pid: process.pid,
    uid: `${process.pid}-${Math.floor(process.startMs)}-${process.execution}`,
    name: actor.comm,
    cmd_line: process.argv.join(' '),
    created_time: Math.floor(process.startMs),
    file: { name: actor.exe.slice(actor.exe.lastIndexOf('/') + 1), path: actor.exe, type_id: 1 },
    user: { uid: String(actor.uid) },
    euid: actor.euid,
    auid: actor.auid,
    working_directory: process.cwd,
    ...(actor.tty === '' ? {} : { session: { terminal: actor.tty } }),
    ...(actor.ppid > 0 ? { parent_process: { pid: actor.ppid } } : {}),
  };
}

function bodyOf(event: Seen, process: KnownProcess, parent: KnownProcess | null): object | null {
  const file = (path: string) => ({ name: path.slice(path.lastIndexOf('/') + 1), path, type_id: 1 });
  const actor = { process: processOf(process, event.actor) };
  switch (event.kind) {
    case 'process.started':
      return {
        ...classOf(1007, 1),
        launch_type_id: 3,
        process: { ...processOf(process, event.actor), file: file(event.file.path) },
        actor: parent === null ? { process: { pid: event.actor.ppid } } : { process: processOf(parent, parent.actor) },
      };
    case 'process.exited':
      return { ...classOf(1007, 2), process: processOf(process, event.actor), actor };
    case 'file.opened': {
      const mask = event.access === 'read' ? 0 : event.access === 'write' ? 1 : 2;
      if (event.created) return { ...classOf(1001, 1), file: file(event.file.path), actor };
      return { ...classOf(1001, 14), file: file(event.file.path), access_mask: mask, actor };
    }
    case 'file.renamed':
      return { ...classOf(1001, 5), file: file(event.from.path), file_result: file(event.to.path), actor };
    case 'file.deleted':
      return { ...classOf(1001, 4), file: file(event.file.path), actor };
    case 'file.mode-changed':
      return { ...classOf(1001, 6), file: file(event.file.path), actor };
    case 'network.connected':
      if (event.family === 'unix') return null;
      return {
        ...classOf(4001, event.outcome === 'failed' ? 5 : 1),
        dst_endpoint: { ip: event.address, port: event.port },
        src_endpoint: { ip: '192.0.2.10' },
        connection_info: { direction_id: 2, protocol_name: 'tcp' },
        actor,
      };
    default:
      return null;
  }
}
