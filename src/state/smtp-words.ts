import { byWordsAndTwo } from '../core/by-words.ts';
import type { ProcessState } from './processes.ts';
import { CLASS, programName, SMTP_PORTS } from './programs.ts';

/**
 * Where a command line says that this process will speak SMTP: the destination as it stands there, '' when it does not say
 * so. For hosts that record no connections; where they are recorded the connection itself counts.
 */
export const smtpInArguments = ({ argv, exe, classBits }: ProcessState): string =>
  smtpNamed(argv, exe, classBits & (CLASS.transfer | CLASS.shell | CLASS.interpreter));

const smtpNamed = byWordsAndTwo((argv, exe: string, classBits: number): string => {
  for (const word of argv) if (word.startsWith('smtp://') || word.startsWith('smtps://')) return word.slice(0, 256);
  const name = programName(exe);
  if (name === 'openssl') return opensslDestination(argv);
  if (classBits & CLASS.transfer) return plainDestination(argv);
  if ((classBits & (CLASS.shell | CLASS.interpreter)) === 0) return '';
  for (const word of argv.slice(1)) {
    const found = inlineDestination(word);
    if (found !== '') return found;
  }
  return '';
});

/** Options of msmtp(1), ssmtp(8), swaks(1) that name a server, or a file of settings that does. */
const OWN_SERVER = /^(?:-C|--file|--host|--server)(?:=|$)/;

/** A mailer is told by its words where to hand mail in: not to the relay that the host is set up with. */
export const namesItsServer = (argv: readonly string[]): boolean =>
  argv.some((word, i) => i > 0 && (OWN_SERVER.test(word) || /\b(?:smtps?|submissions?):\/\//.test(word)));

function opensslDestination(argv: readonly string[]): string {
  if (argv[1] !== 's_client') return '';
  const at = argv.indexOf('-connect');
  const target = at > 0 ? (argv[at + 1] ?? '') : '';
  const starts = argv.indexOf('-starttls');
  const isSmtp = (starts > 0 && argv[starts + 1] === 'smtp') || isSmtpPort(target.slice(target.lastIndexOf(':') + 1));
  return isSmtp ? target || 'smtp' : '';
}

/** `nc host 25`, `telnet host smtp`, `socat - TCP:host:587`; a listener sends nothing. */
function plainDestination(argv: readonly string[]): string {
  if (argv.some(word => word.startsWith('-') && !word.startsWith('--') && word.includes('l'))) return '';
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as string;
    const parts = word.split(':');
    if (/^(?:tcp|tcp4|tcp6|openssl|ssl)$/i.test(parts[0] ?? '') && isSmtpPort((parts[2] ?? '').split(',')[0] ?? ''))
      return `${parts[1]}:${parts[2]}`;
    if (
      i > 1 &&
      isSmtpPort(word) &&
      !(argv[i - 1] as string).startsWith('-') &&
      NETCATS.has(programName(argv[0] ?? ''))
    )
      return `${argv[i - 1]}:${word}`;
  }
  return '';
}

const NETCATS = new Set(['nc', 'ncat', 'netcat', 'nc.openbsd', 'nc.traditional', 'telnet']);

function isSmtpPort(text: string): boolean {
  return text === 'smtp' || text === 'submission' || text === 'smtps' || SMTP_PORTS.has(Number(text));
}

/** A program given inline: /dev/tcp/host/25, smtplib, Net::SMTP. */
function inlineDestination(text: string): string {
  const at = text.indexOf('/dev/tcp/');
  if (at >= 0) {
    const [host, port] = text.slice(at + 9, at + 265).split(/[\s/'"]/, 2);
    if (isSmtpPort(port ?? '')) return `${host}:${port}`;
  }
  for (const library of ['smtplib', 'Net::SMTP', 'net/smtp', 'nodemailer', 'smtp.SendMail'])
    if (text.includes(library)) return library;
  return '';
}
