import { findElder } from '../../state/ancestry.ts';
import type { ProcessState } from '../../state/processes.ts';
import { CLASS, isSystemPath, programName } from '../../state/programs.ts';

/** Ports on which a client reads mail: POP3, IMAP, and both over TLS. */
const READS_MAIL: ReadonlySet<number> = new Set([110, 143, 993, 995]);

/** A person's mail client: installed, or (unpacked in a home) one that is seen to fetch mail as well. Its name alone is anybody's. */
export const isClient = ({ classBits, trusted, connections }: ProcessState): boolean =>
  (classBits & CLASS.mailClient) !== 0 && (trusted || connections.some(({ event }) => READS_MAIL.has(event.port)));

/** The MTA and its helpers, filters and delivery agents at their work: by place and owner, not by name. */
export function isMailService(process: ProcessState): boolean {
  if (!process.trusted) return false;
  if (process.classBits & CLASS.filter) return true;
  if (process.classBits & (CLASS.mta | CLASS.delivery | CLASS.storeService) && (process.classBits & CLASS.sender) === 0)
    return true;
  return findElder(process, 5, passesMailOn) !== undefined;
}

const passesMailOn = ({ trusted, classBits }: ProcessState): boolean =>
  trusted && (classBits & (CLASS.mta | CLASS.delivery)) !== 0 && (classBits & CLASS.sender) === 0;

/** cron and at mail a job's output themselves: the scheduler's own process starts the sender. */
export function isSchedulersOwn(process: ProcessState): boolean {
  const { parent } = process;
  return (
    parent !== null &&
    (parent.classBits & CLASS.scheduler) !== 0 &&
    isSystemPath(parent.exe) &&
    programName(parent.exe) !== 'systemd' &&
    isSchedulersMail(process)
  );
}

/** The words with which they do. */
export const isSchedulersMail = ({ classBits, argv }: ProcessState): boolean =>
  (classBits & CLASS.sender) !== 0 &&
  argv.some(word => word.startsWith('-F') || word === '-oem' || word.startsWith('-odi'));
