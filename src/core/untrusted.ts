/**
 * Text that an outsider can choose: addresses, file names, arguments, HELO names. It may be compared and hashed as it
 * is; only `visible` makes it fit to print.
 */
export type Untrusted = string & { readonly __trust?: 'outsider' };

export const untrusted = (text: string): Untrusted => text as Untrusted;

// C0 and C1 controls, DEL, line and paragraph separators, bidi marks, embeddings, overrides and isolates, zero-width and
// invisible format characters, lone surrogates, tag characters' surrogates are left to the plane check below.
function needsEscape(code: number): boolean {
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  if (code < 0xad) return false;
  return (
    code === 0xad ||
    code === 0x061c ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff ||
    (code >= 0xfff9 && code <= 0xfffb) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0xe0000 && code <= 0xe007f)
  );
}

/**
 * A form of `text` that cannot move the cursor, break the line, or reorder what stands beside it. Escapes look like
 * `\x1b`, `\n`, `\u{202e}`; a backslash is doubled only where it would read as one of these.
 * `charsMax` bounds the output; what is cut is said by a trailing `…(+N)`.
 */
export function visible(text: string, charsMax = 4096): string {
  let plain = true;
  for (let i = 0; i < text.length && plain; i++) {
    const code = text.charCodeAt(i);
    if (needsEscape(code) || code === 0x5c) plain = false;
  }
  if (plain && text.length <= charsMax) return text;
  let out = '';
  let count = 0;
  let used = 0;
  for (const char of text) {
    if (count >= charsMax) return `${out}…(+${text.length - used})`;
    used += char.length;
    count += 1;
    const code = char.codePointAt(0) as number;
    if (code === 0x5c) out += '\\\\';
    else if (!needsEscape(code)) out += char;
    else if (code === 0x0a) out += '\\n';
    else if (code === 0x0d) out += '\\r';
    else if (code === 0x09) out += '\\t';
    else if (code < 0x100) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += `\\u{${code.toString(16)}}`;
  }
  return out;
}
