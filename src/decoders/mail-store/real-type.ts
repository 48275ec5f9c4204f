import { fileTypeFromBuffer } from 'file-type';

/** Bytes of the beginning that are looked at: zip-based documents are told by their first entries. */
export const HEAD_BYTES = 64 * 1024;

/**
 * The media type that content itself shows, '' when it shows none. `head` is its beginning, at most HEAD_BYTES.
 *
 * What runs on a Linux desktop comes first: ELF, scripts by their `#!` line, `.desktop` launchers, HTML. Then the magic
 * numbers that the package file-type knows. Then plain text, when all of the beginning is UTF-8 without control characters.
 *
 * Source: elf(5), execve(2) on interpreter scripts, the Desktop Entry Specification (group header first), WHATWG MIME
 * Sniffing section 7.1 for HTML. Trust: none needed, it is the content.
 */
export async function realTypeOf(head: Buffer): Promise<string> {
  if (head.length === 0) return '';
  const own = ownType(head);
  if (own !== '') return own;
  try {
    const found = await fileTypeFromBuffer(head);
    if (found !== undefined) return found.mime;
  } catch {
    // A header that promises more than is there.
  }
  return isText(head) ? textType(head) : '';
}

function ownType(head: Buffer): string {
  if (head.length >= 4 && head.readUInt32BE(0) === 0x7f454c46) {
    if (head.subarray(8, 10).toString('latin1') === 'AI') return 'application/x-appimage';
    return 'application/x-elf';
  }
  const text = withoutMark(head).toString('latin1', 0, 1024);
  if (text.startsWith('#!')) return scriptType(text);
  const first = text.trimStart();
  if (first.startsWith('[Desktop Entry]')) return 'application/x-desktop';
  if (first.startsWith('-----BEGIN PGP MESSAGE-----')) return 'application/pgp-encrypted';
  const lower = first.slice(0, 64).toLowerCase();
  return HTML.some(tag => lower.startsWith(tag) && ENDS_TAG.has(lower.charAt(tag.length))) ? 'text/html' : '';
}

const HTML = ['<!doctype html', '<html', '<head', '<script', '<body', '<iframe', '<style', '<table'];
const ENDS_TAG = new Set([' ', '>', '\n', '\r', '\t', '']);

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/^(?:ba|da|z|k|a)?sh$/, 'application/x-shellscript'],
  [/^python[\d.]*$/, 'text/x-python'],
  [/^perl[\d.]*$/, 'text/x-perl'],
  [/^(?:node|nodejs|deno|bun)$/, 'text/javascript'],
  [/^ruby[\d.]*$/, 'text/x-ruby'],
  [/^php[\d.]*$/, 'application/x-php'],
];

/** By the interpreter's name; through env(1), by that of the program it starts. */
function scriptType(text: string): string {
  const end = text.indexOf('\n');
  const words = text
    .slice(2, end < 0 ? 256 : Math.min(end, 256))
    .trim()
    .split(/\s+/);
  const names = words.map(word => word.slice(word.lastIndexOf('/') + 1));
  const name =
    names[0] === 'env'
      ? (names.slice(1).find(word => !word.startsWith('-') && !word.includes('=')) ?? '')
      : (names[0] ?? '');
  return SCRIPTS.find(([pattern]) => pattern.test(name))?.[1] ?? 'text/x-script';
}

/** What else is text and runs or opens by itself. */
function textType(head: Buffer): string {
  const first = withoutMark(head).toString('latin1', 0, 256).trimStart().toLowerCase();
  if (first.startsWith('<?xml')) return 'application/xml';
  if (first.startsWith('<svg')) return 'image/svg+xml';
  if (first.startsWith('{\\rtf')) return 'application/rtf';
  return 'text/plain';
}

const withoutMark = (head: Buffer): Buffer =>
  head.length >= 3 && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head;

function isText(head: Buffer): boolean {
  for (let i = 0; i < head.length; i++) {
    const code = head[i] as number;
    if (code < 0x20 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 0x1b) return false;
  }
  const text = head.toString('utf8');
  const bad = text.indexOf('\ufffd');
  // The last character may be cut where the beginning ends.
  return bad < 0 || bad >= text.length - 3;
}
