import type { JudgedAbout, JudgedAction, MailJudged } from '../../events/mail-events.ts';
import type { FilterLine } from '../judged.ts';

export interface RspamdSymbol {
  readonly name: string;
  /** Options in their order; texts of the message may be among them. */
  readonly options: readonly string[];
}

const SYMBOLS_MAX = 512;

/**
 * The symbols of a task line.
 *
 *   symbols := "] [" symbol *("," symbol) "]), len: "     symbol := NAME "(" score ")" ["{" option *(";" option) "}"]
 */
export function symbolsOf(verdict: string): RspamdSymbol[] {
  const from = verdict.indexOf('] [');
  if (from < 0) return [];
  const found: RspamdSymbol[] = [];
  let p = from + 3;
  while (found.length < SYMBOLS_MAX && isName(verdict.charCodeAt(p))) {
    let end = p;
    while (isName(verdict.charCodeAt(end))) end += 1;
    const name = verdict.slice(p, end);
    if (verdict.charCodeAt(end) === 0x28) {
      const close = verdict.indexOf(')', end);
      if (close < 0) break;
      end = close + 1;
    }
    let options: string[] = [];
    if (verdict.charCodeAt(end) === 0x7b) {
      const close = optionsEnd(verdict, end + 1);
      options = verdict
        .slice(end + 1, close)
        .split(';')
        .filter(each => each !== '');
      end = close + 1;
    }
    found.push({ name, options });
    if (verdict.charCodeAt(end) !== 0x2c) break;
    p = end + 1;
  }
  return found;
}

/** The first `}` that ends a symbol: another symbol or the list's end follows it. */
function optionsEnd(text: string, from: number): number {
  for (let at = text.indexOf('}', from); at >= 0; at = text.indexOf('}', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next === 0x5d || (next === 0x2c && isName(text.charCodeAt(at + 2)))) return at;
  }
  return text.length;
}

/** Capitals, digits, `_`, lower case for own rules. */
function isName(code: number): boolean {
  return (
    (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
  );
}

interface Meaning {
  readonly about: JudgedAbout;
  readonly verdict: MailJudged['verdict'];
  readonly said: string;
}
const meaning = (about: JudgedAbout, verdict: MailJudged['verdict'], said: string): Meaning => ({
  about,
  verdict,
  said,
});

/** Symbols of Rspamd's own modules dkim, spf, dmarc and mime_types. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['R_DKIM_ALLOW', meaning('dkim', 'pass', 'allow')],
  ['R_DKIM_REJECT', meaning('dkim', 'fail', 'reject')],
  ['R_DKIM_TEMPFAIL', meaning('dkim', 'error', 'tempfail')],
  ['R_DKIM_PERMFAIL', meaning('dkim', 'error', 'permfail')],
  ['R_DKIM_NA', meaning('dkim', 'neutral', 'none')],
  ['R_SPF_ALLOW', meaning('spf', 'pass', 'allow')],
  ['R_SPF_FAIL', meaning('spf', 'fail', 'fail')],
  ['R_SPF_SOFTFAIL', meaning('spf', 'neutral', 'softfail')],
  ['R_SPF_NEUTRAL', meaning('spf', 'neutral', 'neutral')],
  ['R_SPF_DNSFAIL', meaning('spf', 'error', 'dnsfail')],
  ['R_SPF_PERMFAIL', meaning('spf', 'error', 'permfail')],
  ['R_SPF_NA', meaning('spf', 'neutral', 'none')],
  ['DMARC_POLICY_ALLOW', meaning('dmarc', 'pass', 'allow')],
  ['DMARC_POLICY_REJECT', meaning('dmarc', 'fail', 'reject')],
  ['DMARC_POLICY_QUARANTINE', meaning('dmarc', 'fail', 'quarantine')],
  ['DMARC_POLICY_SOFTFAIL', meaning('dmarc', 'neutral', 'softfail')],
  ['DMARC_BAD_POLICY', meaning('dmarc', 'error', 'bad policy')],
  ['DMARC_DNSFAIL', meaning('dmarc', 'error', 'dnsfail')],
  ['DMARC_NA', meaning('dmarc', 'neutral', 'none')],
  ['MIME_BAD_EXTENSION', meaning('banned', 'fail', 'bad extension')],
  ['MIME_DOUBLE_BAD_EXTENSION', meaning('banned', 'fail', 'double bad extension')],
  ['MIME_BAD_ATTACHMENT', meaning('banned', 'fail', 'bad attachment')],
  ['MIME_BAD_UNICODE', meaning('banned', 'fail', 'bad unicode in a name')],
  ['MIME_OBFUSCATED_ARCHIVE', meaning('banned', 'fail', 'obfuscated archive')],
  ['MIME_EXE_IN_GEN_SPLIT_RAR', meaning('banned', 'fail', 'executable in a split archive')],
]);
const VIRUS = meaning('malware', 'fail', 'virus');

/** Antivirus rules name their symbols `…_VIRUS` and put the name found into the options. */
export function judgeSymbol(line: FilterLine, { name, options }: RspamdSymbol, action: JudgedAction): void {
  const known = MEANINGS.get(name) ?? (name.endsWith('_VIRUS') && options.length > 0 ? VIRUS : undefined);
  if (known !== undefined) line.judged(known.about, known.verdict, known.said, { name: options[0] ?? '', action });
}
