import { dirName } from '../core/paths.ts';
import { DAY_MS, epochMs } from '../core/time.ts';
import type { DecodeContext, FileFormat } from '../decoders/contract.ts';
import { storeFormOf } from '../decoders/mail-store/recognise.ts';
import type { Discovery, EvidenceFile } from '../sources/contract.ts';
import type { InputProblem } from '../sources/problem.ts';
import { IDENTITY_KINDS, type IdentityKind } from '../state/identity/contract.ts';
import { identityKind } from './identity/recognise.ts';
import { archivedLog, unknownContent } from './known-content.ts';
import { hostBeside, hostByFolder, hostByLikeFolder } from './neighbour-host.ts';
import { planStores, type RecognisedStore, type StoreFile, storesAsOthers } from './stores/plan-stores.ts';

/** What each file of the evidence is, which files are one log, and what their stamps and hosts are read against. */
export interface Plan {
  readonly logs: readonly LogPlan[];
  /** Files that tell who is who, by their content. */
  readonly identity: readonly { readonly kind: IdentityKind; readonly file: EvidenceFile; readonly host: string }[];
  /** Of which host a file is that names none, by what lies around it; '' when nothing tells. */
  readonly hostOf: (name: string) => string;
  /** Files that hold mail, and of which store each is part. */
  readonly stores: readonly StoreFile[];
  /** Names of files that servers and clients keep beside mail. */
  readonly storeIndexes: ReadonlySet<string>;
  /** Recognised, of no use as a log; a mail store is one entry, named by its box. */
  readonly others: readonly { readonly file: EvidenceFile; readonly format: string }[];
  readonly problems: readonly InputProblem[];
}

export interface LogPlan {
  readonly format: FileFormat;
  /** Another log of the evidence may hold the same lines by another way. */
  readonly mayEcho: boolean;
  readonly host: string;
  readonly notAfter: number;
  readonly files: readonly { readonly file: EvidenceFile; readonly source: number; readonly firstTime: number }[];
}

export interface PlanSetting {
  readonly formats: readonly FileFormat[];
  readonly zoneOffsetMinutes: number;
  readonly latenessMs: number;
  readonly year: number | null;
  /** Names of hosts that are known besides those that logs name. */
  readonly hosts?: readonly string[];
}

const SURE = 0.5;
/** A stamp without a year lies within half a year of the evidence whose year is known. */
const HALF_YEAR_MS = 182 * DAY_MS;

interface Recognised {
  readonly file: EvidenceFile;
  readonly source: number;
  readonly format: FileFormat;
  readonly host: string;
  readonly yearless: boolean;
}

export function planEvidence(discovery: Discovery, setting: PlanSetting): Plan {
  const problems: InputProblem[] = [];
  const identity: { kind: IdentityKind; file: EvidenceFile }[] = [];
  const others: Plan['others'][number][] = [];
  const logs: Recognised[] = [];
  const mail: RecognisedStore[] = [];
  discovery.files.forEach((file, source) => {
    const form = storeFormOf(file.name, file.sample);
    if (form !== null) {
      mail.push({ file, source, form });
      return;
    }
    if (file.sample.length === 0) return;
    const format = best(setting.formats, file.sample);
    if (format !== null) {
      logs.push({ file, source, format, host: format.hostOf(file.sample), yearless: format.yearless(file.sample) });
      const archived = archivedLog(file);
      if (archived !== null) problems.push(archived);
      return;
    }
    const kind = identityKind(file.sample);
    if (kind !== null) identity.push({ kind, file });
    others.push({ file, format: kind === null ? '' : IDENTITY_KINDS[kind] });
    if (kind === null) problems.push(unknownContent(file));
  });
  const context = {
    zoneOffsetMinutes: setting.zoneOffsetMinutes,
    latenessMs: setting.latenessMs,
    source: 0,
    defaultHost: '',
  };
  const notAfter = yearBound(logs, setting, context, problems);
  const named = logs.map(log => ({ name: log.file.name, host: log.host }));
  const hosts = new Set([...named.map(each => each.host), ...(setting.hosts ?? [])]);
  hosts.delete('');
  const hostOf = (name: string): string =>
    hostByFolder(name, hosts) || hostByLikeFolder(name, named) || hostBeside(name, named);
  const stores = planStores(mail, hostOf);
  const storeIndexes = new Set(mail.filter(each => each.form === 'index').map(each => each.file.name));
  others.push(...storesAsOthers(stores));
  return {
    logs: groupLogs(logs, notAfter, context, hosts),
    identity: identity.map(each => ({ ...each, host: hostOf(each.file.name) })),
    hostOf,
    stores,
    storeIndexes,
    others,
    problems,
  };
}

