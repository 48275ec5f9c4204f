import type { Actor, HostEvent } from '../../src/events/host-events.ts';
import type { ExportedFile, Form } from './form.ts';
import { hostEventsOf, type KnownProcess, Lineage, nanoStamp } from './lineage.ts';

type Seen = HostEvent & { readonly actor: Actor };

/**
 * Documents of the Elastic endpoint (logs-endpoint.events.process, .file, .network), a conversion. As the real one: file events tell of
 * creation, modification, rename and deletion, and with `opens` of opens of sensitive files; the process of a file or network event is
 * named by id, path and name alone; no audit login; whole documents in ECS.
 *
 * Source: elastic/endpoint-package custom_documentation/doc/endpoint (process, file and network, linux); ECS 9.4.
 */
export const endpointForm: Form = {
  id: 'endpoint',
  options: { opens: 'opens of files in homes and mail stores (sensitive path patterns)' },
  write(events, on): ExportedFile[] {
    const lineage = new Lineage();
    let sequence = 0;
    const lines: string[] = [];
    for (const event of hostEventsOf(events)) {
      const process = lineage.of(event);
      const parent = lineage.parentOf(event);
      const body = bodyOf(event, process, parent, on.has('opens'));
      if (body === null) continue;
      sequence += 1;
      const { dataset, action, types, ...rest } = body;
      lines.push(
        JSON.stringify({
          '@timestamp': nanoStamp(event.time),
          agent: { type: 'endpoint', version: '9.1.0' },
          data_stream: { type: 'logs', dataset: `endpoint.events.${dataset}`, namespace: 'default' },
          ecs: { version: '8.10.0' },
          event: {
            module: 'endpoint',
            dataset: `endpoint.events.${dataset}`,
            kind: 'event',
            category: [dataset],
            action,
            type: types,
            sequence,
            outcome: 'unknown',
          },
          host: { hostname: event.host, name: event.host, os: { type: 'linux' } },
          user: { id: String(event.actor.euid), Ext: { real: { id: String(event.actor.uid) } } },
          ...rest,
        }),
      );
    }
    return [{ name: 'endpoint.ndjson', lines }];
  },
};

interface Body {
  readonly dataset: string;
  readonly action: string;
  readonly types: readonly string[];
  readonly [key: string]: unknown;
}

const entityOf = (process: KnownProcess): string =>
  Buffer.from(`${process.pid}-${process.startMs}-${process.execution}`).toString('base64');

function bodyOf(event: Seen, known: KnownProcess, parent: KnownProcess | null, opens: boolean): Body | null {
  const { actor } = event;
  const process = { pid: actor.pid, entity_id: entityOf(known), executable: actor.exe, name: actor.comm };
  const file = (action: string, types: readonly string[], path: string, more: object = {}): Body => ({
    dataset: 'file',
    action,
    types,
    process,
    file: { path, name: path.slice(path.lastIndexOf('/') + 1), ...more },
  });
  switch (event.kind) {
    case 'process.started':
      return {
        dataset: 'process',
        action: 'exec',
        types: ['start'],
        process: {
          ...process,
          args: event.argv,
          args_count: event.argv.length,
          command_line: event.argv.join(' '),
          working_directory: event.cwd,
          start: nanoStamp(known.startMs),
          interactive: actor.tty !== '',
          ...ttyOf(actor.tty),
          parent: {
            pid: actor.ppid,
            ...(parent === null ? {} : { entity_id: entityOf(parent), executable: parent.exe }),
          },
        },
      };
    case 'process.exited':
      return { dataset: 'process', action: 'end', types: ['end'], process };
    case 'file.opened':
      if (event.created) return file('creation', ['creation'], event.file.path);
      if (event.access !== 'read') return file('modification', ['change'], event.file.path);
      return opens && SENSITIVE.some(place => event.file.path.startsWith(place))
        ? file('open', ['access'], event.file.path)
        : null;
    case 'file.renamed':
      return file('rename', ['change'], event.to.path, { Ext: { original: { path: event.from.path } } });
    case 'file.deleted':
      return file('deletion', ['deletion'], event.file.path);
    case 'network.connected':
      if (event.family === 'unix') return null;
      return {
        dataset: 'network',
        action: 'connection_attempted',
        types: ['start'],
        process,
        source: { ip: '192.0.2.10' },
        destination: { ip: event.address, port: event.port },
        network: { transport: 'tcp', type: event.family },
      };
    default:
      return null;
  }
}

const SENSITIVE = ['/home/', '/root/', '/var/mail/', '/var/spool/mail/', '/tmp/', '/var/tmp/'];

function ttyOf(tty: string): object {
  const pts = /^pts(\d+)$/.exec(tty);
  return pts === null ? {} : { tty: { char_device: { major: 136, minor: Number(pts[1]) } } };
}
