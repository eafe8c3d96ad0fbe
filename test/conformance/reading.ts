import { visible } from '../core/http/events';

/** What a client's bytes mean, as the events of a wire case say it. */
export interface Reading {
  /** The requests that are served, in order. */
  readonly served: readonly Served[];
  /** The status of the refusal after them. */
  readonly refused: number | undefined;
  /** The connection does not stay open. */
  readonly closes: boolean;
}

/** A request as the application sees it. Text is visible ASCII, as in the events. */
export interface Served {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

export function readingOf(events: readonly string[]): Reading {
  const served: Served[] = [];
  let refused: number | undefined;
  let closes = false;
  let request = { method: '', path: '', body: '' };
  for (const event of events) {
    const [word, first = '', second = ''] = event.split(' ');
    if (word === 'request') request = { method: first, path: decoded(second), body: '' };
    else if (word === 'path') request.path = decoded(first);
    else if (word === 'body') request.body = event.slice('body '.length);
    else if (word === 'end,') {
      served.push(request);
      closes = first === 'close';
    } else if (word === 'refused') {
      refused = Number(first);
      closes = true;
    } else if (word === 'closed') closes = true;
  }
  return { served, refused, closes };
}

/** The path as PATH_INFO has it: percent-decoded. */
function decoded(target: string): string {
  return target.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) =>
    visible(String.fromCharCode(parseInt(digits, 16))),
  );
}
