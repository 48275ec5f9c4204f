import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import { isTypeNode } from 'typescript/unstable/ast/is';

/** The ways in which a condition is broken. */
export const BREAKS = {
  'negated condition': 'an `if`, a loop or a `?:` decides the other way round',
  'operand of && is true': 'one condition of several no longer counts',
  'operand of || is false': 'one alternative of several no longer counts',
  'moved boundary': '`<` becomes `<=`, `>=` becomes `>`, and so on',
  'turned comparison': '`===` becomes `!==`, outside conditions that are negated anyway',
  'dropped filter': '`filter`, `some`, `every` or `find` takes everything',
  'number plus one': 'a number is one larger',
} as const;
export type Break = keyof typeof BREAKS;

/** One way to break one place of one file. */
export interface Mutant {
  readonly id: number;
  /** From the root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly kind: Break;
  /** The text that is broken, on one line, and for a number what it is part of. */
  readonly text: string;
  /** True when the place is evaluated as the module is loaded, so that the switch must be set before. */
  readonly atLoad: boolean;
}

/** Text with all its mutants built in: `globalThis.mutant` is asked at each place which one is on; 0 is none. */
export interface Instrumented {
  readonly code: string;
  readonly mutants: readonly Mutant[];
}

const FILTERS = new Set(['filter', 'some', 'every', 'find']);
const MOVED = new Map([
  [SyntaxKind.LessThanToken, 'lt'],
  [SyntaxKind.LessThanEqualsToken, 'le'],
  [SyntaxKind.GreaterThanToken, 'gt'],
  [SyntaxKind.GreaterThanEqualsToken, 'ge'],
]);
const TURNED = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, 'eq'],
  [SyntaxKind.ExclamationEqualsEqualsToken, 'ne'],
]);
const FUNCTIONS = new Set([
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
]);
const CONDITIONAL = new Set([
  SyntaxKind.IfStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.ForStatement,
  SyntaxKind.ConditionalExpression,
]);
const TYPES = new Set([SyntaxKind.InterfaceDeclaration, SyntaxKind.TypeAliasDeclaration, SyntaxKind.ImportDeclaration]);

export function instrument(source: SourceFile, file: string, firstId: number): Instrumented {
  const builder = new Builder(source, file, firstId);
  const code = builder.emit(source, { inFunction: false, role: 'other' });
  return { code, mutants: builder.mutants };
}

/** What a node is to its parent: that decides which breaks make sense. */
interface Where {
  readonly inFunction: boolean;
  readonly role: 'condition' | 'operand-of-and' | 'operand-of-or' | 'filter' | 'index' | 'other';
}

class Builder {
  readonly mutants: Mutant[] = [];
  readonly #text: string;
  readonly #source: SourceFile;
  readonly #file: string;
  #next: number;

  constructor(source: SourceFile, file: string, firstId: number) {
    this.#source = source;
    this.#text = source.text;
    this.#file = file;
    this.#next = firstId;
  }

  /** The node's text with what precedes it, its mutants built in. */
  emit(node: Node, where: Where): string {
    const start = node.getStart(this.#source);
    const lead = this.#text.slice(node.pos, start);
    if (TYPES.has(node.kind) || isTypeNode(node)) return lead + this.#text.slice(start, node.end);
    const core = this.#core(node, start, where);
    switch (where.role) {
      case 'condition':
        return `${lead}mutant.not(${this.#add(node, 'negated condition', where)},${core})`;
      case 'operand-of-and':
        return `${lead}(mutant.on(${this.#add(node, 'operand of && is true', where)})||(${core}))`;
      case 'operand-of-or':
        return `${lead}(mutant.off(${this.#add(node, 'operand of || is false', where)})&&(${core}))`;
      case 'filter':
        return `${lead}mutant.all(${this.#add(node, 'dropped filter', where)},${core})`;
      case 'index':
      case 'other':
        return lead + core;
    }
  }

  #core(node: Node, start: number, where: Where): string {
    if (node.kind === SyntaxKind.NumericLiteral && where.role !== 'index') {
      return `mutant.more(${this.#add(node, 'number plus one', where)},${this.#text.slice(start, node.end)})`;
    }
    const inFunction = where.inFunction || FUNCTIONS.has(node.kind);
    const parts = childrenOf(node);
    let at = start;
    let out = '';
    let call: { readonly name: string; readonly id: number } | null = null;
    const [left, operator] = parts;
    if (node.kind === SyntaxKind.BinaryExpression && left !== undefined && operator !== undefined) {
      const moved = MOVED.get(operator.kind);
      const turned = plainPlace(where) ? TURNED.get(operator.kind) : undefined;
      if (moved !== undefined) call = { name: moved, id: this.#add(node, 'moved boundary', where) };
      else if (turned !== undefined) call = { name: turned, id: this.#add(node, 'turned comparison', where) };
    }
    for (const child of parts) {
      out += this.#text.slice(at, child.pos);
      out +=
        call !== null && child === operator ? ',' : this.emit(child, { inFunction, role: roleOf(node, child, parts) });
      at = child.end;
    }
    out += this.#text.slice(at, node.end);
    return call === null ? out : `mutant.${call.name}(${call.id},${out})`;
  }

  #add(node: Node, kind: Break, where: Where): number {
    const id = this.#next;
    this.#next += 1;
    const start = node.getStart(this.#source);
    const line = this.#text.slice(0, start).split('\n').length;
    const shown = kind === 'number plus one' ? (node.parent ?? node) : node;
    const text = this.#text.slice(shown.getStart(this.#source), shown.end).replace(/\s+/g, ' ').slice(0, 120);
    this.mutants.push({ id, file: this.#file, line, kind, text, atLoad: !where.inFunction });
    return id;
  }
}

/** Where turning a comparison says more than negating the condition or dropping the operand that it is. */
const plainPlace = (where: Where): boolean => where.role === 'other';

function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  node.forEachChild(child => {
    found.push(child);
    return undefined;
  });
  return found.sort((a, b) => a.pos - b.pos);
}

function roleOf(parent: Node, child: Node, parts: readonly Node[]): Where['role'] {
  if (CONDITIONAL.has(parent.kind)) return isCondition(parent, child, parts) ? 'condition' : 'other';
  if (parent.kind === SyntaxKind.BinaryExpression && child !== parts[1]) {
    const operator = parts[1]?.kind;
    if (operator === SyntaxKind.AmpersandAmpersandToken) return 'operand-of-and';
    if (operator === SyntaxKind.BarBarToken) return 'operand-of-or';
  }
  if (parent.kind === SyntaxKind.CallExpression && parts.length === 2 && child === parts[1]) {
    const callee = parts[0];
    if (callee?.kind === SyntaxKind.PropertyAccessExpression) {
      const name = childrenOf(callee).at(-1);
      if (name !== undefined && FILTERS.has(name.getText())) return 'filter';
    }
  }
  if (parent.kind === SyntaxKind.ElementAccessExpression && child === parts[1]) return 'index';
  return 'other';
}

function isCondition(parent: Node, child: Node, parts: readonly Node[]): boolean {
  switch (parent.kind) {
    case SyntaxKind.ForStatement:
      return child.kind === SyntaxKind.BinaryExpression && parts.indexOf(child) === 1;
    case SyntaxKind.DoStatement:
      return child === parts[1];
    default:
      return child === parts[0];
  }
}
