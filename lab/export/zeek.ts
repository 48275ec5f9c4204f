import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Wire, type WireFlow, wireOf } from './wire.ts';

/**
 * Writes a recorded case as the logs that Zeek would have written on the laboratory's wire:
 *
 *     node lab/export/zeek.ts CASE OUTDIR [--json] [--bytes ADDRESS:PORT=N] [--attachment QUEUEID=NAME,TYPE,SIZE] [--ahead MS]
 *
 * Source of the form: docs.zeek.org, script reference (Conn::Info, DNS::Info, SMTP::Info, Files::Info, SSL::Info,
 * HTTP::Info, all fields in their order) and "Zeek TSV format". Rows stand in the order in which Zeek writes them: when
 * it is done with what they tell.
 */
type Value = string | number | boolean | readonly string[] | null;
interface Column {
  readonly name: string;
  readonly type: string;
}
interface Log {
  readonly path: string;
  readonly columns: readonly Column[];
  readonly rows: { readonly written: number; readonly values: Readonly<Record<string, Value>> }[];
}

const ID = 'ts:time uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port';
const COLUMNS: Readonly<Record<string, string>> = {
  conn: `${ID} proto:enum service:string duration:interval orig_bytes:count resp_bytes:count conn_state:string local_orig:bool local_resp:bool missed_bytes:count history:string orig_pkts:count orig_ip_bytes:count resp_pkts:count resp_ip_bytes:count tunnel_parents:set[string] ip_proto:count`,
  dns: `${ID} proto:enum trans_id:count rtt:interval query:string qclass:count qclass_name:string qtype:count qtype_name:string rcode:count rcode_name:string AA:bool TC:bool RD:bool RA:bool Z:count answers:vector[string] TTLs:vector[interval] rejected:bool`,
  smtp: `${ID} trans_depth:count helo:string mailfrom:string rcptto:set[string] date:string from:string to:set[string] cc:set[string] reply_to:string msg_id:string in_reply_to:string subject:string x_originating_ip:addr first_received:string second_received:string last_reply:string path:vector[addr] user_agent:string tls:bool fuids:vector[string]`,
  files: `ts:time fuid:string uid:string id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port source:string depth:count analyzers:set[string] mime_type:string filename:string duration:interval local_orig:bool is_orig:bool seen_bytes:count total_bytes:count missing_bytes:count overflow_bytes:count timedout:bool parent_fuid:string md5:string sha1:string sha256:string extracted:string extracted_cutoff:bool extracted_size:count`,
  ssl: `${ID} version:string cipher:string curve:string server_name:string resumed:bool last_alert:string next_protocol:string established:bool ssl_history:string cert_chain_fps:vector[string] client_cert_chain_fps:vector[string] sni_matches_cert:bool`,
  http: `${ID} trans_depth:count method:string host:string uri:string referrer:string version:string user_agent:string origin:string request_body_len:count response_body_len:count status_code:count status_msg:string info_code:count info_msg:string tags:set[enum] username:string password:string proxied:set[string] orig_fuids:vector[string] orig_filenames:vector[string] orig_mime_types:vector[string] resp_fuids:vector[string] resp_filenames:vector[string] resp_mime_types:vector[string]`,
};

