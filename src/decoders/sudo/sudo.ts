import { EMIT, reject, skip } from '../../core/verdict.ts';
import { ID_UNSET } from '../../events/host-events.ts';
import { splitCommandLine } from '../command-line.ts';
import { emitJob } from '../syslog/host-event.ts';
import { decodePam } from '../syslog/pam.ts';
import type { ProgramDecoder } from '../syslog-contract.ts';

/**
 * sudo: a command was run as somebody else.
 *
 *   line := *SP invoker " : " [reason " ; "] ["HOST=" host " ; "] ["TTY=" tty " ; "] ["CHROOT=" dir " ; "] "PWD=" dir
 *           " ; USER=" user " ; " *(KEY "=" value " ; ") "COMMAND=" command | pam
 *
 * Without a terminal sudo 1.9 writes no TTY at all, where older ones wrote `TTY=unknown`.
 * Source: sudoers(5), log format; sudo's lib/eventlog/eventlog.c, new_logline. Emits: job.started (user: whom it runs as), session.started.
 * Trust: the users are the account database's; dir and command are the invoker's words: command goes to the end of the line,
 * and USER is looked for behind PWD from the right, so that a directory's name cannot stand in for it.
 * Skips: refusals (a reason stands first). Rejects: a line with COMMAND and no USER.
 */
export const sudoDecoder: ProgramDecoder = Object.freeze({
  id: 'sudo',
  programs: ['sudo', 'sudoedit', 'doas'],
  decode(text, meta, emit) {
    const pam = decodePam(text, meta, emit);
    if (pam !== null) return pam;
    const colon = text.indexOf(' : ');
    if (colon < 0) return OTHER;
    const command = text.indexOf(' ; COMMAND=', colon);
    if (command < 0) return OTHER;
    if (!FIRST_KEYS.some(key => text.startsWith(key, colon + 3))) return REFUSED;
    const user = text.lastIndexOf(' ; USER=', command);
    if (user < 0) return NO_USER;
    const end = text.indexOf(' ; ', user + 8);
    const said = text.slice(colon + 3, user);
    const ordered = text.slice(command + 11);
    const by = {
      user: text.slice(0, colon).trim(),
      auid: ID_UNSET,
      ses: ID_UNSET,
      tty: ttyIn(said),
      folder: folderIn(said),
      words: splitCommandLine(ordered, QUOTES),
    };
    emitJob(meta, emit, 'sudo', text.slice(user + 8, end), meta.pid, ordered, by);
    return EMIT;
  },
} satisfies ProgramDecoder);

const QUOTES = `'"`;

/** Before the directory, whose name may hold anything. */
function ttyIn(said: string): string {
  const tty = /^(?:HOST=\S* ; )?TTY=(\S+) ; /.exec(said)?.[1] ?? '';
  return tty === 'unknown' ? '' : tty;
}

/** What it says before USER ends with the directory. */
const folderIn = (said: string): string => /(?:^| ; )PWD=(.*)$/s.exec(said)?.[1] ?? '';

/** One of these stands first when nothing was refused. */
const FIRST_KEYS = ['HOST=', 'TTY=', 'CHROOT=', 'PWD='];

const OTHER = skip('sudo message that starts nothing');
const REFUSED = skip('sudo refused');
const NO_USER = reject('sudo command without a user');
