import type { Alert } from '../events/alert.ts';
import { printable } from './printable.ts';

/** How a link names one of its ends: by the step's number in the timeline, or by the absent thing's own name. */
export function stepName(alert: Alert, id: string): string {
  const index = alert.steps.findIndex(step => step.id === id);
  return index === -1 ? printable(id) : `${index + 1} ${printable(alert.steps[index]?.kind ?? '')}`;
}
