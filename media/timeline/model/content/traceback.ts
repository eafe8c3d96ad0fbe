/** A place in a file that a traceback names. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
}

/** A line of a traceback; where it names a place, the place's text stands apart from what is around it. */
export interface TracebackLine {
  readonly before: string;
  /** `File "/app/views.py", line 12`; empty where it names none. */
  readonly link: string;
  readonly after: string;
  readonly place?: SourcePlace;
  /** It is of the source, or marks a part of it: its columns mean something. */
  readonly source: boolean;
}

/** As Python writes frames, those of a group of exceptions behind bars. What is in no file has angle brackets. */
const frame = /^([ |]*)(File "([^"<>]+)", line (\d{1,9}))(.*)$/;
const begins = /^[ |+]*(?:Exception Group )?Traceback \(most recent call last\):$/m;

export function tracebackLines(text: string): TracebackLine[] {
  return text.split('\n').map((line) => {
    const [, before = '', link = '', file = '', number = '', after = ''] = frame.exec(line) ?? [];
    const source = line.replace(/^(?: *\|)+/, '').startsWith('    ');
    if (link === '') return { before: line, link, after: '', source };
    return { before, link, after, place: { file, line: Number(number) }, source: false };
  });
}

/** Whether a text has a traceback in it, or is a frame of one that was written line by line. */
export function hasFrames(text: string): boolean {
  return begins.test(text) || text.split('\n').some((line) => frame.test(line));
}

/** The innermost frame of the last traceback that is not of an installed library, or else the innermost. */
export function culprit(text: string): (SourcePlace & { readonly name: string }) | undefined {
  const last = text.slice(Math.max(0, text.lastIndexOf('Traceback (most recent call last):')));
  const frames = tracebackLines(last).flatMap(({ place, after }) => {
    return place ? [{ ...place, name: /^, in (.*)$/.exec(after)?.[1] ?? '' }] : [];
  });
  const own = frames.filter(({ file }) => !/[\\/](?:site-packages|dist-packages|lib[\\/]python\d)/.test(file));
  return own.at(-1) ?? frames.at(-1);
}
