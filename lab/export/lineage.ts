import type { Actor, HostEvent, ProcessStarted } from '../../src/events/host-events.ts';

/** A process as a sensor in the kernel would know it from what the recording shows so far. */
export interface KnownProcess {
  readonly pid: number;
  /** Execution: counts up for each execve of the pid. */
  readonly execution: number;
  readonly startMs: number;
  readonly exe: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly actor: Actor;
  readonly parent: KnownProcess | null;
}

/** What a sensor keeps of processes while it goes through a recording's events in their order. */
export class Lineage {
  readonly #byPid = new Map<number, KnownProcess>();

  /** The process of an event; one that was not seen to start is known by what the event says of it. */
  of(event: HostEvent & { readonly actor: Actor }): KnownProcess {
    const { actor } = event;
    if (event.kind === 'process.started') return this.#started(event);
    const known = this.#byPid.get(actor.pid);
    if (known !== undefined) return known;
    const made = this.#put({
      ...NOTHING,
      pid: actor.pid,
      startMs: event.time,
      exe: actor.exe,
      argv: [actor.exe],
      actor,
    });
    return made;
  }

  parentOf(event: HostEvent & { readonly actor: Actor }): KnownProcess | null {
    return this.#byPid.get(event.actor.ppid) ?? null;
  }

  #started(event: ProcessStarted): KnownProcess {
    const before = this.#byPid.get(event.actor.pid);
    return this.#put({
      pid: event.actor.pid,
      execution: (before?.execution ?? 0) + 1,
      startMs: event.time,
      exe: event.actor.exe,
      argv: event.argv,
      cwd: event.cwd,
      actor: event.actor,
      parent: this.#byPid.get(event.actor.ppid) ?? null,
    });
  }

  #put(process: KnownProcess): KnownProcess {
    this.#byPid.set(process.pid, process);
    return process;
  }
}

const NOTHING = { execution: 0, cwd: '', parent: null };

/** Events of a recording that have an actor: what a sensor on the host sees. */
export function hostEventsOf(events: readonly object[]): (HostEvent & { readonly actor: Actor })[] {
  return events.filter((event): event is HostEvent & { readonly actor: Actor } => 'actor' in event);
}

/** The audit log has no name for the file of an fchmod(2): a sensor in the kernel would, and nothing is made up for it. */
export const isNameless = (event: HostEvent): boolean =>
  'file' in event && event.kind !== 'process.started' && event.file.path === '';

/** ISO text with nanoseconds, of which the recording has microseconds at best. */
export function nanoStamp(ms: number): string {
  const whole = Math.floor(ms);
  const rest = String(Math.round((ms - whole) * 1_000_000)).padStart(6, '0');
  return new Date(whole).toISOString().replace('Z', `${rest}Z`);
}

/** Nanoseconds since the epoch, exact, as text. */
export const nanosText = (ms: number): string =>
  `${Math.floor(ms)}${String(Math.round((ms % 1) * 1_000_000)).padStart(6, '0')}`;
