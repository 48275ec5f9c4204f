import type { Alert } from '../events/alert.ts';
import { printable } from './printable.ts';

/** How a link names one of its ends: by the step's number in the timeline, or by the absent thing's own name. */
export function stepName(alert: Alert, id: string): string {
  const index = alert.steps.findIndex(step => step.id === id);
  return index === -1 ? printable(id) : `${index + 1} ${printable(alert.steps[index]?.kind ?? '')}`;
}

/** `step 3`, `steps 1, 4`: where in the timeline a factor is shown; '' for none. */
export function stepNumbers(alert: Alert, ids: readonly string[]): string {
  const numbers = ids.map(id => alert.steps.findIndex(step => step.id === id) + 1).filter(number => number > 0);
  if (numbers.length === 0) return '';
  return `${numbers.length === 1 ? 'step' : 'steps'} ${numbers.sort((a, b) => a - b).join(', ')}`;
}
