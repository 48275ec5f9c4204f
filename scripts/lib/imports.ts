import { SyntaxKind } from 'typescript/unstable/ast';
import { createScanner } from 'typescript/unstable/ast/scanner';

/** One module that a file names: by `import`, `export ... from`, or `import()`. */
export interface ImportUse {
  readonly specifier: string;
  /** True when nothing of it remains after types are stripped: `import type`, `export type`, `import('x').T` in a type. */
  readonly typeOnly: boolean;
  readonly line: number;
}

interface Token {
  readonly kind: SyntaxKind;
  readonly text: string;
  readonly value: string;
  readonly start: number;
}

// After these a slash divides; after anything else it opens a regular expression.
const ENDS_EXPRESSION: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PrivateIdentifier,
  SyntaxKind.StringLiteral,
  SyntaxKind.NumericLiteral,
  SyntaxKind.BigIntLiteral,
  SyntaxKind.RegularExpressionLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateTail,
  SyntaxKind.CloseParenToken,
  SyntaxKind.CloseBracketToken,
  SyntaxKind.CloseBraceToken,
  SyntaxKind.ThisKeyword,
  SyntaxKind.SuperKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.PlusPlusToken,
  SyntaxKind.MinusMinusToken,
]);

/** The tokens of TypeScript text without comments, by the compiler's own scanner. */
export function tokensOf(text: string): Token[] {
  const scanner = createScanner(true, undefined, text);
  const tokens: Token[] = [];
  // One number for each `${` still open: how many braces are open inside it.
  const templates: number[] = [];
  let previous: SyntaxKind = SyntaxKind.Unknown;
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFile; kind = scanner.scan()) {
    if ((kind === SyntaxKind.SlashToken || kind === SyntaxKind.SlashEqualsToken) && !ENDS_EXPRESSION.has(previous)) {
      kind = scanner.reScanSlashToken();
    }
    const depth = templates.length - 1;
    if (kind === SyntaxKind.TemplateHead) templates.push(0);
    else if (depth >= 0 && kind === SyntaxKind.OpenBraceToken) templates[depth] = (templates[depth] as number) + 1;
    else if (depth >= 0 && kind === SyntaxKind.CloseBraceToken) {
      if (templates[depth] === 0) {
        kind = scanner.reScanTemplateToken(false);
        if (kind === SyntaxKind.TemplateTail) templates.pop();
      } else templates[depth] = (templates[depth] as number) - 1;
    }
    tokens.push({ kind, text: scanner.getTokenText(), value: scanner.getTokenValue(), start: scanner.getTokenStart() });
    previous = kind;
  }
  return tokens;
}

/** Every module that `text` names, in order. Text that only looks like an import (strings, comments) is not one. */
export function importsOf(text: string): ImportUse[] {
  const tokens = tokensOf(text);
  const lineAt = lineFinder(text);
  const uses: ImportUse[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.kind !== SyntaxKind.ImportKeyword && token.kind !== SyntaxKind.ExportKeyword) continue;
    if (tokens[i - 1]?.kind === SyntaxKind.DotToken) continue;
    const found = token.kind === SyntaxKind.ImportKeyword ? readImport(tokens, i) : readExportFrom(tokens, i);
    if (found) uses.push({ ...found, line: lineAt(token.start) });
  }
  return uses;
}

type Found = Pick<ImportUse, 'specifier' | 'typeOnly'>;

function readImport(tokens: readonly Token[], at: number): Found | null {
  const next = tokens[at + 1];
  if (!next || next.kind === SyntaxKind.DotToken) return null;
  if (next.kind === SyntaxKind.StringLiteral) return { specifier: next.value, typeOnly: false };
  if (next.kind === SyntaxKind.OpenParenToken) {
    const argument = tokens[at + 2];
    const literal =
      argument?.kind === SyntaxKind.StringLiteral || argument?.kind === SyntaxKind.NoSubstitutionTemplateLiteral;
    const before = tokens[at - 1]?.kind;
    const inType =
      before === SyntaxKind.TypeOfKeyword || before === SyntaxKind.ColonToken || before === SyntaxKind.LessThanToken;
    return { specifier: literal ? argument.value : '<computed>', typeOnly: inType };
  }
  return readFrom(tokens, at + 1);
}

function readExportFrom(tokens: readonly Token[], at: number): Found | null {
  const next = tokens[at + 1];
  const afterType = next?.kind === SyntaxKind.TypeKeyword ? tokens[at + 2] : next;
  if (afterType?.kind !== SyntaxKind.OpenBraceToken && afterType?.kind !== SyntaxKind.AsteriskToken) return null;
  return readFrom(tokens, at + 1);
}

/** From the first token after `import` or `export` on: `[type] clause from "specifier"`. */
function readFrom(tokens: readonly Token[], at: number): Found | null {
  const typeWord = tokens[at]?.kind === SyntaxKind.TypeKeyword && tokens[at + 1]?.kind !== SyntaxKind.FromKeyword;
  for (let i = at; i < tokens.length && i < at + 400; i++) {
    const token = tokens[i] as Token;
    if (token.kind === SyntaxKind.SemicolonToken) return null;
    if (token.kind !== SyntaxKind.FromKeyword) continue;
    const specifier = tokens[i + 1];
    if (specifier?.kind !== SyntaxKind.StringLiteral) continue;
    return { specifier: specifier.value, typeOnly: typeWord };
  }
  return null;
}

function lineFinder(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return offset => {
    for (; at < offset; at++) if (text.charCodeAt(at) === 10) line += 1;
    return line;
  };
}
