import { phases, type Phase } from '../../../src/core/trace/phases';

/** What has a colour or a pattern of its own in the picture. */
export interface LegendEntry extends Pick<Phase, 'label' | 'explanation'> {
  /** Class of its swatch. */
  readonly name: string;
}

export const legend: readonly LegendEntry[] = [
  ...phases,
  {
    name: 'error',
    label: 'failed',
    explanation: 'A status of 500 or above, an error of the app, or a worker that was lost',
  },
];
