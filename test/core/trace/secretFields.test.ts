import assert from 'node:assert/strict';
import { isSecretField, isSecretName } from '../../../src/core/trace/secretFields';

describe('isSecretField', () => {
  it('knows the fields that carry secrets, and those whose names say so', () => {
    for (const name of ['Authorization', 'COOKIE', 'set-cookie', 'X-Api-Key', 'X-Amz-Security-Token', 'My-Secret']) {
      assert.equal(isSecretField(name), true, name);
    }
  });

  it('lets fields be that only speak of secrets', () => {
    const names = ['Access-Control-Allow-Credentials', 'WWW-Authenticate', 'Proxy-Authenticate', 'Sec-WebSocket-Key'];
    for (const name of [...names, 'Accept', 'Content-Type', 'Host', 'Idempotency-Key', 'ETag']) {
      assert.equal(isSecretField(name), false, name);
    }
  });
});

describe('isSecretName', () => {
  it('knows how secrets are called in forms and documents', () => {
    const names = ['password', 'new_password2', 'passwd', 'csrfmiddlewaretoken', 'accessToken', 'api_key', 'apiKey'];
    for (const name of [...names, 'client_secret', 'pin', 'user[pass]', 'session_id', 'cardNumber', 'jwt']) {
      assert.equal(isSecretName(name), true, name);
    }
  });

  it('is not taken in by words that only contain such a name', () => {
    for (const name of ['user', 'shopping', 'passage', 'compass', 'key', 'author', 'spinner', 'q']) {
      assert.equal(isSecretName(name), false, name);
    }
  });
});
