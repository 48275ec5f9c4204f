import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import { isTypeNode } from 'typescript/unstable/ast/is';
import { filesUnder, ROOT } from '../../scripts/lib/tree.ts';

/**
 * Constants of modules (`const LIMIT = 30`) that can be broken while a process runs: they become `let`, and importers see what
 * they hold at the time (live bindings of ES modules). A constant that is computed from such a one is computed anew with it.
 */
export interface Constants {
  /** The constant's number, by `file#name`. */
  readonly keys: ReadonlyMap<string, number>;
  /** By number, the numbers of the constants that are computed from it, itself first, in the order of their loading. */
  readonly dependents: readonly (readonly number[])[];
  /** By file, what a name in it stands for. */
  readonly namesIn: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Numbers of those that a test imports: it may use them without any analytic. */
  readonly inTests: ReadonlySet<number>;
}

export const FUNCTIONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
]);

/** Evaluated when a function is called or an instance is made, and not as the module is loaded. */
export const isLater = (node: Node, source: SourceFile): boolean =>
  FUNCTIONS.has(node.kind) ||
  (node.kind === SyntaxKind.PropertyDeclaration && !/\bstatic\b/.test(headOf(node, source)));

const headOf = (node: Node, source: SourceFile): string => {
  const { name } = node as unknown as { readonly name: Node };
  return source.text.slice(node.getStart(source), name.getStart(source));
};

export function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  node.forEachChild(child => {
    found.push(child);
    return undefined;
  });
  return found.sort((a, b) => a.pos - b.pos);
}

/** `const NAME = value` at a module's top level; null for any other statement. */
export function constantOf(
  statement: Node,
  source: SourceFile,
): { readonly name: string; readonly value: Node } | null {
  if (statement.kind !== SyntaxKind.VariableStatement) return null;
  if (!/^(?:export )?const /.test(source.text.slice(statement.getStart(source), statement.end))) return null;
  const list = childrenOf(statement).find(each => each.kind === SyntaxKind.VariableDeclarationList);
  const [declaration, ...more] = list === undefined ? [] : childrenOf(list);
  const { name, initializer } = (declaration ?? {}) as unknown as { readonly name?: Node; readonly initializer?: Node };
  if (more.length > 0 || name?.kind !== SyntaxKind.Identifier || initializer === undefined) return null;
  return FUNCTIONS.has(initializer.kind) ? null : { name: name.getText(source), value: initializer };
}

/** An identifier that stands for a value, and is not the name of a property or of what is declared. */
export function isUse(node: Node, parent: Node): boolean {
  if (node.kind !== SyntaxKind.Identifier) return false;
  const { name, propertyName } = parent as unknown as { readonly name?: Node; readonly propertyName?: Node };
  return name !== node && propertyName !== node;
}

interface Found {
  readonly file: string;
  readonly name: string;
  readonly breakable: boolean;
  readonly uses: readonly string[];
}

/** Looks through the files of one group, in the order in which their mutants are counted. */
export function constantsOf(sources: ReadonlyMap<string, SourceFile>): Constants {
  const found = new Map<string, Found>();
  const fixed = new Set<string>();
  const standsFor = new Map<string, ReadonlyMap<string, string>>();
  for (const [file, source] of sources) {
    const names = new Map<string, string>();
    for (const [local, from] of importsOf(source.text, file)) if (sources.has(from.file)) names.set(local, from.id);
    for (const statement of source.statements) {
      const constant = constantOf(statement, source);
      if (constant !== null) names.set(constant.name, `${file}#${constant.name}`);
    }
    standsFor.set(file, names);
    for (const statement of source.statements) {
      const constant = constantOf(statement, source);
      const { uses, numbers } = atLoad(constant?.value ?? statement, statement, source, names);
      if (constant === null) for (const each of uses) fixed.add(each);
      else {
        const id = `${file}#${constant.name}`;
        found.set(id, { file, name: constant.name, breakable: numbers > 0, uses });
      }
    }
  }
  const { outside, tests } = importedFromOutside(sources);
  const users = (id: string): string[] => [...found].filter(([, each]) => each.uses.includes(id)).map(([key]) => key);
  const closure = (id: string): string[] => {
    const all = [id];
    for (const each of all) for (const user of users(each)) if (!all.includes(user)) all.push(user);
    return all;
  };
  const roots = [...found.keys()].filter(
    id => found.get(id)?.breakable && !closure(id).some(each => fixed.has(each) || outside.has(each)),
  );
  const chosen = [...new Set(roots.flatMap(closure))];
  const keys = new Map(chosen.map((id, index) => [id, index]));
  const namesIn = new Map(
    [...standsFor].map(([file, names]): [string, ReadonlyMap<string, number>] => [
      file,
      new Map([...names].flatMap(([local, id]) => (keys.has(id) ? [[local, keys.get(id) as number]] : []))),
    ]),
  );
  return {
    keys,
    dependents: chosen.map(id => closure(id).map(each => keys.get(each) as number)),
    namesIn,
    inTests: new Set(chosen.flatMap((id, index) => (closure(id).some(each => tests.has(each)) ? [index] : []))),
  };
}

/** What is evaluated as the module is loaded: the names used, and how many numbers stand there. */
function atLoad(
  node: Node,
  parent: Node,
  source: SourceFile,
  names: ReadonlyMap<string, string>,
): { readonly uses: string[]; readonly numbers: number } {
  if (node.kind === SyntaxKind.ImportDeclaration || isTypeNode(node) || isLater(node, source))
    return { uses: [], numbers: 0 };
  const isShort = parent.kind === SyntaxKind.ShorthandPropertyAssignment;
  const id = isShort || isUse(node, parent) ? names.get(node.getText(source)) : undefined;
  const uses = id === undefined ? [] : [id];
  let numbers = node.kind === SyntaxKind.NumericLiteral ? 1 : 0;
  for (const child of childrenOf(node)) {
    const inner = atLoad(child, node, source, names);
    uses.push(...inner.uses);
    numbers += inner.numbers;
  }
  return { uses, numbers };
}

/** Local name to what it is in the file that it comes from. */
function importsOf(text: string, file: string): Map<string, { readonly file: string; readonly id: string }> {
  const found = new Map<string, { readonly file: string; readonly id: string }>();
  for (const [, names = '', from = ''] of text.matchAll(/^(?:im|ex)port \{([^}]*)\} from '(\.[^']*)';/gm)) {
    const path = posix.join(dirname(file), from);
    for (const each of names.split(',')) {
      const [name = '', local = name] = each.trim().split(' as ');
      if (name !== '') found.set(local, { file: path, id: `${path}#${name}` });
    }
  }
  return found;
}

/** Names that are imported by files which are not broken here. */
function importedFromOutside(sources: ReadonlyMap<string, SourceFile>): {
  readonly outside: ReadonlySet<string>;
  readonly tests: ReadonlySet<string>;
} {
  const outside = new Set<string>();
  const tests = new Set<string>();
  for (const file of [...filesUnder('src'), ...filesUnder('test')]) {
    if (!file.endsWith('.ts') || sources.has(file)) continue;
    const into = /\.(?:test|test-support)\.ts$/.test(file) || file.startsWith('test/') ? tests : outside;
    for (const { id } of importsOf(readFileSync(join(ROOT, file), 'utf8'), file).values()) into.add(id);
  }
  return { outside, tests };
}
