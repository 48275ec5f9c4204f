import type { FileFormat } from '../contract.ts';
import { ownLogFormat } from '../own-log/own-log.ts';
import { spamdDecoder } from './spamd.ts';

const LEVELS = ['info: ', 'warn: ', 'error: ', 'dbg: '];

/**
 * spamd's own log file (spamd -s FILE).
 *
 *   line := Www SP Mmm SP dd SP hh:mm:ss SP yyyy SP "[" pid "] " level ": " message
 *
 * Source: spamd(8p), recordings of 4.0.1. Trust: as in spamd.ts.
 */
export const spamdFormat: FileFormat = ownLogFormat({
  id: 'spamd-log',
  title: 'spamd log file (spamd -s)',
  stampAt: (buffer, start, end) => (end - start > 28 && buffer[start + 3] === 0x20 ? start + 4 : -1),
  frame(rest) {
    const close = rest.indexOf('] ');
    if (rest.charCodeAt(0) !== 0x5b || close < 2 || close > 12) return null;
    const pid = Number(rest.slice(1, close));
    const level = LEVELS.find(word => rest.startsWith(word, close + 2));
    if (!Number.isInteger(pid) || level === undefined) return null;
    return { program: 'spamd', pid, text: rest.slice(close + 2 + level.length) };
  },
  decoder: spamdDecoder,
});
