import { createHash } from 'node:crypto';

/** One recording takes so long at most: each round of it lies so much later than the one before. */
const ROUND_MS = 10 * 60_000;

const EPOCH = /\b(1795\d{6})(\d*)/g;
const ISO = /\b(2026-\d\d-\d\d[T ]\d\d:\d\d:\d\d)/g;
const SYSLOG = /^([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)/gm;
const PID = /(\[|"_PID":"|"pid":"?)(\d{1,7})(?=[\]",}])/g;
const ADDRESS = /\b(203\.0\.113|198\.51\.100|192\.0\.2)\.(\d{1,3})\b/g;
const OUTSIDER = /\b([a-z][a-z\d.+-]+)@((?:\w+\.)?example\.(?:net|com))/g;
/** Queue ids of Postfix, Exim and Sendmail, and the hex ids of OpenSMTPD, Rspamd and Zeek. */
const IDS =
  /\b(?:[\dA-F]{10}|1x[\dA-Za-z]{4}-[\dA-Za-z]{6}-[\dA-Za-z]{2}|6AL[\dA-Za-z]{11}|[\da-f]{8}|[\da-f]{16}|C[\dA-Za-z]{17})\b/g;

/**
 * The same recording at a later time, by other processes, clients, senders and messages: what differs from day to day
 * differs, what a site has few of (accounts, programs, hosts) stays. Round 0 is the recording itself. The same round gives
 * the same text.
 */
export function varied(text: string, round: number): string {
  if (round === 0) return text;
  const laterMs = round * ROUND_MS;
  return text
    .replace(EPOCH, (_, seconds: string, parts: string) => `${Number(seconds) + laterMs / 1000}${parts}`)
    .replace(ISO, (stamp: string) => isoLater(stamp, laterMs))
    .replace(SYSLOG, (stamp: string) => syslogLater(stamp, laterMs))
    .replace(PID, (_, before: string, pid: string) => `${before}${1 + ((Number(pid) + round * 13) % 4_000_000)}`)
    .replace(ADDRESS, (_, net: string, last: string) => `${net}.${1 + ((Number(last) + round * 7) % 254)}`)
    .replace(OUTSIDER, (_, local: string, domain: string) => `${local}${few(local, round)}@${domain}`)
    .replace(IDS, id => otherId(id, round));
}

const isoLater = (stamp: string, laterMs: number): string => {
  const time = new Date(Date.parse(`${stamp.replace(' ', 'T')}Z`) + laterMs).toISOString();
  return `${time.slice(0, 10)}${stamp[10]}${time.slice(11, 19)}`;
};

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const syslogLater = (stamp: string, laterMs: number): string => {
  const at = new Date(Date.parse(`${stamp.slice(0, 6)} 2026 ${stamp.slice(7)} UTC`) + laterMs);
  const [date, clock] = [at.getUTCDate(), at.toISOString().slice(11, 19)];
  return `${MONTHS[at.getUTCMonth()]} ${String(date).padStart(2)} ${clock}`;
};

/** A few senders write often and many seldom: half of the rounds have one of four, the others one of 256. */
function few(local: string, round: number): string {
  const byte = createHash('sha1').update(`${local} ${round}`).digest().readUInt16BE(0);
  return String(byte % 2 === 0 ? (byte >> 1) % 4 : (byte >> 1) % 256);
}

/** Letters and digits of the same kinds at the same places; a word without letters, or without digits, is no id. */
function otherId(id: string, round: number): string {
  if (!/\d/.test(id) || !/[A-Za-z]/.test(id)) return id;
  const digest = createHash('sha1').update(`${id} ${round}`).digest();
  let out = '';
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    const byte = digest[i % digest.length] as number;
    const keep = i < 3 || code === 45;
    if (keep) out += id[i];
    else if (code < 58) out += byte % 10;
    else if (code < 91) out += 'ABCDEF'[byte % 6];
    else out += 'abcdef'[byte % 6];
  }
  return out;
}
