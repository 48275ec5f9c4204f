import type { Rule } from '../rule.ts';

/** A thing is imported from where it lives. The registries list their units by name instead of passing them on. */
export const noBarrel: Rule = {
  meta: { type: 'problem', docs: { description: 'Forbid files that pass on what others export.' } },
  create(context) {
    return {
      ExportAllDeclaration(node) {
        context.report({ node, message: 'no barrels: import it from where it lives' });
      },
      ExportNamedDeclaration(node) {
        if (node.source) context.report({ node, message: 'no barrels: import it from where it lives' });
      },
    };
  },
};
