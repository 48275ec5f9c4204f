import { skip, type Verdict } from '../../core/verdict.ts';
import type { JsonObject } from '../json-lines/record.ts';
import { fieldOf } from './fields.ts';

/** Zeek logs that become events. */
export const KINDS = ['conn', 'smtp', 'dns', 'ssl', 'http', 'files', 'ftp', 'notice'] as const;
export type ZeekKind = (typeof KINDS)[number];

const KNOWN = new Set<string>(KINDS);

/** Every field that any of them is asked for: nothing else of a row is made into a value. */
export const FIELDS: ReadonlySet<string> = new Set(
  [
    'ts uid id.orig_h id.orig_p id.resp_h id.resp_p community_id _system_name @system proto service duration',
    'orig_bytes resp_bytes conn_state trans_depth helo mailfrom rcptto msg_id last_reply user_agent tls fuids',
    'trans_id rtt query qtype answers server_name method host uri request_body_len response_body_len',
    'resp_fuids fuid conn_uids tx_hosts rx_hosts source mime_type filename is_orig seen_bytes total_bytes',
    'sha256 command arg file_size note src dst p',
  ]
    .join(' ')
    .split(' '),
);

/** Logs that say nothing any analytic asks for, by name, so that the counts tell which they were. */
const UNUSED = [
  'analyzer analyzer_debug broker capture_loss cluster config dce_rpc dhcp dnp3 dpd intel irc kerberos known_certs',
  'known_hosts known_services ldap ldap_search loaded_scripts modbus mqtt_connect mqtt_publish mqtt_subscribe mysql',
  'netcontrol notice_alarm ntlm ntp ocsp openflow packet_filter pe postgresql print quic radius rdp redis reporter rfb',
  'signatures sip smb_cmd smb_files smb_mapping snmp socks software ssh stats syslog telemetry traceroute tunnel',
  'websocket weird weird_stats x509',
]
  .join(' ')
  .split(' ');

const SKIPS: ReadonlyMap<string, Verdict> = new Map(UNUSED.map(name => [name, skip(`Zeek ${name} log`)]));
const OTHER = skip('Zeek log of another kind');

export const skipOf = (name: string): Verdict => SKIPS.get(name) ?? OTHER;

export const isKind = (name: string): name is ZeekKind => KNOWN.has(name);

/** The log's name where the record bears it: `_path` (json-streaming-logs), `_stream` or `@stream` (extensions, shippers). */
function namedIn(record: JsonObject): string {
  for (const key of ['_path', '@stream', '_stream']) {
    const value = record[key];
    if (typeof value === 'string' && value !== '' && value.length <= 64) return value.toLowerCase();
  }
  return '';
}

/**
 * Which log a record without a header is of: the name it bears, else the keys that only this log always has (fields with
 * a default in its `Info` record). '' when it is none of Zeek's.
 */
export function kindOf(record: JsonObject): string {
  if (record.ts === undefined) return '';
  const named = namedIn(record);
  if (named !== '') return named;
  if ('fuid' in record && 'seen_bytes' in record) return 'files';
  if ('note' in record && 'suppress_for' in record) return 'notice';
  if ('certificate.serial' in record || 'certificate_serial' in record) return 'x509';
  if (typeof record.uid !== 'string' || fieldOf(record, 'id.orig_h') === undefined) return '';
  if ('conn_state' in record) return 'conn';
  if ('trans_depth' in record && 'tls' in record) return 'smtp';
  if ('AA' in record && 'rejected' in record) return 'dns';
  if ('trans_depth' in record && 'request_body_len' in record) return 'http';
  if ('established' in record && 'resumed' in record) return 'ssl';
  if ('command' in record && 'arg' in record) return 'ftp';
  return 'other';
}
