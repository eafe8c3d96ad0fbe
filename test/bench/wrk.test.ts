import assert from 'node:assert/strict';
import { parseWrk } from './wrk';

const report = `Running 3s test @ http://127.0.0.1:8888/
  2 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   419.03us  640.29us  12.87ms   95.80%
    Req/Sec    23.40k     2.95k   29.58k    70.00%
  Latency Distribution
     50%  310.00us
     75%  402.00us
     90%  640.00us
     99%    3.27ms
  139717 requests in 3.00s, 17.06MB read
Requests/sec:  46553.19
Transfer/sec:      5.68MB
`;

describe('wrk', () => {
  it('is read as it reports', () => {
    assert.deepEqual(parseWrk(report), { requests: 139_717, perSecond: 46_553.19, p50: 0.31, p99: 3.27, errors: 0 });
  });

  it('is not trusted where it met errors', () => {
    const errors = '  Socket errors: connect 1, read 20, write 300, timeout 4000\n  Non-2xx or 3xx responses: 50000\n';
    assert.equal(parseWrk(report.replace('Requests/sec', `${errors}Requests/sec`)).errors, 54_321);
  });

  it('may count in seconds and minutes', () => {
    const slow = report.replace('310.00us', '1.50s').replace('3.27ms', '1.20m');
    assert.deepEqual([parseWrk(slow).p50, parseWrk(slow).p99], [1500, 72_000]);
  });

  it('is refused where it reports nothing', () => {
    assert.throws(() => parseWrk('unable to connect to 127.0.0.1:1 Connection refused'), /did not report/);
  });
});
