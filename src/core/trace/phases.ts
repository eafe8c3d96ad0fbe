/**
 * Every stretch of an exchange's life that the product can observe, named once, in the order in which it begins.
 *
 * Phases may overlap (a body still arriving while the app runs; the app still yielding while bytes are sent): the
 * picture shows the overlap, and durations are never forced to add up.
 */

/** How a shown value was obtained: read off a clock where it happens, concluded from others, or imitated. */
export type Provenance = 'measured' | 'inferred' | 'emulated';

export interface Phase {
  readonly name: PhaseName;
  /** What the legend and the inspector call it. */
  readonly label: string;
  /** The id of the colour that the extension contributes, as in `contributes.colors`. */
  readonly color: string;
  readonly provenance: Provenance;
  /** One sentence for the inspector: what happens here, from which instant to which. */
  readonly explanation: string;
}

export type PhaseName =
  'accept' | 'turn' | 'recv' | 'body' | 'parse' | 'environ' | 'queue' | 'hop' | 'app' | 'sendall' | 'stall' | 'close';

export const phases: readonly Phase[] = [
  {
    name: 'accept',
    label: 'accept',
    color: 'lifeline.accept',
    provenance: 'measured',
    explanation:
      'The listening socket handed over a new connection; it ends when both addresses of the socket pair are known.',
  },
  {
    name: 'turn',
    label: 'waiting for its turn',
    color: 'lifeline.turn',
    provenance: 'emulated',
    explanation:
      'One connection at a time in this model: it waited until those before it had closed. A server of this kind would not even have accepted it yet.',
  },
  {
    name: 'recv',
    label: 'recv',
    color: 'lifeline.recv',
    provenance: 'measured',
    explanation: 'The bytes of the request arrived, from the first byte of its head to the last byte of its body.',
  },
  {
    name: 'body',
    label: 'body arriving',
    color: 'lifeline.body',
    provenance: 'measured',
    explanation: 'The head of the request was complete and its body was not: the client was still sending it.',
  },
  {
    name: 'parse',
    label: 'parse',
    color: 'lifeline.parse',
    provenance: 'measured',
    explanation:
      'The HTTP parser worked on the request head; only time inside the parser counts, not waiting for bytes.',
  },
  {
    name: 'environ',
    label: 'environ',
    color: 'lifeline.environ',
    provenance: 'measured',
    explanation: 'The request head became the WSGI environ, the dictionary that the application is called with.',
  },
  {
    name: 'queue',
    label: 'queue',
    color: 'lifeline.queue',
    provenance: 'measured',
    explanation: 'The request was ready, but every slot of the app worker was busy; it waited until one took it.',
  },
  {
    name: 'hop',
    label: 'hop',
    color: 'lifeline.hop',
    provenance: 'measured',
    explanation:
      'The request crossed to the app worker, or its response crossed back: our own overhead, not the application’s time.',
  },
  {
    name: 'app',
    label: 'app call',
    color: 'lifeline.app',
    provenance: 'measured',
    explanation:
      'application(environ, start_response) ran, from the call until its iterable was exhausted and close() had returned.',
  },
  {
    name: 'sendall',
    label: 'sendall',
    color: 'lifeline.sendall',
    provenance: 'measured',
    explanation: 'The response went to the kernel, from the first byte handed over to the last byte it accepted.',
  },
  {
    name: 'stall',
    label: 'client not reading',
    color: 'lifeline.stall',
    provenance: 'measured',
    explanation:
      'The kernel’s buffer was full: the client read more slowly than the response was written, from the first write that was not taken whole until the last one was.',
  },
  {
    name: 'close',
    label: 'close',
    color: 'lifeline.close',
    provenance: 'measured',
    explanation: 'The connection was taken down, from the first FIN or RST of either side until the socket was gone.',
  },
];

/** @throws {Error} where no phase has the name: a programming error. */
export function phaseOf(name: PhaseName): Phase {
  const found = phases.find((phase) => phase.name === name);
  if (!found) throw new Error(`no phase is called ${name}`);
  return found;
}