function best(formats: readonly FileFormat[], sample: Buffer): FileFormat | null {
  let found: FileFormat | null = null;
  let score = SURE;
  for (const format of formats) {
    const confidence = format.recognise(sample);
    if (confidence > score) {
      found = format;
      score = confidence;
    }
  }
  return found;
}

/** Stamps without a year are put at or before this moment. What is known of the year is taken in this order: the user, stamped logs, the files' own times. */
function yearBound(
  logs: readonly Recognised[],
  setting: PlanSetting,
  context: Omit<DecodeContext, 'notAfter'>,
  problems: InputProblem[],
): number {
  if (setting.year !== null) return Date.UTC(setting.year + 1, 0, 1) - 1;
  const yearless = logs.filter(log => log.yearless);
  const known = logs
    .filter(log => !log.yearless)
    .map(log => log.format.firstTime(log.file.sample, { ...context, notAfter: epochMs(Number.MAX_SAFE_INTEGER) }))
    .filter(time => Number.isFinite(time));
  // Also where no log begins without a year: the lines of one log change their stamps when its daemon's settings are changed.
  if (known.length > 0) return Math.max(...known) + HALF_YEAR_MS;
  if (yearless.length === 0) return Number.MAX_SAFE_INTEGER;
  const newest = Math.max(...yearless.map(log => log.file.mtimeMs));
  for (const log of yearless) {
    problems.push({
      code: 'N_YEAR_ASSUMED',
      source: log.file.name,
      level: 'notice',
      message: `its stamps have no year and no other evidence tells it; the file's own time was taken (${new Date(newest).getUTCFullYear()}); give --year to be sure`,
    });
  }
  return newest + DAY_MS;
}

function groupLogs(
  logs: readonly Recognised[],
  notAfter: number,
  context: Omit<DecodeContext, 'notAfter'>,
  hosts: ReadonlySet<string>,
): LogPlan[] {
  const groups = new Map<string, Recognised[]>();
  for (const log of logs) {
    const key = `${log.format.id}\0${log.file.family}\0${log.host}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [log]);
    else group.push(log);
  }
  const doubled = new Set(logs.map(log => log.format.id).filter(id => LINE_FORMATS.has(id))).size > 1;
  return [...groups.values()].map(group => {
    const first = group[0] as Recognised;
    const files = group.map(log => ({
      file: log.file,
      source: log.source,
      firstTime: log.format.firstTime(log.file.sample, { ...context, notAfter: epochMs(notAfter) }),
    }));
    files.sort((a, b) => order(a.firstTime) - order(b.firstTime) || (a.file.name < b.file.name ? -1 : 1));
    const host = first.host === '' ? neighbourHost(first, logs, hosts) : first.host;
    return { format: first.format, mayEcho: doubled && LINE_FORMATS.has(first.format.id), host, notAfter, files };
  });
}

/** Ways of the lines that programs hand to the host's log. */
const LINE_FORMATS: ReadonlySet<string> = new Set(['syslog', 'journald-export', 'journald-json', 'ecs']);

const order = (time: number): number => (Number.isNaN(time) ? Number.MAX_SAFE_INTEGER : time);

/** A log that names no host is of the host that the logs beside it name, when they name just one; else of the host that its folder is named after; else of the only host of the evidence. */
function neighbourHost(log: Recognised, logs: readonly Recognised[], hosts: ReadonlySet<string>): string {
  const directory = dirName(log.file.name);
  const beside = new Set(
    logs.filter(other => other.host !== '' && dirName(other.file.name) === directory).map(other => other.host),
  );
  if (beside.size === 1) return [...beside][0] as string;
  const named = logs.map(other => ({ name: other.file.name, host: other.host }));
  const byFolder = hostByFolder(log.file.name, hosts) || hostByLikeFolder(log.file.name, named);
  if (byFolder !== '') return byFolder;
  const all = new Set(logs.filter(other => other.host !== '').map(other => other.host));
  return all.size === 1 ? ([...all][0] as string) : 'localhost';
}
