import type { EpochMs } from '../../core/time.ts';
import type { Ref } from '../../events/ref.ts';
import { contextOf, type RunContext } from '../../state/context.ts';
import { broughtIn } from '../../state/foreign-program.ts';
import type { HostState } from '../../state/host.ts';
import { isDescentGuessed } from '../../state/late-parent.ts';
import { type ProcessState, programOf } from '../../state/processes.ts';
import { recipientsIn } from '../../state/recipients.ts';
import { commandOf } from '../command-of.ts';
import { isDaemonsOrder } from './daemon-order.ts';
import { decidedByUser, isOfItsUser } from './decided-by-user.ts';
import { orderAbove, type Via } from './hooks.ts';
import { loginOrder } from './login-order.ts';
import { encodersIn } from './payload.ts';
import { isPlainLetter } from './plain-letter.ts';
import { type Printed, printedFor } from './printed.ts';
import type { Send, SendJob } from './send.ts';
import { holdsOwnLetters, storeHeld } from './store-held.ts';

/** Who decided to send, and the name of the job that it is of. */
interface Decision {
  readonly decides: ProcessState;
  readonly context: RunContext;
  readonly hook: string;
  readonly via: Via | null;
  readonly printed: Printed | null;
  readonly key: string;
}

export function decisionOn(process: ProcessState, host: HostState): Decision {
  const printed = printedFor(process, host);
  const decides = printed?.job ?? process;
  const context = contextOf(host, decides);
  const login = printed === null ? loginOrder(process, context, host) : null;
  if (login !== null) return { decides, printed, ...login };
  const { hook, via } = orderAbove(process);
  // Whether pid 1 took over what a line left behind, before that became a program, is chance.
  const kind = hook !== '' && context.kind === 'detached' ? 'interactive' : context.kind;
  const key = `${host.host}\0${process.uid}\0${kind} ${nameIn(context, process)}${hook}`;
  return { decides, context, hook, via, printed, key };
}

/** What tells a job from others of its kind: in a login session, where many things are done, what sends as well. */
function nameIn({ kind, script, job }: RunContext, process: ProcessState): string {
  const isLogin = kind === 'interactive' || kind === 'detached' || kind === 'unattended';
  if (isLogin) return `${process.ses} ${script || programOf(process)}`;
  return isOfItsUser(process) ? `${job}\0${programOf(process)}` : job;
}

export const jobOf = (key: string, { host }: HostState, { uid }: ProcessState, context: RunContext): SendJob => ({
  key,
  host,
  uid,
  context: context.kind,
  job: context.job,
  systemOwned: context.systemOwned,
  ofSite: context.ofSite,
  daemon: context.daemon,
  rootPid: context.root.pid,
  rootTime: context.root.start,
  rootRef: context.root.execRef,
  sends: [],
  dropped: 0,
});

interface Facts {
  readonly process: ProcessState;
  readonly host: HostState;
  readonly time: EpochMs;
  readonly ref: Ref;
  readonly context: RunContext;
  readonly decides: ProcessState;
  readonly hook: string;
  readonly via: Via | null;
  readonly stages: readonly ProcessState[];
  readonly attachments: string[];
  /** What packed in the job whose output a scheduler mails; null for any other send. */
  readonly packers: readonly string[] | null;
  readonly packedBefore: readonly string[];
  readonly scriptHint: string;
}

export function sendOf(facts: Facts): Send {
  const { process, host, time, ref, context, decides, stages, packers, attachments } = facts;
  const store = storeHeld(process, stages);
  return {
    time,
    ref,
    pid: process.pid,
    program: programOf(process),
    command: commandOf(process),
    tty: process.tty,
    trusted: process.trusted,
    inline: decidedByUser(host, decides),
    isWholeJob: context.root === process,
    guessed: isDescentGuessed(process, context.root.pid),
    broughtIn: broughtIn(process),
    hook: facts.hook,
    via: facts.via,
    byDaemon: isDaemonsOrder(host, process),
    isLetter: isPlainLetter(process, stages),
    submission: false,
    smtp: [],
    taken: null,
    papers: [],
    recipients: recipientsIn(process.argv),
    attachments,
    encoders: packers === null ? encodersIn(stages) : [...packers],
    printed: packers !== null,
    packedBefore: facts.packedBefore,
    packing: [],
    storeOwner: store === undefined ? '' : store.taint.origin.person || 'unknown',
    ownLetters: store !== undefined && holdsOwnLetters(host, process),
    scriptHint: facts.scriptHint,
  };
}
