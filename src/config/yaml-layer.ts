import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { KeyPath, Layer, Origin } from './layer.ts';
import type { ConfigProblem } from './problem.ts';

const ALIASES_MAX = 100;

/** Parses one YAML file, keeping the place of every value. */
export function yamlLayer(file: string, text: string): Layer | readonly ConfigProblem[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, strict: true, uniqueKeys: true });
  const at = (offset: number): Origin => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    return faults.slice(0, 20).map(fault => ({
      code: 'E_CONFIG_SYNTAX',
      ...at(fault.pos[0]),
      message: `not valid YAML: ${fault.message.split('\n')[0]}; expected keys and values; mind indentation, quotes and colons`,
    }));
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: ALIASES_MAX }) ?? {};
  } catch {
    const message = `uses more than ${ALIASES_MAX} aliases; expected plain values; write them out`;
    return [{ code: 'E_CONFIG_SYNTAX', file, line: 1, column: 1, message }];
  }
  const placeOf = (path: KeyPath): Origin => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return { file, line: 1, column: 1 };
  };
  const placeOfKey = (path: KeyPath, key: string): Origin => {
    const map = path.length === 0 ? document.contents : document.getIn(path, true);
    const pair = isMap(map) ? map.items.find(item => isScalar(item.key) && String(item.key.value) === key) : undefined;
    return pair && isScalar(pair.key) && pair.key.range ? at(pair.key.range[0]) : placeOf(path);
  };
  return { value, placeOf, placeOfKey };
}
