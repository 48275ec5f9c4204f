import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WatchEvent } from '../../../src/events/event.ts';
import { samplesAt } from '../../support/samples.ts';
import { Comparison } from '../comparison.ts';
import type { FidelitySource } from '../contract.ts';
import { isTold, jsonFormatNamed, readOne } from './lines.ts';

interface Process {
  readonly pid?: number;
  readonly uid?: number;
  readonly auid?: number;
  readonly binary?: string;
  readonly arguments?: string;
  readonly cwd?: string;
}

/** The parts of a record that its own documentation names. */
interface Sample {
  readonly process_exec?: { readonly process: Process; readonly parent?: Process };
  readonly process_exit?: { readonly process: Process };
  readonly process_kprobe?: { readonly process: Process };
  readonly process_connect?: {
    readonly process: Process;
    readonly destination_ip?: string;
    readonly destination_port?: number;
  };
}

const actor = ({ pid, uid, binary }: Process) => ({ pid, uid, exe: binary });

function expectedOf({
  process_exec: exec,
  process_exit: exit,
  process_kprobe: probe,
  process_connect: connect,
}: Sample): object {
  if (exec !== undefined) {
    const { process, parent } = exec;
    return {
      ...actor(process),
      command: [process.binary, process.arguments].filter(each => each !== undefined && each !== '').join(' '),
      cwd: process.cwd,
      ...(parent?.pid === undefined ? {} : { ppid: parent.pid }),
    };
  }
  if (connect !== undefined)
    return { ...actor(connect.process), address: connect.destination_ip, port: connect.destination_port };
  return actor((exit ?? probe)?.process ?? {});
}

/** The process that a record names as parent is told before it: the record's own event is the last. */
function toldOf(event: WatchEvent | undefined): object | undefined {
  if (event === undefined) return undefined;
  return {
    ...('actor' in event ? event.actor : {}),
    ...('argv' in event ? { command: event.argv.join(' ') } : {}),
    ...('cwd' in event ? { cwd: event.cwd } : {}),
    ...(event.kind === 'network.connected' ? { address: event.address, port: event.port } : {}),
  };
}

function documented(): Comparison {
  const comparison = new Comparison();
  const format = jsonFormatNamed('tetragon');
  const { folder } = samplesAt('tetragon');
  for (const part of ['00_four_golden_signals', '00_process_lifecycle'])
    for (const name of readdirSync(join(folder, part)).sort()) {
      const sample = JSON.parse(readFileSync(join(folder, part, name), 'utf8')) as Sample;
      const read = readOne(format, JSON.stringify(sample));
      if (isTold(read, name, comparison))
        comparison.record(name, toldOf(read.events.at(-1)), expectedOf(sample), (field, told, wanted) =>
          field === 'cwd' && `${String(told)}/` === wanted ? 'directories are told without the slash at their end' : '',
        );
    }
  return comparison;
}

export const tetragonSources: readonly FidelitySource[] = [
  {
    id: 'tetragon',
    title: 'Tetragon: the events of its documentation',
    origin: 'others',
    against: "each record's own JSON: process, parent, program, arguments, directory, address",
    skip: samplesAt('tetragon').skip,
    measure: () => documented().done(),
  },
];
