import type { TunableValue } from '../analytics/contract.ts';
import type { AnalyticId } from '../events/vocabulary.ts';
import type { SourceLimits } from '../sources/limits.ts';

/** Bounds on memory and on hostile input. Each is hit visibly: what is cut or evicted is counted and reported. */
export interface Limits extends SourceLimits {
  readonly lineBytesMax: number;
  /** Records may arrive this much out of order, in event time. */
  readonly latenessMs: number;
  readonly messagesMax: number;
  /** Mail of stores that one run reads, in bytes. */
  readonly mailBytesMax: number;
}

/** What an entry or an exception is about. It covers a finding only when all that it names fits. */
export interface Scope {
  readonly analytic?: AnalyticId | undefined;
  readonly host?: string | undefined;
  readonly user?: string | undefined;
  readonly executable?: string | undefined;
  readonly path?: string | undefined;
  /** Address, `address:port`, recipient, or a domain with all below it; or a list of them. */
  readonly destination?: string | readonly string[] | undefined;
  readonly mailbox?: string | undefined;
  readonly sender?: string | undefined;
}

/** The destinations that a scope names, one or several. */
export const destinationsOf = ({ destination }: Pick<Scope, 'destination'>): readonly string[] =>
  destination === undefined ? [] : typeof destination === 'string' ? [destination] : destination;

/** What an inventory entry approves or marks, and the analytic it speaks to. `automation` is any work. */
export const INVENTORY_KINDS = {
  automation: { analytic: null, effect: 'lowers' },
  sender: { analytic: 'AN0380', effect: 'lowers' },
  'store-reader': { analytic: 'AN1310', effect: 'lowers' },
  backup: { analytic: 'AN1310', effect: 'lowers' },
  migration: { analytic: 'AN1310', effect: 'lowers' },
  administrator: { analytic: 'AN1310', effect: 'lowers' },
  'noisy-mailbox': { analytic: 'AN1009', effect: 'lowers' },
  'critical-mailbox': { analytic: 'AN1009', effect: 'marks' },
  'enterprise-service': { analytic: 'AN0321', effect: 'judges' },
  relay: { analytic: 'AN0380', effect: 'judges' },
} as const;
export type InventoryKind = keyof typeof INVENTORY_KINDS;

/** Approved work: what it is, whose it is, what for, and until when. It speaks only of what it names. */
export interface InventoryEntry extends Scope {
  readonly id: string;
  readonly kind?: InventoryKind | undefined;
  readonly owner: string;
  readonly purpose: string;
  /** Day in UTC, such as 2027-03-31; the entry counts up to its end. */
  readonly expires: string;
}

/** Findings that nobody wants to see for a while: whose wish that is, why, and until when. */
export interface ExceptionEntry extends Scope {
  readonly id: string;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
}

/** A host of this estate, by the name that its logs give it. */
export interface HostEntry {
  readonly name: string;
  /** IP addresses by which the wire knows it, in the form in which sensors write them. */
  readonly addresses: readonly string[];
}

/** The effective configuration: every value is there, defaults included. */
export interface Config {
  /** Tunables by ATT&CK's names. */
  readonly analytics: ReadonlyMap<AnalyticId, ReadonlyMap<string, TunableValue>>;
  readonly limits: Limits;
  readonly time: {
    /** `UTC`, an offset such as `+02:00`, or an IANA name: for stamps without a zone. */
    readonly timezone: string;
    /** Year of the newest stamp without a year; null takes it from the evidence. */
    readonly year: number | null;
  };
  readonly identity: {
    /** Characters that begin the extension of a local part, such as `+` or `+-`; empty for none. */
    readonly recipientDelimiter: string;
    /** Files that tell who is who and lie outside the evidence, with the host that they are of where they are of one. */
    readonly files: readonly { readonly path: string; readonly host?: string | undefined }[];
  };
  readonly hosts: readonly HostEntry[];
  readonly inventory: readonly InventoryEntry[];
  readonly exceptions: readonly ExceptionEntry[];
}