function logsOf(wire: Wire): Log[] {
  const logs = new Map<string, Log>();
  const add = (path: string, written: number, values: Readonly<Record<string, Value>>): void => {
    let log = logs.get(path);
    if (log === undefined) {
      const columns = (COLUMNS[path] as string).split(' ').map(each => {
        const [name = '', type = ''] = each.split(':');
        return { name, type };
      });
      log = { path, columns, rows: [] };
      logs.set(path, log);
    }
    log.rows.push({ written, values });
  };
  const id = (flow: WireFlow, time: number): Record<string, Value> => ({
    ts: time / 1000,
    uid: flow.id,
    'id.orig_h': flow.source,
    'id.orig_p': flow.sourcePort,
    'id.resp_h': flow.destination,
    'id.resp_p': flow.port,
  });
  for (const flow of wire.flows) {
    const local = (address: string): boolean => address.startsWith('198.51.100.');
    add('conn', flow.end + (flow.transport === 'udp' ? 60_000 : 5000), {
      ...id(flow, flow.start),
      proto: flow.transport,
      service: flow.service === '' || !flow.established ? null : flow.service,
      duration: flow.established ? (flow.end - flow.start) / 1000 : null,
      orig_bytes: flow.established ? flow.bytesOut : null,
      resp_bytes: flow.established ? flow.bytesIn : null,
      conn_state: flow.established ? 'SF' : 'REJ',
      local_orig: local(flow.source),
      local_resp: local(flow.destination),
      missed_bytes: 0,
      history: flow.transport === 'udp' ? 'Dd' : flow.established ? 'ShADadFf' : 'Sr',
      tunnel_parents: [],
      ip_proto: flow.transport === 'udp' ? 17 : 6,
    });
    if (flow.name !== '' && flow.port === 443)
      add('ssl', flow.start + 30, {
        ...id(flow, flow.start + 4),
        version: 'TLSv13',
        server_name: flow.name,
        resumed: false,
        established: true,
      });
    if (flow.name !== '' && flow.port === 80)
      add('http', flow.end, {
        ...id(flow, flow.start + 3),
        trans_depth: 1,
        host: flow.name,
        version: '1.1',
        request_body_len: flow.bytesOut,
        response_body_len: flow.bytesIn,
        status_code: 200,
        status_msg: 'OK',
        tags: [],
      });
  }
  for (const { flow, name, address } of wire.names)
    add('dns', flow.end, {
      ...id(flow, flow.start),
      proto: 'udp',
      trans_id: flow.sourcePort,
      rtt: 0.001,
      query: name,
      qclass: 1,
      qclass_name: 'C_INTERNET',
      qtype: 1,
      qtype_name: 'A',
      rcode: 0,
      rcode_name: 'NOERROR',
      AA: true,
      TC: false,
      RD: true,
      RA: true,
      Z: 0,
      answers: [address],
      TTLs: ['60.000000'],
      rejected: false,
    });
  for (const mail of wire.mails) {
    add('smtp', mail.flow.end, {
      ...id(mail.flow, mail.time),
      trans_depth: mail.transaction,
      helo: mail.helo,
      mailfrom: mail.sender,
      rcptto: mail.recipients,
      msg_id: mail.messageId,
      last_reply: mail.reply,
      path: [mail.flow.destination, mail.flow.source],
      tls: false,
      fuids: mail.files.map(file => file.id),
    });
    mail.files.forEach((file, index) =>
      add('files', mail.flow.end, {
        ...id(mail.flow, mail.time + 4),
        fuid: file.id,
        source: 'SMTP',
        depth: index + 1,
        analyzers: ['SHA256'],
        mime_type: file.type,
        filename: file.name === '' ? null : file.name,
        duration: 0.002,
        local_orig: false,
        is_orig: true,
        seen_bytes: file.size,
        missing_bytes: 0,
        overflow_bytes: 0,
        timedout: false,
        sha256: file.sha256,
      }),
    );
  }
  for (const log of logs.values()) log.rows.sort((a, b) => a.written - b.written);
  return [...logs.values()];
}

const DECIMALS = 6;

function tsvValue(value: Value | undefined, type: string): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (typeof value === 'number')
    return type === 'time' || type === 'interval' ? value.toFixed(DECIMALS) : String(value);
  if (typeof value === 'string') return value === '' ? '(empty)' : escaped(value);
  return value.length === 0 ? '(empty)' : value.map(each => escaped(each).replaceAll(',', '\\x2c')).join(',');
}

function escaped(text: string): string {
  if (text === '-') return '\\x2d';
  let out = '';
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (char === '\\') out += '\\\\';
    else out += code < 0x20 || code === 0x7f ? `\\x${code.toString(16).padStart(2, '0')}` : char;
  }
  return out;
}

function tsv(log: Log): string {
  const opened = new Date(log.rows[0]?.written ?? 0).toISOString().slice(0, 19).replaceAll(/[T:]/g, '-');
  const lines = [
    '#separator \\x09',
    '#set_separator\t,',
    '#empty_field\t(empty)',
    '#unset_field\t-',
    `#path\t${log.path}`,
    `#open\t${opened}`,
    ['#fields', ...log.columns.map(column => column.name)].join('\t'),
    ['#types', ...log.columns.map(column => column.type)].join('\t'),
    ...log.rows.map(({ values }) => log.columns.map(({ name, type }) => tsvValue(values[name], type)).join('\t')),
    `#close\t${opened}`,
  ];
  return `${lines.join('\n')}\n`;
}

function json(log: Log): string {
  return log.rows
    .map(({ values }) => {
      const record: Record<string, unknown> = {};
      for (const { name, type } of log.columns) {
        const value = values[name];
        if (value === null || value === undefined) continue;
        record[name] =
          name === 'TTLs'
            ? [60]
            : type === 'time' || type === 'interval'
              ? Number((value as number).toFixed(DECIMALS))
              : value;
      }
      return `${JSON.stringify(record)}\n`;
    })
    .join('');
}

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    bytes: { type: 'string', multiple: true, default: [] },
    attachment: { type: 'string', multiple: true, default: [] },
    ahead: { type: 'string', default: '0' },
  },
});
const [folder, target] = positionals;
if (folder === undefined || target === undefined) throw new Error('usage: zeek.ts CASE OUTDIR');
const pairs = (list: readonly string[]): [string, string][] =>
  list.map(each => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]);
const wire = await wireOf(folder, {
  bytes: new Map(pairs(flags.bytes).map(([key, value]) => [key, Number(value)])),
  attachments: new Map(pairs(flags.attachment)),
  aheadMs: Number(flags.ahead),
});
if (wire.flows.length === 0) throw new Error(`no connection in ${folder}`);
mkdirSync(target, { recursive: true });
for (const log of logsOf(wire))
  writeFileSync(
    join(target, flags.json ? `${log.path}.json.log` : `${log.path}.log`),
    flags.json ? json(log) : tsv(log),
  );
