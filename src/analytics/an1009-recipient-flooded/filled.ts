import { domainOf } from '../../core/mail-address.ts';
import { DAY_MS, HOUR_MS } from '../../core/time.ts';
import type { Sample } from './sample.ts';

/** Large letters by strangers that take the room of a mailbox, and what came there before them. Plain data. */
export interface Filling {
  readonly start: number;
  last: number;
  /** The first ones; all are counted. */
  messages: Sample[];
  count: number;
  bytes: number;
  /** They are of nearly one size, as copies of one thing are. */
  readonly isOneSize: boolean;
  /** Bytes of the busiest day before. */
  readonly usualBytes: number;
  /** The part of the mailbox's messages that usually comes from senders never seen before. */
  readonly strangersUsual: number;
  /** Messages, of anybody, that found no room since the first of them; and those of others among them. */
  full: number;
  turnedAway: Sample[];
}

/** What is kept of a mailbox for it. */
export interface Room {
  readonly since: number;
  /** Bytes of the last days with mail that were no filling's, oldest first; and of the busiest before these. */
  days: { readonly day: number; bytes: number }[];
  busiest: number;
  /** Large ones by newcomers, of the last hours. */
  recent: Sample[];
  lastFull: Sample[];
  fillings: Filling[];
}

/** An attached picture is no film: a few hundred letters of this size fill no mailbox. */
const LARGE_BYTES = 256 * 1024;
const WITHIN_MS = 8 * HOUR_MS;
/** So many strangers with a domain each do not have the same to send by chance. */
const LEAST = 10;
const LEAST_BYTES = 20_000_000;
/** Where it turns letters away, the room is gone, however little it was. */
const FULL_LEAST = 2;
const TIMES_USUAL = 20;
/** Headers differ, and what makes the copies may vary them a little. */
const ALIKE = 0.02;
const GOES_ON_MS = 6 * HOUR_MS;
const RECENT_MAX = 200;
const MESSAGES_MAX = 100;
const KEPT_MAX = 8;
/** What is thought to begin a filling is counted late, once it turns out that it did not. */
const DAYS_KEPT = 3;

export const newRoom = (time: number): Room => ({
  since: time,
  days: [],
  busiest: 0,
  recent: [],
  lastFull: [],
  fillings: [],
});

export interface RoomSetting {
  readonly evidenceStart: number;
  readonly isNewcomer: (sample: Sample) => boolean;
  readonly strangersBefore: (time: number) => number;
}

/**
 * Few messages fill a mailbox when they are large: within some hours ten strangers or more, each of another domain, bring letters of one
 * size, or of any size until there is no room, many times the bytes of any day before.
 */
export function takeRoom(room: Room, sample: Sample, setting: RoomSetting): void {
  const open = openAt(room, sample.time);
  const isLarge = sample.sizeBytes >= LARGE_BYTES && setting.isNewcomer(sample);
  if (sample.outcome === 'full') {
    room.lastFull = [...room.lastFull.filter(({ time }) => time > sample.time - WITHIN_MS), sample].slice(-KEPT_MAX);
    if (open !== undefined) turnAway(open, sample);
  }
  if (!isLarge) {
    // A letter of somebody known is usual, whatever its size.
    countDay(room, sample);
    return;
  }
  if (open !== undefined) {
    if (!open.isOneSize || isAlike(sample, open.messages[0] as Sample)) add(open, sample);
    else countDay(room, sample);
    return;
  }
  const recent = [...room.recent.filter(({ time }) => time > sample.time - WITHIN_MS), sample].slice(-RECENT_MAX);
  countOthers(room, recent);
  room.recent = recent;
  begin(room, sample, setting);
}

/** A stranger's large letters are usual too, where they were no part of a filling. */
function countOthers(room: Room, kept: readonly Sample[]): void {
  const held = new Set(kept);
  for (const each of room.recent) if (!held.has(each)) countDay(room, each);
}

function begin(room: Room, sample: Sample, { evidenceStart, strangersBefore }: RoomSetting): void {
  const alike = room.recent.filter(each => isAlike(each, sample));
  const isOneSize = areOfMany(alike);
  if (!isOneSize && (room.lastFull.length < FULL_LEAST || !areOfMany(room.recent))) return;
  const messages = isOneSize ? alike : room.recent;
  const start = (messages[0] as Sample).time;
  const bytes = messages.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const turned = room.lastFull.filter(({ time }) => time >= start);
  if (turned.length < FULL_LEAST && bytes < LEAST_BYTES) return;
  const usualBytes = Math.max(room.busiest, ...room.days.map(each => each.bytes));
  if (bytes < TIMES_USUAL * usualBytes) return;
  if (start - evidenceStart < DAY_MS || start - room.since < DAY_MS / 2) return;
  const filling: Filling = {
    start,
    last: sample.time,
    messages: [...messages].slice(0, MESSAGES_MAX),
    count: messages.length,
    bytes,
    isOneSize,
    usualBytes,
    strangersUsual: strangersBefore(start),
    full: 0,
    turnedAway: [],
  };
  for (const each of turned) turnAway(filling, each);
  room.fillings = [...room.fillings, filling].slice(-KEPT_MAX);
  countOthers(room, messages);
  room.recent = [];
}

const openAt = ({ fillings }: Room, time: number): Filling | undefined =>
  fillings.findLast(({ last }) => time - last <= GOES_ON_MS);

const areOfMany = (samples: readonly Sample[]): boolean =>
  samples.length >= LEAST && new Set(samples.map(({ sender }) => domainOf(sender))).size >= LEAST;

const isAlike = (a: Sample, b: Sample): boolean => Math.abs(a.sizeBytes - b.sizeBytes) <= ALIKE * b.sizeBytes;

function add(filling: Filling, sample: Sample): void {
  filling.count += 1;
  filling.bytes += sample.sizeBytes;
  filling.last = Math.max(filling.last, sample.time);
  if (filling.messages.length < MESSAGES_MAX) filling.messages.push(sample);
}

/** A letter of somebody else that found no room is the harm. */
function turnAway(filling: Filling, sample: Sample): void {
  filling.full += 1;
  if (sample.sizeBytes < LARGE_BYTES && filling.turnedAway.length < KEPT_MAX) filling.turnedAway.push(sample);
}

function countDay(room: Room, { time, sizeBytes }: Sample): void {
  const day = Math.floor(time / DAY_MS);
  const bytes = Math.max(0, sizeBytes);
  const known = room.days.find(each => each.day === day);
  if (known !== undefined) known.bytes += bytes;
  else room.days = [...room.days, { day, bytes }].sort((a, b) => a.day - b.day);
  if (room.days.length > DAYS_KEPT) room.busiest = Math.max(room.busiest, room.days.shift()?.bytes ?? 0);
}
