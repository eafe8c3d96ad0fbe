import assert from 'node:assert/strict';
import { listeningInode } from '../../src/server/portHolder';

describe('/proc/net/tcp', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:22B8 0100007F:D432 01 00000000:00000000 00:00000000 00000000     0        0 111 1 0 20 4 30 10 -1
   1: 0100007F:22B8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 222 1 0 100 0 0 10 0
   2: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1 0 100 0 0 10 0
`;

  it('tells the inode of the socket that listens on a port', () => {
    assert.equal(listeningInode(table, 8888), '222');
    assert.equal(listeningInode(table, 80), '333');
    assert.equal(listeningInode(table, 8889), undefined);
  });
});
