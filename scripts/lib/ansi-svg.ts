/** Terminal output with colours, as a picture that a page can show. */

interface Style {
  readonly colour: string;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly underline: boolean;
  readonly italic: boolean;
}

interface Span {
  readonly text: string;
  readonly style: Style;
}

const PLAIN: Style = { colour: '', bold: false, dim: false, underline: false, italic: false };
const COLOURS = ['#6e7681', '#ff7b72', '#7ee787', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#c9d1d9'];
const BRIGHT = ['#8b949e', '#ffa198', '#aff5b4', '#f2cc60', '#a5d6ff', '#e2c5ff', '#b3f0ff', '#ffffff'];
const [CHAR_WIDTH, LINE_HEIGHT, PADDING] = [8.43, 19, 16];

/** Lines of spans. Sequences other than colours (cursor, titles, links) are left out. */
export function parseAnsi(text: string): Span[][] {
  const lines: Span[][] = [[]];
  let style = PLAIN;
  // biome-ignore lint: escape sequences are what is looked for
  const pattern =
    /\x1b\[([\d;]*)m|\x1b\[[\d;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\r|(\n)|([^\x1b\r\n]+|\x1b)/g;
  for (const [, codes, feed, plain] of text.matchAll(pattern)) {
    if (codes !== undefined) style = styled(style, codes);
    else if (feed !== undefined) lines.push([]);
    else if (plain !== undefined && plain !== '\x1b') (lines.at(-1) as Span[]).push({ text: plain, style });
  }
  while (lines.length > 0 && (lines.at(-1) as Span[]).length === 0) lines.pop();
  return lines;
}

/** The picture. Lines beyond `linesMax` are left out, and the last line says so. */
export function svgOf(text: string, title: string, linesMax = 10_000): string {
  const all = parseAnsi(text);
  const more: Span[] = [{ text: `… ${all.length - linesMax} more lines`, style: { ...PLAIN, dim: true } }];
  const lines = all.length > linesMax ? [...all.slice(0, linesMax), [], more] : all;
  const columns = Math.max(40, ...lines.map(line => line.reduce((sum, span) => sum + Array.from(span.text).length, 0)));
  const width = Math.ceil(columns * CHAR_WIDTH + 2 * PADDING);
  const height = lines.length * LINE_HEIGHT + 2 * PADDING;
  const rows = lines.map((line, index) => {
    const y = PADDING + (index + 0.75) * LINE_HEIGHT;
    return `<text x="${PADDING}" y="${y.toFixed(1)}" xml:space="preserve">${line.map(spanOf).join('')}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" fill="#c9d1d9">
${rows.join('\n')}
</g>
</svg>
`;
}

function styled(style: Style, codes: string): Style {
  let next = style;
  const list = (codes === '' ? '0' : codes).split(';').map(Number);
  for (let i = 0; i < list.length; i++) {
    const code = list[i] as number;
    if (code === 0) next = PLAIN;
    else if (code === 1) next = { ...next, bold: true };
    else if (code === 2) next = { ...next, dim: true };
    else if (code === 3) next = { ...next, italic: true };
    else if (code === 4) next = { ...next, underline: true };
    else if (code === 22) next = { ...next, bold: false, dim: false };
    else if (code === 23) next = { ...next, italic: false };
    else if (code === 24) next = { ...next, underline: false };
    else if (code === 39) next = { ...next, colour: '' };
    else if (code >= 30 && code <= 37) next = { ...next, colour: COLOURS[code - 30] as string };
    else if (code >= 90 && code <= 97) next = { ...next, colour: BRIGHT[code - 90] as string };
    else if (code === 38 || code === 48) i += list[i + 1] === 5 ? 2 : 4;
  }
  return next;
}

function spanOf({ text, style }: Span): string {
  const attributes = [
    style.colour ? ` fill="${style.colour}"` : '',
    style.bold ? ' font-weight="bold"' : '',
    style.dim ? ' opacity="0.65"' : '',
    style.italic ? ' font-style="italic"' : '',
    style.underline ? ' text-decoration="underline"' : '',
  ].join('');
  return attributes === '' ? escaped(text) : `<tspan${attributes}>${escaped(text)}</tspan>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
