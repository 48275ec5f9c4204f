import type { HostEvent } from '../events/host-events.ts';
import type { HostState } from './host.ts';
import type { Notice } from './notices.ts';
import type { ProcessState } from './processes.ts';

/** A notice without what all of them have. */
type Said<N extends Notice = Notice> = N extends Notice ? Omit<N, 'time' | 'host' | 'process' | 'ref'> : never;

/** Tells the analytics what a process of this host did, by this record. */
export function notify(
  { host, setting }: HostState,
  process: ProcessState,
  { time, ref }: Pick<HostEvent, 'time' | 'ref'>,
  said: Said,
): void {
  setting.notify({ ...said, time, host, process, ref } as Notice);
}

/** Somebody told the MTA, in this file, to send mail on. */
export function tellRedirected(
  host: HostState,
  process: ProcessState,
  path: string,
  event: Pick<HostEvent, 'time' | 'ref'>,
): void {
  const owner = host.homes.split(path)?.account ?? '';
  notify(host, process, event, { kind: 'redirect.written', path, owner });
}
