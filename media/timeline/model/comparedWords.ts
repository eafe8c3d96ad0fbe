import { duration } from '../format';
import type { RunPicture } from './comparedRun';

/** "iterative took 3.9 times as long: it finished in 1.22 s, threads × 4 in 0.31 s. Mean wait 450 ms against 0." */
export function differenceSentence(was: RunPicture, is: RunPicture): string {
  const [before, after] = [was.totals, is.totals];
  const names = was.name === is.name ? ['the first run', `${is.name}, run again,`] : [was.name, is.name];
  const [first = '', second = ''] = names;
  const wait =
    Math.max(before.meanWait, after.meanWait) < 1
      ? 'Nobody waited.'
      : `Mean wait ${duration(tidy(after.meanWait))} against ${duration(tidy(before.meanWait))}.`;
  const failed =
    after.failures === before.failures
      ? ''
      : ` ${after.failures} of ${after.requests} failed, ${before.failures} before.`;
  const finished = `finished in ${duration(after.finishedIn)}, ${first} in ${duration(before.finishedIn)}`;
  const factor = ratio(before.finishedIn, after.finishedIn);
  return factor === undefined
    ? `${second} took about as long: it ${finished}. ${wait}${failed}`
    : `${second} ${factor}: it ${finished}. ${wait}${failed}`;
}

/** One request in both runs: "GET /slow: 300 ms, then 1.22 s (waited 920 ms)". */
export function requestSentence(was: RunPicture, is: RunPicture, id: number): string {
  const name = (was.trace.exchange(id) ? was : is).caption(id).title;
  const part = (run: RunPicture): string => {
    const total = run.total(id);
    if (Number.isNaN(total)) return 'not sent';
    const wait = run.wait(id);
    return wait >= 1 ? `${duration(total)}, of which it waited ${duration(wait)}` : duration(total);
  };
  return `${name}: under ${was.name} ${part(was)}; under ${is.name} ${part(is)}.`;
}

/** Undefined where both are as good as the same: a run on a busy machine differs by as much from itself. */
function ratio(before: number, after: number): string | undefined {
  if (before <= 0 || after <= 0) return undefined;
  const [factor, word] = after > before ? [after / before, 'long'] : [before / after, 'fast'];
  return factor < 1.1
    ? undefined
    : `${word === 'long' ? 'took' : 'was'} ${factor >= 9.95 ? factor.toFixed(0) : factor.toFixed(1)} times as ${word}`;
}

/** Less than a ms of waiting is none: it is the way to a slot that was free. */
function tidy(wait: number): number {
  return wait < 1 ? 0 : wait;
}
