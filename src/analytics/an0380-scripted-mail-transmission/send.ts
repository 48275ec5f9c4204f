import type { EpochMs } from '../../core/time.ts';
import type { Ref } from '../../events/ref.ts';
import type { RunContext } from '../../state/context.ts';
import type { Contact } from '../../state/network/contract.ts';
import type { PaperRead } from '../../state/papers-read.ts';
import type { TaintOrigin } from '../../state/taint.ts';
import type { Via } from './hooks.ts';

/** A packer that a program started. Plain data. */
export interface Packing {
  readonly time: EpochMs;
  readonly pid: number;
  readonly packer: string;
  readonly command: string;
  readonly ref: Ref;
}

/** One transmission by a program: handed to the local MTA, or spoken by itself. Plain data. */
export interface Send {
  readonly time: EpochMs;
  readonly ref: Ref;
  readonly pid: number;
  readonly program: string;
  readonly command: string;
  readonly tty: string;
  readonly trusted: boolean;
  /** The program that decided to send lies where users can write, or is a bare command line. */
  readonly inline: boolean;
  /** Nothing above it goes on: whatever started it is gone, or is the person's shell. */
  readonly isWholeJob: boolean;
  /** That the job started it is told by no record. */
  readonly guessed: boolean;
  /** See foreign-program.ts. */
  readonly broughtIn: TaintOrigin | null;
  /** The program whose settings hold the command line that sends, '' when none is known; see hooks.ts. */
  readonly hook: string;
  readonly via: Via | null;
  /** A daemon of the system decided it, by a shell or a script that is its own; see daemon-order.ts. */
  readonly byDaemon: boolean;
  /** It writes what stands in its person's line itself; see plain-letter.ts. */
  readonly isLetter: boolean;
  submission: boolean;
  smtp: {
    readonly destination: string;
    readonly time: EpochMs;
    readonly ref: Ref;
    readonly program: string;
    readonly failed: boolean;
    readonly ownSmtp: boolean;
    /** That its process belongs to the send is told by no record. */
    readonly guessed?: boolean;
    /** The connection itself, for what the wire saw of it; null for what only arguments or files tell. */
    readonly contact: Contact | null;
  }[];
  /** When the MTA took the file over that it put into the queue, and which process of the MTA; null where no record tells. */
  taken: { readonly time: EpochMs; readonly pid: number } | null;
  /** Files of people that it read right before. */
  papers: readonly PaperRead[];
  recipients: string[];
  attachments: string[];
  encoders: string[];
  /** A scheduler mails what its job printed, with what packed it; see printed.ts. */
  readonly printed: boolean;
  /** Packers that made what it attaches, or that it started itself before it spoke; see packed.ts. */
  readonly packedBefore: readonly string[];
  /** How it packed, where that is all that ties it to a message; see loopback-author.ts. */
  readonly packing: readonly Packing[];
  storeOwner: string;
  /** That mail is a letter or a few of the sender's own, picked by hand. */
  readonly ownLetters: boolean;
  scriptHint: string;
}

/** Everything one job (or session) of one user sent. */
export interface SendJob {
  readonly key: string;
  readonly host: string;
  readonly uid: number;
  context: RunContext['kind'];
  readonly job: string;
  readonly systemOwned: boolean;
  readonly ofSite: boolean;
  readonly daemon: boolean;
  readonly rootPid: number;
  readonly rootTime: EpochMs;
  readonly rootRef: Ref | null;
  sends: Send[];
  dropped: number;
}
