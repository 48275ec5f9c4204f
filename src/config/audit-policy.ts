import { dirName, isWithin } from '../core/paths.ts';
import { type Config, destinationsOf, type ExceptionEntry, type InventoryEntry, type Scope } from './config.ts';
import type { Origin } from './layer.ts';
import { patternMessage, patternsIn } from './patterns.ts';

/** Something about the inventory or the exceptions that its reviewer should know: not a mistake of form. */
export interface PolicyRemark {
  readonly code:
    | 'W_POLICY_WIDE'
    | 'W_POLICY_PATTERN'
    | 'W_POLICY_COVERED'
    | 'W_POLICY_OWNER'
    | 'W_POLICY_EXPIRED'
    | 'W_POLICY_LONG'
    | 'W_POLICY_UNUSED';
  /** Such as `inventory nightly`. */
  readonly entry: string;
  readonly origin: Origin;
  readonly message: string;
}

type Entry = InventoryEntry | ExceptionEntry;
interface Placed {
  readonly list: 'inventory' | 'exceptions';
  readonly entry: Entry;
  readonly origin: Origin;
}

const NOWHERE: Origin = { file: '', line: 0, column: 0 };
const NAMES = ['analytic', 'host', 'user', 'executable', 'path', 'destination', 'mailbox', 'sender'] as const;
const DAY_MS = 86_400_000;
/** A review a year is little enough. */
const LONG_MS = 2 * 366 * DAY_MS;

/** Entries that fit nothing for a pattern in them, are too wide, covered by another, ownerless, ended or never-ending. `today` is a day such as 2026-03-01. */
export function auditPolicy(config: Config, origins: ReadonlyMap<string, Origin>, today: string): PolicyRemark[] {
  const placed: Placed[] = (['inventory', 'exceptions'] as const).flatMap(list =>
    config[list].map((entry, index) => ({ list, entry, origin: origins.get(`${list}[${index}]`) ?? NOWHERE })),
  );
  return placed.flatMap((each, i) => {
    const index = i < config.inventory.length ? i : i - config.inventory.length;
    const placeOf = (name: string): Origin => origins.get(`${each.list}[${index}].${name}`) ?? each.origin;
    const patterns = patternsIn(each.entry).map(name => {
      const origin = placeOf(name);
      return remark('W_POLICY_PATTERN', { ...each, origin }, patternMessage(name, each.entry));
    });
    return [...patterns, ...wide(each), ...owner(each), ...term(each, today), ...covered(each, placed, today)];
  });
}

/** Entries that matched nothing in evidence that was scanned; `used` are names such as `inventory nightly`. */
export function unusedPolicy(
  config: Config,
  origins: ReadonlyMap<string, Origin>,
  used: ReadonlySet<string>,
  today: string,
): PolicyRemark[] {
  return (['inventory', 'exceptions'] as const).flatMap(list =>
    config[list].flatMap((entry, index) => {
      const placed = { list, entry, origin: origins.get(`${list}[${index}]`) ?? NOWHERE };
      if (used.has(nameOf(placed)) || entry.expires < today) return [];
      const message =
        'matched nothing in this evidence; expected the names as findings write them; compare with `watchpost scan --format json`, or remove it';
      return [remark('W_POLICY_UNUSED', placed, message)];
    }),
  );
}

const nameOf = ({ list, entry }: Placed): string => `${list === 'inventory' ? 'inventory' : 'exception'} ${entry.id}`;
const remark = (code: PolicyRemark['code'], placed: Placed, message: string): PolicyRemark => ({
  code,
  entry: nameOf(placed),
  origin: placed.origin,
  message,
});

/** Programs that run whatever they are given: naming one names nothing. */
const ANYTHING = /\/(?:(?:ba|da|k|z|fi|c|tc)?sh|busybox|env|sudo|su|perl|ruby|node|php|lua|python)[\d.]*$/;
const SHALLOW: ReadonlySet<string> = new Set([
  '/home',
  '/var',
  '/usr',
  '/tmp',
  '/var/tmp',
  '/etc',
  '/opt',
  '/srv',
  '/root',
  '/var/spool',
  '/var/lib',
  '/run',
  '/dev',
]);

