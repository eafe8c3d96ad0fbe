import { assertNever } from '../assertNever';
import { closers, closings, type ConnectionRow } from './columns';

/** "closed by server", "client left (RST)", "idle timeout"; empty while it is open. */
export function closeName(connection: Pick<ConnectionRow, 'closedBy' | 'how'>): string {
  const by = closers[connection.closedBy] ?? 'open';
  const how = closings[connection.how] ?? '';
  switch (how) {
    case 'idle timeout':
    case 'request timeout':
    case 'send timeout':
      return `closed by ${how}`;
    case 'server stopped':
      return 'closed: server stopped';
    case 'by hand':
      return 'closed by hand';
    case 'error':
      return 'broken off';
    case 'RST':
      return by === 'client' ? 'client left (RST)' : 'reset by server';
    case 'FIN':
    case '':
      if (by === 'open') return '';
      return `closed by ${by}`;
    default:
      return assertNever(how);
  }
}
