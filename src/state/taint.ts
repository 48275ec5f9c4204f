import type { EpochMs } from '../core/time.ts';
import type { Ref } from '../events/ref.ts';
import type { Strength } from '../events/vocabulary.ts';

/**
 * Provenance. A taint says that content came out of a message (`mail`), was fetched from outside (`download`), or was read
 * from a mail store (`mailstore`), and carries the chain of what happened to it since. Taints are immutable: a further
 * step makes a new one that points back, so that many files share one history.
 */
export interface TaintOrigin {
  readonly id: string;
  readonly kind: 'mail' | 'download' | 'mailstore';
  readonly host: string;
  readonly time: EpochMs;
  /** Account it is about: who received the message, who downloaded, whose store was read. '' when unknown. */
  readonly person: string;
  /** Uid of the process that brought it in. */
  readonly uid: number;
  /** Program that brought it in, as a path. */
  readonly program: string;
  readonly pid: number;
  /** How sure it is that this is where it came from. */
  readonly strength: Exclude<Strength, 'unavailable'>;
  /**
   * How it was known: the client wrote it, it was read from a store, a delivery agent or a mail program piped it, a program
   * fetched it; it appeared where clients save, by a hand that is not recorded; only the place says so.
   */
  readonly basis: 'client-wrote' | 'store-read' | 'delivery-pipe' | 'client-piped' | 'fetched' | 'appeared' | 'place';
  /** File in the store that was read, '' when none. */
  readonly storePath: string;
  /** Pid of the delivery agent that wrote that file and when; -1 / 0 when not seen. */
  readonly agentPid: number;
  readonly agentTime: number;
  /** What told the program to fetch it, where that came from a file. */
  readonly orderedBy?: TaintStep;
  /** The client of that person that was at work last before, where no record tells who brought it in. */
  readonly beside?: TaintStep;
  /** The id of the message, where the words of the process that delivered it name it. */
  readonly queueId?: string;
  /** Box for mailstore taints. */
  readonly box: string;
  readonly classBits: number;
  /** What the words of the program name that fetched it; '' when they name none. */
  readonly url?: string;
  /** They leave no doubt that the host in it was asked. */
  readonly isPlain?: boolean;
}

export interface TaintStep {
  readonly time: EpochMs;
  readonly order: number;
  readonly kind: string;
  /** Who: program and pid. What it does, and to what. Put together only when the step is told. */
  readonly program: string;
  readonly pid: number;
  readonly verb: string;
  readonly object: string;
  readonly ref: Ref | null;
  readonly strength: Exclude<Strength, 'unavailable'>;
  /** Why this step belongs to the one before. */
  readonly why: string;
}

export interface Taint {
  readonly origin: TaintOrigin;
  readonly step: TaintStep;
  readonly previous: Taint | null;
  readonly hops: number;
  /** Passed through a version control system or compiler: a person took it in on purpose, and it was transformed. */
  readonly curated: boolean;
  readonly archived: boolean;
  /** Rests on the absence of this telemetry: void once the host shows it (`file:written`, `store:read`). '' when it rests on none. */
  readonly assumes: string;
}

/** What a program does by its words, where no record tells of the file. */
export const PUTS = 'puts what it read at';
/** The same, where content that runs puts a part of itself out of sight. */
export const HIDES = 'puts a part of what runs, hidden and under another name, at';

/** Beyond this many steps nothing is passed on: chains that long are noise. */
export const HOPS_MAX = 14;

export function firstTaint(origin: TaintOrigin, step: TaintStep, assumes = ''): Taint {
  return { origin, step, previous: null, hops: 0, curated: false, archived: false, assumes };
}

/** The taint with one more step; null when the chain is at its cap. */
export function extendTaint(
  taint: Taint,
  step: TaintStep,
  marks?: { curated?: boolean; archived?: boolean; assumes?: string },
): Taint | null {
  if (taint.hops >= HOPS_MAX) return null;
  return {
    origin: taint.origin,
    step,
    previous: taint,
    hops: taint.hops + 1,
    curated: taint.curated || (marks?.curated ?? false),
    archived: taint.archived || (marks?.archived ?? false),
    assumes: taint.assumes || (marks?.assumes ?? ''),
  };
}

/** Steps from the origin on. */
export function taintSteps(taint: Taint): TaintStep[] {
  const steps: TaintStep[] = [];
  for (let t: Taint | null = taint; t !== null; t = t.previous) steps.push(t.step);
  return steps.reverse();
}

/** `inferred` as soon as one step is that the content took: a mode that is changed takes it nowhere. */
export function taintStrength(taint: Taint): 'observed' | 'inferred' {
  if (taint.origin.strength === 'inferred') return 'inferred';
  for (let t: Taint | null = taint; t !== null; t = t.previous)
    if (t.step.strength === 'inferred' && t.step.kind !== 'file.made-executable') return 'inferred';
  return 'observed';
}

/** Stable name of a step: what happened, when, and its place in the order of that moment. */
export const stepId = (step: TaintStep): string => `${step.kind}#${step.time}.${step.order}`;

export const stepSummary = (step: TaintStep): string =>
  `${named(step.program, step.pid)} ${step.verb} ${step.object}`.trimEnd();

/** A process as a sentence names it: without its number where no record has one. */
export const named = (program: string, pid: number): string => (pid < 0 ? program : `${program} (pid ${pid})`);

/** What rests on nothing is surest; reads turn up sooner than writes on hosts that record little. */
export function assumptionRank(taint: Taint): number {
  return taint.assumes === '' ? 0 : taint.assumes === 'file:written' ? 1 : 2;
}
