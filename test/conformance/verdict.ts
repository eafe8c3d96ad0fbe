import type { Answer } from './answers';
import type { Observation } from './ask';
import type { Reading, Served } from './reading';

/**
 * accepted: the requests were served as they were meant, or a malformed one was served nevertheless.
 * refused: answered with an error. closed: closed without an answer. hung: neither, as long as we watched.
 * wrong: the application saw what the client did not send: another method, another body, another request.
 */
export type VerdictKind = 'accepted' | 'refused' | 'closed' | 'hung' | 'wrong';

export interface Verdict {
  readonly kind: VerdictKind;
  /** "200, 400", or what is wrong. */
  readonly text: string;
}

/** What a server's answers to a case amount to, where the case has the given reading. */
export function judge({ served, refused, closes }: Reading, { answers, closed }: Observation): Verdict {
  const statuses = answers.map(({ status }) => status ?? 'no head').join(', ');
  const echoes = answers.map(({ echo }) => echo);
  const wrong = wrongIn(served, answers, refused === undefined);
  if (wrong !== undefined) return { kind: 'wrong', text: wrong };

  const failure = answers.findIndex(({ echo }) => echo === undefined);
  if (failure >= 0 && failure <= served.length) return { kind: 'refused', text: statuses };
  const meant = refused === undefined ? served.length : served.length + 1;
  if (answers.length >= meant && !(meant === 0 && closes && !closed)) return { kind: 'accepted', text: withPath() };
  // A server without keep-alive may close after any response.
  if (closed && refused === undefined && answers.length > 0) {
    return { kind: 'accepted', text: `${withPath()}, closed` };
  }
  const before = statuses === '' ? '' : `${statuses}, `;
  return closed ? { kind: 'closed', text: `${before}closed` } : { kind: 'hung', text: `${before}silence` };

  function withPath(): string {
    const other = echoes.find((echo, index) => {
      const path = served[index]?.path;
      return echo !== undefined && echo.path !== '' && path !== undefined && path !== echo.path;
    });
    return other === undefined ? statuses : `${statuses}, path ${other.path}`;
  }
}

/** What the application was told that the client did not say. */
function wrongIn(served: readonly Served[], answers: readonly Answer[], valid: boolean): string | undefined {
  for (const [index, { status, echo }] of answers.entries()) {
    if (echo === undefined) return undefined; // refused here: nothing after it counts
    if (status === undefined && served[index - 1]?.method === 'HEAD') return 'sends a body to HEAD';
    if (echo.path.endsWith('/smuggled')) return 'serves /smuggled';
    const meant = served[index];
    if (meant === undefined) {
      if (valid) return `serves ${echo.method} ${echo.path} too`;
      continue;
    }
    if (echo.method !== meant.method) return `method ${echo.method}`;
    if (echo.body !== meant.body) return echo.body === '' ? 'body lost' : `body “${echo.body.slice(0, 20)}”`;
  }
  return undefined;
}
