import { styleText } from 'node:util';
import type { Severity, Strength } from '../events/vocabulary.ts';

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'magenta' | 'blue';

/** Colours a text, or leaves it alone where nobody would see colours. */
export type Paint = (styles: Style | readonly Style[], text: string) => string;

export function paintFor(color: boolean): Paint {
  if (!color) return (_, text) => text;
  return (styles, text) =>
    styleText(typeof styles === 'string' ? styles : [...styles], text, { validateStream: false });
}

export const SEVERITY_STYLE: Readonly<Record<Severity, readonly Style[]>> = {
  critical: ['bold', 'magenta'],
  high: ['bold', 'red'],
  medium: ['bold', 'yellow'],
  low: ['bold', 'blue'],
  informational: ['bold'],
};

export const STRENGTH_STYLE: Readonly<Record<Strength, Style>> = {
  observed: 'green',
  inferred: 'yellow',
  unavailable: 'dim',
};
