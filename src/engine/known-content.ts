import type { EvidenceFile } from '../sources/contract.ts';
import type { InputProblem } from '../sources/problem.ts';

/** First bytes of files that are no log and often lie beside some, and the offset they stand at. Source: file(1), magic(5). */
const ARCHIVES: readonly { readonly name: string; readonly at: number; readonly magic: Buffer }[] = [
  { name: 'zip', at: 0, magic: Buffer.from('PK\x03\x04') },
  { name: 'tar', at: 257, magic: Buffer.from('ustar') },
  { name: '7-Zip', at: 0, magic: Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]) },
  { name: 'RAR', at: 0, magic: Buffer.from('Rar!\x1a\x07') },
  { name: 'cpio', at: 0, magic: Buffer.from('070701') },
];
const JOURNAL_MAGIC = Buffer.from('LPKSHHRH');
/** Of text in UTF-16 whose letters are Latin, every second byte is 0; so many units are looked at. */
const UNITS_LOOKED_AT = 64;
const UNITS_LEAST = 8;

/** Why nothing knows the content of a file, and what helps. */
export function unknownContent({ name, sample }: EvidenceFile): InputProblem {
  const notice = (code: string, message: string): InputProblem => ({ code, source: name, level: 'notice', message });
  if (beginsWith(sample, JOURNAL_MAGIC))
    return notice(
      'N_JOURNAL_BINARY',
      'is a binary journal of systemd; it was left out; `journalctl --file FILE -o export | watchpost scan -` reads it',
    );
  const archive = archiveOf(sample);
  if (archive !== '')
    return notice('N_ARCHIVE', `is a ${archive} archive; it was left out; unpack it and scan the folder`);
  const order = utf16Order(sample);
  if (order !== '')
    return notice(
      'N_UTF16',
      `is text in UTF-16; it was left out; \`iconv -f ${order} -t UTF-8 FILE | watchpost scan -\` reads it`,
    );
  return notice('N_NOT_RECOGNISED', 'no decoder knows this content; it was left out; see `watchpost explain`');
}

/** Of a log that was recognised in an archive: its members are one text there, and what stands between them is no line. */
export function archivedLog({ name, sample }: EvidenceFile): InputProblem | null {
  const archive = archiveOf(sample);
  if (archive === '') return null;
  const message = `is a ${archive} archive; it was read as one log, and its files were not told apart; unpack it and scan the folder`;
  return { code: 'N_ARCHIVE', source: name, level: 'notice', message };
}

const beginsWith = (sample: Buffer, magic: Buffer, at = 0): boolean =>
  sample.subarray(at, at + magic.length).equals(magic);

const archiveOf = (sample: Buffer): string =>
  ARCHIVES.find(({ at, magic }) => beginsWith(sample, magic, at))?.name ?? '';

/** Which half of each unit is 0 tells the order of the bytes, with a mark before it or without. */
function utf16Order(sample: Buffer): 'UTF-16LE' | 'UTF-16BE' | '' {
  const units = Math.min(UNITS_LOOKED_AT, Math.floor(sample.length / 2));
  if (units < UNITS_LEAST) return '';
  let first = 0;
  let second = 0;
  for (let i = 0; i < units; i++) {
    if (sample[2 * i] === 0) first += 1;
    if (sample[2 * i + 1] === 0) second += 1;
  }
  const most = units * 0.8;
  if (second >= most && first === 0) return 'UTF-16LE';
  return first >= most && second === 0 ? 'UTF-16BE' : '';
}
