import type { Rule } from '../rule.ts';

const ENDINGS = ['.ts', '.json', '.mjs', '.js'];

/** Node runs the sources as they are, so a relative import names the very file. */
export const tsSuffix: Rule = {
  meta: { type: 'problem', docs: { description: 'Relative imports end in the name of a file.' } },
  create(context) {
    const check = (node: { range: [number, number] }, specifier: unknown): void => {
      if (typeof specifier !== 'string' || !specifier.startsWith('.')) return;
      if (ENDINGS.some(ending => specifier.endsWith(ending))) return;
      context.report({ node, message: `'${specifier}' must end in .ts` });
    };
    return {
      ImportDeclaration: node => check(node, node.source.value),
      ExportNamedDeclaration: node => check(node, node.source?.value),
      ExportAllDeclaration: node => check(node, node.source.value),
      ImportExpression: node => check(node, node.source.type === 'Literal' ? node.source.value : undefined),
    };
  },
};
