/**
 * The attachment's name in a `Content-Type:` or `Content-Disposition:` header as a log shows it: on one line, cut short, with
 * line feeds printed as `?`. '' when there is none.
 *
 *   header    := ("content-type" | "content-disposition") ":" value *(";" parameter)
 *   parameter := ("name" | "filename") ["*" [digit] ["*"]] "=" (quoted | token)
 *
 * Source: RFC 2045 5.1, RFC 2183, RFC 2231. Trust: all of it is the sender's words.
 */
export function attachmentNameIn(header: string): string {
  const lower = header.toLowerCase();
  if (!lower.startsWith('content-type:') && !lower.startsWith('content-disposition:')) return '';
  for (let at = lower.indexOf('name'); at >= 0; at = lower.indexOf('name', at + 4)) {
    const before = at >= 4 && lower.startsWith('file', at - 4) ? at - 5 : at - 1;
    if (before >= 0 && isWord(lower.charCodeAt(before))) continue;
    let p = at + 4;
    const extended = lower.charCodeAt(p) === 0x2a;
    while (p < at + 8 && (lower.charCodeAt(p) === 0x2a || (lower.charCodeAt(p) >= 0x30 && lower.charCodeAt(p) <= 0x39)))
      p += 1;
    if (lower.charCodeAt(p) !== 0x3d) continue;
    const value = parameterAt(header, p + 1);
    if (value !== '') return extended ? percentDecoded(value) : value;
  }
  return '';
}

/** `type/subtype` of a Content-Type header, lower case; '' for others. */
export function declaredTypeIn(header: string): string {
  const lower = header.toLowerCase();
  if (!lower.startsWith('content-type:')) return '';
  const semicolon = lower.indexOf(';');
  return lower.slice(13, semicolon < 0 ? undefined : semicolon).trim();
}

function isWord(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x5f;
}

function parameterAt(text: string, from: number): string {
  if (text.charCodeAt(from) !== 0x22) {
    let end = from;
    while (end < text.length && !' ;\t?"'.includes(text.charAt(end))) end += 1;
    return text.slice(from, end);
  }
  let out = '';
  for (let i = from + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) return out;
    if (code === 0x5c) i += 1;
    out += text.charAt(i);
  }
  // Cut in the middle: what there is of it.
  return out;
}

function percentDecoded(value: string): string {
  const second = value.indexOf("'", value.indexOf("'") + 1);
  const encoded = value.includes("'") && second > 0 ? value.slice(second + 1) : value;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
