import type { EpochMs } from '../../core/time.ts';
import type { Ref } from '../../events/ref.ts';
import type { RunContext } from '../../state/context.ts';
import type { Contact, HostWatch } from '../../state/network/contract.ts';
import { stepId, type Taint } from '../../state/taint.ts';

/** A reader whose output nothing takes up on this host: it goes to the client of its session. */
export interface Printed {
  readonly time: EpochMs;
  readonly pid: number;
  readonly program: string;
  readonly command: string;
  /** Address of the client, '' when no record says it. */
  readonly peer: string;
  readonly taint: Taint;
  readonly ref: Ref;
}

export interface BoxRead {
  readonly box: string;
  readonly owner: string;
  readonly time: EpochMs;
  readonly pid: number;
  readonly program: string;
  /** Null: whose mail it is in relation to the reader, no record says. */
  readonly own: boolean | null;
  readonly taint: Taint;
}

export interface Transfer {
  readonly time: EpochMs;
  readonly pid: number;
  readonly program: string;
  readonly command: string;
  readonly strength: 'observed' | 'inferred';
  /** True when only time and session join it to the read. */
  readonly byWindow: boolean;
  /** Time joins it, and it says which file it takes, in places where the host tells of writes if it tells of any. */
  readonly namesItsFile: boolean;
  /** By the reader itself or by what it started. */
  readonly byReader: boolean;
  /** By a scheduled job of root that was told to take a folder far above what was staged, and took that along. */
  readonly takenAlong: boolean;
  /** Since the last read of the store, in ms; -1 when the data itself joins them. */
  readonly gapMs: number;
  readonly why: string;
  readonly destination: string;
  /** Where it waits for other hosts to take the data; '' where it sends them. */
  readonly servedAt: string;
  /** Where the disk hangs in the tree that the data were put on; '' for none. */
  readonly disk: string;
  /** What else the words name of where it goes: another operand, a proxy, the real host behind an alias. */
  readonly also: readonly string[];
  readonly taint: Taint | null;
  readonly ref: Ref;
  /** The connection itself, for what the wire saw of it; null where only arguments tell of the transfer. */
  readonly contact: Contact | null;
}

/** Transfers beyond those that are told one by one: how many, and the last of them. Plain data. */
export interface Further {
  readonly count: number;
  readonly last: Transfer;
  /** Processes that were counted lately. */
  readonly pids: readonly number[];
}

/** One person or job at work on mail stores: all reads, staging and transfers of one session or job. Plain data. */
export interface HarvestCase {
  readonly key: string;
  readonly host: string;
  readonly uid: number;
  readonly ses: number;
  readonly context: RunContext['kind'];
  readonly job: string;
  readonly systemOwned: boolean;
  /** Arguments name a folder far above the stores: a backup of everything, not of mail. */
  broad: boolean;
  backupProgram: boolean;
  /** Somebody who logged in reads as root: sudo(8) and its like let that person do so. */
  elevated: boolean;
  /** Nothing but a mail client in a folder that root gave its user read the store; see state/own-client.ts. */
  byOwnClient: boolean;
  /** A shell or a script that users can write read the store by itself. */
  scripted: boolean;
  /** Whatever read the store was told by its words which few messages to read. */
  singledOut: boolean;
  /** The settings, made for the occasion, that a mail fetcher was told to obey; '' for none. See state/own-settings.ts. */
  settings: string;
  reads: Map<string, BoxRead>;
  staged: { readonly time: EpochMs; readonly pid: number; readonly path: string; readonly taint: Taint }[];
  /** The first of those copies that whoever logged in made the own account's; null for none. */
  takenOver: { readonly path: string; readonly taint: Taint } | null;
  transfers: Transfer[];
  /** Of which readings the mail left, and whether each was of a few letters that were picked. */
  left: { readonly box: string; readonly pid: number; readonly few: boolean }[];
  /** Readings of which copies were made, by their id: who read. */
  copied: Map<string, number>;
  /** Those for which there is no room among the ones that are told; see further.ts. */
  further: Further | null;
  last: EpochMs;
  /** What a command over SSH read and printed, null when none did; see session-output.ts. */
  printed: Printed | null;
  /** What left the host after the first read, where the host records no connections; null where it does. */
  watch: HostWatch | null;
}

/** Id of the step that tells of the first read: every case begins with one. */
export function firstReadId(found: HarvestCase): string {
  const [first] = [...found.reads.values()] as [BoxRead];
  return stepId(first.taint.step);
}
