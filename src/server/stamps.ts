import { outcomes, type Outcome } from '../core/trace/columns';
import type { LiveExchange } from './recorder';

/** How the phases of an exchange are stamped on its row. Functions, since an object for each exchange would cost more. */

/** Only time inside the parser counts; it may be called more than once. */
export function parserRan(row: LiveExchange, began: number, ended: number): void {
  row.parseTime = (Number.isNaN(row.parseTime) ? 0 : row.parseTime) + ended - began;
}

/** A slot has taken the call. */
export function callBegan(row: LiveExchange, slot: number, at: number): void {
  row.slot = slot;
  row.appStart = since(row, at, row.ready);
}

export function responseStarted(row: LiveExchange, at: number): void {
  row.startResponse = since(row, at, row.appStart);
}

/** @param readAt when the server thread had read it from the worker */
export function callEnded(row: LiveExchange, at: number, readAt: number, cpu: number): void {
  row.cpu = cpu;
  row.appEnd = since(row, at, row.appStart);
  row.replied = since(row, readAt, row.appEnd);
}

/** @param begun of the response, and not a 100 Continue: the app may take its time between the two */
export function sending(row: LiveExchange, at: number, bytes: number, begun: boolean): void {
  row.bytesOut += bytes;
  if (begun && Number.isNaN(row.sendStart)) row.sendStart = at - row.start;
}

/** The kernel did not take everything. */
export function stalled(row: LiveExchange, at: number): void {
  if (Number.isNaN(row.stallStart)) row.stallStart = at - row.start;
  row.stallEnd = NaN;
}

/** The first reason stands: that the client left, say, and not that the app was stopped because of it. */
export function setOutcome(row: LiveExchange, outcome: Outcome): void {
  if (row.outcome === 0) row.outcome = outcomes.indexOf(outcome);
}

/** An instant on the worker's clock as an offset that is not before `floor`: the clocks differ by their error. */
function since(row: LiveExchange, at: number, floor: number): number {
  return Math.max(at - row.start, Number.isNaN(floor) ? 0 : floor);
}
