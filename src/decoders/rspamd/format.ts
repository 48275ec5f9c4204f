import type { FileFormat } from '../contract.ts';
import { ownLogFormat } from '../own-log/own-log.ts';
import { rspamdDecoder } from './rspamd.ts';

/**
 * Rspamd's own log file.
 *
 *   line := yyyy-mm-dd SP hh:mm:ss ["." digits] SP "#" pid "(" worker ") " message
 *
 * Source: Rspamd documentation, logging; recordings of 3.4. Trust: as in rspamd.ts.
 */
export const rspamdFormat: FileFormat = ownLogFormat({
  id: 'rspamd-log',
  title: 'Rspamd log file',
  stampAt: (_, start) => start,
  frame(rest) {
    if (rest.charCodeAt(0) !== 0x23) return null;
    const open = rest.indexOf('(');
    const close = rest.indexOf(') ', open);
    if (open < 2 || open > 12 || close < 0 || close - open > 32) return null;
    const pid = Number(rest.slice(1, open));
    if (!Number.isInteger(pid)) return null;
    return { program: 'rspamd', pid, text: rest.slice(close + 2) };
  },
  decoder: rspamdDecoder,
});
