import { phases, type PhaseName } from '../../../src/core/trace/phases';

/** What a filter can ask of a request, besides text: one line here is one field, with its help. */
export interface FilterField {
  readonly name: FilterName;
  readonly does: string;
  /** A whole term, for help and messages. */
  readonly example: string;
  /** Says whether a value can be read. */
  readonly reads: (value: string) => boolean;
  /** Several values, with commas between them, make sense. */
  readonly several: boolean;
  /** It may stand without a value. */
  readonly bare: boolean;
}

export type WordField = 'method' | 'path' | 'client' | 'status' | 'type' | 'error';
export type AmountField = 'slower' | 'faster' | 'larger' | 'smaller';
export type FilterName = WordField | AmountField;

const anyText = (value: string): boolean => value !== '';
const text = { reads: anyText, several: true, bare: false } as const;
const time = { reads: isTime, several: false, bare: false } as const;
const size = { reads: isSize, several: false, bare: false } as const;

export const filterFields: readonly FilterField[] = [
  { ...text, name: 'method', does: 'The method', example: 'method:POST' },
  { ...text, name: 'status', reads: isStatus, does: 'The status, or its class', example: 'status:5xx' },
  { ...text, name: 'type', does: 'The type of the response, or its kind', example: 'type:json' },
  { ...text, name: 'path', does: 'How the path begins; without a slash, what stands in it', example: 'path:/api' },
  { ...time, name: 'slower', does: 'Took longer than that', example: 'slower:200ms' },
  { ...time, name: 'faster', does: 'Took less than that', example: 'faster:5ms' },
  { ...size, name: 'larger', does: 'More than that was sent to the client', example: 'larger:10k' },
  { ...size, name: 'smaller', does: 'Less than that was sent to the client', example: 'smaller:1k' },
  { ...text, name: 'client', does: 'Address of the client, whole or how it begins', example: 'client:127.0.0.1' },
  {
    ...text,
    name: 'error',
    bare: true,
    does: 'Went wrong: 5xx, an error of the app, refused, client left',
    example: 'error:',
  },
];

export const phaseExample = 'phase.queue>50ms';

/** The phases that can be asked for, all but close, which belongs to the connection. */
export const filterPhases: readonly PhaseName[] = phases.map(({ name }) => name).filter((name) => name !== 'close');

/** "200ms", "1.5s", "80us"; a number alone is ms. NaN where it is no time. */
export function readTime(value: string): number {
  const [, number, unit = 'ms'] = /^(\d+(?:\.\d+)?)(us|µs|ms|s|min)?$/i.exec(value) ?? [];
  const factor = { us: 0.001, µs: 0.001, ms: 1, s: 1000, min: 60_000 }[unit.toLowerCase()];
  return number === undefined || factor === undefined ? NaN : Number(number) * factor;
}

/** "500", "10k", "1.5MB"; a k is 1024 bytes. NaN where it is no size. */
export function readSize(value: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([kmg]?)b?$/i.exec(value) ?? [];
  const power = ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase());
  return number === undefined ? NaN : Number(number) * 1024 ** power;
}

/** The lowest and the highest status that is meant by "404", "40x" or "5xx". */
export function readStatus(value: string): readonly [low: number, high: number] | undefined {
  if (!/^[1-9](\d\d|\dx|xx)$/i.test(value)) return undefined;
  return [Number(value.replace(/x/gi, '0')), Number(value.replace(/x/gi, '9'))];
}

function isTime(value: string): boolean {
  return !Number.isNaN(readTime(value));
}

function isSize(value: string): boolean {
  return !Number.isNaN(readSize(value));
}

function isStatus(value: string): boolean {
  return readStatus(value) !== undefined;
}
