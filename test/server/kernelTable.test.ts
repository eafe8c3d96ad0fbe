import assert from 'node:assert/strict';
import { kernelListener, kernelPair, KernelTable, type KernelRow } from '../../src/server/kernelTable';

// As Linux 6.1 printed them on a machine of lowest byte first, trailing spaces included.
const head4 =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \n';
const table4 = [
  head4,
  '   0: 0100007F:22B8 00000000:0000 0A 00000000:00000003 00:00000000 00000000     0        0 81223 1 00000000b8a1c3f4 100 0 0 10 5                     \n',
  '   1: 0100007F:22B8 0100007F:D431 01 0000A3F0:00000000 01:00000014 00000000     0        0 81230 4 000000001f0c55aa 20 4 30 10 -1                    \n',
  '   2: 0100007F:D431 0100007F:22B8 01 00000000:0005A3F0 00:00000000 00000000  1000        0 81229 1 00000000aa12bb34 20 4 0 10 -1                     \n',
  '   3: 0100007F:22B8 0100007F:D432 06 00000000:00000000 03:00001676 00000000     0        0 0 3 00000000e59ca755                                      \n',
  '   4: 0100007F:22B8 0100007F:D433 08 00000000:00000001 00:00000000 00000000     0        0 81240 1 000000005c3dca1a 20 4 31 10 -1                    \n',
  '   5: 0100007F:22B9 0100007F:D434 01 00000000:00000000 00:00000000 00000000     0        0 81241 1 000000005c3dca1b 20 4 31 10 -1                    \n',
  '10000: 0100007F:22B8 0200007F:D431 05 00000010:00000000 01:00000014 00000000     0        0 0 3 00000000e59ca756                                      \n',
].join('');
const table6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:22B8 00000000000000000000000000000000:0000 0A 00000000:00000001 00:00000000 00000000     0        0 91000 1 0000000037d2f1a2 100 0 0 10 0
   1: 0000000000000000FFFF00000100007F:22B8 0000000000000000FFFF00000100007F:D431 04 00000002:00000000 01:00000014 00000000     0        0 91001 1 0000000037d2f1a3 20 4 30 10 -1
   2: 00000000000000000000000001000000:22B8 00000000000000000000000001000000:D432 01 00000000:0000004E 00:00000000 00000000     0        0 91002 1 0000000037d2f1a4 20 4 30 10 -1
   3: 000080FE00000000FF005450E1A4C4FE:22B8 000080FE000000000100005002000000:D433 0B 00000000:00000000 00:00000000 00000000     0        0 91003 1 0000000037d2f1a5 20 4 30 10 -1
`;

function rowsOf(table: string, port: number, pieces = table.length): KernelRow[] {
  const rows: KernelRow[] = [];
  const reader = new KernelTable(port, (row) => rows.push(row));
  const bytes = Buffer.from(table, 'latin1');
  for (let at = 0; at < bytes.length; at += pieces) reader.push(bytes.subarray(at, at + pieces));
  return rows;
}

describe('the kernel’s table of sockets', () => {
  it('tells state and queues of the rows of one local port', () => {
    assert.deepEqual(
      rowsOf(table4, 8888).map(({ pair, state, unacknowledged, unread }) => [pair, state, unacknowledged, unread]),
      [
        [kernelListener('127.0.0.1:8888'), 'LISTEN', 0, 3],
        [kernelPair('127.0.0.1:8888', '127.0.0.1:54321'), 'ESTABLISHED', 0xa3f0, 0],
        [kernelPair('127.0.0.1:8888', '127.0.0.1:54322'), 'TIME_WAIT', 0, 0],
        [kernelPair('127.0.0.1:8888', '127.0.0.1:54323'), 'CLOSE_WAIT', 0, 1],
        [kernelPair('127.0.0.1:8888', '127.0.0.2:54321'), 'FIN_WAIT2', 16, 0],
      ],
    );
  });

  it('tells when TIME_WAIT ends, and of no other state', () => {
    const left = rowsOf(table4, 8888).map(({ leftMs }) => leftMs);
    assert.deepEqual(left, [NaN, NaN, 57_500, NaN, NaN]);
  });

  it('reads IPv6 addresses, and IPv4 addresses that are mapped into them', () => {
    assert.deepEqual(
      rowsOf(table6, 8888).map(({ pair, state, unread }) => [pair, state, unread]),
      [
        [kernelListener('[::]:8888'), 'LISTEN', 1],
        [kernelPair('[::ffff:127.0.0.1]:8888', '[::ffff:127.0.0.1]:54321'), 'FIN_WAIT1', 0],
        [kernelPair('[::1]:8888', '[::1]:54322'), 'ESTABLISHED', 0x4e],
        [kernelPair('[fe80::5054:ff:fec4:a4e1%eth0]:8888', '[fe80::5000:1:0:2]:54323'), 'CLOSING', 0],
      ],
    );
  });

  it('is read in pieces of any size', () => {
    const whole = rowsOf(table4 + table6, 8888);
    assert.equal(whole.length, 9);
    for (const size of [1, 2, 7, 149, 150, 151, 1000]) assert.deepEqual(rowsOf(table4 + table6, 8888, size), whole);
  });

  it('may be cut short, or hold what nobody knows', () => {
    assert.deepEqual(rowsOf(table4.slice(0, -1), 8888).length, 4);
    assert.deepEqual(rowsOf(`   0: 0100007F:22B8 0100007F:D431 1F ${'0'.repeat(60)}\n:::\n\n : :22B8 \n`, 8888), []);
  });
});
