import type { EpochMs } from '../../core/time.ts';
import type { JsonObject, JsonRecordDecoder } from '../json-lines/record.ts';
import { decodeZeek, zeekHost, zeekTime } from './decode.ts';
import { kindOf } from './kinds.ts';
import { ZEEK_LATENESS_MS } from './tsv.ts';

/**
 * Zeek's logs as its JSON writer, json-streaming-logs, or a shipper leaves them: a record a line, recognised by the log's
 * name in it or by the keys that only one log has; what records mean is decode.ts.
 *
 * Source: docs.zeek.org, policy/tuning/json-logs; LogAscii::use_json, json_timestamps, default_scope_sep.
 * Trust: see decode.ts.
 */
export const zeekJson: JsonRecordDecoder = {
  id: 'zeek-json',
  title: 'Zeek logs (JSON)',
  latenessMs: ZEEK_LATENESS_MS,
  claims: (record: JsonObject): boolean => kindOf(record) !== '',
  hostOf: zeekHost,
  timeOf: (record: JsonObject): EpochMs => zeekTime(kindOf(record), record),
  decode: (record, meta, emit) =>
    decodeZeek(kindOf(record), record, { host: zeekHost(record) || meta.context.defaultHost, ref: meta.ref }, emit),
};
