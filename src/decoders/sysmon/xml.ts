/** What one Sysmon event says. `data` holds the first value of each name. */
export interface SysmonEvent {
  readonly provider: string;
  readonly id: number;
  /** `TimeCreated/@SystemTime` as written. */
  readonly created: string;
  readonly recordId: number;
  readonly data: ReadonlyMap<string, string>;
}

const ELEMENTS_MAX = 256;
const DEPTH_MAX = 4;

/**
 * Reads the one shape that Sysmon writes, by walking from tag to tag:
 *
 *   event  := "<Event" … "<System>" … "</System><EventData>" data* "</EventData></Event>"
 *   data   := "<Data Name=" quoted ">" text "</Data>" | "<Data Name=" quoted "/>"
 *   text   := characters, with &lt; &gt; &amp; &quot; &apos; and &#N; for those that mean something
 *
 * This is no XML parser and must not become one: declarations, document types, comments, CDATA sections and processing
 * instructions are refused, so there is nothing that could expand. Each character is looked at a bounded number of times.
 * Errors: `cut` for an event that is not closed, `shape` for everything else that is not the shape above.
 *
 * Source: SysmonForLinux outputxml.c, SysmonCommon manifest.xml.
 */
export function parseSysmonEvent(text: string): SysmonEvent | 'cut' | 'shape' {
  if (!text.startsWith('<Event>') && !text.startsWith('<Event ')) return 'shape';
  const open: string[] = [];
  const data = new Map<string, string>();
  const system = new Map<string, string>();
  let name = '';
  let at = 0;
  for (let elements = 0; elements < ELEMENTS_MAX; elements++) {
    const end = text.indexOf('>', at);
    if (end < 0) return 'cut';
    const tag = text.slice(at + 1, end);
    if (tag.startsWith('/')) {
      if (open.pop() !== tag.slice(1).trimEnd()) return 'shape';
      if (open.length === 0) return eventOf(system, data);
    } else {
      const element = ELEMENT.exec(tag)?.[0];
      if (element === undefined || open.length >= DEPTH_MAX) return 'shape';
      const attributes = tag.slice(element.length);
      if (element === 'Data') name = attributeOf(attributes, 'Name');
      else if (element === 'Provider') system.set('Provider', attributeOf(attributes, 'Name'));
      else if (element === 'TimeCreated') system.set('TimeCreated', attributeOf(attributes, 'SystemTime'));
      if (!tag.endsWith('/')) open.push(element);
    }
    const next = text.indexOf('<', end + 1);
    if (next < 0) return 'cut';
    if (next > end + 1 && !tag.startsWith('/')) {
      const inside = unescaped(text.slice(end + 1, next));
      const element = open.at(-1) as string;
      if (element === 'Data' && open[1] === 'EventData') setFirst(data, name, inside);
      else if (open[1] === 'System' && open.length === 3) setFirst(system, element, inside);
    }
    at = next;
  }
  return 'shape';
}

const ELEMENT = /^[A-Za-z]{1,32}/;

function setFirst(map: Map<string, string>, name: string, value: string): void {
  if (!map.has(name)) map.set(name, value);
}

function eventOf(system: ReadonlyMap<string, string>, data: ReadonlyMap<string, string>): SysmonEvent | 'shape' {
  const id = system.get('EventID') ?? '';
  const record = system.get('EventRecordID') ?? '';
  if (!/^\d{1,5}$/.test(id)) return 'shape';
  return {
    provider: system.get('Provider') ?? '',
    id: Number(id),
    created: system.get('TimeCreated') ?? '',
    recordId: /^\d{1,15}$/.test(record) ? Number(record) : 0,
    data,
  };
}

/** Value of an attribute in either kind of quotes, '' when it is not there. */
function attributeOf(attributes: string, name: string): string {
  const at = attributes.indexOf(`${name}=`);
  if (at < 1 || attributes[at - 1] !== ' ') return '';
  const from = at + name.length + 2;
  const quote = attributes[from - 1];
  if (quote !== '"' && quote !== "'") return '';
  const to = attributes.indexOf(quote, from);
  return to < 0 ? '' : unescaped(attributes.slice(from, to));
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const ENTITY = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g;

/** The five entities of XML itself and numbers of characters; anything else stays as it is written. */
function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, named?: string, decimal?: string, hex?: string) => {
    if (named !== undefined) return NAMED[named] as string;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
