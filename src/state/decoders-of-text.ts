import { byWordsAndOne } from '../core/by-words.ts';
import { resolvePath } from '../core/paths.ts';
import { ALWAYS, BY_NAME, OF_TEXT, PACKERS } from './decoder-names.ts';
import type { HostState } from './host.ts';
import type { ProcessState } from './processes.ts';
import { calledAs, programName } from './programs.ts';
import { argumentPaths } from './tool-words.ts';

/**
 * It makes plain what was encoded or packed: base64(1), xxd(1), openssl-enc(1), gzip(1) and their like, as their words and what they
 * are called tell; also a copy of one, and an applet of busybox.
 */
export const decodes = ({ copies }: Pick<HostState, 'copies'>, { execSeen, exe, argv }: ProcessState): boolean =>
  execSeen && decodesBy(argv, copies.originalOf(exe));

const decodesBy = byWordsAndOne((all, exe: string): boolean => {
  const { name, argv } = calledAs(exe, all);
  if (ALWAYS.has(name)) return true;
  const words = argv.slice(1);
  if (OF_TEXT.has(name)) return words.some(word => /^-(?:[a-z]*d|-d)/i.test(word));
  if (name === 'xxd') return words.some(word => /^-(?:[a-z]*r|-r)/.test(word));
  if (name === 'openssl') return opens(words);
  if (BY_NAME.has(name) && ALWAYS.has(programName(argv[0] ?? ''))) return true;
  return PACKERS.has(name) && words.some(word => /^-(?:[a-z]*d|-dec)/.test(word) || word === '--uncompress');
});

/** openssl(1): every cipher and every way of packing is a command, too, and means `enc` with it. */
const ENC =
  /^(?:enc|base64|zlib|brotli|zstd|(?:aes|aria|bf|blowfish|camellia|cast5?|chacha20|des3?|desx|idea|rc[245]|seed|sm4)(?:-.+|\d+.*)?)$/;
/** What is only verified is not hidden, and whoever verifies it trusts the hand behind it. */
const MESSAGES: ReadonlySet<string> = new Set(['cms', 'smime']);

function opens([command = '', ...words]: readonly string[]): boolean {
  if (ENC.test(command)) return words.some(word => /^--?d$/.test(word));
  return MESSAGES.has(command) && words.some(word => /^--?(?:decrypt|EncryptedData_decrypt|uncompress)$/.test(word));
}

/** The files that a stage of a pipeline is told to read: none where it takes its input. The orders of openssl(1) are no files. */
export function filesRead({ copies }: Pick<HostState, 'copies'>, process: ProcessState): readonly string[] {
  const { name, argv } = calledAs(copies.originalOf(process.exe), process.argv);
  if (name !== 'openssl') return argumentPaths(process);
  return argv.flatMap((word, at) => (/^--?in$/.test(argv[at - 1] ?? '') ? [resolvePath(word, process.cwd)] : []));
}
