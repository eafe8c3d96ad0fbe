import type { HttpError } from '../core/http/httpError';
import type { ResponseHead } from '../core/http/responseHead';
import type { Problem } from '../core/trace/detail';
import type { ScriptName } from '../core/wsgi/scriptName';

/** Status and reason phrases of the pages that this server makes itself (RFC 9110 section 15). */
const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  408: 'Request Timeout',
  413: 'Content Too Large',
  414: 'URI Too Long',
  417: 'Expectation Failed',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
};

/** The one place where an error becomes a response: a page that says what happened and what to do. */
export function errorPage(status: number, problem: Problem): { head: ResponseHead; body: string } {
  const reason = reasons[status] ?? 'Error';
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${status} ${reason}</title>
<style>
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 3rem auto; padding: 0 1.5rem }
h1 { font-size: 1.4rem }
pre { overflow: auto; padding: 1rem; border-radius: 6px; background: color-mix(in srgb, currentColor 8%, transparent); font-size: 13px }
footer { opacity: 0.7; font-size: 13px }
</style>
</head>
<body>
<h1>${status} ${reason}</h1>
<p>${escapeHtml(problem.message)}</p>
${problem.traceback === undefined ? '' : `<pre>${escapeHtml(problem.traceback)}</pre>\n`}<footer>Request Lifeline · ${escapeHtml(problem.code)} · ${whose[problem.fault]}</footer>
</body>
</html>
`;
  const length = Buffer.byteLength(body);
  return {
    head: {
      status,
      reason,
      fields: `Content-Type: text/html; charset=utf-8\r\nContent-Length: ${length}\r\nCache-Control: no-store\r\n`,
      contentLength: length,
      hasDate: false,
      hasServer: false,
    },
    body,
  };
}

export function problemOf(error: HttpError): Problem {
  return { fault: error.fault, code: error.code, message: error.message };
}

export function appTimeout(limit: string): Problem {
  return {
    fault: 'app',
    code: 'app-timeout',
    message: `The app did not end this request within ${limit}, so it was given up, and the app is started anew. The setting lifeline.limits.appSeconds, or --app-timeout on the command line, says how long the app may take.`,
  };
}

/** A request that its own caller waits for, and that waits for a slot which only its caller can free. */
export function deadlocked(slots: number): Problem {
  return {
    fault: 'app',
    code: 'deadlock',
    message: `The app called its own server and waited for itself: deadlock with ${slots === 1 ? '1 slot' : `${slots} slots`}. The client that this was for has left, so it was ended. Choose more slots (lifeline.slots) or another model, or call the function instead of the server.`,
  };
}

/** No page can tell it; the trace does. */
export function sendTimeout(client: string, ms: number): Problem {
  return {
    fault: 'peer',
    code: 'send-timeout',
    message: `The client ${client} has taken nothing of its response for ${ms / 1000} s, so the connection was closed. The setting lifeline.limits.sendSeconds says how long it may pause.`,
  };
}

export function outsideOfApp(path: string, mounted: ScriptName): Problem {
  return {
    fault: 'peer',
    code: 'outside-of-app',
    message: `Nothing is at ${path}: the app is mounted below ${mounted.path}. The setting lifeline.scriptName, or --script-name on the command line, says where.`,
  };
}

/** The app failed: 500; its worker crashed or left: 502; it could not be had: 503. */
export function lostStatus({ fault, code }: Problem): number {
  if (fault === 'app') return 500;
  return code === 'worker-lost' ? 502 : 503;
}

const whose = {
  peer: 'the request cannot be served as it was sent',
  app: 'the application failed',
  server: 'the server failed',
} as const satisfies Record<Problem['fault'], string>;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The worker has ended a call that nobody wanted to end. */
export const givenUp: Problem = {
  fault: 'server',
  code: 'worker-lost',
  message: 'The app worker gave this request up.',
};
