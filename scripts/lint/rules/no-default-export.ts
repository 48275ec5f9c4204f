import type { Rule } from '../rule.ts';

/** A thing has one name wherever it is used. */
export const noDefaultExport: Rule = {
  meta: { type: 'problem', docs: { description: 'Forbid default exports.' } },
  create(context) {
    return {
      ExportDefaultDeclaration(node) {
        context.report({ node, message: 'export it by name' });
      },
      ExportSpecifier(node) {
        const name = node.exported.type === 'Identifier' ? node.exported.name : node.exported.value;
        if (name === 'default') context.report({ node, message: 'export it by name' });
      },
    };
  },
};
