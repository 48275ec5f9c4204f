import { isLoopback, isUnspecified } from '../core/loopback.ts';
import { type NetworkConnected, PEOPLE_UID } from '../events/host-events.ts';
import type { HostState } from './host.ts';
import { notify } from './notify.ts';
import { inLogin, type ProcessState, tellOnce } from './processes.ts';
import { CLASS, calledAs } from './programs.ts';

/** Delivery handed it a letter on standard input, or the shell between did. */
export const holdsLetter = ({ carries }: ProcessState): boolean =>
  carries.some(({ taint }) => taint.origin.kind === 'mail' && taint.origin.basis === 'delivery-pipe');

const OPTION =
  /^(?:-d|-T|-F|--data|--data-ascii|--data-binary|--data-raw|--data-urlencode|--json|--upload-file|--form)$/;
/** `-d @-`, `-d@-`, `--data-binary=@/dev/stdin`, `-F f=@-`. */
const INPUT = /(?:^|[=@])@?(?:-|\/dev\/stdin|\/proc\/self\/fd\/0)(?:;.*)?$/;
const JOINED = /^-[dTF](.+)$/;
/** The beginning of a letter, mbox(5) and RFC 5322. */
const LETTER = /^(?:From |Received:|Return-Path:|Delivered-To:)/m;

/** Whether its words have it send what comes on its standard input, or hold a letter themselves. */
export function sendsInput({ exe, argv: all }: Pick<ProcessState, 'exe' | 'argv'>): boolean {
  const { name, argv } = calledAs(exe, all);
  const words = argv.slice(1);
  if (words.some(word => LETTER.test(word))) return true;
  switch (name) {
    case 'curl':
    case 'xh':
      return words.some(
        (word, i) => isInput(JOINED.exec(word)?.[1]) || (OPTION.test(words[i - 1] ?? '') && isInput(word)),
      );
    case 'wget':
      return words.some((word, i) => /^--(?:post|body)-file/.test(word) && isInput(word.split('=')[1] ?? words[i + 1]));
    case 'scp':
    case 'sftp':
    case 'rsync':
    case 'axel':
    case 'aria2c':
      return false;
    default:
      return true;
  }
}

const isInput = (word: string | undefined): boolean => word === '.' || (word !== undefined && INPUT.test(word));

/** A person's, of no login: as what delivery starts runs. */
export const isOfDelivery = (process: ProcessState): boolean => process.uid >= PEOPLE_UID && inLogin(process) === false;

/** An installed program of one purpose (a filter, a ticket system's gate) does its own work; what does as it is told is its person's. */
const doesAsTold = ({ trusted, classBits }: ProcessState): boolean => !trusted || (classBits & CLASS.transfer) !== 0;

/** Tells that a program which got a letter from delivery reaches another host. */
export function letterOut(host: HostState, process: ProcessState, event: NetworkConnected): void {
  if (process.carries.length === 0 || !isOfDelivery(process) || !holdsLetter(process)) return;
  if (isLoopback(event.address) || isUnspecified(event.address) || event.outcome === 'failed') return;
  if (!doesAsTold(process) || !sendsInput(process) || !tellOnce(process, 'letter out')) return;
  notify(host, process, event, { kind: 'letter.carried', event });
}
