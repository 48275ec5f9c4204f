import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import { isTypeNode } from 'typescript/unstable/ast/is';
import { type Constants, childrenOf, constantOf, isLater, isUse } from './constants.ts';

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
  /** The number that is one larger, as it is written; '' for any other break. */
  readonly number: string;
  /** True when the place is evaluated as the module is loaded, so that the switch must be set before. */
  readonly atLoad: boolean;
  /** Number of the constant that it is part of, which can be broken later as well; -1 for none. */
  readonly constant: number;
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
const CONDITIONAL = new Set([
  SyntaxKind.IfStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.ForStatement,
  SyntaxKind.ConditionalExpression,
]);
const TYPES = new Set([SyntaxKind.InterfaceDeclaration, SyntaxKind.TypeAliasDeclaration, SyntaxKind.ImportDeclaration]);

export function instrument(source: SourceFile, file: string, firstId: number, constants: Constants): Instrumented {
  const builder = new Builder(source, file, firstId, constants);
  const code = builder.emit(source, source, { inFunction: false, constant: -1, role: 'other' });
  return { code, mutants: builder.mutants };
}

/** What a node is to its parent: that decides which breaks make sense. */
interface Where {
  readonly inFunction: boolean;
  /** The constant whose value it is part of, -1 for none. */
  readonly constant: number;
  readonly role: 'condition' | 'operand-of-and' | 'operand-of-or' | 'filter' | 'index' | 'other';
}

class Builder {
  readonly mutants: Mutant[] = [];
  readonly #text: string;
  readonly #source: SourceFile;
  readonly #file: string;
  readonly #constants: Constants;
  readonly #names: ReadonlyMap<string, number>;
  #next: number;
  /** The value of the constant that was emitted last. */
  #value = '';

  constructor(source: SourceFile, file: string, firstId: number, constants: Constants) {
    this.#source = source;
    this.#text = source.text;
    this.#file = file;
    this.#next = firstId;
    this.#constants = constants;
    this.#names = constants.namesIn.get(file) ?? new Map<string, number>();
  }

  /** The node's text with what precedes it, its mutants built in. */
  emit(node: Node, parent: Node, where: Where): string {
    const start = node.getStart(this.#source);
    const lead = this.#text.slice(node.pos, start);
    if (TYPES.has(node.kind) || isTypeNode(node)) return lead + this.#text.slice(start, node.end);
    const core = this.#core(node, parent, where);
    switch (where.role) {
      case 'condition':
        return `${lead}mutant.not(${this.#add(node, 'negated condition', where)},${core})`;
      case 'operand-of-and':
        return `${lead}mutant.true(${this.#add(node, 'operand of && is true', where)},${core})`;
      case 'operand-of-or':
        return `${lead}mutant.false(${this.#add(node, 'operand of || is false', where)},${core})`;
      case 'filter':
        return `${lead}mutant.all(${this.#add(node, 'dropped filter', where)},${core})`;
      case 'index':
      case 'other':
        return lead + core;
    }
  }

  #core(node: Node, parent: Node, where: Where): string {
    const start = node.getStart(this.#source);
    const whole = this.#text.slice(start, node.end);
    if (node.kind === SyntaxKind.NumericLiteral && where.role !== 'index')
      return `mutant.more(${this.#add(node, 'number plus one', where)},${whole})`;
    const used = this.#usedBy(node, parent, where);
    if (used >= 0) return `mutant.use(${used},${whole})`;
    const own = where.inFunction ? undefined : constantOf(node, this.#source);
    const key = own ? this.#constants.keys.get(`${this.#file}#${own.name}`) : undefined;
    if (own && key !== undefined) {
      const code = this.#inside(node, start, { ...where, constant: key }).replace(/\bconst\b/, 'let');
      return `${code};mutant.load(${key},${own.name},value=>{${own.name}=value},()=>(${this.#value}));`;
    }
    return this.#comparison(node, where) ?? this.#inside(node, start, where);
  }

  /** The node's text, what is in it emitted one by one. */
  #inside(node: Node, start: number, where: Where): string {
    const inFunction = where.inFunction || isLater(node, this.#source);
    const constant = inFunction ? -1 : where.constant;
    const parts = childrenOf(node);
    const { initializer } = node as unknown as { readonly initializer?: Node };
    let at = start;
    let out = '';
    for (const child of parts) {
      out += this.#text.slice(at, child.pos);
      const code = this.emit(child, node, { inFunction, constant, role: roleOf(node, child, parts) });
      if (node.kind === SyntaxKind.VariableDeclaration && child === initializer && constant >= 0) this.#value = code;
      // `{ LIMIT }` is `{ LIMIT: LIMIT }`.
      const used = node.kind === SyntaxKind.ShorthandPropertyAssignment ? this.#names.get(code.trim()) : undefined;
      out += used === undefined || !inFunction ? code : `${code}: mutant.use(${used},${code.trim()})`;
      at = child.end;
    }
    return out + this.#text.slice(at, node.end);
  }

  /**
   * A comparison whose boundary can be moved, that can be turned, or of something with a number or a constant: what is broken in
   * it is known to matter only where it turns out otherwise. null for any other node.
   */
  #comparison(node: Node, where: Where): string | null {
    if (node.kind !== SyntaxKind.BinaryExpression) return null;
    const [left, operator, right] = childrenOf(node) as [Node, Node, Node];
    const name = MOVED.get(operator.kind) ?? TURNED.get(operator.kind);
    if (name === undefined) return null;
    const isMoved = MOVED.has(operator.kind);
    const inner: Where = { ...where, role: 'other' };
    const operand = (side: Node): { readonly code: string; readonly ref: number } => {
      const lead = this.#text.slice(side.pos, side.end);
      if (side.kind === SyntaxKind.NumericLiteral)
        return { code: lead, ref: this.#add(side, 'number plus one', inner) };
      const used = this.#usedBy(side, node, where);
      return used >= 0 ? { code: lead, ref: -1 - used } : { code: this.emit(side, node, inner), ref: 0 };
    };
    const id = isMoved
      ? this.#add(node, 'moved boundary', where)
      : plainPlace(where)
        ? this.#add(node, 'turned comparison', where)
        : 0;
    const [a, b] = [operand(left), operand(right)];
    return `mutant.${name}(${id},${a.code},${b.code},${a.ref},${b.ref})`;
  }

  /** The number of the constant that this stands for in a function, or -1. */
  #usedBy(node: Node, parent: Node, where: Where): number {
    if (!where.inFunction || !isUse(node, parent)) return -1;
    return this.#names.get(this.#text.slice(node.getStart(this.#source), node.end)) ?? -1;
  }

  #add(node: Node, kind: Break, where: Where): number {
    const id = this.#next;
    this.#next += 1;
    const start = node.getStart(this.#source);
    const line = this.#text.slice(0, start).split('\n').length;
    const shown = kind === 'number plus one' ? (node.parent ?? node) : node;
    const text = this.#text.slice(shown.getStart(this.#source), shown.end).replace(/\s+/g, ' ').slice(0, 120);
    const number = shown === node ? '' : this.#text.slice(start, node.end);
    const { constant } = where;
    this.mutants.push({
      id,
      file: this.#file,
      line,
      kind,
      text,
      number,
      atLoad: !where.inFunction && constant < 0,
      constant,
    });
    return id;
  }
}

/** Where turning a comparison says more than negating the condition or dropping the operand that it is. */
const plainPlace = (where: Where): boolean => where.role === 'other';

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
