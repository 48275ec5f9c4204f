import { isLoopback } from '../core/loopback.ts';
import { dirName, isWithin } from '../core/paths.ts';
import type { FileId, HostEvent } from '../events/host-events.ts';
import { firstTaint, originOf, stepOf } from './carry.ts';
import { clientServed } from './documents-portal.ts';
import { isCodeName } from './execution.ts';
import { plainUrl, urlNamed } from './fetch-words.ts';
import type { HostState } from './host.ts';
import { MARK } from './path-marks.ts';
import type { Place } from './places.ts';
import { idOf, type ProcessState } from './processes.ts';
import { CLASS, isSystemPath, MAILBOX_PORTS } from './programs.ts';
import { isUnitFile } from './started-units.ts';
import type { Taint } from './taint.ts';

/** What a client puts in a place of people is content from outside; null for what it keeps for itself, and for whom is no client. */
export function savedByClient(
  host: HostState,
  process: ProcessState,
  file: FileId,
  event: HostEvent,
  place: Place,
): Taint | null {
  const served = clientServed(host, process, event.time);
  const client = served ?? clientBehind(process);
  const { classBits } = client;
  const isKept = (place.profile || place.startsLater) && !isUnitFile(file.path);
  if (isKept || place.box !== '' || (place.marks & MARK.user) === 0) return null;
  // A client that was unpacked into a home updates itself there.
  if (
    process.exe !== '' &&
    !isSystemPath(process.exe) &&
    isWithin(file.path, dirName(process.exe)) &&
    dirName(process.exe).split('/').length > 3
  )
    return null;
  const isMailbox = (classBits & CLASS.mailClient) === 0 && hasOpenedMailbox(client);
  const isMail =
    (classBits & CLASS.mailClient) !== 0 ||
    isMailbox ||
    ((classBits & CLASS.sender) !== 0 && client.lastStoreRead !== null);
  const isWeb = (classBits & (CLASS.browser | CLASS.messenger)) !== 0;
  const isFetch =
    (classBits & CLASS.transfer) !== 0 && process.argv.some(word => word.includes('://') || word.includes(':/'));
  const isClone = !isMail && !isWeb && !isFetch && isCloning(process) && isCodeName(file.path);
  const isKnown = isMail || isWeb || isFetch || isClone;
  if (!isKnown && !isUnlistedClient(process, place)) return null;
  const isMode = event.kind === 'file.mode-changed';
  const strength = isKnown && served === null && !isMode ? 'observed' : 'inferred';
  const read = isMail ? client.lastStoreRead : null;
  const origin = originOf(host, client, event.time, {
    kind: isMail ? 'mail' : 'download',
    basis:
      (isFetch || isClone) && !isMail && !isWeb
        ? 'fetched'
        : isKnown && isAtWork(served, event.time)
          ? 'client-wrote'
          : 'appeared',
    strength,
    classBits: isKnown ? client.classBits : CLASS.browser,
    person: host.userName(process.uid),
    // What one clone brings is one thing, whichever of its files is run.
    key: isClone ? idOf(process) : `${idOf(process)} ${file.path}`,
    storePath: read?.path ?? '',
    agentPid: read?.agentPid ?? -1,
    agentTime: read?.agentTime ?? 0,
    ...(isFetch && !isMail && !isWeb ? { url: urlNamed(process), isPlain: plainUrl(process) !== '' } : {}),
  });
  const verb = isMode
    ? 'sets the mode of, and so has saved,'
    : event.kind === 'file.opened'
      ? 'writes'
      : 'puts in place';
  return firstTaint(
    origin,
    stepOf(
      event,
      'file.created',
      process,
      verb,
      file.path,
      strength,
      served !== null
        ? `written by the documents portal for ${isMail ? 'a mail client' : 'a browser or messenger'} in a sandbox, as far as can be told`
        : isMailbox
          ? 'written by a program that had connected to a mailbox server (IMAP, POP3)'
          : isMail
            ? 'written by a mail client'
            : isWeb
              ? 'written by a browser or messenger'
              : isKnown
                ? 'written by a program that fetches from outside'
                : 'written, where clients save, by a program that speaks to another host by itself',
    ),
  );
}

/** git-clone(1) of a repository that lies on another host. Of what it brings only code is remembered: there may be much. */
const isCloning = ({ classBits, argv }: ProcessState): boolean =>
  (classBits & CLASS.versionControl) !== 0 &&
  argv.includes('clone') &&
  argv.some(word => /^(?:https?|git|ssh):\/\/|^[^/]+@[^/]+:/.test(word));

const AT_WORK_MS = 10_000;

/** Whom the documents portal writes for was doing something at that moment; else it is a guess who it was. */
const isAtWork = (served: ProcessState | null, time: number): boolean =>
  served === null || time - served.lastSeen <= AT_WORK_MS;

const MAILBOX_URL = /^(?:imap|pop3)s?:\/\//;

/** Whatever it is called: it fetches messages itself, as curl(1) and scripts can. */
function hasOpenedMailbox(process: ProcessState): boolean {
  if (process.connections.some(each => each.process === process && MAILBOX_PORTS.has(each.event.port))) return true;
  return (process.classBits & CLASS.transfer) !== 0 && process.argv.some(word => MAILBOX_URL.test(word));
}

const CLIENT = CLASS.mailClient | CLASS.browser | CLASS.messenger;

/** A client that is a script does its file work through the tools it starts: they write in its name. */
function clientBehind(process: ProcessState): ProcessState {
  if (process.classBits & CLIENT) return process;
  const { parent } = process;
  const elder = parent !== null && (parent.classBits & CLIENT) === 0 ? parent.parent : parent;
  return elder === null || (elder.classBits & CLIENT) === 0 || elder.script === '' ? process : elder;
}

/**
 * No table holds the name of every browser and messenger. What else puts a file where such save, as they do: a program of the
 * system by itself, started by nobody's typing and of no kind that is known (nor a script, whose interpreter is), that speaks
 * to another host.
 * It may be a client for something else (a file server's, a game's), so the file only appeared where clients save.
 */
function isUnlistedClient(process: ProcessState, place: Place): boolean {
  if (process.classBits !== 0 || !place.attachmentPlace || !process.trusted || process.tty !== '') return false;
  return process.connections.some(({ process: by, event: { address } }) => by === process && !isLoopback(address));
}

/** What it does, it does for a mail client, a browser or a messenger. */
export const isClients = (process: ProcessState): boolean => (clientBehind(process).classBits & CLIENT) !== 0;
