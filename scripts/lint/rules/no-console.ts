import type { Rule } from '../rule.ts';

const STREAMS = new Set(['stdout', 'stderr']);

/** Only what talks to people prints. */
export const noConsole: Rule = {
  meta: { type: 'problem', docs: { description: 'Forbid printing outside cli, sinks and tools.' } },
  create(context) {
    return {
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return;
        const printing =
          node.object.name === 'console' || (node.object.name === 'process' && STREAMS.has(node.property.name));
        if (!printing) return;
        context.report({ node, message: `${node.object.name}.${node.property.name}: this room does not print` });
      },
    };
  },
};