function wide(placed: Placed): PolicyRemark[] {
  const { entry } = placed;
  const narrowing = NAMES.slice(2).filter(name => entry[name] !== undefined);
  const weak = narrowing.filter(name => valuesIn(entry, name).some(value => isWeak(name, value)));
  if (narrowing.length > weak.length) return [];
  const said = weak.map(name => `${name} ${JSON.stringify(entry[name])}`).join(', ');
  const where = entry.host === undefined ? ' on every host' : '';
  const message = `covers nearly everything${where}: it is narrowed by ${said} only; expected what tells this work from an attacker's; name an executable, path and destination`;
  return [remark('W_POLICY_WIDE', placed, message)];
}

function isWeak(name: (typeof NAMES)[number], value: string): boolean {
  if (name === 'path') return value === '/' || SHALLOW.has(value.replace(/\/+$/, '')) || dirName(value) === '/';
  if (name === 'executable') return ANYTHING.test(value);
  if (name === 'user') return value === 'root' || value === 'uid 0';
  if (name === 'destination') return !/[.:@]/.test(value) || /^(?:0\.0\.0\.0|::)/.test(value);
  return false;
}

const NOBODY = /^(?:todo|tbd|tba|fixme|none|nobody|unknown|n\/?a|owner|someone|admin|x+|\?+|-+|\.+)$/i;

function owner(placed: Placed): PolicyRemark[] {
  if (!NOBODY.test(placed.entry.owner.trim())) return [];
  const message = `has no owner (${JSON.stringify(placed.entry.owner)}); expected a person or a team that answers for it; name one`;
  return [remark('W_POLICY_OWNER', placed, message)];
}

function term(placed: Placed, today: string): PolicyRemark[] {
  const { expires, owner: of } = placed.entry;
  if (expires < today)
    return [
      remark(
        'W_POLICY_EXPIRED',
        placed,
        `of ${of} expired on ${expires}: it hides nothing any more; renew or remove it`,
      ),
    ];
  if (Date.parse(expires) - Date.parse(today) <= LONG_MS) return [];
  return [
    remark(
      'W_POLICY_LONG',
      placed,
      `ends only on ${expires}; expected a review within two years; choose an earlier day`,
    ),
  ];
}

function covered(placed: Placed, others: readonly Placed[], today: string): PolicyRemark[] {
  const cover = others.find(
    other =>
      other !== placed &&
      other.list === placed.list &&
      other.entry.expires >= today &&
      kindOf(other.entry) === kindOf(placed.entry) &&
      NAMES.every(name => isInside(name, placed.entry, other.entry)) &&
      // Of two that cover each other the later one is told.
      (!NAMES.every(name => isInside(name, other.entry, placed.entry)) ||
        others.indexOf(other) < others.indexOf(placed)),
  );
  if (cover === undefined || placed.entry.expires < today) return [];
  const message = `is covered by ${nameOf(cover)}; expected entries that do not overlap; remove one, or narrow the other`;
  return [remark('W_POLICY_COVERED', placed, message)];
}

const kindOf = (entry: Entry): string => ('kind' in entry ? (entry.kind ?? 'automation') : '');

const valuesIn = (scope: Scope, name: (typeof NAMES)[number]): readonly string[] =>
  name === 'destination' ? destinationsOf(scope) : scope[name] === undefined ? [] : [scope[name]];

function isInside(name: (typeof NAMES)[number], inner: Scope, outer: Scope): boolean {
  const wanted = valuesIn(outer, name);
  const values = valuesIn(inner, name);
  if (wanted.length === 0) return true;
  if (values.length === 0) return false;
  return values.every(value => wanted.some(each => isPartOf(name, value, each)));
}

function isPartOf(name: (typeof NAMES)[number], value: string, wanted: string): boolean {
  if (name === 'path') return isWithin(value, wanted);
  if (value === wanted) return true;
  if (name !== 'destination') return false;
  return value.startsWith(`${wanted}:`) || value.endsWith(`.${wanted}`) || value.endsWith(`@${wanted}`);
}
