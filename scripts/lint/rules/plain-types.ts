import type { Rule } from '../rule.ts';

const BASES = new Set(['Error', 'TypeError', 'RangeError', 'AggregateError']);

/** Functions and frozen data: no enums, decorators, namespaces, and no inheritance but of Error. */
export const plainTypes: Rule = {
  meta: { type: 'problem', docs: { description: 'Forbid enums, decorators, namespaces and inheritance.' } },
  create(context) {
    const checkBase = (node: { range: [number, number] }, base: { type: string; name?: unknown } | null): void => {
      if (!base || (base.type === 'Identifier' && BASES.has(base.name as string))) return;
      context.report({ node, message: 'no inheritance: compose functions and data' });
    };
    return {
      TSEnumDeclaration: node => context.report({ node, message: 'no enum: use an `as const` table' }),
      TSModuleDeclaration: node => {
        if (!node.declare) context.report({ node, message: 'no namespace: a file is the module' });
      },
      Decorator: node => context.report({ node, message: 'no decorator' }),
      ClassDeclaration: node => checkBase(node, node.superClass),
      ClassExpression: node => checkBase(node, node.superClass),
    };
  },
};
