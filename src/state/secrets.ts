import type { HostEvent } from '../events/host-events.ts';
import { onlyStarts } from './elevation.ts';
import type { HostState } from './host.ts';
import { notify } from './notify.ts';
import { type ProcessState, tellOnce } from './processes.ts';
import { CLASS, programName } from './programs.ts';

/** Where keys and passwords lie: ssh(1), gpg(1), netrc(5), and the settings of mail programs and clients, by their own manuals. */
const SECRETS: readonly (readonly [where: RegExp, what: string])[] = [
  [/\/\.ssh\/(?:id_[^/]+|identity|[^/]+\.(?:pem|key))(?<!\.pub)$/, 'a private key'],
  [/\/\.gnupg\/(?:private-keys-v1\.d\/[^/]+|secring\.gpg)$/, 'a private key'],
  [/^\/etc\/(?:ssh\/ssh_host_[^/]+_key|ssl\/private\/[^/]+|dkimkeys\/[^/]+\.(?:private|pem|key))$/, 'a private key'],
  [/\/\.(?:thunderbird|icedove|mozilla)\/.*\/(?:logins\.json|key[34]\.db)$/, 'passwords that a client keeps'],
  [/\/\.config\/(?:.*\/)?(?:Login Data|geary\/account_[^/]+)$/, 'passwords that a client keeps'],
  [/\/\.local\/share\/(?:keyrings|kwalletd)\/[^/]+$/, 'passwords that the desktop keeps'],
  [
    /\/\.(?:netrc|authinfo|git-credentials|pgpass|my\.cnf|fetchmailrc|msmtprc|mpoprc|mbsyncrc|offlineimaprc|getmail\/getmailrc)$/,
    'settings that hold passwords',
  ],
  [/\/\.(?:aws\/credentials|docker\/config\.json|kube\/config|config\/msmtp\/config)$/, 'settings that hold passwords'],
  [
    /^\/etc\/(?:g?shadow-?|msmtprc|postfix\/sasl_passwd(?:\.db)?|exim4\/passwd\.client|dovecot\/users)$/,
    'passwords of this host',
  ],
];

/** What kind of secret lies in a file, by its place; '' for none. */
export const secretIn = (path: string): string => SECRETS.find(([where]) => where.test(path))?.[1] ?? '';

/** To use keys is their work. */
const KEY_USERS = new Set('ssh ssh-add ssh-agent gpg gpg2 gpg-agent'.split(' '));

const CLIENT = CLASS.mailClient | CLASS.browser | CLASS.messenger;
/** Installed, or put into its user's hands: what only bears such a name is none. */
const isOwnClient = ({ trusted, handedOut, classBits }: ProcessState): boolean =>
  (trusted || handedOut) && (classBits & CLIENT) !== 0;

/**
 * Content that came from outside and runs, or what it started, reads a key or a password file. A client at its own profile, a
 * program that logs in with a key, and one that asks for a password do what they are for.
 */
export function tellSecretRead(host: HostState, process: ProcessState, path: string, event: HostEvent): void {
  const { controlled } = process;
  if (controlled === null) return;
  const what = secretIn(path);
  if (what === '' || onlyStarts(process) || (process.trusted && KEY_USERS.has(programName(process.exe)))) return;
  if (isOwnClient(process) || !tellOnce(process, `secret ${path}`)) return;
  notify(host, process, event, {
    kind: 'secret.read',
    taint: controlled,
    path,
    what,
  });
}
